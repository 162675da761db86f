"""ClaimReview: every property that Google requires or recommends, from what the dossier says and nothing else."""

import copy
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.check.model import Outcome, Verdict
from valla.claims.model import Quantifier, Reading
from valla.dossier.model import Dossier, Voicing
from valla.exchange.claimreview import BEST, RATINGS, WORST, Publisher, claim_review, speakers
from valla.exchange.claimreview_rules import problems
from valla.record.sources import Source

URL = "https://myths.example/myth/2/"
PUBLISHER = Publisher("Institute of Examples", "https://institute.example/")
SOURCES = {
    "memoirs": Source(
        "memoirs", "Memoirs", authors=("F. Minister", "G. Ghost"), year="1952", url="https://memoirs.example/"
    )
}
DOSSIER = Dossier(
    2,
    "The one was always against the other",
    claim="The one was always against the other.",
    essence="Always against.",
    voicings=(
        Voicing(
            "Never together.",
            "A. Writer (Colonel A., retired), A Made-up Book",
            "p. 7",
            "1981",
            "https://book.example/7",
        ),
        Voicing("Not once.", "memoirs", "p. 3", "1952-03"),
    ),
    status="published",
    published="2026-03-01",
)
VERDICT = Verdict(
    reading=Reading(Quantifier.ALWAYS, "opposed", ("one",), ("other",)),
    outcome=Outcome.REFUTED,
    because="Twelve acts contradict it.",
    complete=True,
    deciding=(),
    n_deciding=12,
    swing=(),
    gaps=(),
    phases=(),
    robustness=None,
    related=(),
    fingerprint="0",
    version="0",
    sql=(),
)


def review(dossier=DOSSIER, verdict=VERDICT, publisher=PUBLISHER, url=URL):
    """The ClaimReview of a dossier."""
    return claim_review(dossier, verdict, publisher, url, SOURCES)


@pytest.mark.parametrize("outcome", RATINGS)
def test_a_full_dossier_keeps_every_rule(outcome):
    """With a voicing that has a name, a date and an address nothing is left to say."""
    assert problems(review(verdict=replace(VERDICT, outcome=outcome)), URL) == ()


def test_every_required_and_recommended_property_is_there():
    """The list is Google's: ClaimReview, Claim and Rating."""
    found = review()

    assert {"claimReviewed", "reviewRating", "url", "author", "itemReviewed"} <= set(found)
    assert {"appearance", "author", "datePublished"} <= set(found["itemReviewed"])
    assert {"alternateName", "bestRating", "worstRating", "ratingValue", "name"} <= set(found["reviewRating"])
    assert found["itemReviewed"]["@id"] == f"{URL}#claim"


def test_the_scale_runs_from_refuted_to_holds():
    """Refuted is the worst, holds the best, contested halfway between."""
    assert [RATINGS[outcome][0] for outcome in (Outcome.REFUTED, Outcome.CONTESTED, Outcome.HOLDS)] == [1, 3, 5]
    assert (WORST, BEST) == (1, 5)


def test_an_open_verdict_is_no_rating():
    """What the record cannot decide gets no number."""
    assert review(verdict=replace(VERDICT, outcome=Outcome.OPEN)) is None


def test_the_claim_is_attributed_to_those_who_voiced_it():
    """A listed source gives its authors; other words give the name before the first comma that is not in brackets."""
    names = [author["name"] for author in review()["itemReviewed"]["author"]]

    assert names == ["A. Writer (Colonel A., retired)", "F. Minister", "G. Ghost"]


@pytest.mark.parametrize("source", ["", "typical wording", "often heard, in many places"])
def test_nobody_is_named_where_nobody_is_known(source):
    """A wording that goes round has no author and no place of appearance."""
    found = review(replace(DOSSIER, voicings=(Voicing("Never.", source),)))

    assert speakers(Voicing("Never.", source), SOURCES) == ()
    assert not {"author", "appearance", "datePublished"} & set(found["itemReviewed"])


def test_the_claim_dates_from_its_first_voicing():
    """The earliest certain date counts; one that is no ISO date is left out."""
    later = Voicing("Never.", "B. Orator", date="19XX")

    assert review(replace(DOSSIER, voicings=(*DOSSIER.voicings, later)))["itemReviewed"]["datePublished"] == "1952-03"


def test_a_long_claim_gives_way_to_a_shorter_wording_of_its_author():
    """Google shows 75 characters; nothing is ever cut."""
    long = replace(DOSSIER, claim="The one was always " + "very " * 20 + "much against the other.")

    assert review(long)["claimReviewed"] == "Always against."
    assert review(long)["itemReviewed"]["text"] == long.claim


def _without(*path):
    found = copy.deepcopy(review())
    inner = found
    for name in path[:-1]:
        inner = inner[name]
    del inner[path[-1]]
    return found


