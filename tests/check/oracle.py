"""A second way to a verdict that shares no code with the engine: plain Python over every explicit choice of dates (docs/verdicts.md).

Time is a short calendar of positions, three a year: its first day, the days between, its last day. A choice settles for each act the
position at which it began and ended, whether it was open, whether its kind did what it may have done, whether a witness who disputes it is
right, and when it became known. In one choice every question has a plain answer; a verdict is what all choices, or some, say.
"""

from dataclasses import dataclass, field, replace
from itertools import product

NEVER_KNOWN = 10**6
PER_YEAR = 3
YEARS = 3
LAST = PER_YEAR * YEARS - 1
BONDS = frozenset(f"alliance.{kind}" for kind in ("defense", "offense", "neutrality", "nonaggression", "consultation"))
OF_ALL = frozenset({"first", "only"})


def year(position: int) -> int:
    """Return the year of a position."""
    return position // PER_YEAR


def year_span(first: int, last: int) -> set[int]:
    """Return the positions of whole years."""
    return set(range(PER_YEAR * first, PER_YEAR * last + PER_YEAR))


def whole(days: set[int]) -> set[int]:
    """Return the whole years from the first to the last of some positions."""
    return year_span(year(min(days)), year(max(days))) if days else set()


@dataclass(frozen=True)
class Deed:
    """An act as the oracle sees it; its begin and end are the first and last position that each may have been at."""

    id: str
    actor: str
    target: str
    kind: str
    mutual: bool
    begin: tuple[int, int]
    end: tuple[int, int]
    channel: str
    known: tuple[int, int] | None
    disputed: bool
    source: str
    dataset: str


@dataclass(frozen=True)
class Window:
    """Where the record claims to be complete."""

    dataset: str
    kinds: frozenset[str]
    days: tuple[int, int]
    actors: frozenset[str] | None
    among_states: bool = False
    threshold: bool = False


@dataclass(frozen=True)
class World:
    """Who is who, and where the record is complete.

    Args:
        spells: of each state the stretches in which the list of states has it; none: it is not in the list.
        parts: of each regime or person its state and its days.
        members: of each organisation and group who belongs to it, and when.
        groups: which of those act through their members alone.
        coverage: where the record is complete.
    """

    spells: dict[str, tuple[tuple[int, int], ...]]
    parts: dict[str, tuple[str, tuple[int, int]]]
    members: dict[str, dict[str, tuple[int, int]]]
    groups: frozenset[str]
    coverage: tuple[Window, ...]

    def state(self, name: str) -> str:
        """Return the state that an actor is or belongs to."""
        return self.parts[name][0] if name in self.parts else name


@dataclass(frozen=True)
class Question:
    """A reading as the oracle sees it; a side of the period that is None is not named."""

    quantifier: str
    realised: frozenset[str]
    may: frozenset[str]
    contradicted: frozenset[str]
    may_contradict: frozenset[str]
    sustained: frozenset[str]
    measured: frozenset[str]
    bounded: frozenset[str]
    event: bool
    symmetric: bool
    subjects: tuple[str, ...]
    objects: tuple[str, ...] | None
    period: tuple[int | None, int | None]
    by_year: tuple[bool, bool] = (False, False)
    channel: str = "any"
    known_by: int | None = None
    any_subject: bool = False
    any_object: bool = False
    with_members: tuple[str, ...] = ()
    agreed: bool = False
    partial: bool = False
    also: dict[str, str] = field(default_factory=dict)

    @property
    def named(self) -> tuple[str, ...]:
        """Everybody whom it names."""
        return (*self.subjects, *(self.objects or ()))


@dataclass(frozen=True)
class Settled:
    """An act in one choice."""

    deed: Deed
    begin: int
    end: int
    channel: str
    does: bool
    known: int
    older: bool = False

    @property
    def days(self) -> set[int]:
        """The positions that it covers."""
        return set(range(self.begin, self.end + 1))

    @property
    def bound_days(self) -> set[int]:
        """The same; a bond whose last day is known is over on that day."""
        known = self.deed.end[0] == self.deed.end[1] and self.deed.end[0] > self.deed.begin[1]
        one_day = self.end % PER_YEAR != 1
        return self.days - ({self.end} if self.deed.kind in BONDS and known and one_day else set())


