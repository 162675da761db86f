"""The wordings of a claim as terms: what a sentence must say to repeat them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from valla.scan.history.lexicon import Lexicon
from valla.scan.history.spotting import Spotter
from valla.scan.history.terms import WORD, Item, items
from valla.scan.library.model import LibraryClaim

__all__ = ["COVERAGE_FLOOR", "Need", "Wording", "wordings"]

COVERAGE_FLOOR = 0.5
"""A sentence with less than this share of a wording's weight is never scored."""

VERBATIM_SHARE = 0.85
"""The floor for a wording that does not name all actors of the claim: only a nearly literal repetition shows who is meant."""

LEAST_NEEDS = 3
"""A wording with fewer terms says too little to be looked for."""

LEAST_NEEDS_LOOSE = 5
"""A wording without relation and quantifier is a mere topic, unless it has so many terms."""

EVERY_NAME_UP_TO = 3
"""Of more required actors and names than these one may be missing."""

NAME_WEIGHT = 7.0
"""A name that is no known actor weighs at least as much as an actor."""

TITLE_SHARE = 0.8
"""Where more of the long words have capitals than this, capitals do not show names."""


@dataclass(frozen=True, slots=True)
class Need:
    """A term that a wording asks for.

    Args:
        terms: any of these will do.
        weight: how much it counts.
        group: `actor`, `name`, `relation`, `quantifier`, `topic` or `word`.
    """

    terms: frozenset[str]
    weight: float
    group: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a claim, as terms.

    Args:
        claim: what it words.
        text: as it was written.
        needs: its terms, each once.
        required: the places in `needs` of the actors and other names that a sentence must have.
        floor: the share of its weight that a sentence must have to be scored.
        relations: the places of its relations, of which a sentence must have one.
        sweeps: the places of its quantifiers.
        total: the weight of all needs.
    """

    claim: LibraryClaim
    text: str
    needs: tuple[Need, ...]
    required: tuple[int, ...]
    floor: float = COVERAGE_FLOOR
    relations: tuple[int, ...] = field(init=False)
    sweeps: tuple[int, ...] = field(init=False)
    total: float = field(init=False)

    def __post_init__(self) -> None:
        # Asked for with every sentence, so worked out once.
        object.__setattr__(self, "relations", self._places("relation"))
        object.__setattr__(self, "sweeps", self._places("quantifier"))
        object.__setattr__(self, "total", sum(need.weight for need in self.needs))

    @property
    def may_lack(self) -> int:
        """How many required names may be missing."""
        return 0 if len(self.required) <= EVERY_NAME_UP_TO else 1

    @property
    def says_enough(self) -> bool:
        """Whether it says enough to be looked for."""
        return len(self.needs) >= (LEAST_NEEDS if self.relations or self.sweeps else LEAST_NEEDS_LOOSE)

    def _places(self, group: str) -> tuple[int, ...]:
        return tuple(place for place, need in enumerate(self.needs) if need.group == group)

    def is_bound(self, met: Collection[int]) -> bool:
        """Whether the needs met at these places hold the required names, and a relation where the wording has any."""
        missing = sum(place not in met for place in self.required)
        return missing <= self.may_lack and (not self.relations or any(place in met for place in self.relations))


def _is_title(text: str) -> bool:
    long: list[str] = [word for word in WORD.findall(text)[1:] if len(word) > 3]
    return sum(word[0].isupper() for word in long) > TITLE_SHARE * len(long)


def _is_name(item: Item, text: str, lexicon: Lexicon) -> bool:
    """Whether a word has a capital that its place does not explain."""
    return item.start > 0 and text[item.start].isupper() and lexicon.group(min(item.terms)) == "word"


def _names(text: str, found: Sequence[Item], lexicon: Lexicon) -> frozenset[str]:
    """Return the actors and other names of a wording."""
    title = _is_title(text)
    return frozenset(
        term
        for item in found
        for term in item.terms
        if lexicon.group(term) == "actor" or (not title and _is_name(item, text, lexicon))
    )


def _needs(found: Sequence[Item], names: frozenset[str], lexicon: Lexicon) -> tuple[Need, ...]:
    """Make the needs of a wording, each once; a word that is a name in any wording of the claim is one in all."""
    needs = []
    for terms, weight in {item.terms: item.weight for item in found}.items():
        group = lexicon.group(min(terms))
        is_name = group == "word" and not names.isdisjoint(terms)
        needs.append(Need(terms, max(weight, NAME_WEIGHT), "name") if is_name else Need(terms, weight, group))
    return tuple(needs)


def wordings(claim: LibraryClaim, spotter: Spotter, lexicon: Lexicon) -> list[Wording]:
    """Make the wordings of a claim.

    Args:
        claim: as it is in the library.
        spotter: finds actors.
        lexicon: knows words.

    Returns:
        One wording for each text; each requires those names that it shares with the claim itself.
    """
    found = {text: items(text, spotter, lexicon, likeliest=True) for text in claim.wordings}
    names = frozenset[str]().union(*(_names(text, parts, lexicon) for text, parts in found.items()))
    own = [item.terms & names for item in found.get(claim.text.strip(), ()) if item.terms & names]
    return [_wording(claim, text, _needs(parts, names, lexicon), own, lexicon) for text, parts in found.items()]


def _wording(
    claim: LibraryClaim, text: str, needs: tuple[Need, ...], own: Sequence[frozenset[str]], lexicon: Lexicon
) -> Wording:
    """Make a wording; `own` are the names of the claim itself."""
    required = tuple(at for at, need in enumerate(needs) if any(need.terms & name for name in own))
    actors = [name for name in own if any(lexicon.group(term) == "actor" for term in name)]
    names_all = all(any(needs[at].terms & name for at in required) for name in actors)
    return Wording(claim, text, needs, required, COVERAGE_FLOOR if names_all else VERBATIM_SHARE)
