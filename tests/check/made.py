"""Acts, records and readings for tests of the check, written shortly."""

from valla.check.engine import check
from valla.check.model import Verdict
from valla.claims.kinds import kinds
from valla.claims.model import Channel, Period, Quantifier, Reading
from valla.dates import Window, parse
from valla.record.schema import Act, Coverage, Witness
from valla.record.store import Record, record_of

__all__ = ["act", "covering", "given", "held", "reading"]

ALLIANCES = frozenset(
    f"alliance.{kind}" for kind in ("defense", "offense", "neutrality", "nonaggression", "consultation")
)
DISPUTES = frozenset(name for name in kinds() if name.startswith("dispute."))


def act(name: str, actor: str, target: str, kind: str, date: str, **rest: object) -> Act:
    """Return an act; one of both sides unless it is said not to be."""
    given = {"mutual": True, "dataset": "made", **rest}
    source, locator = given.pop("source", "book"), given.pop("locator", "")
    given.setdefault("witnesses", (Witness(source, locator),) if source else ())
    return Act(id=name, actor=actor, target=target, kind=kind, when=parse(date), **given)


def covering(period: str, kinds: frozenset[str] = ALLIANCES, actors: frozenset[str] | None = None) -> Coverage:
    """Return a window in which a record is complete."""
    return Coverage("made", kinds, parse(period).extent, actors)


def held(*acts: Act, coverage: tuple[Coverage, ...] = ()) -> Record:
    """Return a record of acts in memory."""
    return record_of(acts, coverage, in_memory=True)


def reading(  # noqa: PLR0917  the parts of a reading, in its order
    quantifier: str,
    relation: str,
    subject: str,
    target: str | None,
    period: str | None = None,
    origin: str = "text",
    channel: str = "any",
    known_by: str | None = None,
) -> Reading:
    """Return a reading."""
    window = Window() if period is None else parse(period).extent
    years = [len(side) == 4 for side in (period or "..").split("/")]
    return Reading(
        Quantifier(quantifier),
        relation,
        (subject,),
        None if target is None else (target,),
        Period(window, "coverage" if period is None else origin, "", years[0], years[-1]),
        Channel(channel),
        None if known_by is None else parse(known_by).end_max,
    )


def given(asked: Reading, *acts: Act, coverage: tuple[Coverage, ...] = ()) -> Verdict:
    """Return the verdict on a reading by a record of acts."""
    return check(asked, held(*acts, coverage=coverage))
