"""ClaimReview as a library."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.errors import InputError
from valla.scan.library.model import LibraryClaim
from valla.scan.library.reviews import from_reviews, reviews_in


def review(**more: object) -> dict:
    """A review of a claim of our own."""
    return {"@type": "ClaimReview", "url": "https://e.org/1", "claimReviewed": "The moon is a lamp.", **more}


@pytest.mark.parametrize(
    "data",
    [
        review(),
        [review()],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, review()]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": review()}]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [review()]}]},
        {"@type": "NewsArticle", "review": review()},
        {"@type": "ItemList", "itemListElement": [{"item": review()}]},
        {
            "@type": ["http://schema.org/ClaimReview"],
            "http://schema.org/url": [{"@id": "https://e.org/1"}],
            "http://schema.org/claimReviewed": [{"@value": "The moon is a lamp."}],
        },
    ],
)
def test_a_review_is_found_wherever_it_stands(data: object) -> None:
    """Alone, in a list, a graph, a feed, an article, or written out in full."""
    assert reviews_in(data) == [LibraryClaim("https://e.org/1", "The moon is a lamp.")]


def test_context_is_what_is_said_but_not_the_verdict() -> None:
    """Name, headline and description, where they do not repeat the claim or the rating."""
    rating = {"@type": "Rating", "alternateName": "False", "ratingExplanation": "It gives no light of its own."}
    (claim,) = reviews_in(
        review(
            name="FALSE",
            headline="Is the moon a lamp?",
            description=["It gives no light of its own.", "On lamps."],
            alternativeHeadline="the moon is a lamp.",
            reviewRating=rating,
        )
    )

    assert claim.context == ("Is the moon a lamp?", "On lamps.")


def test_voicings_are_the_texts_of_the_works_it_appears_in() -> None:
    """Of each appearance, of the claim itself where it says more, and of the item where that is a work."""
    works = [{"@type": "CreativeWork", "text": "A lamp it is!"}, {"@type": "CreativeWork", "url": "https://e.org/x"}]
    claim = {"@type": "Claim", "text": "The moon is a lamp, he said.", "appearance": works, "firstAppearance": works[0]}
    post = {"@type": "SocialMediaPosting", "text": "Lamp!!"}

    assert reviews_in(review(itemReviewed=claim))[0].voicings == ("The moon is a lamp, he said.", "A lamp it is!")
    assert reviews_in(review(itemReviewed=[post]))[0].voicings == ("Lamp!!",)


def test_a_claim_that_is_only_referred_to_is_read_where_it_stands() -> None:
    """By its @id, anywhere in the same text."""
    claim = {"@id": "#c", "@type": "Claim", "text": "The moon shines."}
    (found,) = reviews_in({"@graph": [review(itemReviewed={"@id": "#c"}, claimReviewed=""), claim]})

    assert found.text == "The moon shines."


def test_several_texts_are_one_claim_and_its_voicings() -> None:
    """The first is the claim."""
    (found,) = reviews_in(review(claimReviewed=["The moon is a lamp.", {"@value": "La lune est une lampe."}]))

    assert (found.text, found.voicings) == ("The moon is a lamp.", ("La lune est une lampe.",))


def test_the_address_is_the_id_and_has_no_blanks() -> None:
    """Else the @id of the review, else its number."""
    named = review(url=None, **{"@id": "https://e.org/2#r"})
    found = from_reviews(reviews_in([review(url="https://e.org/a b"), named, review(url=None)]), [], "t")

    assert [claim.id for claim in found.library.claims] == ["https://e.org/a%20b", "https://e.org/2#r", "claim-3"]


def test_reviews_of_one_address_are_told_apart_and_equal_ones_left_out() -> None:
    """A page may review several claims; a feed may hold a review twice."""
    other = review(claimReviewed="The sun is a lamp.")
    found = from_reviews(reviews_in([review(), other, review()]), [], "t")

    assert [claim.id for claim in found.library.claims] == ["https://e.org/1", "https://e.org/1#2"]
    assert found.problems == (
        "t: reviews that say the same as another at their address were left out: 1",
        "t: reviews that share their address with another have #2 and so on in their id: 1",
    )


def test_a_review_without_a_claim_is_left_out_and_told() -> None:
    """By its number."""
    found = from_reviews(reviews_in([review(claimReviewed=" "), review()]), [], "t")

    assert found.problems == ("t: 1 claim without text was left out: review 1",)


def test_no_review_is_no_library() -> None:
    """One line says so."""
    with pytest.raises(InputError, match="t: the library has no claims"):
        from_reviews(reviews_in({"@type": "WebPage"}), [], "t")


@given(st.lists(st.tuples(st.sampled_from(["", "u", "u#2", "claim-1"]), st.sampled_from(["A", "B", "C"])), min_size=1))
def test_ids_differ_whatever_the_addresses_are(found: list[tuple[str, str]]) -> None:
    """No feed is refused for its addresses."""
    claims = [LibraryClaim(url, text) for url, text in found]
    library = from_reviews(claims, [], "t").library

    assert {claim.text for claim in library.claims} == {text for _, text in found}
