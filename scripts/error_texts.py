"""Find what errors say: every text that an error, a row's fault or a failure of a verdict can carry.

Errors are raised with their English text, often as an f-string. This reads the code and the SQL, and gives
each text as a template, in which `{0}`, `{1}` … stand for values. A text is followed to where it is written:
through names, conditions, sums, what a helper returns, and through the parameters of helpers and of errors of
their own shape to those who call them.
"""

import ast
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "sagwan"
PARAMETERS: dict[str, tuple[tuple[str, int | None], ...]] = {
    "SagwanError": (("message", 0), ("hint", None)),
    "TlogError": (("message", 0),),
    "Fault": (("problem", 2), ("hint", 3)),
    "Failure": (("message", 2), ("expected", 3), ("found", 4)),
    "NoEntries": (("expected", 2), ("found", 3)),
    "leave_unchecked": (("why", 1),),
    "private_invalid": (("why", 0),),
    "receipt_invalid": (("why", 0),),
    "replace": (("failures", None),),
    "_complain": (("message", 0), ("hint", 1)),
}
"""The errors that all others come down to, the row's fault, what a verdict says does not hold, and what says
why a check was not made or a receipt proves nothing: what they show, and its places."""
RETURNED = (
    "sagwan.verify.binding:digest_of",
    "sagwan.verify.keychain:explain",
    "sagwan.verify.keychain:_missing",
    "sagwan.verify.lives:_what_is_wrong",
    "sagwan.verify.requests:_replace",
)
"""Functions whose texts are shown, one by one or in pairs, and that nobody leads to by a name."""
MOST = 64
"""Ways in which one text may be put together; beyond it is taken for a value."""

FIELD = re.compile(r"\{[0-9]+\}")
QUERY = re.compile(r"--[^\n]*|'(?:[^']|'')*'|\|\||[\w.]+(?:\((?:[^()']|'[^']*')*\))?|\([^()]*\)|\S")
"""The pieces of a query: a comment, a text, a joint of texts, a name or call, what stands in brackets."""
FLAT = re.compile(r"[\w./-]*\Z")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(slots=True)
class Module:
    """One file: its tree, what each node stands in, the functions and constants at its top."""

    name: str
    tree: ast.Module
    parents: dict[ast.AST, ast.AST] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in ast.walk(self.tree):
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    self.imports[alias.asname or alias.name] = (node.module, alias.name)

    def around(self, node: ast.AST, kind: type | tuple[type, ...]) -> ast.AST | None:
        """The nearest node of a kind that `node` stands in."""
        found = self.parents.get(node)
        while found is not None and not isinstance(found, kind):
            found = self.parents.get(found)
        return found

    def caught(self, node: ast.Name) -> ast.ExceptHandler | None:
        """The `except … as error` whose error this name is."""
        found = self.around(node, ast.ExceptHandler)
        while isinstance(found, ast.ExceptHandler) and found.name != node.id:
            found = self.around(found, ast.ExceptHandler)
        return found if isinstance(found, ast.ExceptHandler) else None


@dataclass(frozen=True, slots=True)
class Sink:
    """A parameter whose value is shown: of a function or class `name` of a module."""

    module: str
    name: str
    parameter: str
    place: int | None
    """Among the positional arguments, without `self`; None where it is given by name only."""
    method: bool