def settlements(deed: Deed, doubtful: frozenset[str], *, older: bool = False) -> list[Settled]:
    """List every way in which one act may have been; a bond that may be older than its date may have begun before all time."""
    found = []
    channels = ["open", "secret"] if deed.channel == "unknown" else [deed.channel]
    for begin, end, channel, does in product(
        range(deed.begin[0], deed.begin[1] + 1),
        range(deed.end[0], deed.end[1] + 1),
        channels,
        [True, False] if deed.kind in doubtful or deed.disputed else [True],
    ):
        if begin > end:
            continue
        if channel == "open" and deed.channel == "open":
            days = [begin]
        elif deed.known is not None:
            days = [max(day, begin) for day in range(deed.known[0], deed.known[1] + 1)]
        else:
            days = [begin, NEVER_KNOWN]
        ages = [False, True] if older else [False]
        found += [Settled(deed, begin, end, channel, does, known, age) for known in days for age in ages]
    return found


# Who ------------------------------------------------------------------------------------------------------------------------


ALL_DAYS = frozenset(range(-PER_YEAR, LAST + PER_YEAR + 1))


def of_the_state(state: str, world: World) -> dict[str, set[int]]:
    """Return whose acts count as a state's: its own, and in their days those of its regimes and people."""
    found = {state: set(ALL_DAYS)}
    for part, (owner, days) in world.parts.items():
        if owner == state:
            found[part] = set(range(days[0], days[1] + 1))
    return found


def counting(party: str, question: Question, world: World) -> dict[str, set[int]]:
    """Return whose acts count as a party's, and on which days."""
    found: dict[str, set[int]] = {party: set(ALL_DAYS)}
    if party in world.parts:
        state, days = world.parts[party]
        own = set(range(days[0], days[1] + 1))
        for name, when in of_the_state(state, world).items():
            if name != party:
                found[name] = when & own
    elif party in world.members:
        if party in world.groups or party in question.with_members:
            for member, days in world.members[party].items():
                for name, when in of_the_state(member, world).items():
                    found[name] = found.get(name, set()) | (when & set(range(days[0], days[1] + 1)))
    else:
        found |= of_the_state(party, world)
    return {name: days for name, days in found.items() if days}


def side_days(name: str, parties: tuple[str, ...] | None, question: Question, world: World) -> set[int]:
    """Return the days on which what an actor does counts for one of some parties; nobody named takes everybody."""
    if parties is None:
        return set(ALL_DAYS)
    return set().union(*(counting(party, question, world).get(name, set()) for party in parties))


def there(parties: tuple[str, ...], world: World, *, lists: bool) -> set[int]:
    """Return the days on which any of the parties is there; a state is from its first entry in the list to its last."""
    days: set[int] = set()
    for party in parties:
        if party in world.parts:
            days |= set(range(world.parts[party][1][0], world.parts[party][1][1] + 1))
        elif lists and world.spells.get(party):
            spells = world.spells[party]
            listed = whole({spells[0][0], spells[-1][1]})
            # what the list begins with was there before, and what it ends with goes on
            days |= listed | ({day for day in ALL_DAYS if day < 0} if 0 in listed else set())
            days |= {day for day in ALL_DAYS if day > LAST} if LAST in listed else set()
        else:
            days |= set(ALL_DAYS)
    return days


def both_there(question: Question, world: World, *, lists: bool) -> set[int]:
    """Return the days on which both sides are there."""
    days = there(question.subjects, world, lists=lists)
    return days if question.objects is None else days & there(question.objects, world, lists=lists)


def can_be_asked(question: Question, world: World) -> bool:
    """Whether the sides differ, were ever there at once, and regimes and people are there in the period; so for each of several."""
    states = [{world.state(name) for name in side} for side in (question.subjects, question.objects or ())]
    if states[0] & states[1] or not both_there(question, world, lists=False) & named_days(question):
        return False
    pairs = [replace(question, subjects=(one,)) for one in each(question.subjects, world)]
    pairs += [replace(question, objects=(one,)) for one in each(question.objects or (), world)]
    return met(question, world) and all(
        met(one, world) and both_there(one, world, lists=False) & named_days(one) for one in pairs
    )


