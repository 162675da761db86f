"""The head of a chapter: who wrote it, who voices the myth, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from valla.dossier.manuscript.captions import labelled
from valla.dossier.manuscript.headings import label
from valla.dossier.manuscript.hyphens import Known, joined
from valla.dossier.manuscript.lexicon import words
from valla.dossier.manuscript.lines import Item, Paragraph, Role
from valla.dossier.manuscript.names import Named, affiliated, authors, unfinished
from valla.dossier.manuscript.quotation import may_close, opens, quotation, stripped
from valla.dossier.manuscript.sentences import ends, finite, tokens

__all__ = ["Part", "head_items", "led", "parts", "voiced"]

_DASH = re.compile(r"^[—–―-]\s*")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_]{1,3})(?=\S)([^*_]+)(?<=\S)\1(?![\w*_])")
_LED = re.compile(r"^(?P<source>[^“„«\"]{3,160}?)\s*[:—–]\s*(?P<quote>[“„«\"].+)$", re.DOTALL)
_MAX_VOICING_WORDS = 120
_MAX_SOURCE_WORDS = 40
_MAX_QUOTE_PARAGRAPHS = 6
_MAX_VOICINGS = 20


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of the head and what it can be.

    Args:
        kind: `voicing`, `source` (certainly one), `name` (of a person), `line` (short), `prose` or `caption`.
        text: the words that count.
        paragraph: where they stand.
        named: the names in it.
        source: the attribution that stands in the same paragraph as the voicing.
        led: whether that attribution stands before it.
    """

    kind: str
    text: str
    paragraph: Paragraph
    named: Named | None = None
    source: str = ""
    led: bool = False


def _unwrapped(text: str) -> str:
    """An attribution without the dash or brackets around it."""
    bare = _EMPHASIS.sub(r"\2", _DASH.sub("", text.strip())).lstrip(", ").strip("*_ ")
    inside = re.fullmatch(r"[(\[]((?:[^()]|\([^()]*\))*)[)\]]\.?", bare)
    return inside.group(1).strip() if inside else bare


def _whole_quotes(found: Sequence[Paragraph], known: Known) -> list[Paragraph]:
    """The paragraphs, those that one quotation runs through joined."""
    whole: list[Paragraph] = []
    at = 0
    while at < len(found):
        taken = _quote_length(found[at : at + _MAX_QUOTE_PARAGRAPHS], known)
        one = found[at]
        for each in found[at + 1 : at + taken]:
            one = replace(one, text=joined(one.text, each.text, known), lines=(*one.lines, *each.lines))
        whole.append(one)
        at += taken
    return whole


def _quote_length(found: Sequence[Paragraph], known: Known) -> int:
    """How many paragraphs a quotation that opens in the first runs through; 1 where it closes there or nowhere."""
    text = found[0].text
    if found[0].mark == ">" and not opens(text) and not _DASH.match(text):
        return next((at for at, each in enumerate(found) if at and not _goes_on_marked(each)), len(found))
    if not opens(text) or not may_close(" ".join(each.text for each in found)) or quotation(text):
        return 1
    for count, each in enumerate(found[1:], start=2):
        text = joined(text, each.text, known)
        if quotation(text):
            return count
    return 1


def _goes_on_marked(each: Paragraph) -> bool:
    """Whether a paragraph marked as quoted goes on with a quotation that has no quotation marks."""
    return each.mark == ">" and not opens(each.text) and not _DASH.match(each.text)


def _sourced(text: str) -> bool:
    """Whether a line has what only sources have: a year, a publication, a second part that is no name."""
    found = set(tokens(text))
    bare = stripped(text)
    return bool(
        _DASH.match(text)
        or re.fullmatch(r"\(.+\)\.?", text)
        or re.search(r"\d", text)
        or found & words("names", "source", "words")
        or re.search(r"[“«„\"*_]", bare)
        or ("," in text and authors(text) is None)
    )


