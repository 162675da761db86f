"""HTML to what it shows, character by character, in one pass that never goes back.

Follows the tokenizer of the HTML Living Standard (13.2.5) in what is a tag, a comment or the content of a script: all that is
blanked. It differs in two things: contents of `noscript` and `template` are blanked too, and so is a CDATA section wherever it is.
What stands in the content of a `title` or `textarea` like a tag is text there, except in XHTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain

from valla.scan.documents.cutting import Piece
from valla.scan.documents.markup import BLOCK, FILLER, REFERENCE, blank_tag, decoded, glue

__all__ = ["Html", "Part", "blanked_html"]

Part = tuple[str, str]
"""Characters to read, as many as the source has there, and what is shown of them."""

_RAW = frozenset({"script", "style", "template", "noscript", "iframe", "noembed", "noframes"})
_PRE = frozenset({"pre", "textarea", "listing"})
_TEXT = frozenset({"title", "textarea"})
_SPECIAL = re.compile(r"[<&](?=[A-Za-z!?/#]|\Z)")
_TAG_NAME = re.compile(r"</?([A-Za-z][^\t\n\f\r />]{0,63}+)")
_WHOLE_TAG = re.compile(
    r"""
    </?[A-Za-z][^\t\n\f\r\ />]*+
    (?:
        [\t\n\f\r\ /]++
      | (?:=[^\t\n\f\r\ />=]*+|[^\t\n\f\r\ />=]++)  # the name of an attribute, which an equals sign may begin
        (?:
            [\t\n\f\r\ ]*+=[\t\n\f\r\ ]*+(?:\"[^\"]*+\"|'[^']*+'|[^\t\n\f\r\ >\"'][^\t\n\f\r\ >]*+|(?=>))
          | (?![\t\n\f\r\ ]*+=)
        )
    )*+
    >
    """,
    re.VERBOSE,
)
_BETWEEN = re.compile(r"[\t\n\f\r /]*+")
_SPACES = re.compile(r"[\t\n\f\r ]*+")
_NAME = re.compile(r"[^\t\n\f\r />]*+")
_ATTRIBUTE = re.compile(r"[^\t\n\f\r />=]*+")
_UNQUOTED = re.compile(r"[^\t\n\f\r >]*+")
_EMPTY_COMMENT = re.compile(r"<!---?>")
_COMMENT_END = re.compile(r"--!?>")
_CDATA_END = re.compile(r"]]>")
_BOGUS_END = re.compile(r">")
_QUOTE_END = {'"': re.compile('"'), "'": re.compile("'")}
_SCRIPT_SIGN = re.compile(r"<!--|-->|</?script(?=[\t\n\f\r />])", re.ASCII | re.IGNORECASE)
_LINE_ENDS = re.compile(r"[\r\n\f]")

_AHEAD_CHARS = 80
"""So much of what follows must be known to tell what a `<` or `&` is."""

_HELD_CHARS = 1 << 16
"""A tag that is longer is blanked bit by bit."""


@cache
def _raw_end(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\t\n\f\r />])", re.ASCII | re.IGNORECASE)


def _deeper(sign: str, depth: int) -> int:
    """Return where a sign leads from: 0 a script, 1 a comment within it, 2 a script within that (13.2.5.20 to 31)."""
    if sign == "<!--":
        return depth or 1
    if sign == "<script":
        return 2 if depth else 0
    return 1 if sign == "</script" else 0


class Html:
    """A document in HTML, read a little at a time.

    Args:
        xml: whether it is XHTML, where `<script/>` has no content.
    """

    def __init__(self, *, xml: bool = False) -> None:
        self._xml = xml
        self._source = ""
        self._place = 0
        self._final = False
        self._parts: list[Part] = []
        self._last = ""
        self._preformatted = 0
        self._tag: tuple[str, bool] = ("", False)
        self._quote = _QUOTE_END['"']
        self._within = ""
        self._script_depth = 0
        self._step: Callable[[], bool] = self._data

    def feed(self, source: str, *, final: bool = False) -> list[Part]:
        """Return what is shown of the source so far, as far as that is certain.

        Args:
            source: the characters that come next.
            final: whether nothing comes after them.
        """
        self._source = self._source[self._place :] + source
        self._place = 0
        self._final = final
        self._parts = []
        while self._place < len(self._source) and self._step():
            pass
        return self._parts

    @property
    def consumed(self) -> str:
        """The source of what was returned last."""
        return self._source[: self._place]

    def _add(self, text: str, shown: str) -> None:
        if text:
            self._parts.append((text, shown))
            self._place += len(text)
            self._last = text[-1]

    def _spaced(self, text: str) -> str:
        return text if self._preformatted else _LINE_ENDS.sub(" ", text)

    def _blank(self, end: int) -> None:
        self._add(" " * (end - self._place), "")

    def _blank_past(self, end: re.Pattern[str], held: int) -> bool:
        """Blank all until after an expression, of which `held` characters may be there already; whether it was found."""
        found = end.search(self._source, self._place)
        if found is None:
            self._blank(len(self._source) - (0 if self._final else held))
            return False
        self._blank(found.end())
        self._step = self._data
        return True

    def _data(self) -> bool:
        special = _SPECIAL.search(self._source, self._place)
        end = special.start() if special else len(self._source)
        shown = self._source[self._place : end]
        self._add(self._spaced(shown), shown)
        if special is None or not (self._final or len(self._source) - end >= _AHEAD_CHARS):
            return False
        return self._reference() if special.group() == "&" else self._markup()

    def _reference(self) -> bool:
        found = REFERENCE.match(self._source, self._place)
        value, size = decoded(found) if found else ("", 0)
        if not size:
            self._add("&", "&")
            return True
        after = self._source[self._place + size : self._place + size + 1]
        pad = FILLER if value and glue(value[-1], after) else " "
        self._add(self._spaced(value) + pad * (size - len(value)), value)
        return True

    def _markup(self) -> bool:
        source, place = self._source, self._place
        if self._within and not _raw_end(self._within).match(source, place):
            self._add("<", "<")
            return True
        name = _TAG_NAME.match(source, place)
        if name:
            return self._whole_tag(name.group(1).lower())
        if empty := _EMPTY_COMMENT.match(source, place):
            self._blank(empty.end())
        elif source.startswith("<!--", place):
            self._blank(place + 4)
            self._step = self._comment
        elif source.startswith("<![CDATA[", place):
            self._step = self._cdata
        elif source[place + 1 : place + 2] in {"!", "?", "/"}:
            self._step = self._bogus
        else:
            self._add("<", "<")
        return True

    def _comment(self) -> bool:
        return self._blank_past(_COMMENT_END, 3)

    def _cdata(self) -> bool:
        return self._blank_past(_CDATA_END, 2)

    def _bogus(self) -> bool:
        return self._blank_past(_BOGUS_END, 0)

    def _whole_tag(self, name: str) -> bool:
        source, place = self._source, self._place
        self._tag = (name, source[place + 1] == "/")
        whole = _WHOLE_TAG.match(source, place)
        known = whole is not None and whole.end() < len(source)
        if not (known or self._final or len(source) - place > _HELD_CHARS):
            return False
        if whole is None:
            # its end is far away, or nowhere
            self._add("\n" if name in BLOCK else " ", "")
            self._blank(self._place + self._tag[1])
            self._step = self._in_name
            return True
        after = source[whole.end() : whole.end() + 1]
        self._add(blank_tag(name, whole.end() - place, self._last, after), "")
        self._enter(empty=source[whole.end() - 2] == "/")
        return True

    def _past(self, signs: re.Pattern[str]) -> str:
        """Blank what an expression matches, perhaps nothing, and return the sign after it: none where the source ends."""
        found = signs.match(self._source, self._place)
        self._blank(found.end() if found else self._place)
        return self._source[self._place : self._place + 1]

    def _in_name(self) -> bool:
        if self._past(_NAME):
            self._step = self._between
        return True

    def _between(self) -> bool:
        """Go on to the next attribute, or out of the tag."""
        after = self._past(_BETWEEN)
        if after == ">":
            empty = self._source[self._place - 1 : self._place] == "/"
            self._add("\n" if self._tag[0] in BLOCK else " ", "")
            self._enter(empty=empty)
        elif after:
            # an equals sign here is part of a name
            self._blank(self._place + (after == "="))
            self._step = self._attribute
        return True

    def _attribute(self) -> bool:
        if self._past(_ATTRIBUTE):
            self._step = self._after_attribute
        return True

    def _after_attribute(self) -> bool:
        after = self._past(_SPACES)
        if after:
            self._blank(self._place + (after == "="))
            self._step = self._before_value if after == "=" else self._between
        return True

    def _before_value(self) -> bool:
        after = self._past(_SPACES)
        if after in _QUOTE_END:
            self._quote = _QUOTE_END[after]
            self._blank(self._place + 1)
            self._step = self._quoted
        elif after:
            self._step = self._unquoted
        return True

    def _unquoted(self) -> bool:
        if self._past(_UNQUOTED):
            self._step = self._between
        return True

    def _quoted(self) -> bool:
        if not self._blank_past(self._quote, 0):
            return False
        self._step = self._between
        return True

    def _enter(self, *, empty: bool) -> None:
        """Go on after a tag: in the content of what it opens, if that is not shown."""
        name, closing = self._tag
        self._step = self._data
        if name in _PRE:
            self._preformatted = max(0, self._preformatted + (-1 if closing else 1))
        if name in _TEXT and not self._xml:
            self._within = "" if closing else name
        if name in _RAW and not closing and not (empty and self._xml):
            self._script_depth = 0
            self._step = self._script if name == "script" and not self._xml else self._raw

    def _script(self) -> bool:
        """Blank a script, as far as a `</script>` that ends it: one within a comment may end a script that stands there."""
        found = _SCRIPT_SIGN.search(self._source, self._place)
        if found is None:
            self._blank(max(self._place, len(self._source) - (0 if self._final else len("</script"))))
            return False
        sign = found.group().lower()
        if sign == "</script" and self._script_depth <= 1:
            self._blank(found.start())
            self._step = self._data
            return True
        self._script_depth = _deeper(sign, self._script_depth)
        # the hyphens of `<!-->` both open the comment and close it
        self._blank(found.end() - (2 if sign == "<!--" else 0))
        return True

    def _raw(self) -> bool:
        name = self._tag[0]
        found = _raw_end(name).search(self._source, self._place)
        if found is None:
            self._blank(max(self._place, len(self._source) - (0 if self._final else len(name) + 2)))
            return False
        self._blank(found.start())
        self._step = self._data
        return True


def blanked_html(sources: Iterable[str], *, xml: bool = False) -> Iterator[Piece]:
    """Yield a document in HTML with its markup blanked, and the source of it.

    Args:
        sources: the characters of the document, some at a time.
        xml: whether it is XHTML.
    """
    document = Html(xml=xml)
    for source, final in chain(((source, False) for source in sources), [("", True)]):
        text = "".join(text for text, _ in document.feed(source, final=final))
        if text:
            yield text, document.consumed
