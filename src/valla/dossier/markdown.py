"""A dossier as Markdown with a YAML head: read and written, the one the inverse of the other.

Blocks are parted by blank lines. A quotation is a block of `>` lines, its last one `> — Speaker; source`; a picture is
`![caption](path)`; the pictures that stand nowhere in the prose are a list under `## Pictures`. A line that would be taken
for one of these, or for a section's heading, begins with a backslash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from valla.dossier.frontmatter import dumped, loaded, parted
from valla.dossier.model import Block, BlockKind, Dossier, Section, Voicing
from valla.dossier.schema import checked

__all__ = ["read", "write"]

_ESSENCE, _FAST, _DETAILED, _PICTURES = "Essence", "Fast facts", "Detailed facts", "Pictures"
_HEADING = re.compile(r"^##(?:\s+(.*?))?\s*$")
_PICTURE = re.compile(r"^!\[((?:[^\]\\]|\\.)*)\]\(((?:[^)\\]|\\.)*)\)$")
_SPEAKER = re.compile(r"^[—–―]\s?")
_NAMED = re.compile(r"^((?:[^;\\]|\\.)*)(?:;\s?(.*))?$", re.DOTALL)
_TAKEN = r"#{1,2}(?:\s|$)|>|!\["


def _shielded(line: str, taken: str = _TAKEN) -> str:
    """A line of prose with a backslash where it would be read as something else."""
    return re.sub(rf"^(\\*)({taken})", r"\\\1\2", line)


def _bared(line: str, taken: str = _TAKEN) -> str:
    return re.sub(rf"^\\(\\*(?:{taken}))", r"\1", line)


def _escaped(text: str, marks: str) -> str:
    return re.sub(rf"([\\{re.escape(marks)}])", r"\\\1", text)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _prose(text: str) -> str:
    return "\n".join(_shielded(line) for line in text.split("\n"))


def _attribution(block: Block) -> list[str]:
    if not block.speaker and not block.source:
        return []
    return [">", f"> — {_escaped(block.speaker, ';')}{'; ' + block.source if block.source else ''}"]


def _quote(block: Block) -> str:
    lines = [f"> {_shielded(line, '[—–―]')}".rstrip() for line in block.text.split("\n")]
    return "\n".join([*lines, *_attribution(block)])


def _picture(block: Block) -> str:
    return f"![{_escaped(' '.join(block.text.split()), '[]')}]({_escaped(block.image, '()')})"


def _written(block: Block) -> str:
    if block.kind is BlockKind.QUOTE:
        return _quote(block)
    return _picture(block) if block.kind is BlockKind.CAPTION else _prose(block.text)


def _listed(caption: Block) -> str:
    return _picture(caption) if caption.image else f"- {' '.join(caption.text.split())}"


def _pictures(captions: Sequence[Block]) -> list[str]:
    """The pictures, those without a path as a list whose lines stand together."""
    parts: list[str] = []
    for one in captions:
        near = bool(parts) and not one.image and parts[-1].startswith("- ")
        parts[-1:] = [f"{parts[-1]}\n{_listed(one)}"] if near else [*parts[-1:], _listed(one)]
    return parts


def _head(dossier: Dossier) -> dict[str, Any]:
    """The keys of the head, without those that say nothing."""
    voicings = [
        {key: value for key, value in asdict(each).items() if key == "text" or value not in {"", "quotation"}}
        for each in dossier.voicings
    ]
    values = {
        "number": dossier.number,
        "title": dossier.title,
        "claim": dossier.claim,
        "reading": dossier.reading,
        "reading_note": dossier.reading_note,
        "voicings": voicings,
        "authors": list(dossier.authors),
        "language": dossier.language,
        "status": dossier.status,
        "published": dossier.published,
        "sources": list(dossier.sources),
        "corrections": [{key: each[key] for key in ("date", "text") if key in each} for each in dossier.corrections],
        "warnings": list(dossier.warnings),
    }
    kept = {"title", "language", "status"}
    return {key: value for key, value in values.items() if key in kept or (value is not None and value not in ("", []))}


def _sections(dossier: Dossier) -> Iterator[tuple[str, list[str]]]:
    yield from ((each.title, [_written(block) for block in each.blocks]) for each in dossier.sections if not each.title)
    yield _ESSENCE, [_prose(dossier.essence)] if dossier.essence else []
    yield _FAST, [_written(block) for block in dossier.fast_facts]
    yield _DETAILED, [_written(block) for block in dossier.detailed_facts]
    yield from ((each.title, [_written(block) for block in each.blocks]) for each in dossier.sections if each.title)
    yield _PICTURES, _pictures(dossier.captions)


def write(dossier: Dossier) -> str:
    """Return a dossier as Markdown with a YAML head.

    Args:
        dossier: its blocks hold no blank lines, its captions no line breaks.

    Returns:
        A text that `read` makes the same dossier of.
    """
    parts = [f"---\n{dumped(_head(dossier))}---"]
    for title, blocks in _sections(dossier):
        # The usual three are written even when empty, to be filled in.
        if blocks or title != _PICTURES:
            parts.extend([*([f"## {title}"] if title else []), *blocks])
    return "\n\n".join(parts) + "\n"


def _cut(body: str) -> list[tuple[str, list[str]]]:
    """The sections of a body: each heading with the lines under it; prose before the first has an empty one."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in body.split("\n"):
        heading = _HEADING.match(line)
        if heading:
            found.append((heading.group(1) or "", []))
        else:
            found[-1][1].append(line)
    return found


