"""A paragraph while further lines or paragraphs are joined to it."""

from __future__ import annotations

from dataclasses import replace

from valla.dossier.manuscript.hyphens import Known, joined
from valla.dossier.manuscript.lines import Paragraph

__all__ = ["Gathered"]

_KEPT_CHARS = 1_000


class Gathered:
    """A paragraph that grows; what lies far behind its end is set aside, so that many joins take linear time.

    Args:
        first: what it begins with.
    """

    __slots__ = ("_end", "_first", "_lines", "_settled")

    def __init__(self, first: Paragraph) -> None:
        self._first, self._lines, self._settled = first, [*first.lines], list[str]()
        self._end = first.text

    @property
    def view(self) -> str:
        """The text; of a long one that was joined, its beginning and its end, which tell what it is and how it goes on."""
        return f"{self._settled[0]} {self._end}" if self._settled else self._end

    @property
    def n_lines(self) -> int:
        """How many lines it has taken up."""
        return len(self._lines)

    def add(self, text: str, lines: tuple[int, ...], known: Known) -> None:
        """Join a further stretch of the same sentence.

        Args:
            text: the stretch.
            lines: the numbers of its lines.
            known: the words of the manuscript, to settle hyphens.
        """
        if len(self._end) > 2 * _KEPT_CHARS:
            self._settled.append(self._end[:-_KEPT_CHARS])
            self._end = self._end[-_KEPT_CHARS:]
        self._end = joined(self._end, text, known)
        self._lines.extend(lines)

    def paragraph(self) -> Paragraph:
        """Return the whole."""
        return replace(self._first, text="".join([*self._settled, self._end]), lines=tuple(self._lines))