def _part(paragraph: Paragraph, body: str) -> Part:
    text = paragraph.text.strip()
    tagged = label(text)
    if tagged and tagged[0] in {"author", "voicing", "source"}:
        return _tagged(tagged, paragraph)
    if labelled(text):
        return Part("caption", text, paragraph)
    plain = re.sub(r"^([*_]{1,3})(.+)\1$", r"\2", text)
    quoted = quotation(plain)
    if quoted:
        return Part("voicing", quoted.text, paragraph, source=_unwrapped(quoted.rest))
    led = _LED.match(plain)
    inner = quotation(led.group("quote")) if led and not ends(led.group("source")) else None
    if led and inner and not inner.rest and len(led.group("source").split()) <= _MAX_SOURCE_WORDS:
        return Part("voicing", inner.text, paragraph, source=_unwrapped(led.group("source")), led=True)
    if opens(plain) or (paragraph.mark == ">" and not _DASH.match(plain)):
        return Part("voicing", stripped(plain), paragraph)
    return _unquoted(plain, paragraph, body)


def _tagged(tagged: tuple[str, str], paragraph: Paragraph) -> Part:
    kind, text = tagged
    if kind == "author":
        return Part("author", text, paragraph, named=authors(text) or ((text,), ()))
    if kind == "voicing":
        quoted = quotation(text)
        return Part(
            "voicing", quoted.text if quoted else stripped(text), paragraph, source=quoted.rest if quoted else ""
        )
    return Part("source", text, paragraph)


def _unquoted(text: str, paragraph: Paragraph, body: str) -> Part:
    named = authors(text)
    if named and not _DASH.match(text):
        known = any(name.casefold() in body for name in named[0])
        return Part("line" if known else "name", text, paragraph, named=named)
    if ends(text) and len(text.split()) >= 5 and (finite(text) or not _sourced(text)):
        return Part("prose", text, paragraph)
    if _sourced(text) and len(text.split()) <= _MAX_SOURCE_WORDS:
        return Part("source", _unwrapped(text), paragraph)
    return Part("line", text, paragraph)


def _with_voicing(found: list[Part]) -> list[Part]:
    """The parts, the likeliest prose made the voicing where nothing stands in quotation marks."""
    if any(part.kind == "voicing" for part in found):
        return found
    prose = [
        at for at, part in enumerate(found) if part.kind == "prose" and len(part.text.split()) <= _MAX_VOICING_WORDS
    ]
    beside = [at for at in prose if _beside_source(found, at)][:_MAX_VOICINGS]
    lines = (at for at, part in enumerate(found) if part.kind == "line" and part.named is None and finite(part.text))
    chosen = set(beside or prose[:1] or list(islice(lines, 1)))
    return [replace(part, kind="voicing") if at in chosen else part for at, part in enumerate(found)]


def _beside_source(found: Sequence[Part], at: int) -> bool:
    return any(found[place].kind == "source" for place in (at - 1, at + 1) if 0 <= place < len(found))


def parts(found: Sequence[Paragraph], body: str, known: Known) -> list[Part]:
    """Return what each paragraph of a chapter's head, its title apart, can be.

    Args:
        found: the paragraphs.
        body: the sections' text in small letters: who is named there is no author.
        known: the words of the manuscript, to settle hyphens.
    """
    return _with_institutions([_part(each, body) for each in _whole_quotes(found, known)])


def led(before: Sequence[Part], found: Sequence[Part]) -> list[Part]:
    """Return the parts around a title: what stands before it is the name of a series, or of a lone author.

    Where nothing stands in quotation marks, the likeliest prose is made the voicing.

    Args:
        before: the parts before the title.
        found: those after it.
    """
    signed = any(part.kind in {"name", "author"} for part in found)
    series = {"line", "source"} | ({"name"} if signed else set())
    demoted = [replace(part, kind="series", named=None) if part.kind in series else part for part in before]
    return _with_voicing([*demoted, *found])


def _with_institutions(found: list[Part]) -> list[Part]:
    """The parts, a line after an author's name that says where the author works made a part of its own kind."""
    named = [False, *(part.kind in {"name", "author"} for part in found)]
    works = [
        part.kind in {"line", "source"} and affiliated(part.text) and not re.search(r"\d", part.text) for part in found
    ]
    rows = zip(found, named, works, strict=False)
    return [
        replace(part, kind="institution", text=part.paragraph.text) if by and works_ else part
        for part, by, works_ in rows
    ]


