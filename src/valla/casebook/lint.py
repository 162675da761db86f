"""What a casebook still lacks, counted: an empty cell is honest only as long as it is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from valla.casebook.model import Casebook
from valla.dossier.citations import cited_keys, linked_acts, prose

__all__ = ["RULES", "lint"]


def _acts_without(column: str) -> Callable[[Casebook], Iterator[str]]:
    def places(casebook: Casebook) -> Iterator[str]:
        return (f"acts.csv, row {act.dataset_row}: {act.id}" for act in casebook.acts if not getattr(act, column))

    return places


def _unknown_sources(casebook: Casebook) -> Iterator[str]:
    for act in casebook.acts:
        if act.source and act.source not in casebook.sources:
            yield f"acts.csv, row {act.dataset_row}: {act.source}"


def _secret_for_ever(casebook: Casebook) -> Iterator[str]:
    for act in casebook.acts:
        if act.channel == "secret" and act.known_from is None:
            yield f"acts.csv, row {act.dataset_row}: {act.id}"


def _doubtful(casebook: Casebook) -> Iterator[str]:
    for act in casebook.acts:
        if act.when.doubtful and not act.reason:
            yield f"acts.csv, row {act.dataset_row}: {act.when.text}"


def _prose(casebook: Casebook) -> Iterator[tuple[str, str]]:
    return ((f"dossier {dossier.number}", text) for dossier in casebook.dossiers for text in prose(dossier))


def _dangling_citations(casebook: Casebook) -> Iterator[str]:
    for where, text in _prose(casebook):
        yield from (f"{where}: {key}" for key in cited_keys(text) if key not in casebook.sources)


def _dangling_acts(casebook: Casebook) -> Iterator[str]:
    ids = {act.id for act in casebook.acts}
    for where, text in _prose(casebook):
        yield from (f"{where}: {name}" for name in linked_acts(text) if name not in ids)


def _without_essence(casebook: Casebook) -> Iterator[str]:
    return (f"dossier {dossier.number}" for dossier in casebook.dossiers if not dossier.essence)


def _without_claim(casebook: Casebook) -> Iterator[str]:
    return (f"dossier {dossier.number}" for dossier in casebook.dossiers if not dossier.claim and not dossier.reading)


def _former(casebook: Casebook) -> Iterator[str]:
    if casebook.former:
        yield "acts.csv"


RULES: dict[str, Callable[[Casebook], Iterator[str]]] = {
    "sheets of acts that still carry sources: `valla lint --fix` parts them": _former,
    "acts without a source": _acts_without("source"),
    "acts whose source has no locator": _acts_without("locator"),
    "acts without a summary": _acts_without("summary"),
    "acts that name a source that is not in sources.yaml": _unknown_sources,
    "secret acts without the date on which they became known": _secret_for_ever,
    "doubtful dates without a reason": _doubtful,
    "citations of a source that is not in sources.yaml": _dangling_citations,
    "links to an act that is not in acts.csv": _dangling_acts,
    "dossiers without an essence": _without_essence,
    "dossiers without a claim that could be checked": _without_claim,
}
"""Each rule by the words in which it is reported."""


def lint(casebook: Casebook) -> dict[str, tuple[str, ...]]:
    """Return for each rule that finds something the places where it does."""
    found = {name: tuple(rule(casebook)) for name, rule in RULES.items()}
    return {name: places for name, places in found.items() if places}
