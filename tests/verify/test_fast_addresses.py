"""Compiled code frees an array after the last use of its name: its address must not be used any longer."""

import ast
from importlib.resources import files

import pytest

MODULES = sorted(
    entry.name for entry in (files("sagwan.verify") / "fast").iterdir() if entry.name.endswith(".py")
)


def addresses(function: ast.FunctionDef) -> set[str]:
    """The arrays whose address a function takes, by name; other expressions as they are written."""
    return {
        ast.unparse(node.value.value)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute)
        and node.attr == "data"
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "ctypes"
    }


def test_the_rule_is_seen_where_it_is_broken():
    broken = ast.parse("def f(a):\n    b = empty(8)\n    use(a.ctypes.data, b.ctypes.data)").body[0]
    assert isinstance(broken, ast.FunctionDef)
    assert addresses(broken) == {"a", "b"}


@pytest.mark.parametrize("module", MODULES)
def test_addresses_are_taken_of_the_callers_arrays_alone(module):
    tree = ast.parse((files("sagwan.verify") / "fast" / module).read_text())
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
        assert addresses(function) <= {argument.arg for argument in function.args.args}, function.name