def _with(value, *path):
    found = copy.deepcopy(review())
    inner = found
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return found


BROKEN = [
    (_without("claimReviewed"), "required: claimReviewed"),
    (_with("x" * 76, "claimReviewed"), "76 characters"),
    (_with("It is refuted that he came.", "claimReviewed"), "should not hold the rating"),
    (_without("reviewRating"), "required: reviewRating"),
    (_with({"@type": "Rating"}, "reviewRating"), "alternateName"),
    (_with("1", "reviewRating", "ratingValue"), "whole number"),
    (_with(0, "reviewRating", "worstRating"), "at least 1"),
    (_with(1, "reviewRating", "bestRating"), "greater than worstRating"),
    (_with(6, "reviewRating", "ratingValue"), "from 1 to 5"),
    (_without("reviewRating", "bestRating"), "recommended: reviewRating.bestRating"),
    (_without("url"), "required: url is missing"),
    (_with("/myth/2/", "url"), "full http address"),
    (_with("https://other.example/", "url"), "own domain"),
    (_without("author"), "recommended: author"),
    (_with({"@type": "Robot", "name": "x"}, "author"), "Organization or a Person"),
    (_with({"@type": "Person"}, "author"), "name or a url"),
    (_without("itemReviewed"), "recommended: itemReviewed"),
    (_without("itemReviewed", "datePublished"), "itemReviewed.datePublished is missing"),
    (_with("last year", "itemReviewed", "datePublished"), "ISO 8601"),
    (_without("itemReviewed", "author"), "itemReviewed.author is missing"),
    (_with({"@type": "Person"}, "itemReviewed", "author"), "itemReviewed.author must have a name"),
    (_with({"@type": "Organization", "name": PUBLISHER.name}, "itemReviewed", "author"), "somebody else"),
    (_without("itemReviewed", "appearance"), "itemReviewed.appearance is missing"),
    (_with("book", "itemReviewed", "appearance"), "url of an appearance"),
    (_with(URL, "itemReviewed", "appearance"), "outside the reviewer's own site"),
    (_with({"@type": "CreativeWork"}, "itemReviewed", "appearance"), "url or a name"),
    (_with("Review", "@type"), "@type"),
    (_with("https://example.org", "@context"), "@context"),
]


@pytest.mark.parametrize(("broken", "line"), BROKEN, ids=[line for _, line in BROKEN])
def test_each_broken_rule_is_told(broken, line):
    """One change, one line that names it."""
    assert any(line in problem for problem in problems(broken, URL))


def test_a_subdomain_is_the_same_site():
    """Google allows the review's address to be on a subdomain of the page's."""
    assert problems(_with("https://www.myths.example/myth/2/", "url"), URL) == ()


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=9), lambda inner: st.lists(inner, max_size=3), max_leaves=6
    ),
    st.data(),
)
def test_the_rules_never_fail_on_any_value(value, data):
    """Whatever stands in a property, the answer is a list of lines."""
    name = data.draw(st.sampled_from(sorted(review())))

    assert all(isinstance(line, str) for line in problems({**review(), name: value}, URL))


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=40))
def test_any_words_make_a_review(claim, source, date):
    """No text of an author makes the review fail, and its own words are never changed."""
    found = review(
        Dossier(3, "A title", claim=claim, status="reviewed", voicings=(Voicing("Never.", source, date=date),))
    )

    assert found["claimReviewed"] in {claim, "A title"}


def test_a_draft_has_no_review():
    """What nobody has reviewed is not handed on as a finding."""
    assert review(replace(DOSSIER, status="draft")) is None


def test_whoever_is_paraphrased_is_no_author():
    """Words that are not those of the source are put into nobody's mouth: no author, no appearance, no day."""
    voicings = tuple(replace(voicing, form="paraphrase") for voicing in DOSSIER.voicings)
    claim = review(replace(DOSSIER, voicings=voicings))["itemReviewed"]

    assert {"author", "appearance", "datePublished"} & set(claim) == set()
    assert claim["text"] == DOSSIER.claim


def test_quotations_count_beside_a_paraphrase():
    """Of two voicings only the quotation is an appearance."""
    voicings = (replace(DOSSIER.voicings[0], form="paraphrase"), DOSSIER.voicings[1])
    claim = review(replace(DOSSIER, voicings=voicings))["itemReviewed"]

    assert claim["appearance"]["text"] == "Not once."
    assert [author["name"] for author in claim["author"]] == ["F. Minister", "G. Ghost"]


def test_a_quotation_without_a_source_appears_nowhere():
    """Who said it, and where, is not known."""
    claim = review(replace(DOSSIER, voicings=(Voicing("It is always said."),)))["itemReviewed"]

    assert {"author", "appearance", "datePublished"} & set(claim) == set()
