"""Hypothesis strategies for records, readings and worlds, each in the engine's form and in the oracle's."""

from hypothesis import strategies as st
from oracle import LAST, PER_YEAR, YEARS, Deed, Question, Window, World

from valla.actors.catalogue import Catalogue
from valla.actors.model import Actor, ActorKind
from valla.actors.tables import Membership
from valla.claims.kinds import Aspect, kinds, relations
from valla.claims.model import Channel, Period, Quantifier, Reading
from valla.dates import Span, day_number
from valla.dates import Window as Days
from valla.record.schema import Act, Coverage, Witness
from valla.record.store import Record, record_of

FIRST_YEAR = 1900
"""The year of the oracle's first positions; the tests let the list of states begin with it."""

STATES = ("a", "b", "c", "d")
UNLISTED = "u"
PARTS = {"a-leader": "a", "b-leader": "b", "a-regime": "a"}
ORGANISATION, GROUP = "org", "group"
KINDS = (
    "war",
    "war.sides",
    "attack",
    "occupation",
    "declaration.war",
    "dispute.force",
    "dispute.declaration",
    "dispute.joint-war",
    "alliance.defense",
    "alliance.neutrality",
    "treaty",
    "statement.hostile",
    "trade",
)
RELATIONS = (
    "war",
    "fought",
    "attacked",
    "declared_war",
    "used_force",
    "allied",
    "neutrality",
    "opposed",
    "cooperated",
    "pact",
    "occupied",
    "traded",
)


def opening(position: int) -> int:
    """Return the first day of a position: a year's first day, the days between, its last day."""
    year, place = divmod(position, PER_YEAR)
    return day_number(FIRST_YEAR + year, *((1, 1), (1, 2), (12, 31))[place])


def closing(position: int) -> int:
    """Return the last day of a position."""
    year, place = divmod(position, PER_YEAR)
    return day_number(FIRST_YEAR + year, *((1, 1), (12, 30), (12, 31))[place])


def days(positions: tuple[int | None, int | None]) -> Days:
    """Return the window of some positions."""
    first, last = positions
    return Days(None if first is None else opening(first), None if last is None else closing(last))


def _is_coded(bounds: tuple[int, int]) -> bool:
    return bounds[0] % PER_YEAR == 0 and bounds[1] == bounds[0] + PER_YEAR - 1


@st.composite
def stretches(draw: st.DrawFn) -> tuple[int, int]:
    """Draw two positions in order."""
    first, last = sorted((draw(st.integers(0, LAST)), draw(st.integers(0, LAST))))
    return first, last


@st.composite
def bounds(draw: st.DrawFn) -> tuple[int, int]:
    """Draw the first and last position of a date: a day, a stretch, or a whole year."""
    at = draw(st.integers(0, LAST))
    if draw(st.booleans()):
        first = at // PER_YEAR * PER_YEAR
        return first, first + PER_YEAR - 1
    return at, min(at + draw(st.sampled_from([0, 0, 1, 2])), LAST)


@st.composite
def deeds(draw: st.DrawFn, number: int) -> Deed:
    """Draw an act whose dates are never far from certain, so that its choices stay few."""
    begin, end = sorted((draw(bounds()), draw(bounds())))
    everybody = (*STATES, *PARTS, UNLISTED, ORGANISATION)
    pairs = [(one, two) for one in everybody for two in (*STATES, UNLISTED) if PARTS.get(one, one) != two]
    actor, target = draw(st.sampled_from([*pairs, *[("a", "b"), ("b", "a"), ("c", "b"), ("a-leader", "b")] * 15]))
    channel = draw(st.sampled_from(["open", "open", "open", "secret", "unknown"]))
    known = draw(st.none() | stretches())
    return Deed(
        id=f"act-{number}",
        actor=actor,
        target=target,
        kind=draw(st.sampled_from(KINDS)),
        mutual=draw(st.booleans()),
        begin=begin,
        end=(max(end[0], begin[0]), max(end[1], begin[1])),
        channel=channel,
        known=known,
        disputed=draw(st.sampled_from([False, False, False, True])),
        source=draw(st.sampled_from(["s1", "s2", "s3"])),
        dataset=draw(st.sampled_from(["d1", "d2"])),
    )