class Reading:
    """Every text that errors of these files can carry."""

    def __init__(self, modules: dict[str, Module]) -> None:
        self.modules = modules
        self.found: dict[str, set[str]] = defaultdict(set)
        self.errors = self._errors()
        self.calls: dict[str, list[tuple[Module, ast.Call]]] = defaultdict(list)
        for module in modules.values():
            for node in ast.walk(module.tree):
                if isinstance(node, ast.Call):
                    self.calls[called(node)].append((module, node))
        self.noted: set[ast.expr] = set()
        self.done: set[Sink] = set()
        self.waiting: list[Sink] = []
        self._start()
        while self.waiting:
            self._follow(self.waiting.pop())

    def _errors(self) -> dict[str, tuple[str, str]]:
        """Each error: the module it stands in, and the error whose parameters it has."""
        known = {name: ("", name) for name in PARAMETERS}
        grown = True
        while grown:
            before = len(known)
            for module in self.modules.values():
                for node in ast.walk(module.tree):
                    if isinstance(node, ast.ClassDef) and node.name not in known:
                        base = next((name for name in map(named, node.bases) if name in known), None)
                        if base:
                            own = "__init__" in {getattr(each, "name", "") for each in node.body}
                            known[node.name] = (module.name, node.name if own else known[base][1])
            grown = len(known) > before
        return known

    def _start(self) -> None:
        for name, (_, shape) in self.errors.items():
            for parameter, place in PARAMETERS.get(shape, ()):
                for module, call in self.calls[name]:
                    self._take(module, call, parameter, place)
        for module, call in self.calls["__init__"]:
            inside = module.around(call, ast.ClassDef)
            if isinstance(inside, ast.ClassDef) and inside.name in self.errors:
                for parameter, place in PARAMETERS["SagwanError"]:
                    self._take(module, call, parameter, place)
        for name in RETURNED:
            origin, _, function = name.partition(":")
            if origin in self.modules:
                for value in returned(self.modules[origin], function):
                    self._note_each(self.modules[origin], value)

    def _take(self, module: Module, call: ast.Call, parameter: str, place: int | None) -> None:
        if place is not None and place < len(call.args) and not isinstance(call.args[place], ast.Starred):
            self._note(module, call.args[place])
        for keyword in call.keywords:
            if keyword.arg == parameter:
                self._note_each(module, keyword.value)

    def _note_each(self, module: Module, node: ast.expr) -> None:
        """A text, or each of a tuple of texts."""
        match node:
            case ast.Tuple(elts=parts):
                for one in parts:
                    self._note(module, one)
            case ast.IfExp(body=ast.Tuple() as yes, orelse=no):
                self._note_each(module, yes)
                self._note_each(module, no)
            case _:
                self._note(module, node)

    def _note(self, module: Module, node: ast.expr) -> None:
        if node in self.noted:
            return
        self.noted.add(node)
        for parts in self._texts(module, node, 0):
            template = joined(parts)
            if speaks(module.name, template):
                self.found[template].add(module.name)
            for part in parts:
                if not isinstance(part, str) and part is not node:
                    self._note(module, part)

    def _follow(self, sink: Sink) -> None:
        for module, call in self.calls[sink.name]:
            if self._meant(module, call, sink):
                self._take(module, call, sink.parameter, sink.place)

    def _meant(self, module: Module, call: ast.Call, sink: Sink) -> bool:
        """Is it this function that a call of its name calls? `text.split()` is no function of ours."""
        if isinstance(call.func, ast.Name):
            here = module.name == sink.module
            return here or module.imports.get(call.func.id) == (sink.module, sink.name)
        whole = {name: f"{origin}.{original}" for name, (origin, original) in module.imports.items()}
        if not sink.method:
            owner = call.func.value if isinstance(call.func, ast.Attribute) else call
            return isinstance(owner, ast.Name) and whole.get(owner.id) == sink.module
        origins = {origin for origin, _ in module.imports.values()}
        return module.name == sink.module or sink.module in origins | {*whole.values()}

    def _texts(self, module: Module, node: ast.expr, deep: int) -> list[list[str | ast.expr]]:
        """The ways to write `node`: each a row of plain text and values."""
        found: list[list[str | ast.expr]] = []
        match node:
            case _ if deep > 8:
                return [[node]]
            case ast.Constant(value=str(text)):
                return [[text]]
            case ast.Constant(value=None):
                return []
            case ast.JoinedStr(values=values):
                found = self._sum(module, values, deep)
            case ast.FormattedValue(conversion=how) if how == ord("r"):
                found = [[node]]  # what is quoted was typed, or stands in a file
            case ast.FormattedValue(value=ast.IfExp() as inner):
                ways = self._texts(module, inner, deep + 1)
                found = ways if any(isinstance(part, str) for way in ways for part in way) else [[inner]]
            case ast.FormattedValue(value=ast.Name(id=name) as inner):
                ways = self._name(module, inner, name, deep)
                plain = ways and all(isinstance(part, str) for way in ways for part in way)
                found = ways if plain else [[inner]]
            case ast.FormattedValue(value=inner):
                found = [[inner]]
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                found = self._sum(module, [left, right], deep)
            case ast.IfExp(body=yes, orelse=no):
                found = self._texts(module, yes, deep + 1) + self._texts(module, no, deep + 1)
            case ast.BoolOp(op=ast.Or(), values=values):
                found = [way for value in values for way in self._texts(module, value, deep + 1)]
            case ast.Name(id=name):
                found = self._name(module, node, name, deep)
            case ast.Call(func=ast.Name(id="str"), args=[inner]):
                found = self._texts(module, inner, deep + 1)
            case ast.Call(func=ast.Name(id=name)):
                found = self._returned(module, name, deep)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name)):
                found = self._returned(module, name, deep)
        return found if 0 < len(found) <= MOST else [[node]]

    def _sum(self, module: Module, parts: list[ast.expr], deep: int) -> list[list[str | ast.expr]]:
        ways = [self._texts(module, part, deep + 1) for part in parts]
        return [list(itertools.chain(*way)) for way in itertools.product(*ways)]

    def _name(self, module: Module, node: ast.Name, name: str, deep: int) -> list[list[str | ast.expr]]:
        if caught := module.caught(node):
            self._passed_on(module, caught)
            return []
        inside = module.around(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        while isinstance(inside, Function):
            values = list(assigned(inside, name, module.tree))
            if values:
                return [way for value in values for way in self._texts(module, value, deep + 1)]
            if self._parameter(module, inside, name):
                return []
            inside = module.around(inside, (ast.FunctionDef, ast.AsyncFunctionDef))
        if name in module.imports:
            origin, original = module.imports[name]
            if origin not in self.modules:
                return []
            module, name = self.modules[origin], original
        top = list(assigned(module.tree, name))
        return [way for value in top for way in self._texts(module, value, deep + 1)]

    def _passed_on(self, module: Module, caught: ast.ExceptHandler) -> None:
        """Note what another exception says that is raised in the same folder: `{error}` shows it."""
        folder, _, _ = module.name.rpartition(".")
        kinds = caught.type.elts if isinstance(caught.type, ast.Tuple) else [caught.type]
        for kind in {named(one) for one in kinds if one} - {*self.errors}:
            for other, call in self.calls[kind]:
                if other.name.rpartition(".")[0] == folder:
                    self._take(other, call, "", 0)

    def _parameter(self, module: Module, function: Function, name: str) -> bool:
        names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
        only = [one.arg for one in function.args.kwonlyargs]
        if name not in names + only:
            return False
        inside = module.parents.get(function)
        made = inside if function.name == "__init__" and isinstance(inside, ast.ClassDef) else None
        shown = (made or function).name
        method = isinstance(inside, ast.ClassDef) and names[:1] in (["self"], ["cls"])
        place = names.index(name) - method if name in names else None
        for call_name in [shown, *(n for n, (_, s) in self.errors.items() if s == shown and n != shown)]:
            sink = Sink(module.name, call_name, name, place, method and not made)
            if sink not in self.done:
                self.done.add(sink)
                self.waiting.append(sink)
        for default in defaults(function, name):
            self._note(module, default)
        return True

    def _returned(self, module: Module, name: str, deep: int) -> list[list[str | ast.expr]]:
        if name in module.imports:
            origin, original = module.imports[name]
            if origin not in self.modules:
                return []
            module, name = self.modules[origin], original
        return [way for value in returned(module, name) for way in self._texts(module, value, deep + 1)]


def speaks(module: str, template: str) -> bool:
    """Is this a text for people? Names of streams, events, and of keys of a law pack or a format are not."""
    bare = FIELD.sub("", template).strip()
    if " " in bare:
        return any(map(str.isalpha, bare))
    if bare != template:
        return " " in template and not {*"/."} & {*bare} and any(map(str.isalpha, bare))
    word = bare.isalpha() and bare.islower() and not module.startswith(("sagwan.law.", "sagwan.formats."))
    return word or not bare.isascii() or not FLAT.match(bare)


def called(call: ast.Call) -> str:
    return named(call.func)


def named(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def assigned(inside: ast.AST, name: str, top: ast.Module | None = None) -> Iterator[ast.expr]:
    """What `name` is set to: anywhere in a function, whose module is `top`; at the top of a module."""
    for node in inside.body if isinstance(inside, ast.Module) else ast.walk(inside):
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    if isinstance(target, ast.Name) and target.id == name:
                        yield value
                    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                        for one, given in zip(target.elts, value.elts, strict=False):
                            if isinstance(one, ast.Name) and one.id == name:
                                yield given
            case ast.AnnAssign(target=ast.Name(id=found), value=value) if found == name and value:
                yield value
            case ast.NamedExpr(target=ast.Name(id=found), value=value) if found == name:
                yield value
            case ast.For(target=ast.Tuple(elts=targets), iter=ast.Tuple(elts=rows)):
                yield from looped(targets, rows, name)
            case ast.For(target=ast.Tuple(elts=targets), iter=ast.Name(id=listed)) if listed != name:
                for value in itertools.chain(*(assigned(place, listed) for place in (inside, top) if place)):
                    yield from looped(targets, value.elts if isinstance(value, ast.Tuple) else [], name)


def looped(targets: list[ast.expr], rows: list[ast.expr], name: str) -> Iterator[ast.expr]:
    """What a loop over rows that stand there sets `name` to."""
    for row in rows:
        if isinstance(row, ast.Tuple):
            for one, given in zip(targets, row.elts, strict=False):
                if isinstance(one, ast.Name) and one.id == name:
                    yield given


def returned(module: Module, name: str) -> list[ast.expr]:
    """What the functions of that name give back."""
    made = [n for n in ast.walk(module.tree) if isinstance(n, Function) and n.name == name]
    return [n.value for f in made for n in ast.walk(f) if isinstance(n, ast.Return) and n.value]


def queried(text: str) -> Iterator[str]:
    """The sentences of a query, as templates: texts with a blank in them, joined to others and to values."""
    row: list[str] = []
    joint = True
    for piece in [*(found[0] for found in QUERY.finditer(text) if found[0][:2] != "--"), ";"]:
        if piece == "||":
            joint = True
            continue
        if not joint:
            if any(" " in one for one in row if one.startswith("'")):
                yield templated(row)
            row = []
        row.append(piece)
        joint = False


def templated(row: list[str]) -> str:
    count = itertools.count()
    return "".join(one[1:-1] if one.startswith("'") else f"{{{next(count)}}}" for one in row).strip()


def defaults(function: Function, name: str) -> Iterator[ast.expr]:
    places = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    given = function.args.defaults
    pairs = [*zip(places[len(places) - len(given) :], given, strict=True)]
    only = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    pairs += [(one.arg, default) for one, default in only if default]
    yield from (default for place, default in pairs if place == name)


def joined(parts: list[str | ast.expr]) -> str:
    """A template: braces of the text doubled, values numbered from the left."""
    count = itertools.count()
    return "".join(
        part.replace("{", "{{").replace("}", "}}") if isinstance(part, str) else f"{{{next(count)}}}"
        for part in parts
    ).strip()  # fmt: skip


def read(source: Path = SOURCE) -> Reading:
    """The texts of all the code below `source`, with those of its SQL."""
    modules = {}
    for path in sorted(source.rglob("*.py")):
        name = ".".join(path.relative_to(source.parent).with_suffix("").parts).removesuffix(".__init__")
        modules[name] = Module(name, ast.parse(path.read_text(encoding="utf-8")))
    found = Reading(modules)
    for path in sorted(source.rglob("*.sql")):
        for template in queried(path.read_text(encoding="utf-8")):
            found.found[template].add(f"sagwan.verify.{path.stem}")
    return found