def each(side: tuple[str, ...], world: World) -> list[str]:
    """Return everybody on a side, and the members of those who act through them alone."""
    return [one for name in side for one in (name, *(world.members[name] if name in world.groups else ()))]


def met(question: Question, world: World) -> bool:
    """Whether no side was gone before the other was there."""
    sides = [side for side in (question.subjects, question.objects) if side]
    last = min(max(there(side, world, lists=True)) for side in sides)
    return all(min(there(side, world, lists=False)) <= last for side in sides)


def named_days(question: Question) -> set[int]:
    """Return the days of a period as far as it is named."""
    first, last = question.period
    return {day for day in ALL_DAYS if (first is None or first <= day) and (last is None or day <= last)}


# When -----------------------------------------------------------------------------------------------------------------------


def seats(question: Question, world: World) -> set[int]:
    """Return the days on which the states of all whom it names were in the list of states."""
    days = set(ALL_DAYS)
    for name in question.named:
        spells = world.spells.get(world.state(name), ())
        own = {day for first, last in spells for day in range(first, last + 1)}
        if own:
            # the year of the first coming in and of the last going out count whole
            own |= {day for day in whole({spells[0][0], spells[-1][1]}) if day < spells[0][0] or day > spells[-1][1]}
        days &= own
    return days


def covered_days(kinds: frozenset[str], question: Question, world: World, *, plainly: bool = False) -> set[int]:
    """Return the days on which every one of some kinds is covered; plainly: whoever it is between and above whatever threshold."""
    if not kinds:
        return set()
    everybody = question.objects is None or question.quantifier in OF_ALL
    named = frozenset(world.state(name) for name in question.named)
    common = set(ALL_DAYS)
    for kind in kinds:
        days: set[int] = set()
        for window in world.coverage:
            inside = set(range(window.days[0], window.days[1] + 1))
            if kind not in window.kinds:
                continue
            if not plainly:
                if window.threshold or (window.actors is not None and (everybody or not named <= window.actors)):
                    continue
                inside &= seats(question, world) if window.among_states else inside
            days |= inside
        common &= days
    return common


def hull(days: set[int]) -> set[int]:
    """Return everything from the first to the last of some days."""
    return set(range(min(days), max(days) + 1)) if days else set()


def filled(question: Question, deeds: list[Deed], world: World) -> Question:
    """Return the question with the sides of its period that are not named filled in, those in whole years so marked."""
    if None not in question.period:
        return question
    recorded = hull(covered_days(question.measured, question, world, plainly=True))
    recorded = recorded or hull(covered_days(question.bounded, question, world, plainly=True))
    if not recorded and deeds:
        recorded = hull({deed.begin[0] for deed in deeds} | {deed.end[1] for deed in deeds})
    recorded = recorded or set(ALL_DAYS)
    existing = both_there(question, world, lists=True) & named_days(question)
    days = existing & recorded or existing or named_days(question)
    first = min(days) if question.period[0] is None else question.period[0]
    last = max(days) if question.period[1] is None else question.period[1]
    by_year = (
        question.by_year[0] or (question.period[0] is None and first % PER_YEAR == 0),
        question.by_year[1] or (question.period[1] is None and last % PER_YEAR == PER_YEAR - 1),
    )
    return replace(question, period=(first, last), by_year=by_year)


def is_whole(asked: Question, question: Question, world: World) -> bool:
    """Whether a period that was filled in reaches as far as a claim that names no time."""
    days = [world.parts[name][1] for name in asked.named if name in world.parts]
    listed = seats(question, world)
    agreed = question.agreed and bool(listed) and question.period[0] <= min(listed)
    begins = agreed or asked.period[0] is not None or question.period[0] in {first for first, _ in days}
    begins = begins or question.period[0] <= 0
    ends = asked.period[1] is not None or question.period[1] in {last for _, last in days}
    return begins and (ends or question.period[1] >= PER_YEAR * (YEARS - 1))


def period_days(question: Question) -> set[int]:
    """Return the days of a period that is named on both sides."""
    return set(range(question.period[0], question.period[1] + 1))


