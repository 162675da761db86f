"""Markdown to what it shows, character by character, line by line.

Blanked: marks of headings, quotations, emphasis and code, fences (not what they enclose), targets of links, definitions of links,
tables' lines, rules, HTML with its comments, scripts and styles, escapes and character references. After CommonMark 0.31 and
GitHub's tables and footnotes, as far as one line can tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from valla.scan.documents.cutting import Piece
from valla.scan.documents.markup import FILLER, REFERENCE, blank_tag, decoded, glue

__all__ = ["Markdown", "blanked_markdown"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)?")
_FENCE = re.compile(r"[ \t]{0,3}(`{3,}(?=[^`\r\n]*+(?:[\r\n]|$))|~{3,})")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}(?=[ \t\r\n]|$)")
_QUOTATION = re.compile(r"(?:[ \t]{0,3}>)+")
_ITEM = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]")
_FOOTNOTE = re.compile(r"[ \t]{0,3}\[\^[^\]\s]{1,200}\]:")
_DEFINITION = re.compile(r"[ \t]{0,3}\[[^\]\r\n]{1,500}\]:[ \t]*+\S")
_HIDDEN = re.compile(r"[ \t]{0,3}<(script|style)(?=[\s>])", re.IGNORECASE)
_HIDDEN_END = {name: re.compile(rf"</{name}>", re.IGNORECASE) for name in ("script", "style")}
_COMMENT_END = re.compile("-->")
_FRONT = ("---", "...")
_INLINE = re.compile(
    r"""
      \\[!-/:-@\[-`{-~]
    | `+
    | \*+
    | _+
    | ~~
    | !(?=\[)
    | (?<=\])\[[^\[\]\r\n]{0,500}+\]
    | <!--
    | </?[A-Za-z][^<>]{0,2000}+>
    | &
    """,
    re.VERBOSE,
)
_SIGN = re.compile(r"[\\`*_~!(\[<&]")
"""What markup within a line begins with: searched for first, because that is many times faster."""

_MARKED = re.compile(r"[\\`*_~!(\[<&>#|]")
"""What a line has that is more than words."""

_PARENTHESIS = re.compile(r"\\[!-/:-@\[-`{-~]|(?<=\]\()[ \t]*+<[^<>\r\n]*+>|[()]")
"""Parentheses, and what one may stand in without counting: an escape, or the pointed brackets around an address."""

_TARGET = re.compile(r"(?s:.+)")
_LONGEST_TARGET = 2000

_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_RULE_SIGNS = " \t\r\n-*_=:|+"
_GAP = "\x1e"
"""A separator of paragraphs: one character, where a blank line would need two."""

_LONGEST_CHARS = 1 << 16
"""A line that is longer is read in pieces of this length."""


class Markdown:
    """A document in Markdown, read a little at a time."""

    def __init__(self) -> None:
        self._held = ""
        self._is_first = True
        self._in_front = False
        self._fence = ""
        self._hidden_until: re.Pattern[str] | None = None
        self._hidden_inline = False

    def feed(self, source: str, *, final: bool = False) -> Piece:
        """Return what is shown of the lines that are whole by now, and the source of them.

        Args:
            source: the characters that come next.
            final: whether nothing comes after them.
        """
        held = self._held + source
        end = len(held) if final else held.rfind("\n") + 1
        if len(held) - end > _LONGEST_CHARS:
            # the last character may be half of a line end
            end = len(held) - 1
        self._held, ready = held[end:], held[:end]
        return "".join(map(self._line, _pieces(ready))), ready

    def _line(self, line: str) -> str:
        is_first, self._is_first = self._is_first, False
        bare = line.strip()
        if self._hidden_until is not None:
            return self._hidden(line, bare)
        if is_first and bare.removeprefix("\ufeff") == _FRONT[0]:
            self._in_front = True
            return _blank(line)
        if self._in_front:
            self._in_front = bare not in _FRONT
            return line if self._in_front else _blank(line)
        if self._fence:
            return self._fenced(line, bare)
        if not line.strip(_RULE_SIGNS):
            return _blank(line)
        return self._marked(line) if _MARKED.search(line) else line

    def _marked(self, line: str) -> str:
        fence = _FENCE.match(line)
        if fence:
            self._fence = fence.group(1)
            return _blank(line)
        return self._text(line)

    def _fenced(self, line: str, bare: str) -> str:
        if bare.startswith(self._fence) and not bare.strip(self._fence[0]):
            self._fence = ""
            return _blank(line)
        return line

    def _hidden(self, line: str, bare: str) -> str:
        """Blank a line as far as a comment or script goes that an earlier one began; one within a paragraph ends with that."""
        found = self._hidden_until.search(line) if self._hidden_until else None
        if found:
            self._hidden_until = None
            return " " * found.end() + self._inline(line[found.end() :], " ")
        if self._hidden_inline and not bare:
            self._hidden_until = None
        return _blank(line)

    def _text(self, line: str) -> str:
        if "[" in line and _DEFINITION.match(line) and not _FOOTNOTE.match(line):
            return _blank(line)
        if "<" in line and (hidden := _HIDDEN.match(line)):
            self._hidden_until, self._hidden_inline = _HIDDEN_END[hidden.group(1).lower()], False
            return self._hidden(line, line)
        quotation = _QUOTATION.match(line) if ">" in line else None
        start = quotation.end() if quotation else 0
        if "#" in line and (heading := _HEADING.match(line, start)):
            return _GAP + " " * (heading.end() - 1) + self._inline(_headline(line[heading.end() :]), " ")
        mark = _FOOTNOTE.match(line, start) if "[" in line else None
        item = _ITEM.match(line, start)
        kept = " " * (mark.end() - start) if mark else item.group() if item else ""
        rest = line[start + len(kept) :]
        if rest.startswith("|"):
            rest = rest.replace("|", _GAP)
        return " " * start + kept + self._inline(rest, " ", at_start=not kept)

    def _inline(self, line: str, last: str, *, at_start: bool = False) -> str:
        """Blank what is markup within a line; `last` is the character before it."""
        found: list[str] = []
        targets = _Targets(line)
        place = 0
        while mark := _next_mark(line, place, targets):
            found.append(line[place : mark.start()])
            last = line[mark.start() - 1] if mark.start() > place else last
            if mark.group() == "<!--":
                end = _COMMENT_END.search(line, mark.start() + 2)
                if end is None:
                    self._hidden_until, self._hidden_inline = _COMMENT_END, not (at_start and mark.start() == 0)
                    return "".join(found) + _blank(line[mark.start() :])
                place, text = end.end(), " " * (end.end() - mark.start())
            else:
                text = _SHOWN[mark.group()[0]](mark, last, line[mark.end() : mark.end() + 1])
                place = mark.start() + len(text)
            found.append(text)
            last = text[-1]
        found.append(line[place:])
        return "".join(found)


class _Targets:
    """Where the targets of links in a line end; all its parentheses are paired in one pass, once one is asked for."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._ends: dict[int, int] | None = None

    def match(self, start: int) -> re.Match[str] | None:
        """Match the target whose parenthesis stands at a place, if it is one and not overlong."""
        if self._line[start - 1 : start] != "]":
            return None
        if self._ends is None:
            self._ends = _closed(self._line)
        end = self._ends.get(start, start)
        return _TARGET.match(self._line, start, end) if end - start <= _LONGEST_TARGET else None


def _closed(line: str) -> dict[int, int]:
    """Return where what each closed parenthesis of a line opens ends."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for mark in _PARENTHESIS.finditer(line):
        if mark.group() == "(":
            waiting.append(mark.start())
        elif mark.group() == ")" and waiting:
            found[waiting.pop()] = mark.end()
    return found


def _next_mark(line: str, place: int, targets: _Targets) -> re.Match[str] | None:
    while sign := _SIGN.search(line, place):
        mark = targets.match(sign.start()) if sign.group() == "(" else _INLINE.match(line, sign.start())
        if mark:
            return mark
        place = sign.end()
    return None


def _pieces(text: str) -> Iterator[str]:
    """Yield the lines of a text, the longest in pieces."""
    for found in _LINE.finditer(text):
        for start in range(found.start(), found.end(), _LONGEST_CHARS):
            yield text[start : min(found.end(), start + _LONGEST_CHARS)]


def _blank(line: str) -> str:
    bare = line.rstrip("\r\n")
    return " " * len(bare) + line[len(bare) :]


def _headline(rest: str) -> str:
    """Return what stands after the mark of a heading, the closing mark blanked, the line end a gap between paragraphs."""
    bare = rest.rstrip()
    core = bare.rstrip("#")
    shown = core if core != core.rstrip() else bare
    ends = len(rest) - len(rest.rstrip("\r\n"))
    return shown + " " * (len(rest) - len(shown) - ends) + _GAP * ends


def _kept_whole(mark: re.Match[str], last: str, after: str) -> str:
    return (FILLER if glue(last, after) else " ") * len(mark.group())


def _escape(mark: re.Match[str], last: str, _: str) -> str:
    return (FILLER if last.isalnum() else " ") + mark.group()[1]


def _low_line(mark: re.Match[str], last: str, after: str) -> str:
    """Return an underscore that stands within a word as it is: it marks nothing there."""
    return mark.group() if glue(last, after) else " " * len(mark.group())


def _spaces(mark: re.Match[str], _: str, __: str) -> str:
    return " " * len(mark.group())


def _tag(mark: re.Match[str], last: str, after: str) -> str:
    name = _TAG_NAME.match(mark.group())
    return blank_tag(name.group(1).lower() if name else "", len(mark.group()), last, after)


def _reference(mark: re.Match[str], _: str, __: str) -> str:
    found = REFERENCE.match(mark.string, mark.start())
    value, size = decoded(found) if found else ("", 0)
    if not size:
        return "&"
    after = mark.string[mark.start() + size : mark.start() + size + 1]
    shown = value.replace("\n", " ")
    return shown + (FILLER if value and glue(value[-1], after) else " ") * (size - len(shown))


_SHOWN: dict[str, Callable[[re.Match[str], str, str], str]] = {
    "\\": _escape, "`": _kept_whole, "*": _kept_whole, "~": _kept_whole, "_": _low_line, "!": _spaces, "(": _spaces, "[": _spaces,
    "<": _tag, "&": _reference,
}  # fmt: skip
"""What is shown of each mark, by its first character."""


def blanked_markdown(sources: Iterable[str]) -> Iterator[Piece]:
    """Yield a document in Markdown with its markup blanked, and the source of it.

    Args:
        sources: the characters of the document, some at a time.
    """
    document = Markdown()
    for source, final in chain(((source, False) for source in sources), [("", True)]):
        text, original = document.feed(source, final=final)
        if original:
            yield text, original
