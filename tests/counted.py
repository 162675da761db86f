"""How much work a function of Valla does, counted: the same number on every machine, however busy.

The modules of Valla are imported a second time, rewritten so that each call, each turn of a loop, each character or item that Python's
own functions look at or copy, and each step of a regular expression (`regex_steps`) counts one. What another library does counts as
much as it is given and gives back.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from itertools import islice
from types import CodeType, ModuleType
from typing import Any

from regex_steps import Matcher

__all__ = ["MOST_GROWTH", "TIMES", "counted_module", "growth", "rewritten", "work"]

TIMES = 4
"""How many times as long the longer of two inputs is."""

MOST_GROWTH = 5.0
"""Work in proportion is four times as much for four times the input, and a little more where things are sorted; work by its square is
sixteen times as much."""

_NAME = "_counter_"
_PACKAGE = "valla"
_FRAMES = frozenset({"super", "locals", "globals", "vars", "dir", "eval", "exec"})
"""Functions that look at who calls them."""

_SIZED = (str, bytes, bytearray, list, tuple, set, frozenset, dict)
_AT_ONCE = frozenset({
    "len", "isinstance", "issubclass", "ord", "chr", "getattr", "hasattr", "setattr", "iter", "next", "id", "hash", "callable", "type",
    "range", "enumerate", "zip", "map", "filter", "reversed", "chain", "count", "repeat", "islice", "partial",
})  # fmt: skip
"""Functions that take no longer for more, or hand on items one by one."""

_METHODS_AT_ONCE = frozenset({
    "append", "appendleft", "popleft", "popitem", "add", "discard", "get", "setdefault", "keys", "values", "items", "__getitem__",
    "__setitem__", "__contains__",
})  # fmt: skip
_METHODS_OF_THE_GIVEN = frozenset({"startswith", "endswith", "extend", "update"})
"""Methods that look at what they are given, not at all that they belong to."""

_SEARCHES = frozenset({"find", "index", "rfind", "rindex", "count"})
_EXPRESSIONS = {
    name: inspect.signature(getattr(re.compile(""), name))
    for name in ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")
}


def _size(value: object) -> int:
    size = len(value) if isinstance(value, _SIZED) else getattr(value, "size", 0)
    return size if isinstance(size, int) else 0


def _searched(text: str | bytes, name: str, args: tuple[Any, ...], found: int) -> int:
    """Return how many characters a search has looked at."""
    sought, begin, end, *_ = (*args, *(0, len(text))[len(args) - 1 :])
    begin, end, _ = slice(begin, end).indices(len(text))
    if name == "count" or found < 0:
        return max(0, end - begin)
    return (end - found) if name.startswith("r") else found - begin + len(sought)


def _looked_at(owner: object, name: str, args: tuple[Any, ...], result: object) -> int:
    """Return how much a function of Python, or of another library, looks at and copies."""
    given = sum(map(_size, args))
    if not isinstance(owner, _SIZED):
        return 0 if name in _AT_ONCE else given + _size(result)
    is_last = name == "pop" and (isinstance(owner, dict) or args in ((), (-1,)))
    if name in _METHODS_AT_ONCE or is_last:
        return 0
    if name in _METHODS_OF_THE_GIVEN:
        return given
    if name in _SEARCHES and isinstance(owner, (str, bytes)):
        return _searched(owner, name, args, result if isinstance(result, int) else 0)
    return _size(owner) + given + _size(result)


def _is_of_another(function: Any) -> bool:
    return not (getattr(function, "__module__", None) or "").startswith(_PACKAGE)


class _Counter:
    """Counts the work of the rewritten modules, which call it by name."""

    def __init__(self) -> None:
        self._matcher = Matcher()
        self._others = 0

    @property
    def count(self) -> int:
        """All that was counted so far."""
        return self._others + self._matcher.steps

    def turn(self) -> None:
        """Count the turn of a loop, or the call of a function."""
        self._others += 1

    def each(self, items: Iterable[Any]) -> Iterator[Any]:
        """Hand on items, and count them."""
        for item in items:
            self._others += 1
            yield item

    def made(self, value: Any) -> Any:
        """Count what was copied to make a value."""
        self._others += 1 + _size(value)
        return value

    def grown(self, value: Any) -> None:
        """Count what was copied where something was added to a value that cannot be changed."""
        self._others += _size(value) if isinstance(value, (str, bytes, tuple)) else 0

    def holds(self, value: Any, items: Any) -> bool:
        """Return whether a value is among items, and count those that are looked at."""
        found = value in items
        if isinstance(items, (str, bytes, list, tuple)):
            self._others += items.index(value) + 1 if found else len(items)
        return found

    def call(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a function, and count what it looks at and copies."""
        self._others += 1
        owner, name = getattr(function, "__self__", None), getattr(function, "__name__", "")
        if isinstance(owner, re.Pattern) and name in _EXPRESSIONS:
            return self._matched(owner, name, _EXPRESSIONS[name].bind(*args, **kwargs).arguments)
        if name in _EXPRESSIONS and function is getattr(re, name):
            given = inspect.signature(function).bind(*args, **kwargs).arguments
            pattern = re.compile(given.pop("pattern"), given.pop("flags", 0))
            return self._matched(pattern, name, given)
        if (function is map or function is filter) and callable(args[0]) and _is_of_another(args[0]):
            args = (lambda *items, first=args[0]: self.call(first, *items), *args[1:])
        result = function(*args, **kwargs)
        if _is_of_another(function):
            self._others += _looked_at(owner, name, args, result)
        return result

    def _matched(self, pattern: re.Pattern[Any], name: str, given: Mapping[str, Any]) -> Any:
        text = given["string"]
        method = getattr(pattern, name)
        if not isinstance(text, str):
            self._others += len(text)
            return method(**given)
        how = name if name in {"match", "fullmatch", "search"} else "finditer"
        begin, end, _ = slice(given.get("pos", 0), given.get("endpos")).indices(len(text))
        spans = self._matcher.spans(pattern, how, text, begin, end)
        if name == "finditer":
            return self._found(method(**given), spans)
        most = given.get("count") or given.get("maxsplit") or None
        seen = list(islice(spans, most))
        result = method(**given)
        if how == name:
            assert seen == ([result.span()] if result else []), (pattern, text, seen, result)
        self._others += _size(result)
        return result

    def _found(self, matches: Iterator[re.Match[str]], spans: Iterator[tuple[int, int]]) -> Iterator[re.Match[str]]:
        for match in matches:
            assert next(spans) == match.span(), match
            yield match
        assert next(spans, None) is None


