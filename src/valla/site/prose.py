"""Markdown of a dossier to HTML: `[@key, p. 12]` becomes a numbered link to a source, `#act-ID` a link to an act.

No HTML of an author passes: markdown-it escapes it, and nh3 lets only a short list of elements through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from valla.dossier.citations import CITATION, Cited, act_of, markdown_parser
from valla.dossier.model import Block, BlockKind
from valla.site.references import References

__all__ = ["Prose"]

_TAGS = {
    "p",
    "a",
    "em",
    "strong",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "blockquote",
    "footer",
    "figure",
    "figcaption",
    "img",
}
_TAGS |= {"sup", "span", "br", "hr", "h3", "h4", "h5", "h6", "s"}
_ATTRIBUTES = {"a": {"href", "class", "title", "aria-label"}, "img": {"src", "alt"}, "span": {"class"}, "ol": {"start"}}
_HIGHEST_HEADING = 3


def _cited(one: Cited, references: References) -> str:
    row = references.cite(one.key)
    locator, before = one.after.strip(" ,"), one.before.strip()
    link = f'<a class="cite" href="#{row.anchor}" title="{escape(row.text)}">{row.number}</a>'
    return f"{f'{escape(before)} ' if before else ''}{link}{', ' + escape(locator) if locator else ''}"


def _citation(_: RendererProtocol, tokens: Sequence[Token], at: int, __: OptionsDict, env: EnvType) -> str:
    parts = (_cited(one, env["cited"]) for one in tokens[at].meta["cited"])
    return f'<span class="cites">[{"; ".join(parts)}]</span>'


def _headings_lowered(tokens: Iterable[Token]) -> None:
    """The page has its own h1 and h2: an author's headings begin at h3."""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{max(int(token.tag[1:]), _HIGHEST_HEADING)}"


def _act_links(tokens: Iterable[Token], acts: Mapping[str, str]) -> None:
    """Point links to acts at their rows; a link to an act that the page does not list becomes plain text."""
    dropped: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            href = str(token.attrGet("href") or "")
            row = acts.get(act_of(href) or "")
            dropped.append(href.startswith("#") and row is None)
            token.attrSet("href", f"#{row}" if row else href)
        elif token.type != "link_close":
            continue
        if dropped[-1]:
            token.type, token.tag, token.attrs = f"span_{token.type[5:]}", "span", {}
        if token.nesting < 0:
            dropped.pop()


def _parser() -> MarkdownIt:
    parser = markdown_parser()
    parser.add_render_rule(CITATION, _citation)
    return parser


class Prose:
    """Turns the blocks of one dossier into HTML.

    Args:
        references: numbers the sources that the prose cites.
        acts: the ids of the rows of the acts that the page lists, by the id of the act.
        picture: the address of a picture by its path; empty where there is none.
    """

    def __init__(self, references: References, acts: Mapping[str, str], picture: Callable[[str], str]) -> None:
        self._parser = _parser()
        self._env: dict[str, Any] = {"cited": references, "knows": references.knows}
        self._acts = acts
        self._picture = picture

    def html(self, blocks: Iterable[Block]) -> Markup:
        """Return blocks as clean HTML."""
        raw = "\n".join(self._block(block) for block in blocks)
        # the only source of markup here is nh3's own output
        return Markup(nh3.clean(raw, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}))  # noqa: S704

    def _markdown(self, text: str, *, inline: bool = False) -> str:
        tokens = self._parser.parseInline(text, self._env) if inline else self._parser.parse(text, self._env)
        _headings_lowered(tokens)
        for token in tokens:
            _act_links(token.children or (), self._acts)
        return str(self._parser.renderer.render(tokens, self._parser.options, self._env))

    def _block(self, block: Block) -> str:
        inner = self._markdown(block.text)
        if block.kind is BlockKind.QUOTE:
            speaker = f"<footer>{self._markdown(block.speaker, inline=True)}</footer>" if block.speaker else ""
            return f"<blockquote>{inner}{speaker}</blockquote>"
        return self._figure(block, inner) if block.kind is BlockKind.CAPTION else inner

    def _figure(self, block: Block, inner: str) -> str:
        src = self._picture(block.image) if block.image else ""
        image = f'<img src="{escape(src)}" alt="{escape(block.text)}">' if src else ""
        return f"<figure>{image}<figcaption>{inner}</figcaption></figure>"
