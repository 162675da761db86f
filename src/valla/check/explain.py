"""Verdicts in words: one sentence that says why, from `data/because.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import numpy as np

from valla.actors.catalogue import Catalogue
from valla.actors.naming import phrase
from valla.check.evidence import Evidence
from valla.check.rules import Finding
from valla.check.terms import Terms
from valla.check.timeline_scale import stretch_words
from valla.dates import Window, day_text, window_text

__all__ = ["because", "counted", "listed", "stretch_text", "unjudged"]

_SHOWN = 4


@cache
def _sentences() -> dict[str, str]:
    text = files("valla.check").joinpath("data", "because.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def listed(items: list[str], shown: int = _SHOWN) -> str:
    """Return items as a list in a sentence: `a, b and c`, with the rest counted."""
    if len(items) > shown:
        items = [*items[:shown], f"{len(items) - shown} more"]
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def counted(number: int) -> str:
    """Return `1 act`, `2 acts`."""
    return f"{number} act" if number == 1 else f"{number:,} acts"


def stretch_text(window: Window) -> str:
    """Return a window for a sentence: a single day, or a single year, as itself; else `begin/end`."""
    text = window_text(window)
    first, _, last = text.partition("/")
    if first == last and first != "..":
        return first
    if window.begin is not None and window.begin == window.end:
        return day_text(window.begin)
    return text


def _names(ids: list[str], catalogue: Catalogue) -> str:
    return listed([phrase(name, catalogue) for name in dict.fromkeys(ids)])


def _others(finding: Finding, evidence: Evidence) -> list[str]:
    """Who else did it, in order of time; those who decide, where somebody does."""
    entries = finding.deciding if len(finding.deciding) else np.arange(len(evidence))
    entries = entries[~evidence.ours[entries]]
    order = entries[np.argsort(evidence.earliest[entries], kind="stable")]
    codes, first = np.unique(evidence.side.codes[order], return_index=True)
    found = [
        (int(evidence.earliest[order[at]]), evidence.side.words[int(code)])
        for code, at in zip(codes, first, strict=True)
    ]
    return [side for _, side in sorted(found)]


def unjudged() -> str:
    """Say that a claim asserts more than its reading judges."""
    return _sentences()["partial"]


def because(finding: Finding, evidence: Evidence, terms: Terms, catalogue: Catalogue) -> str:
    """Say in one sentence why a verdict is what it is."""
    sentence = _sentences()[finding.because].format(
        acts=counted(len(np.unique(evidence.row[finding.deciding]))),
        swing=counted(len(np.unique(evidence.row[finding.swing]))),
        period=stretch_words(terms.period),
        who=_names(list(terms.reading.subjects), catalogue),
        others=_names(_others(finding, evidence), catalogue),
        gaps=listed([stretch_words(gap) for gap in finding.gaps]),
        measure="; ".join(terms.silence.thresholds),
    )
    return sentence[0].upper() + sentence[1:]