def _everything() -> Window:
    kept = frozenset(kinds())
    return Window("d1", kept, (0, LAST), None)


def _windows() -> st.SearchStrategy[Window]:
    every = frozenset(KINDS).union(*(relation.measured | relation.bounded for relation in relations().values()))
    return st.builds(
        Window,
        st.sampled_from(["d1", "d2"]),
        st.sampled_from([every, every, frozenset(name for name in every if name.startswith("dispute."))]),
        st.sampled_from([(0, LAST), (0, LAST), (0, LAST - PER_YEAR)]) | stretches(),
        st.none() | st.none() | st.just(frozenset(["a", "b"])),
        st.booleans(),
        st.sampled_from([False, False, False, True]),
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw who was in the list of states when, whose parts and members there were, and where the record is complete."""
    shapes = [((0, LAST),), ((0, LAST),), ((0, 3), (6, LAST)), ((2, LAST),), ((0, 5),)]
    return World(
        spells={name: draw(st.sampled_from(shapes)) for name in STATES} | {UNLISTED: ()},
        parts={part: (state, draw(stretches())) for part, state in PARTS.items()},
        members={
            ORGANISATION: {"c": draw(stretches()), "d": (0, LAST)},
            GROUP: {"c": (0, LAST), "d": draw(stretches())},
        },
        groups=frozenset([GROUP]),
        coverage=(*draw(st.sampled_from([(), (_everything(),)])), *draw(st.lists(_windows(), max_size=2))),
    )


def _periods() -> st.SearchStrategy[tuple[tuple[int | None, int | None], tuple[bool, bool]]]:
    """Draw periods in years, in days, open on a side or on both."""

    def of_years(years: tuple[int, int]) -> tuple[tuple[int, int], tuple[bool, bool]]:
        first, last = sorted(years)
        return (first * PER_YEAR, last * PER_YEAR + PER_YEAR - 1), (True, True)

    year = st.integers(0, YEARS - 1)
    by_years = st.tuples(year, year).map(of_years)
    by_days = stretches().map(lambda found: (found, (False, False)))
    since = st.integers(0, LAST).map(lambda first: ((first, None), (False, False)))
    until = year.map(lambda last: ((None, last * PER_YEAR + PER_YEAR - 1), (False, True)))
    return by_years | by_days | since | until | st.just(((None, None), (False, False)))


@st.composite
def questions(draw: st.DrawFn, quantifier: str, drawn: list[Deed]) -> Question:
    """Draw a question of a quantifier that fits its relation, mostly one on which some of the acts bear."""
    fitting = [
        name
        for name in RELATIONS
        if quantifier != "always" or relations()[name].state or relations()[name].contradicted
    ]
    done = {deed.kind for deed in drawn}
    borne = [name for name in fitting if relations()[name].bearing & done]
    name = draw(st.sampled_from([*fitting, *borne * 10]))
    chosen = relations()[name]
    subjects = draw(
        st.sampled_from(
            [("a",), ("a",), ("a",), ("a-regime",), ("a-leader",), ("a", "c"), (ORGANISATION,), (GROUP,), (UNLISTED,)]
        )
    )
    objects = draw(st.sampled_from([("b",), ("b",), ("b",), ("b-leader",), ("b", "d"), None]))
    if objects == ("b", "d") and subjects[0] in {ORGANISATION, GROUP}:
        objects = ("b",)
    period, by_year = draw(_periods())
    event = draw(st.sampled_from([None, None, None, True, False])) if chosen.state else None
    if event and quantifier != "always":
        chosen = chosen.signed()
    return Question(
        quantifier=quantifier,
        realised=chosen.realised,
        may=chosen.may,
        contradicted=chosen.contradicted,
        may_contradict=chosen.may_contradict,
        sustained=chosen.sustained,
        measured=chosen.measured,
        bounded=chosen.bounded,
        event=not chosen.state if event is None else event,
        symmetric=chosen.symmetric,
        subjects=subjects,
        objects=objects,
        period=period,
        by_year=by_year,
        agreed=chosen.agreed,
        channel=draw(st.sampled_from(["any", "any", "any", "any", "open", "secret"])),
        known_by=draw(st.none() | st.none() | st.none() | st.integers(0, LAST)),
        any_subject=draw(st.booleans()),
        any_object=draw(st.booleans()),
        with_members=draw(st.sampled_from([(), (ORGANISATION,)])) if objects else (),
        partial=draw(st.sampled_from([False, False, False, True])),
        also={"relation": name},
    )


def act_of(deed: Deed) -> Act:
    """Return an act in the engine's form."""
    begin, end = deed.begin, deed.end
    known = (
        None
        if deed.known is None
        else Span(
            "known", opening(deed.known[0]), opening(deed.known[1]), opening(deed.known[0]), opening(deed.known[1])
        )
    )
    return Act(
        id=deed.id,
        actor=deed.actor,
        target=deed.target,
        kind=deed.kind,
        mutual=deed.mutual,
        when=Span(
            "drawn",
            opening(begin[0]),
            closing(begin[1]) if _is_coded(begin) else opening(begin[1]),
            opening(end[0]) if _is_coded(end) else closing(end[0]),
            closing(end[1]),
        ),
        channel=deed.channel,
        known_from=known,
        **said_by(deed),
        dataset=deed.dataset,
    )


def said_by(deed: Deed) -> dict[str, object]:
    """Return the witnesses of an act."""
    doubt = [Witness("sceptic", says="disputes")] if deed.disputed else []
    return {"witnesses": (Witness(deed.source), *doubt)}


def catalogue_of(world: World) -> Catalogue:
    """Return the catalogue of a drawn world."""
    listed = {name: tuple(days(spell) for spell in world.spells[name]) for name in world.spells}
    states = [
        Actor(name, name, ActorKind.STATE, cow=number if listed[name] else None, life=listed[name])
        for number, name in enumerate(listed, start=1)
    ]
    parts = [
        Actor(
            name,
            name,
            ActorKind.REGIME if name.endswith("regime") else ActorKind.PERSON,
            life=(days(when),),
            part_of=state,
        )
        for name, (state, when) in world.parts.items()
    ]
    wholes = [Actor(name, name, ActorKind.ORGANISATION) for name in world.members]
    by_state: dict[str, tuple[Actor, ...]] = {}
    for part in parts:
        by_state[part.part_of or ""] = (*by_state.get(part.part_of or "", ()), part)
    return Catalogue(
        actors={actor.id: actor for actor in (*states, *parts, *wholes)},
        abbreviations={},
        names=(),
        memberships={
            whole: tuple(Membership(member, whole, days(when)) for member, when in inside.items())
            for whole, inside in world.members.items()
        },
        blocs=world.groups,
        armies=frozenset(),
        _codes={},
        _parts=by_state,
    )


def coverage_of(world: World) -> tuple[Coverage, ...]:
    """Return the coverage of a world in the engine's form."""
    return tuple(
        Coverage(
            one.dataset, one.kinds, days(one.days), one.actors, one.among_states, "large ones" if one.threshold else ""
        )
        for one in world.coverage
    )


def record_in(world: World, drawn: list[Deed]) -> Record:
    """Return the record of a world in the engine's form."""
    return record_of([act_of(deed) for deed in drawn], coverage_of(world), in_memory=True)


def reading_of(question: Question) -> Reading:
    """Return a question in the engine's form."""
    window = days(question.period)
    own = relations()[question.also["relation"]].aspect
    aspect = Aspect.EVENT if question.event else Aspect.STATE
    return Reading(
        quantifier=Quantifier(question.quantifier),
        relation=question.also["relation"],
        subjects=question.subjects,
        objects=question.objects,
        period=Period(window, "coverage" if window == Days() else "text", "drawn", *question.by_year),
        channel=Channel(question.channel),
        known_by=None if question.known_by is None else opening(question.known_by),
        aspect=None if aspect is own else aspect,
        any_subject=question.any_subject,
        any_object=question.any_object,
        members=question.with_members,
        partial=question.partial,
    )


assert set(KINDS) <= set(kinds())
