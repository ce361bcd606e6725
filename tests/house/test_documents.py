"""What the documents point at is there, and the commands they name exist."""

import re
from urllib.parse import unquote

from .tree import ROOT, documents, files, named

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
# A folder of one machine; assembled so that this file does not hold one itself.
MACHINE = re.compile(
    r"(?<![\w.])/(?:" + "|".join(["home/[a-z]", "Users/[A-Za-z]", "root/", "work" + "/"]) + ")"
)
TEXT = {"", ".cfg", ".css", ".csv", ".html", ".ini", ".json", ".md", ".po", ".py", ".toml", ".yaml", ".yml"}


def broken_links() -> list[str]:
    broken = []
    for document in documents():
        for target in LINK.findall(FENCE.sub("", document.read_text("utf-8"))):
            path, _, anchor = target.partition("#")
            if re.match(r"[a-z]+:", target):
                continue
            there = document.parent / unquote(path) if path else document
            if not there.exists():
                broken.append(f"{named(document)}: {target} is not there")
            elif anchor and there.suffix == ".md" and anchor not in anchors(there.read_text("utf-8")):
                broken.append(f"{named(document)}: {target} names no heading")
    return broken


def anchors(text: str) -> set[str]:
    """Headings as repository hosts turn them into anchors."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


def test_every_link_between_documents_resolves() -> None:
    assert broken_links() == []


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached, ahead = set(), [ROOT / "README.md"]
    while ahead:
        document = ahead.pop().resolve()
        if document in reached or document.suffix != ".md" or not document.exists():
            continue
        reached.add(document)
        ahead += [
            document.parent / link.partition("#")[0] for link in LINK.findall(document.read_text("utf-8"))
        ]
    assert [named(document) for document in documents() if document not in reached] == []


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def test_documents_name_only_tasks_that_the_makefile_has() -> None:
    unknown = [
        f"{named(document)}: make {task}"
        for document in documents()
        for task in re.findall(r"(?:^|`)make ([a-z]+)", document.read_text("utf-8"), re.MULTILINE)
        if task not in targets()
    ]
    assert unknown == []


def test_the_readme_names_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert "\nmake demo\n" in text
    assert "\nmake test\n" in text


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = []
    for path in files():
        if path.suffix in TEXT:
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if MACHINE.search(line):
                    found.append(f"{named(path)}:{number}: {line.strip()[:80]}")
    assert found == []