_COUNTER = _Counter()


class _Rewriter(ast.NodeTransformer):
    """Has the bodies of functions count what they do."""

    def __init__(self) -> None:
        self._is_within = False

    @staticmethod
    def _counted(method: str, *args: ast.expr, keywords: Iterable[ast.keyword] = ()) -> ast.Call:
        name = ast.Attribute(ast.Name(_NAME, ast.Load()), method, ast.Load())
        return ast.Call(name, list(args), list(keywords))

    def _turning(self, body: list[ast.stmt]) -> list[ast.stmt]:
        return [ast.Expr(self._counted("turn")), *body]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Rewrite the body: annotations, defaults and decorators stay."""
        before, self._is_within = self._is_within, True
        body = self.generic_visit(ast.Module(node.body, [])).body
        node.body = self._turning(body)
        self._is_within = before
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """Leave the annotation."""
        node.value = node.value and self.visit(node.value)
        return node

    def visit_For(self, node: ast.For) -> ast.AST:
        """Count the turns."""
        self.generic_visit(node)
        node.body = self._turning(node.body) if self._is_within else node.body
        return node

    def visit_While(self, node: ast.While) -> ast.AST:
        """Count the turns."""
        self.generic_visit(node)
        node.body = self._turning(node.body) if self._is_within else node.body
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        """Count the items."""
        self.generic_visit(node)
        node.iter = self._counted("each", node.iter) if self._is_within else node.iter
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Count what the function looks at."""
        self.generic_visit(node)
        if not self._is_within or (isinstance(node.func, ast.Name) and node.func.id in _FRAMES):
            return node
        return self._counted("call", node.func, *node.args, keywords=node.keywords)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """Count what a slice copies."""
        self.generic_visit(node)
        is_copy = isinstance(node.slice, ast.Slice) and isinstance(node.ctx, ast.Load)
        return self._counted("made", node) if is_copy and self._is_within else node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """Count what a sum or product of texts or lists copies."""
        self.generic_visit(node)
        return self._counted("made", node) if self._is_within else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        """Count the characters of a text that is put together; how its parts are formatted stays."""
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                part.value = self.visit(part.value)
        return self._counted("made", node) if self._is_within else node

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        """Count what is added, and all of a text that something is added to."""
        self.generic_visit(node)
        if not self._is_within:
            return node
        node.value = self._counted("made", node.value)
        target = ast.parse(ast.unparse(node.target), mode="eval").body
        return [node, ast.Expr(self._counted("grown", target))]

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """Count what is looked through for a value."""
        self.generic_visit(node)
        if not self._is_within or not isinstance(node.ops[0], (ast.In, ast.NotIn)) or len(node.ops) > 1:
            return node
        found = self._counted("holds", node.left, node.comparators[0])
        return found if isinstance(node.ops[0], ast.In) else ast.UnaryOp(ast.Not(), found)


