"""Claims to wordings."""

import pytest

from valla.scan.history.lexicon import lexicon
from valla.scan.history.spotting import NamedActors
from valla.scan.history.wordings import Wording, wordings
from valla.scan.library.model import LibraryClaim


def made(spotter: NamedActors, *texts: str) -> list[Wording]:
    """Return the wordings of a claim."""
    return wordings(LibraryClaim("c", texts[0], voicings=texts[1:]), spotter, lexicon())


def required(wording: Wording) -> set[str]:
    """Return the names that a sentence must have."""
    return {term for place in wording.required for term in wording.needs[place].terms}


def test_the_actors_of_the_claim_are_required(spotter: NamedActors) -> None:
    """Every wording keeps those of the claim's actors that it has, and no others."""
    claim, voicing = made(spotter, "Finland attacked the Soviet Union.", "Helsinki struck, as Berlin wished.")

    assert required(claim) == {"@finland", "@russia"}
    assert required(voicing) == {"@finland"}


def test_a_capital_shows_a_name(spotter: NamedActors) -> None:
    """A word with a capital that is no known actor is required too."""
    (claim,) = made(spotter, "The Munich agreement started the war.")

    assert required(claim) == {"munich"}


def test_a_title_shows_no_names(spotter: NamedActors) -> None:
    """Where every word has a capital, capitals mean nothing."""
    (claim,) = made(spotter, "The Secret Credits That Nobody Repaid")

    assert required(claim) == set()


def test_each_term_is_needed_once(spotter: NamedActors) -> None:
    """Saying a thing twice does not make it weigh more."""
    (claim,) = made(spotter, "Always and always the Soviet Union opposed Germany, its enemy.")

    assert len(claim.needs) == 4
    assert claim.total == sum(need.weight for need in claim.needs)


@pytest.mark.parametrize("text", ["Germany", "The war", "Poland and Germany", "The credits of the bank"])
def test_a_mere_topic_does_not_say_enough(spotter: NamedActors, text: str) -> None:
    """A wording of one or two terms, or of a few without relation or sweep, is not looked for."""
    assert not made(spotter, text)[0].says_enough


def test_of_many_required_names_one_may_be_missing(spotter: NamedActors) -> None:
    """Of four names three will do, of two both are needed."""
    four, two = made(spotter, "Germany, France, Finland and Poland signed a pact.", "Germany and Poland signed a pact.")

    assert (four.may_lack, two.may_lack) == (1, 0)
