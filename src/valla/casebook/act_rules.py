"""What the acts of a casebook and their sources still lack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from valla.actors.catalogue import catalogue
from valla.actors.model import ActorKind
from valla.casebook.model import Casebook
from valla.dates import day_text
from valla.record.schema import Act

__all__ = ["ACT_RULES"]


def _row(act: Act, found: str) -> str:
    return f"acts.csv, row {act.dataset_row}: {found}"


def _former(casebook: Casebook) -> Iterator[str]:
    if casebook.former:
        yield "acts.csv"


def _where(
    test: Callable[[Act], bool], found: Callable[[Act], str] | None = None
) -> Callable[[Casebook], Iterator[str]]:
    """A rule that names each act of which something holds."""

    def places(casebook: Casebook) -> Iterator[str]:
        return (_row(act, found(act) if found else act.id) for act in casebook.acts if test(act))

    return places


def _unknown_sources(casebook: Casebook) -> Iterator[str]:
    for act in casebook.acts:
        named = dict.fromkeys(witness.source for witness in act.witnesses if witness.source)
        yield from (_row(act, key) for key in named if key not in casebook.sources)


def _unknown_grounds(casebook: Casebook) -> Iterator[str]:
    for source in casebook.sources.values():
        yield from (f"{source.key}: {key}" for key in source.rests_on or () if key not in casebook.sources)


def _known_too_early(act: Act) -> bool:
    known = act.known_from.latest_begin if act.known_from else None
    return known is not None and act.when.begin_min is not None and known < act.when.begin_min


def _open_but_known_later(act: Act) -> bool:
    known = act.known_from.begin_min if act.known_from else None
    begun = act.when.latest_begin
    return act.channel == "open" and known is not None and begun is not None and known > begun


def _unborn(casebook: Casebook) -> Iterator[str]:
    for act in casebook.acts:
        for name in _unborn_at(act, dict.fromkeys((act.actor, act.target))):
            begin = _first_day(name)
            yield _row(act, f"{act.id}: {name} exists from {'..' if begin is None else day_text(begin)}")


def _unborn_at(act: Act, names: Iterable[str]) -> Iterator[str]:
    """Who of some actors certainly did not exist yet when an act began."""
    begun = act.when.latest_begin
    for name in names:
        first = _first_day(name)
        if begun is not None and first is not None and begun < first:
            yield name


def _first_day(name: str) -> int | None:
    """The first day of a state or regime, for a person of the state; None where that is not known, or it has no beginning."""
    actor = catalogue().actor(name)
    life = catalogue().state_of(name).life if actor.kind is ActorKind.PERSON else actor.life
    begins = [stretch.begin for stretch in life]
    return min((day for day in begins if day is not None), default=None) if None not in begins else None


ACT_RULES: dict[str, Callable[[Casebook], Iterator[str]]] = {
    "sheets of acts that still carry sources: `valla lint --fix` parts them": _former,
    "acts without a source": _where(lambda act: not act.sources),
    "acts whose source has no locator": _where(lambda act: not act.locator),
    "acts without a summary": _where(lambda act: not act.summary),
    "acts that name a source that is not in sources.yaml": _unknown_sources,
    "sources that rest on one that is not in sources.yaml": _unknown_grounds,
    "secret acts without the date on which they became known": _where(
        lambda act: act.channel == "secret" and act.known_from is None
    ),
    "acts that became known before they began": _where(_known_too_early),
    "open acts that are said to have become known later: an open act is known from the day it began": _where(
        _open_but_known_later
    ),
    "acts that began before their actor existed": _unborn,
    "doubtful dates without a reason": _where(
        lambda act: act.when.doubtful and not act.reason, lambda act: act.when.text
    ),
}
"""Each rule by the words in which it is reported."""
