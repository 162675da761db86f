"""The house stands as it was drawn: imports point down, and none of our own hides in a function."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "valla"
LAYERS = (
    ("errors", "version"),
    ("files", "plain_data", "plain_yaml"),
    ("days",),
    ("moments",),
    ("dates",),
    ("actors",),
    ("claims",),
    ("record",),
    ("check",),
    ("dossier",),
    ("casebook",),
    ("scan",),
    ("exchange",),
    ("site",),
    ("server",),
    ("cli",),
    ("__main__",),
)
RANK = {name: number for number, names in enumerate(LAYERS) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """Return the layer that a module belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def own_imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Yield each import of our own package with the layer that it names."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names = [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "valla" and len(parts) > 1:
                yield node, parts[1]


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path != PACKAGE / "__init__.py"], ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_a_module_imports_only_from_its_own_layer_and_those_below(path: Path) -> None:
    """No arrow points upward."""
    for node, target in own_imports(ast.parse(path.read_text(encoding="utf-8"))):
        assert RANK[target] <= RANK[room(path)], f"{path}:{node.lineno} imports {target}"


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if room(path) not in {"cli", "__init__"}],
    ids=lambda p: str(p.relative_to(PACKAGE)),
)
def test_no_module_hides_an_import_of_our_own_in_a_function(path: Path) -> None:
    """A hidden import marks layers that knot; only the commands, which must start at once, may have them."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    for function in (
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, functions)
    ):
        assert not [node.lineno for node, _ in own_imports(function)], f"{path}: {function.name}"


def names_defined(node: ast.stmt) -> list[str]:
    """Return the names that a statement of a module defines."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, ast.If):
        return [name for inner in node.body for name in names_defined(inner)]
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [alias.asname or alias.name for alias in node.names]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_what_a_module_exports_is_there(path: Path) -> None:
    """Each name in `__all__` is defined, and the list is sorted."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if path.name in {"__init__.py", "__main__.py"} and "__all__" not in path.read_text(encoding="utf-8"):
        return
    exported = next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__"
    )
    defined = {name for node in tree.body for name in names_defined(node)}

    assert set(exported) <= defined


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if path.stem not in {"plain_data", "plain_yaml"}],
    ids=lambda p: str(p.relative_to(PACKAGE)),
)
def test_what_others_wrote_is_parsed_in_one_place(path: Path) -> None:
    """A module that parses by itself reads data of the package: elsewhere a fault of the text would be one of ours."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parsers = {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    } & {"json.load", "json.loads", "tomllib.load", "tomllib.loads", "yaml.load", "yaml.safe_load", "yaml.parse"}
    reads_package_data = any(
        isinstance(node, ast.ImportFrom) and node.module == "importlib.resources" for node in ast.walk(tree)
    )

    assert not parsers or reads_package_data