def _code(source: str | bytes, path: str) -> CodeType:
    tree = _Rewriter().visit(ast.parse(source))
    return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)


def rewritten(source: str) -> dict[str, Any]:
    """Return what a program defines, its functions rewritten so that they count what they do.

    Args:
        source: the program.
    """
    names = {_NAME: _COUNTER}
    exec(_code(source, "<rewritten>"), names)
    return names


class _Loader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return _code(self.get_data(path), path)

    def exec_module(self, module: ModuleType) -> None:
        vars(module)[_NAME] = _COUNTER
        super().exec_module(module)


class _Finder:
    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path, target) if name.split(".", maxsplit=1)[0] == _PACKAGE else None
        if spec is not None and spec.origin is not None:
            spec.loader = _Loader(name, spec.origin)
        return spec


_MODULES: dict[str, ModuleType] = {}


def _taken_out() -> dict[str, ModuleType]:
    names = [name for name in sys.modules if name.split(".")[0] == _PACKAGE]
    return {name: sys.modules.pop(name) for name in names}


def counted_module(name: str) -> Any:
    """Return a second module of a name, whose functions count what they do; with its like it shares what it imports.

    Args:
        name: of a module of Valla.
    """
    others = _taken_out()
    sys.modules.update(_MODULES)
    sys.meta_path.insert(0, _Finder)
    try:
        return importlib.import_module(name)
    finally:
        sys.meta_path.remove(_Finder)
        _MODULES.update(_taken_out())
        sys.modules.update(others)


def work(function: Callable[..., object], *args: object) -> int:
    """Return how much work a function does.

    Args:
        function: of a module that counts; what it yields is taken.
        args: what it is given.
    """
    before = _COUNTER.count
    result = function(*args)
    if isinstance(result, Iterator):
        for _ in result:
            pass
    return _COUNTER.count - before


def growth(function: Callable[[Any], object], make: Callable[[int], Any], size: int) -> float:
    """Return how many times as much work a function does for four times the input.

    Args:
        function: of a module that counts.
        make: makes an input of a size.
        size: of the smaller input.
    """
    function(make(1))  # what is read once and kept
    return work(function, make(TIMES * size)) / work(function, make(size))
