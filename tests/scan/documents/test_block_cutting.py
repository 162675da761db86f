"""Long documents, cut into blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.scan.documents.cutting import CONTEXT_CHARS, Around, cut, place_to_cut
from valla.scan.text import sentences

PARAGRAPH = "The pact was signed. Nobody knew of it, but for two men."


def parts(text: str, block_chars: int, step: int = 1000) -> list[str]:
    """Return the texts of the blocks of a text that is read some characters at a time."""
    pieces = [text[start : start + step] for start in range(0, len(text), step)]
    return [block.text for block in cut("a", [(piece, piece) for piece in pieces], block_chars)]


@given(st.text(st.sampled_from("ab. \n\r\u0301😀\0"), max_size=400), st.integers(1, 50), st.integers(1, 60))
def test_nothing_is_lost_and_no_block_is_too_long(text: str, block_chars: int, step: int) -> None:
    """Blocks joined give the text; the last may be longer by what stands around a block."""
    found = parts(text, block_chars, step)

    assert "".join(found) == text
    assert all(0 < len(part) <= block_chars for part in found[:-1])
    assert not found or len(found[-1]) <= block_chars + CONTEXT_CHARS


def test_a_document_is_cut_after_a_paragraph() -> None:
    """So its sentences are those of the whole."""
    text = "\n\n".join([PARAGRAPH] * 200)
    found = parts(text, 1000)

    assert len(found) > 5
    assert all(part.strip().endswith("two men.") for part in found)
    assert [sentence.text for part in found for sentence in sentences(part)] == [
        sentence.text for sentence in sentences(text)
    ]


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    """Where it has no gap."""
    assert all(part.rstrip()[-1] == "." for part in parts(" ".join([PARAGRAPH] * 200), 1000))


def test_a_long_sentence_is_cut_after_a_space() -> None:
    """Where it has one."""
    assert all(part.endswith(" ") for part in parts("word " * 1000, 333))


@pytest.mark.parametrize("cluster", ["e\u0301", "👩\u200d🚀", "\r\n", "क\u094d\u0937"])
def test_what_belongs_together_is_not_parted(cluster: str) -> None:
    """Letters with their marks, joined emoji and line ends."""
    text = cluster * 100

    assert place_to_cut(text, 0, 50) % len(cluster) == 0 or cluster == "क\u094d\u0937"
    assert not parts("x" * 49 + cluster * 50, 50)[1].startswith(("\u0301", "\u200d", "\n", "\u094d"))


def test_markup_and_source_are_cut_alike() -> None:
    """And each block knows what stands around it in the source."""
    source = "<b>" + "One. Two. " * 50
    text = "   " + source[3:]
    found = list(cut("a", [(text, source)], 100, Around(1000, "before", "after")))

    assert "".join(block.source for block in found) == source
    assert "".join(block.text for block in found) == text
    assert [block.offset for block in found] == [
        1000 + sum(len(earlier.source) for earlier in found[:number]) for number in range(len(found))
    ]
    assert found[0].before == "before"
    assert found[1].before.endswith(found[0].source[-20:])
    assert found[0].after == found[1].source[:CONTEXT_CHARS]
    assert found[-1].after == "after"
