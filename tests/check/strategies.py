"""Hypothesis strategies for records, readings and worlds, each in the engine's form and in the oracle's."""

from dataclasses import dataclass

from hypothesis import strategies as st
from oracle import Deed, Question, World

from valla.actors.model import Actor, ActorKind
from valla.claims.kinds import relations
from valla.claims.model import Channel, Period, Quantifier, Reading
from valla.dates import Span, Window, day_number
from valla.errors import ActorError
from valla.record.schema import Act, Coverage
from valla.record.store import Record, record_of

LAST = 5
STATES = ("a", "b", "c")
PEOPLE = {"a-leader": "a", "b-leader": "b"}
KINDS = (
    "war",
    "attack",
    "dispute.force",
    "alliance.defense",
    "alliance.neutrality",
    "treaty",
    "statement.hostile",
    "trade",
)
RELATIONS = ("war", "attacked", "used_force", "allied", "opposed", "cooperated", "pact", "traded")


def day(position: int) -> int:
    """Return the day that stands for a position of the oracle's calendar: the middle of a year."""
    return day_number(1900 + position, 6, 15)


def first_day(position: int) -> int:
    """Return the first day of the year that a position stands for."""
    return day_number(1900 + position)


def last_day(position: int) -> int:
    """Return its last day."""
    return day_number(1900 + position, 12, 31)


def window(positions: tuple[int, int]) -> Window:
    """Return the window of whole years round some positions."""
    return Window(day_number(1900 + positions[0]), day_number(1900 + positions[1], 12, 31))


@dataclass(frozen=True)
class FakeCatalogue:
    """A catalogue of the actors of a drawn world."""

    world: World

    def actor(self, name: str) -> Actor:
        """Return an actor."""
        if name not in STATES and name not in PEOPLE:
            raise ActorError(f"nobody is called {name!r}")
        return Actor(name, name, ActorKind.STATE)

    def state_of(self, name: str) -> Actor:
        """Return the state that an actor is or belongs to."""
        return self.actor(PEOPLE.get(name, name))

    def expand(self, name: str) -> tuple[tuple[str, Window], ...]:
        """Return whose acts count as an actor's, and when."""
        members = self.world.members[name]
        return tuple((member, Window() if member == name else window(years)) for member, years in members.items())

    def life(self, name: str) -> tuple[Window, ...]:
        """Return when an actor exists."""
        return (window(self.world.lives[name]),)

    @property
    def actors(self) -> dict[str, Actor]:
        """Return every actor by its id."""
        return {name: self.actor(name) for name in (*STATES, *PEOPLE)}


@st.composite
def stretches(draw: st.DrawFn) -> tuple[int, int]:
    """Draw two positions in order."""
    first, last = sorted((draw(st.integers(0, LAST)), draw(st.integers(0, LAST))))
    return first, last


@st.composite
def deeds(draw: st.DrawFn, number: int) -> Deed:
    """Draw an act whose dates are never far from certain, so that its choices stay few."""
    begin = draw(st.integers(0, LAST))
    begin_slack, length, end_slack = (draw(st.integers(0, 2)) for _ in range(3))
    end = min(begin + length, LAST)
    pairs = [(one, two) for one in (*STATES, *PEOPLE) for two in STATES if PEOPLE.get(one, one) != two]
    actor, target = draw(st.sampled_from([*pairs, *[("a", "b"), ("b", "a"), ("c", "b"), ("a-leader", "b")] * 3]))
    channel = draw(st.sampled_from(["open", "open", "secret", "unknown"]))
    known = draw(st.none() | stretches())
    return Deed(
        id=f"act-{number}",
        actor=actor,
        target=target,
        kind=draw(st.sampled_from(KINDS)),
        mutual=draw(st.booleans()),
        begin=(begin, min(begin + begin_slack, end + end_slack, LAST)),
        end=(end, min(end + end_slack, LAST)),
        channel=channel,
        known=known if channel != "open" else None,
        source=draw(st.sampled_from(["s1", "s2", "s3"])),
        dataset=draw(st.sampled_from(["d1", "d2"])),
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw who exists when, and where the record is complete; half of the worlds are complete everywhere."""
    lives = {name: draw(st.sampled_from([(0, LAST), (0, LAST), (1, LAST), (0, LAST - 2), (2, 3)])) for name in STATES}
    members = {name: {name: (0, LAST)} for name in STATES}
    for person, state in PEOPLE.items():
        members[state][person] = draw(stretches())
    everywhere = (
        "d1",
        frozenset(KINDS) | frozenset().union(*(r.measured for r in relations().values())),
        (0, LAST),
        None,
    )
    some = st.tuples(
        st.sampled_from(["d1", "d2"]),
        st.just(everywhere[1]),
        stretches(),
        st.none() | st.just(frozenset(["a", "b"])),
    )
    coverage = (everywhere,) if draw(st.booleans()) else tuple(draw(st.lists(some, max_size=2)))
    return World(members=members, lives=lives, coverage=coverage)


@st.composite
def questions(draw: st.DrawFn, quantifier: str) -> Question:
    """Draw a question of a quantifier that fits its relation."""
    names = [
        name
        for name in RELATIONS
        if quantifier != "always" or relations()[name].state or relations()[name].contradicted
    ]
    name = draw(st.sampled_from(names))
    chosen = relations()[name]
    return Question(
        quantifier=quantifier,
        realised=chosen.realised,
        may=chosen.may,
        contradicted=chosen.contradicted,
        measured=chosen.measured,
        state=chosen.state,
        symmetric=chosen.symmetric,
        subjects=("a",),
        objects=draw(st.sampled_from([("b",), ("b",), ("b", "c"), None])),
        period=draw(stretches()),
        channel=draw(st.sampled_from(["any", "any", "any", "open", "secret"])),
        known_by=draw(st.none() | st.none() | st.integers(0, LAST)),
        also={"relation": name},
    )


def act_of(deed: Deed) -> Act:
    """Return an act in the engine's form."""
    begin, end = deed.begin, deed.end
    known = (
        None
        if deed.known is None
        else Span("known", day(deed.known[0]), day(deed.known[1]), day(deed.known[0]), day(deed.known[1]))
    )
    return Act(
        id=deed.id,
        actor=deed.actor,
        target=deed.target,
        kind=deed.kind,
        mutual=deed.mutual,
        when=Span("drawn", first_day(begin[0]), first_day(begin[1]), last_day(end[0]), last_day(end[1])),
        channel=deed.channel,
        known_from=known,
        source=deed.source,
        dataset=deed.dataset,
    )


def coverage_of(world: World) -> tuple[Coverage, ...]:
    """Return the coverage of a world in the engine's form."""
    return tuple(Coverage(dataset, kinds, window(years), actors) for dataset, kinds, years, actors in world.coverage)


def record_in(world: World, drawn: list[Deed]) -> Record:
    """Return the record of a world in the engine's form."""
    return record_of([act_of(deed) for deed in drawn], coverage_of(world), in_memory=True)


def reading_of(question: Question) -> Reading:
    """Return a question in the engine's form."""
    return Reading(
        quantifier=Quantifier(question.quantifier),
        relation=question.also["relation"],
        subjects=question.subjects,
        objects=question.objects,
        period=Period(window(question.period), "text", "drawn"),
        channel=Channel(question.channel),
        known_by=None if question.known_by is None else day(question.known_by),
    )
