"""Which columns hold the claims."""

import pytest

from valla.errors import InputError
from valla.scan.library.columns import Columns, guessed


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["", "vclaim", "title"], Columns("", "vclaim", ("title",))),
        (["title", "subtitle", "vclaim_id", "vclaim"], Columns("vclaim_id", "vclaim", ("title", "subtitle"))),
        (["date", "ID", "Title"], Columns("ID", "Title")),
        (["text", "title", "voicings"], Columns(None, "text", ("title",), ("voicings",))),
        (["claim", "text"], Columns(None, "claim")),
    ],
)
def test_usual_names_are_known(names: list[str], expected: Columns) -> None:
    """A claim goes before a text and a text before a title; what is left is context."""
    assert guessed(None, names, "t") == expected


def test_what_is_named_stands_and_nothing_is_added_but_the_id() -> None:
    """Context is only what was named, once anything was."""
    assert guessed(Columns(text="title"), ["id", "title", "subtitle"], "t") == Columns("id", "title")
    assert guessed(Columns("id", context=("note",)), ["id", "claim", "note"], "t") == Columns("id", "claim", ("note",))


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["a", "b"], "t: no column looks like the claim; allowed: a, b; name it: --text COLUMN"),
        (
            ["claim", "vclaim"],
            "t: several columns may hold the claim; found claim, vclaim; allowed: claim, vclaim; name",
        ),
        ([], "no column looks like the claim; allowed: a table with columns"),
    ],
)
def test_what_cannot_be_told_is_asked(names: list[str], told: str) -> None:
    """The columns are listed."""
    with pytest.raises(InputError, match=told):
        guessed(None, names, "t")