def _sources(found: Sequence[Part]) -> dict[int, list[int]]:
    """For each voicing without attribution, the places of the parts that are its source."""
    spoken = [at for at, part in enumerate(found) if part.kind == "voicing"]
    open_voicings = [at for at in spoken if not found[at].source]
    if not open_voicings:
        return {}
    before = _stand_before(found, spoken)
    given: dict[int, list[int]] = {}
    taken: set[int] = set()
    for voicing in open_voicings:
        near = _run(found, voicing, -1 if before else 1) or _lone(found, _run(found, voicing, 1 if before else -1))
        free = sorted(set(near) - taken)
        if free:
            given[voicing] = free
            taken.update(free)
    return given


def _lone(found: Sequence[Part], places: list[int]) -> list[int]:
    """The places of a source, unless voicings that lack one stand on both its sides: then it is the other's."""
    sides = [at for at in (min(places, default=0) - 1, max(places, default=0) + 1) if 0 <= at < len(found)]
    unsourced = sum(found[at].kind == "voicing" and not found[at].source for at in sides)
    return places if unsourced <= 1 else []


def _stand_before(found: Sequence[Part], spoken: Sequence[int]) -> bool:
    """Whether the sources stand before what they are the sources of: nothing follows the last voicing.

    Where something stands before the first and after the last, what begins with a dash follows its voicing.
    """
    first, last = spoken[0], spoken[-1]
    if not _run(found, last, 1):
        named = last + 1 < len(found) and found[last + 1].kind == "name"
        return not named or bool(_run(found, first, -1))
    dashed = bool(_DASH.match(found[first + 1].paragraph.text))
    return bool(_run(found, first, -1)) and not dashed


def _run(found: Sequence[Part], voicing: int, step: int) -> list[int]:
    """The places of the source beside a voicing on one side: one part, or lines that no blank line parts."""
    at, taken = voicing + step, list[int]()
    while 0 <= at < len(found) and found[at].kind in {"source", "line"}:
        apart = found[at].paragraph.gap if step > 0 else found[at + 1].paragraph.gap
        if taken and apart:
            break
        taken.append(at)
        at += step
    return taken


def _clusters(found: Sequence[Part]) -> list[list[int]]:
    """The places of names, those that stand together as one list."""
    groups: list[list[int]] = []
    for at, part in enumerate(found):
        if part.kind == "name":
            if groups and groups[-1][-1] == at - 1:
                groups[-1].append(at)
            else:
                groups.append([at])
    return groups


def _speaking(found: Sequence[Part], given: dict[int, list[int]]) -> dict[int, list[int]]:
    """The names that are the sources of voicings that have no other, where somebody else is left to be the author."""
    groups, taken = _clusters(found), dict[int, list[int]]()
    signed = any(part.kind == "author" for part in found)
    alone = len(groups) == 1 and not signed
    follows = _follow(found, groups)
    for at in _unsourced(found, given):
        group = _nearest(groups, at, follows=follows)
        if group and (signed or sum(map(len, groups)) > 1):
            taken[at] = _adjacent(found, group, at, alone=alone)
            groups = _without(groups, taken[at])
    return {at: places for at, places in taken.items() if places}


def _unsourced(found: Sequence[Part], given: dict[int, list[int]]) -> list[int]:
    """The places of the voicings that neither name their source nor were given one."""
    return [at for at, part in enumerate(found) if part.kind == "voicing" and not part.source and at not in given]


def _follow(found: Sequence[Part], groups: Sequence[list[int]]) -> bool:
    """Whether names follow the last voicing."""
    last = max((at for at, part in enumerate(found) if part.kind == "voicing"), default=None)
    return last is not None and any(group[0] == last + 1 for group in groups)


def _nearest(groups: Sequence[list[int]], voicing: int, *, follows: bool) -> list[int]:
    """The names that stand right beside a voicing: those after it, where names follow the last voicing too."""
    near = [group for group in groups if group[0] == voicing + 1 or group[-1] == voicing - 1]
    return next(iter(near[::-1] if follows else near), [])


