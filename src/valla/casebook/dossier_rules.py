"""What the dossiers of a casebook still lack."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from valla.casebook.model import Casebook
from valla.casebook.reading import differences, plain_reading, reading_of
from valla.dossier.citations import cited_keys, linked_acts, prose
from valla.dossier.model import Dossier
from valla.errors import VallaError

__all__ = ["DOSSIER_RULES"]


def _named(dossier: Dossier) -> str:
    return f"dossier {dossier.title!r}" if dossier.number is None else f"dossier {dossier.number}"


def _where(test: Callable[[Dossier], bool]) -> Callable[[Casebook], Iterator[str]]:
    """A rule that names each dossier of which something holds."""
    return lambda casebook: (_named(dossier) for dossier in casebook.dossiers if test(dossier))


def _prose(casebook: Casebook) -> Iterator[tuple[str, str]]:
    return ((_named(dossier), text) for dossier in casebook.dossiers for text in prose(dossier))


def _dangling_citations(casebook: Casebook) -> Iterator[str]:
    for where, text in _prose(casebook):
        yield from (f"{where}: {key}" for key in cited_keys(text) if key not in casebook.sources)


def _dangling_acts(casebook: Casebook) -> Iterator[str]:
    ids = {act.id for act in casebook.acts}
    for where, text in _prose(casebook):
        yield from (f"{where}: {name}" for name in linked_acts(text) if name not in ids)


def _unreadable(casebook: Casebook) -> Iterator[str]:
    for dossier in casebook.dossiers:
        try:
            reading_of(dossier)
        except VallaError as error:
            yield f"{_named(dossier)}: {error}"


def _unexplained(casebook: Casebook) -> Iterator[str]:
    """Readings that say something else than their claims, and nobody says who decided that and why."""
    for dossier in casebook.dossiers:
        changed = () if dossier.reading_note else _changed(dossier)
        if changed:
            yield f"{_named(dossier)}: {', '.join(changed)}"


def _changed(dossier: Dossier) -> tuple[str, ...]:
    """In which parts the reading in a head differs from what its claim says; one that is no reading is another rule's."""
    try:
        fixed = reading_of(dossier)
    except VallaError:
        return ()
    return differences(fixed, plain_reading(dossier)) if fixed and dossier.reading is not None else ()


DOSSIER_RULES: dict[str, Callable[[Casebook], Iterator[str]]] = {
    "citations of a source that is not in sources.yaml": _dangling_citations,
    "links to an act that is not in acts.csv": _dangling_acts,
    "dossiers without a number": _where(lambda dossier: dossier.number is None),
    "dossiers without an essence": _where(lambda dossier: not dossier.essence),
    "dossiers without a claim that could be checked": _where(lambda dossier: not dossier.claim and not dossier.reading),
    "dossiers whose claim cannot be read": _unreadable,
    "readings that are not what the claim says, without a reading_note that says who set them and why": _unexplained,
}
"""Each rule by the words in which it is reported."""
