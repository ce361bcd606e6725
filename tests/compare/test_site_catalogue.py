"""The catalogue has what DCAT-AP 3 demands of a catalogue, its datasets and their distributions."""

from sagwan.compare.site.data import catalogue


def test_the_required_fields_are_there() -> None:
    whole = catalogue()
    assert whole["@type"] == "dcat:Catalog"
    assert all(whole[name] for name in ("dct:title", "dct:description", "dct:publisher", "dcat:dataset"))
    for dataset in whole["dcat:dataset"]:  # type: ignore[attr-defined]
        assert dataset["@type"] == "dcat:Dataset"
        assert all(dataset[name] for name in ("@id", "dct:title", "dct:description"))
        assert dataset["dcat:distribution"]["@type"] == "dcat:Distribution"
        assert dataset["dcat:distribution"]["dcat:accessURL"]["@id"]


def test_every_prefix_that_is_used_is_declared() -> None:
    whole = catalogue()
    declared = set(whole["@context"])  # type: ignore[call-overload]

    def prefixes(node: object) -> set[str]:
        if isinstance(node, list):
            return set().union(*map(prefixes, node))
        if not isinstance(node, dict):
            return set()
        own = {key.partition(":")[0] for key in node if ":" in key}
        kinds = {str(node[key]).partition(":")[0] for key in ("@type",) if key in node}
        return (
            own | kinds | set().union(*(prefixes(value) for key, value in node.items() if key != "@context"))
        )

    assert prefixes(whole) == declared