def _without(groups: Sequence[list[int]], places: Sequence[int]) -> list[list[int]]:
    left = ([place for place in group if place not in places] for group in groups)
    return [group for group in left if group]


def _adjacent(found: Sequence[Part], group: Sequence[int], voicing: int, *, alone: bool) -> list[int]:
    """Of a list of names beside a voicing, the one that speaks; none where the lines belong together as authors."""
    place = group[0] if group[0] > voicing else group[-1]
    inner = [found[at].paragraph.gap for at in group[1:]]
    together = found[max(place, voicing)].paragraph.gap and not any(inner)
    listed = any(unfinished(found[at].text) for at in group[:-1])
    return [] if alone and (together or listed) else [place]


def _between(found: Sequence[Part], given: dict[int, list[int]]) -> dict[int, list[int]]:
    """Names that stand between a voicing and its source belong to the source, where others are left as authors."""
    names = [at for at, part in enumerate(found) if part.kind in {"name", "author"}]
    for at, part in enumerate(found[:-2]):
        follows = part.kind == "voicing" and not part.source and found[at + 1].kind == "name"
        if follows and found[at + 2].kind == "source" and len(names) > 1 and at not in given:
            given[at] = [at + 1, at + 2]
    return given


def head_items(found: Sequence[Part]) -> list[Item]:
    """Return the items of a chapter's head, its title apart.

    Args:
        found: what each paragraph can be.
    """
    given = _between(found, _sources(found))
    given |= _speaking(found, given)
    used = {at for places in given.values() for at in places}
    items: list[Item] = []
    spoken = [at for at, part in enumerate(found) if part.kind == "voicing"]
    for index, at in enumerate(spoken):
        items.extend(voiced(found, at, given.get(at, []), f"voicings[{index}]"))
    items.extend(
        _written([part for at, part in enumerate(found) if at not in used and part.kind in {"name", "author"}])
    )
    rest = [part for at, part in enumerate(found) if at not in used and part.kind not in {"name", "author", "voicing"}]
    return items + list(
        _left(
            [part for part in found if part.kind in {"name", "author"}],
            rest,
            signed=any(item.role is Role.AUTHOR for item in items),
        )
    )


def voiced(found: Sequence[Part], at: int, sources: Sequence[int], target: str) -> Iterable[Item]:
    """Yield the items of a voicing and of its source.

    Args:
        found: what each paragraph can be.
        at: the place of the voicing.
        sources: the places of its source.
        target: which voicing it is: `voicings[0]`.
    """
    part = found[at]
    text = Item(Role.VOICING, part.text, part.paragraph.lines, f"{target}.text")
    inline = [Item(Role.VOICING_SOURCE, part.source, part.paragraph.lines, f"{target}.source")] if part.source else []
    yield from [*inline, text] if part.led else [text, *inline]
    for place in sources:
        other = found[place]
        yield Item(Role.VOICING_SOURCE, _unwrapped(other.text), other.paragraph.lines, f"{target}.source")


def _written(found: Sequence[Part]) -> Iterable[Item]:
    names = [(name, part.paragraph.lines) for part in found for name in (part.named or ((), ()))[0]]
    return (Item(Role.AUTHOR, name, lines, f"authors[{index}]") for index, (name, lines) in enumerate(names))


def _left(found: Sequence[Part], rest: Sequence[Part], *, signed: bool) -> Iterable[Item]:
    """What is neither title, author nor voicing: a preamble, captions, an unsigned name, or nothing that is known."""
    unsigned = [part for part in rest if part.named and not signed]
    yield from _written(unsigned)
    beside = [(text, part.paragraph.lines) for part in found for text in (part.named or ((), ()))[1]]
    preamble = [*beside, *((part.text, part.paragraph.lines) for part in rest if part.kind in {"prose", "institution"})]
    for index, (text, lines) in enumerate(preamble):
        yield Item(Role.PARAGRAPH, text, lines, f"sections[0].blocks[{index}]")
    for part in rest:
        if part.kind == "caption":
            yield Item(Role.CAPTION, part.text, part.paragraph.lines, "captions[]")
        elif part.kind not in {"prose", "institution"} and part not in unsigned:
            yield Item(Role.UNPLACED, part.paragraph.text, part.paragraph.lines)
