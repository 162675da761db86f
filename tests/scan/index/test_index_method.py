"""How indexes are worked out, in one digest."""

import importlib.resources
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from scan_samples import LIBRARY

from valla.errors import InputError
from valla.scan.encoders.static import StaticEncoder
from valla.scan.index import method
from valla.scan.index.build import fingerprint_of
from valla.scan.index.cached import indexed

Change = Callable[[pytest.MonkeyPatch], None]


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Let nothing be remembered."""
    method.method_of.cache_clear()
    yield
    method.method_of.cache_clear()


def in_table(patch: pytest.MonkeyPatch) -> None:
    """Change a word list."""
    read = type(importlib.resources.files("valla.scan")).read_bytes
    patch.setattr(Path, "read_bytes", lambda path: read(path) + (b"more" if path.name == "stop.txt" else b""))


CHANGES: dict[str, Change] = {
    "version": lambda patch: patch.setattr(method, "VERSION", 0),
    "writing": lambda patch: patch.setattr(method, "WRITING_CLAIMS", 1),
    "rarest": lambda patch: patch.setattr(method, "RAREST", 1.0),
    "stemmers": lambda patch: patch.setattr(method.Stemmer, "version", lambda: "0"),
    "endings": lambda patch: patch.setattr(method, "stemmer", lambda _: str.upper),
    "words": lambda patch: patch.setattr(method, "words", str.split),
    "a table": in_table,
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_counts_changes_the_fingerprint(
    name: str, static: StaticEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that an index which is kept in the cache does not outlive an upgrade."""
    before = fingerprint_of(LIBRARY, "en", [static])
    method.method_of.cache_clear()
    CHANGES[name](monkeypatch)

    assert fingerprint_of(LIBRARY, "en", [static]) != before


def test_the_cache_makes_an_index_anew_that_was_worked_out_otherwise(
    static: StaticEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody need know that it is there."""
    before = indexed(LIBRARY, [static], cache=tmp_path)
    method.method_of.cache_clear()
    monkeypatch.setattr(method, "VERSION", 0)

    assert indexed(LIBRARY, [static], cache=tmp_path) != before


def test_words_that_other_languages_leave_out_count_there_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their list is another's; English has its own."""
    before = method.method_of("en"), method.method_of("de")
    method.method_of.cache_clear()
    monkeypatch.setattr(method, "version", lambda _: "0")

    assert method.method_of("en") == before[0]
    assert method.method_of("de") != before[1]


def test_a_language_that_is_none_is_refused() -> None:
    """In one line, before anything is worked out."""
    with pytest.raises(InputError, match="there is no such language"):
        method.method_of("!")
