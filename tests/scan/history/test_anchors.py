"""Which words lead to a wording."""

from valla.scan.history.index import Index, build
from valla.scan.history.spotting import NamedActors
from valla.scan.history.wordings import COVERAGE_FLOOR
from valla.scan.library.model import Library, LibraryClaim


def test_every_wording_has_an_anchor(index: Index) -> None:
    """A wording that no word leads to would never be found."""
    led_to = {place for places in index.anchors.values() for place in places}

    assert led_to == set(range(len(index.wordings)))


def test_a_required_name_is_the_only_anchor(index: Index) -> None:
    """A sentence without the name cannot be bound, so no other word needs to lead there."""
    munich = next(place for place, wording in enumerate(index.wordings) if wording.claim.id == "myth-5")

    assert [term for term, places in index.anchors.items() if munich in places] == ["munich"]


def test_without_names_the_anchors_leave_less_than_the_floor(spotter: NamedActors) -> None:
    """What is left without the anchors cannot reach the floor."""
    claim = LibraryClaim("c", "Eating lemons every morning always cures the common cold within three days.")
    index = build(Library((claim,)), spotter)
    (wording,) = index.wordings
    left = sum(need.weight for need in wording.needs if need.terms.isdisjoint(index.anchors))

    assert left < COVERAGE_FLOOR * wording.total


def test_the_rarest_word_of_a_name_leads_to_it(index: Index) -> None:
    """`Union` alone does not let a sentence through as the Soviet Union."""
    assert "@russia" in index.possible("soviet")
    assert "@russia" not in index.possible("union")


def test_what_says_too_little_is_listed_as_skipped(spotter: NamedActors) -> None:
    """Nothing is left out in silence."""
    index = build(Library((LibraryClaim("c", "Germany"),)), spotter)

    assert [wording.text for wording in index.skipped] == ["Germany"]
    assert index.wordings == ()
