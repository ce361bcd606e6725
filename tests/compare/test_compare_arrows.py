"""What reads claims, what judges them and what explains them: no two modules need each other, not even for a
type."""

import grimp

ROOM = "sagwan.compare"


def test_no_circle_among_the_modules_of_reconciliation() -> None:
    graph = grimp.build_graph("sagwan")
    modules = {name for name in graph.modules if name.startswith(f"{ROOM}.")} - set(packages(graph))
    circles = {
        (module, other)
        for module in modules
        for other in graph.find_modules_directly_imported_by(module) & modules
        if graph.chain_exists(importer=other, imported=module)
    }
    assert circles == set()
    # The index knows nothing of what stands; what stands, nothing of sums and explanations.
    assert not graph.chain_exists(importer=f"{ROOM}.index", imported=f"{ROOM}.prefer")
    for higher in ("totals", "ratios", "conflict", "explain.model"):
        assert not graph.chain_exists(importer=f"{ROOM}.book", imported=f"{ROOM}.{higher}")
        assert graph.chain_exists(importer=f"{ROOM}.{higher}", imported=f"{ROOM}.book")


def packages(graph: grimp.ImportGraph) -> list[str]:
    """A package's own module gathers what is below it, and is imported with it."""
    return [name for name in graph.modules if graph.find_children(name)]
