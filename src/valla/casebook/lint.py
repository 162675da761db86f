"""What a casebook still lacks, counted: an empty cell is honest only as long as it is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from valla.casebook.act_rules import ACT_RULES
from valla.casebook.dossier_rules import DOSSIER_RULES
from valla.casebook.model import Casebook

__all__ = ["RULES", "lint"]


def _empty(casebook: Casebook) -> Iterator[str]:
    parts = {"no acts": casebook.acts, "no sources": casebook.sources, "no dossiers": casebook.dossiers}
    return (name for name, part in parts.items() if not part)


RULES: dict[str, Callable[[Casebook], Iterator[str]]] = {
    "parts of the casebook that are empty": _empty,
    **ACT_RULES,
    **DOSSIER_RULES,
}
"""Each rule by the words in which it is reported."""


def lint(casebook: Casebook) -> dict[str, tuple[str, ...]]:
    """Return for each rule that finds something the places where it does."""
    found = {name: tuple(rule(casebook)) for name, rule in RULES.items()}
    return {name: places for name, places in found.items() if places}
