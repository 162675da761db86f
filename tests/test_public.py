"""What is public: the list, what it resolves to, and that each name says what it is."""

import ast
import inspect
from pathlib import Path

import pytest

import valla

ROOT = Path(__file__).parents[1]


def test_no_public_name_is_a_package():
    """Python binds a package's name when anything in it is imported: a function of that name would be lost."""
    packages = {path.name for path in (ROOT / "src" / "valla").iterdir()} | {
        path.stem for path in (ROOT / "src" / "valla").glob("*.py")
    }

    assert not packages & set(valla.__all__)


def test_the_list_is_what_resolves():
    """Every name of `__all__` loads, `dir` shows those names, and there is a home for no other."""
    assert sorted(valla.__all__) == sorted(dir(valla))
    assert set(valla.__all__) == set(valla._HOMES)
    assert len(valla.__all__) == len(set(valla.__all__))


@pytest.mark.parametrize("name", valla.__all__)
def test_a_public_name_loads_and_belongs_to_its_home(name):
    """It is listed by the module that owns it."""
    home = __import__(valla._HOMES[name], fromlist=["_"])

    assert getattr(valla, name) is getattr(home, valla._CALLED.get(name, name))
    assert valla._CALLED.get(name, name) in home.__all__


@pytest.mark.parametrize("name", [name for name in valla.__all__ if name != "VERSION"])
def test_a_public_name_is_documented(name):
    """Classes and functions say in a sentence what they are, and a function names every parameter."""
    thing = getattr(valla, name)
    told = inspect.getdoc(thing) or ""

    assert told.split("\n")[0].rstrip().endswith((".", ":")), told
    if inspect.isfunction(thing):
        parameters = [one for one in inspect.signature(thing).parameters if one != "self"]
        missing = [one for one in parameters if len(parameters) > 1 and f"{one}:" not in told]

        assert not missing


def test_type_checkers_see_the_same_names():
    """The imports for type checkers are those of the list."""
    tree = ast.parse((ROOT / "src" / "valla" / "__init__.py").read_text(encoding="utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    names = {
        alias.asname or alias.name: node.module
        for node in guarded.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    assert names == valla._HOMES


def test_a_name_that_is_not_public_is_refused():
    """A typing error is an AttributeError, as in any module."""
    with pytest.raises(AttributeError, match="has no attribute 'chekc'"):
        valla.chekc  # noqa: B018


def test_the_package_does_what_the_readme_promises():
    """A claim is read, checked against the bundled casebook, and refuted."""
    reading = valla.read("Poland never had a non-aggression pact with Nazi Germany")[0]
    verdict = valla.check_reading(reading, valla.open_casebook(valla.bundled()).record(in_memory=True))

    assert verdict.outcome is valla.Outcome.REFUTED
