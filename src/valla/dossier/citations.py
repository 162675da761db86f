"""What the prose of a dossier points to: `[see @key, p. 12; @other]` a source, `[words](#act-id)` an act.

One parser, so that what is shown as a citation or a link is what is looked up, and the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from valla.dossier.model import Block, Dossier

__all__ = ["CITATION", "Cited", "act_of", "cited_keys", "linked_acts", "markdown_parser", "prose"]

CITATION = "citation"
"""The type of the token that a citation becomes; `meta["cited"]` holds what it cites."""

_BRACKETS = re.compile(r"\[([^\[\]]*@[^\[\]]+)\]")
# an `@` after a letter belongs to an address: `me@example.org`
_PART = re.compile(r"(?P<before>[^@]*)(?<!\w)@\{?(?P<key>\w(?:[\w.:#$%&+?<>~/-]*\w)?)\}?(?P<after>.*)", re.DOTALL)
_ACT = "#act-"


@dataclass(frozen=True, slots=True)
class Cited:
    """One source in a citation.

    Args:
        before: the words before it: `see`.
        key: the source's.
        after: what follows, its locator: `, p. 12`.
    """

    before: str
    key: str
    after: str


def _cited(inner: str) -> tuple[Cited, ...]:
    """What the words between two brackets cite; nothing where a part of them is no citation."""
    parts = [_PART.fullmatch(part.strip()) for part in inner.split(";")]
    found = tuple(Cited(part["before"], part["key"], part["after"]) for part in parts if part)
    return found if len(found) == len(parts) else ()


def _citation_rule(state: StateInline, silent: bool) -> bool:
    """Take a citation out of a line as one token, if each of its keys is known where `knows` says which are."""
    found = _BRACKETS.match(state.src, state.pos, state.posMax)
    cited = _cited(found[1]) if found else ()
    knows = state.env.get("knows")
    if not found or not cited or (knows and not all(knows(one.key) for one in cited)):
        return False
    if not silent:
        state.push(CITATION, "", 0).meta = {"cited": cited}
    state.pos = found.end()
    return True


def markdown_parser() -> MarkdownIt:
    """Return the parser of a dossier's prose; `env["knows"]` may say which keys are sources."""
    parser = MarkdownIt("commonmark", {"html": False, "typographer": False})
    parser.disable("image")
    parser.inline.ruler.before("link", CITATION, _citation_rule)
    return parser


def act_of(address: str) -> str | None:
    """Return the id of the act that the address of a link names; None where it names something else."""
    plain = unquote(address)
    return plain.removeprefix(_ACT) if plain.startswith(_ACT) else None


def _said(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from filter(None, (block.text, block.speaker))


def prose(dossier: Dossier) -> tuple[str, ...]:
    """Return the texts of a dossier that may cite and link, in the order of its page."""
    further = (block for section in dossier.sections for block in section.blocks)
    return tuple(_said((*dossier.fast_facts, *dossier.detailed_facts, *further, *dossier.captions)))


def _tokens(text: str) -> Iterator[Token]:
    for token in markdown_parser().parse(text):
        yield from token.children or ()


def cited_keys(text: str) -> tuple[str, ...]:
    """Return the keys that a text of Markdown cites, in order."""
    return tuple(one.key for token in _tokens(text) if token.type == CITATION for one in token.meta["cited"])


def linked_acts(text: str) -> tuple[str, ...]:
    """Return the ids of the acts that a text of Markdown links to, in order."""
    links = (act_of(str(token.attrGet("href") or "")) for token in _tokens(text) if token.type == "link_open")
    return tuple(act for act in links if act is not None)
