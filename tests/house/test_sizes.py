"""Small files, small functions: a bound for everything, and short lists of what may exceed the aim."""

import ast
from collections.abc import Iterator

from .tree import modules, named, python_files

FILE_AIM, FILE_BOUND = 400, 600
FUNCTION_AIM, FUNCTION_BOUND = 50, 80

# Each may exceed the aim, not the bound. An entry that is no longer needed fails, so the lists only shrink.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS = {
    "src/sagwan/cli/compare.py:compare": "most of it declares the options",
    "src/sagwan/cli/init.py:init": "most of it declares the options",
    "src/sagwan/cli/receive.py:receive": "most of it declares the options",
}


def lengths_of_files() -> dict[str, int]:
    return {named(path): len(path.read_text("utf-8").splitlines()) for path in python_files()}


def lengths_of_functions() -> Iterator[tuple[str, int]]:
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{named(path)}:{node.name}", lines_of(node)


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Its lines without its docstring: a command's is its whole help."""
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    spoken = (first.end_lineno or 0) - first.lineno + 1 if is_docstring else 0
    return (node.end_lineno or 0) - node.lineno + 1 - spoken


def over(lengths: dict[str, int], bound: int) -> dict[str, int]:
    return {name: length for name, length in lengths.items() if length > bound}


def test_no_file_is_too_long() -> None:
    lengths = lengths_of_files()
    assert over(lengths, FILE_BOUND) == {}
    assert over(lengths, FILE_AIM).keys() == LONG_FILES.keys()


def test_no_function_is_too_long() -> None:
    lengths = dict(sorted(lengths_of_functions(), key=lambda entry: entry[1]))
    assert over(lengths, FUNCTION_BOUND) == {}
    assert over(lengths, FUNCTION_AIM).keys() == LONG_FUNCTIONS.keys()


def test_every_module_says_what_it_is() -> None:
    silent = [named(path) for path in modules() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert silent == []