# What -----------------------------------------------------------------------------------------------------------------------


def orientations(deed: Deed, question: Question) -> list[tuple[str, str]]:
    """Return who did it toward whom, turned round too where that counts alike."""
    both = question.symmetric or deed.mutual
    return [(deed.actor, deed.target), *([(deed.target, deed.actor)] if both else [])]


def passes(settled: Settled, question: Question) -> bool:
    """Whether an act is of the channel and the public knowledge that are asked for."""
    if question.channel not in {"any", settled.channel}:
        return False
    return question.known_by is None or settled.known <= question.known_by


def done(
    choice: tuple[Settled, ...], kinds: frozenset[str], question: Question, world: World
) -> list[tuple[str, int, bool]]:
    """Return of what was done toward the objects in the period by whom, when it began, and whether it began in the period."""
    found = []
    for settled in choice:
        if settled.deed.kind not in kinds or not settled.does or not passes(settled, question):
            continue
        event = question.event and question.quantifier != "always" and settled.deed.kind in question.realised
        for side, other in orientations(settled.deed, question):
            toward = side_days(other, question.objects, question, world)
            own = side_days(side, question.subjects, question, world)
            counted = period_days(question) & toward & (own or ALL_DAYS)
            begins = settled.begin in counted and not settled.older
            if begins if event else settled.bound_days & counted:
                found.append((side, settled.begin, begins))
    return found


def is_ours(side: str, question: Question, world: World) -> bool:
    """Whether an actor's deeds count as the subjects' at all."""
    return bool(side_days(side, question.subjects, question, world))


def is_stranger(side: str, question: Question, world: World) -> bool:
    """Whether an actor belongs to the subject's own state without counting as the subject."""
    own = {world.state(name) for name in question.subjects}
    return world.state(side) in own and not is_ours(side, question, world)


def split(found: list[tuple[str, int, bool]], question: Question, world: World) -> tuple[list, list]:
    """Return what the subjects did and what others did."""
    mine = [entry for entry in found if is_ours(entry[0], question, world)]
    others = [
        entry
        for entry in found
        if not is_ours(entry[0], question, world) and not is_stranger(entry[0], question, world)
    ]
    return mine, others


# Verdicts -------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Silence:
    """What it shows that nothing is recorded."""

    measured: bool
    bounded: bool
    whole: bool

    def shows(self, near: bool) -> bool:
        """Whether there was nothing, given whether something coarse is recorded near it."""
        return self.whole and (self.measured or (self.bounded and not near))


def near_sides(question: Question, deeds: list[Deed], world: World) -> set[str]:
    """Return who may have done something of the kind in the period or in the year before or after."""
    days = period_days(question)
    if question.bounded:
        days = year_span(year(min(days)) - 1, year(max(days)) + 1)
    found = set()
    for deed in deeds:
        if deed.kind not in question.realised | question.may:
            continue
        if any(settled.bound_days & days for settled in settlements(deed, frozenset())):
            for side, other in orientations(deed, question):
                if side_days(other, question.objects, question, world) and not is_stranger(side, question, world):
                    found.add(side)
    if question.quantifier not in OF_ALL:
        found = {side for side in found if is_ours(side, question, world)}
    return found


def is_older(deed: Deed, world: World) -> bool:
    """Whether a bond may have begun before the year to which it is coded: the first year of a side in the list."""
    coded = deed.begin[0] % PER_YEAR == 0 and deed.begin[1] == deed.begin[0] + PER_YEAR - 1
    states = {world.state(deed.actor), world.state(deed.target)}
    listed = {year(first) for state in states for first, _ in world.spells.get(state, ())}
    return deed.kind in BONDS and coded and (year(deed.begin[0]) in listed or year(deed.begin[0]) <= 0)