def _begins(line: str, chunk: Sequence[str]) -> bool:
    """Whether a line begins a block of its own although no blank line stands before it."""
    quoted = line.startswith(">")
    return (
        bool(_PICTURE.match(line))
        or bool(chunk and _PICTURE.match(chunk[-1]))
        or (quoted and not chunk[0].startswith(">"))
    )


def _chunks(lines: Iterable[str]) -> Iterator[list[str]]:
    """The blocks, each as its lines."""
    chunk: list[str] = []
    for line in lines:
        bare = line.rstrip()
        if chunk and (not bare or _begins(bare, chunk)):
            yield chunk
            chunk = []
        if bare:
            chunk.append(bare)
    if chunk:
        yield chunk


def _read_quote(chunk: Sequence[str]) -> Block:
    lines = [re.sub(r"^>\s?", "", line) for line in chunk]
    speaker = source = ""
    if len(lines) > 1 and _SPEAKER.match(lines[-1]):
        named = _NAMED.match(_SPEAKER.sub("", lines.pop()))
        speaker, source = (named.group(1), named.group(2) or "") if named else ("", "")
    text = "\n".join(_bared(line, "[—–―]") for line in lines).strip("\n")
    return Block(BlockKind.QUOTE, text, _unescaped(speaker).strip(), source=source.strip())


def _read_block(chunk: Sequence[str]) -> Block:
    picture = _PICTURE.match(chunk[0]) if len(chunk) == 1 else None
    if picture:
        return Block(BlockKind.CAPTION, _unescaped(picture.group(1)), image=_unescaped(picture.group(2)))
    if chunk[0].startswith(">"):
        return _read_quote(chunk)
    return Block(BlockKind.PARAGRAPH, "\n".join(_bared(line) for line in chunk))


def _blocks(lines: Iterable[str]) -> tuple[Block, ...]:
    return tuple(_read_block(chunk) for chunk in _chunks(lines))


def _captions(lines: Iterable[str]) -> Iterator[Block]:
    """The pictures of a list: an item each, whose further lines are indented; or pictures as such."""
    for chunk in _chunks(lines):
        if _PICTURE.match(chunk[0]):
            yield _read_block(chunk)
            continue
        for item in re.split(r"\n(?=[-*] )", "\n".join(chunk)):
            yield Block(BlockKind.CAPTION, " ".join(re.sub(r"^[-*] ", "", item).split()))


def _named(found: Sequence[tuple[str, list[str]]], title: str) -> list[str]:
    """The lines of all sections of one name, blank lines between them."""
    return [line for name, lines in found if name.casefold() == title.casefold() for line in [*lines, ""]]


def _others(found: Sequence[tuple[str, list[str]]], title: str) -> Iterator[Section]:
    usual = {name.casefold() for name in (_ESSENCE, _FAST, _DETAILED, _PICTURES)}
    for name, lines in found:
        # A first line `# Title` repeats the head for readers of the bare file.
        blocks = _blocks(line for line in lines if name or line.strip() != f"# {title}")
        if name.casefold() not in usual and (name or blocks):
            yield Section(name, blocks)


def read(text: str, where: str) -> Dossier:
    """Return the dossier that a Markdown file holds.

    Args:
        text: the whole file.
        where: its name, for messages.

    Raises:
        CasebookError: if its head is missing, is not YAML, or holds a key or value that no dossier has.
    """
    head, body, _ = parted(text, where)
    fields = checked(loaded(head, where), where)
    found = _cut(body)
    return Dossier(
        number=fields.number,
        title=fields.title,
        claim=fields.claim,
        essence="\n".join(_bared(line) for line in _named(found, _ESSENCE)).strip(),
        voicings=tuple(Voicing(**each.model_dump()) for each in fields.voicings),
        authors=fields.authors,
        fast_facts=_blocks(_named(found, _FAST)),
        detailed_facts=_blocks(_named(found, _DETAILED)),
        captions=tuple(_captions(_named(found, _PICTURES))),
        reading=fields.reading,
        reading_note=fields.reading_note,
        status=fields.status,
        language=fields.language,
        sources=fields.sources,
        published=fields.published,
        corrections=tuple(each.model_dump(exclude_defaults=True) for each in fields.corrections),
        warnings=fields.warnings,
        sections=tuple(_others(found, fields.title)),
    )
