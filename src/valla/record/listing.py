"""What a record holds: its acts between two actors, and a summary."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap

import pyarrow as pa

from valla.actors.catalogue import Catalogue
from valla.actors.leaders import known_with, resolve_among
from valla.actors.model import ActorKind
from valla.actors.naming import phrase
from valla.claims.kinds import kinds
from valla.dates import Window, parse, window_text
from valla.record.coverage import merge
from valla.record.query import EVERYTHING, Selection
from valla.record.schema import Act, Coverage
from valla.record.store import Record
from valla.record.table import acts_of, number_of_witnesses

__all__ = ["acts_between", "info", "labelled"]

_LABEL = 11
_WIDTH = 110
_Members = Mapping[str, tuple[Window, ...]]


def _members(name: str, record: Record, known: Catalogue, on: Window) -> dict[str, tuple[Window, ...]]:
    """Whose acts count as an actor's, and when; a leader is shown what his state did while he led it."""
    actor = resolve_among(name, record.people, on=None if on == Window() else on).actor
    pairs = list(known.expand(actor.id))
    if actor.kind is ActorKind.PERSON and actor.life:
        state = known.expand(known.state_of(actor.id).id)
        pairs += [(member, window.meet(term)) for member, window in state for term in actor.life]
    members: defaultdict[str, list[Window]] = defaultdict(list)
    for member, window in pairs:
        members[member].append(window)
    return {member: merge(windows) for member, windows in members.items()}


def _counts(name: str, members: _Members, act: Act) -> bool:
    """Whether an act may have a day on which what this one does counts."""
    return any(not window.meet(act.when.extent).empty for window in members.get(name, ()))


def _among(act: Act, one: _Members, other: _Members) -> bool:
    forward = _counts(act.actor, one, act) and _counts(act.target, other, act)
    return forward or (_counts(act.actor, other, act) and _counts(act.target, one, act))


def acts_between(
    record: Record, between: tuple[str, str] | None, period: str, known: Catalogue | None = None
) -> tuple[Act, ...]:
    """Return the acts between two actors in a period, in order of time.

    What a state did counts as a regime's while it lasted, and as a leader's while he led it.

    Args:
        record: where to look.
        between: two names; None for everybody.
        period: EDTF.
        known: the catalogue of actors; by default Valla's own and the leaders of the record.

    Raises:
        ActorError: if a name belongs to nobody, or to several.
        DateError: if the period is not a date.
    """
    window, actors = parse(period).extent, known or known_with(record.people)
    if between is None:
        return _ordered(record, Selection(None, None, None, symmetric=True, window=window))
    one, other = (_members(name, record, actors, window) for name in between)
    selection = Selection(None, frozenset(one), frozenset(other), symmetric=True, window=window)
    return tuple(act for act in _ordered(record, selection) if _among(act, one, other))


def _ordered(record: Record, selection: Selection) -> tuple[Act, ...]:
    found = record.engine.fetch(selection)
    return acts_of(found.sort_by([("begin_min", "ascending"), ("id", "ascending")]))


def labelled(label: str, text: str) -> Iterator[str]:
    """Give a label and a text in lines of a readable width, the text aligned.

    Args:
        label: what stands left of the first line.
        text: what stands right of it.
    """
    for number, line in enumerate(wrap(text, _WIDTH - _LABEL, break_long_words=False) or [""]):
        yield f"{label if number == 0 else '':<{_LABEL}}{line}"


def _counted(table: pa.Table, column: str) -> list[tuple[str, int]]:
    return Counter(table[column].to_pylist()).most_common()


def _kind_names(names: Iterable[str]) -> str:
    """Kinds by their names, a whole group by its own: all five kinds of alliance are `alliance.*`."""
    left, told = set(names), []
    groups = sorted({name.partition(".")[0] for name in left if "." in name})
    for group in groups:
        members = {name for name in kinds() if name.startswith(f"{group}.")}
        if members <= left and len(members) > 1:
            told.append(f"{group}.*")
            left -= members
    return ", ".join([*told, *sorted(left)])


def _covered(entry: Coverage) -> str:
    """When, for what and between whom a record is complete, and above what threshold."""
    told = f"{window_text(entry.window)}: {_kind_names(entry.kinds)}"
    if entry.actors is not None:
        told += f" among {', '.join(sorted(phrase(name) for name in entry.actors))}"
    if entry.among_states:
        told += " among members of the state system"
    return f"{told}, but only for {entry.threshold}" if entry.threshold else told


def info(record: Record) -> Iterator[str]:
    """Say line by line what a record holds."""
    table = record.engine.fetch(EVERYTHING)
    yield f"{'acts':<{_LABEL}}{table.num_rows}"
    yield f"{'witnesses':<{_LABEL}}{number_of_witnesses(table)}"
    yield f"{'actors':<{_LABEL}}{len(record.engine.names())}"
    if record.people.actors:
        yield f"{'leaders':<{_LABEL}}{len(record.people.actors)} beside those whom Valla knows"
    yield f"{'period':<{_LABEL}}{window_text(Window(*record.span)) if record.span else 'none'}"
    yield f"{'record':<{_LABEL}}{record.fingerprint}"
    for title, column in (("kinds", "kind"), ("channels", "channel"), ("datasets", "dataset")):
        told = ", ".join(f"{name or 'none named'} {count}" for name, count in _counted(table, column))
        yield from labelled(title, told or "none")
    named = [text.split() for text in table["sources"].to_pylist()]
    without = sum(1 for keys in named if not keys)
    yield f"{'sources':<{_LABEL}}{len({key for keys in named for key in keys})} named, {without} acts without one"
    for entry in record.coverage:
        yield from labelled("complete", f"{_covered(entry)}  ({entry.dataset})")
    if not record.coverage:
        yield f"{'complete':<{_LABEL}}nowhere: what is absent decides nothing"