def verdict(asked: Question, deeds: list[Deed], world: World) -> str:
    """Return refuted, contested, holds or open."""
    question = filled(asked, deeds, world)
    outcome = at_once(asked, deeds, world)
    pairs = singly(asked, question, world)
    if len(pairs) > 1 and not (asked.quantifier == "only" and outcome != "holds"):
        parts = [at_once(one, deeds, world) for one in pairs]
        weakest = next((one for one in ("refuted", "open", "contested") if one in parts), "holds")
        grouped = any(name in world.groups for name in asked.named)
        outcome = "contested" if grouped and outcome == "holds" and weakest != "holds" else weakest
    return "open" if asked.partial and outcome == "holds" else outcome


def singly(asked: Question, question: Question, world: World) -> list[Question]:
    """Return the questions of each of several actors; those of a group are its members in the period."""
    if asked.quantifier not in {"exists", "always", "only"}:
        return []

    def spelled(names: tuple[str, ...]) -> list[str]:
        found: list[str] = []
        for name in names:
            inside = [
                member
                for member, days in world.members.get(name, {}).items()
                if name in world.groups and set(range(days[0], days[1] + 1)) & period_days(question)
            ]
            found += inside or [name]
        return list(dict.fromkeys(found))

    subjects = [asked.subjects] if asked.any_subject else [(name,) for name in spelled(asked.subjects)]
    objects = [asked.objects]
    if asked.quantifier != "only" and asked.objects is not None and not asked.any_object:
        objects = [(name,) for name in spelled(asked.objects)]
    quantifier = "exists" if asked.quantifier == "only" else asked.quantifier
    return [replace(asked, quantifier=quantifier, subjects=one, objects=other) for one in subjects for other in objects]


def at_once(asked: Question, deeds: list[Deed], world: World) -> str:
    """Return the verdict where what any of several actors did counts."""
    question = filled(asked, deeds, world)
    days = period_days(question)
    silence = Silence(
        measured=bool(question.measured) and days <= covered_days(question.measured, question, world),
        bounded=bool(question.bounded) and days <= covered_days(question.bounded, question, world),
        whole=is_whole(asked, question, world),
    )
    near = near_sides(question, deeds, world)
    kinds = question.realised if silence.measured else question.realised | question.may
    if question.quantifier == "always":
        if question.contradicted:
            return of_conduct(question, deeds, world, silence)
        return lasting(question, kinds=kinds, deeds=deeds, world=world, silence=silence)
    choices = list(
        product(
            *(
                settlements(deed, question.may - question.realised, older=is_older(deed, world))
                for deed in deeds
                if deed.kind in kinds
            )
        )
    )
    found = [split(done(choice, kinds, question, world), question, world) for choice in choices]
    mine, others = [own for own, _ in found], [other for _, other in found]
    ours_near = any(is_ours(side, question, world) for side in near)
    others_near = any(not is_ours(side, question, world) for side in near)
    if question.quantifier in {"exists", "never"}:
        return by_occurrence(question.quantifier, [bool(own) for own in mine], shown=silence.shows(ours_near))
    if question.quantifier == "only":
        return alone(mine, others, none=silence.shows(ours_near), nobody=silence.shows(others_near))
    return earliest(mine, others, none=silence.shows(ours_near), nobody=silence.shows(others_near))


def by_occurrence(quantifier: str, happened: list[bool], *, shown: bool) -> str:
    """Return the verdict on what did or never did happen."""
    if all(happened):
        return "holds" if quantifier == "exists" else "refuted"
    if any(happened):
        return "contested"
    if not shown:
        return "open"
    return "refuted" if quantifier == "exists" else "holds"


def alone(mine: list[list], others: list[list], *, none: bool, nobody: bool) -> str:
    """Return the verdict on what nobody else did."""
    if all(others):
        return "refuted"
    if not any(mine) and none:
        return "refuted"
    if any(others) or (any(mine) and not all(mine)):
        return "contested"
    return "holds" if nobody else "open"


def earliest(mine: list[list], others: list[list], *, none: bool, nobody: bool) -> str:
    """Return the verdict on what nobody did earlier."""
    pairs = [
        ([begin for _, begin, inside in own if inside], [begin for _, begin, inside in other if inside])
        for own, other in zip(mine, others, strict=True)
    ]
    if not any(own for own, _ in pairs):
        return "refuted" if none else "open"
    with_mine = [(min(own), min(other, default=NEVER_KNOWN)) for own, other in pairs if own]
    if all(other < own for own, other in with_mine):
        return "refuted"
    if not all(own for own, _ in pairs) or any(other < own for own, other in with_mine):
        return "contested"
    return "holds" if nobody else "open"


def existing(question: Question, world: World) -> set[int]:
    """Return the days of the period on which the regimes and people whom it names are there.

    Of the years with which it begins and ends, where it is given by years, no more than a day.
    """
    first, last = question.period
    there_at_once = both_there(question, world, lists=False)
    outer = there_at_once & set(range(first, last + 1))
    if year(first) != year(last):
        first += PER_YEAR - 1 if question.by_year[0] and first % PER_YEAR == 0 else 0
        last -= PER_YEAR - 1 if question.by_year[1] and last % PER_YEAR == PER_YEAR - 1 else 0
    return there_at_once & set(range(first, last + 1)) or outer


def of_conduct(question: Question, deeds: list[Deed], world: World, silence: Silence) -> str:
    """Return the verdict on a conduct that is said to have been kept up."""
    against = question.contradicted | question.may_contradict
    relevant = [deed for deed in deeds if deed.kind in against | question.realised]
    choices = list(product(*(settlements(deed, question.may_contradict) for deed in relevant)))
    broken = [bool(split(done(choice, against, question, world), question, world)[0]) for choice in choices]
    if all(broken):
        return "refuted"
    if any(broken):
        return "contested"
    borne = [bool(split(done(choice, question.realised, question, world), question, world)[0]) for choice in choices]
    if silence.measured and all(borne):
        return "holds"
    return "holds" if existing(question, world) <= surely(question, question.sustained, deeds, world) else "open"


def surely(question: Question, kinds: frozenset[str], deeds: list[Deed], world: World) -> set[int]:
    """Return the days that acts of some kinds cover whatever their dates; a source that codes years is compared by years."""
    found: set[int] = set()
    for deed in (one for one in deeds if one.kind in kinds and not one.disputed):
        for side, other in orientations(deed, question):
            if is_ours(side, question, world):
                found |= surely_of(deed, side, other, question, world)
    return found


def surely_of(deed: Deed, side: str, other: str, question: Question, world: World) -> set[int]:
    """Return the days that one act covers for one side whatever its dates."""
    own = side_days(side, question.subjects, question, world) & side_days(other, question.objects, question, world)
    counted = period_days(question) & own
    ways = settlements(by_years(deed, question), frozenset())
    overlaps = any(settled.bound_days & counted for settled in settlements(deed, frozenset()))
    if not overlaps or not all(passes(settled, question) for settled in settlements(deed, frozenset())):
        return set()
    return set.intersection(*(settled.days & counted for settled in ways))


def by_years(deed: Deed, question: Question) -> Deed:
    """Return an act that covers the years to which it is coded, but for a year in which the period has an edge that is a day."""
    edges = [year(day) for day, by_year in zip(question.period, question.by_year, strict=True) if not by_year]

    def fixed(bounds: tuple[int, int], place: int) -> tuple[int, int]:
        coded = bounds[0] % PER_YEAR == 0 and bounds[1] == bounds[0] + PER_YEAR - 1
        return (bounds[place], bounds[place]) if coded and year(bounds[0]) not in edges else bounds

    return replace(deed, begin=fixed(deed.begin, 0), end=fixed(deed.end, 1))


def lasting(question: Question, *, kinds: frozenset[str], deeds: list[Deed], world: World, silence: Silence) -> str:
    """Return the verdict on a state that is said to have lasted: every day of it is asked for."""
    looked_at = existing(question, world)
    if looked_at <= surely(question, question.realised, deeds, world):
        return "holds"
    possible: set[int] = set()
    for deed in (one for one in deeds if one.kind in kinds):
        for settled in settlements(deed, frozenset()):
            if passes(settled, question):
                for side, other in orientations(deed, question):
                    own = side_days(side, question.subjects, question, world)
                    counted = period_days(question) & own & side_days(other, question.objects, question, world)
                    possible |= settled.days & counted if settled.bound_days & counted else set()
    if not looked_at - possible:
        return "contested"
    return "refuted" if silence.measured or silence.bounded else "open"
