"""Telling the stance of a passage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counted import counted_module, work
from valla.scan.model import Stance
from valla.scan.stance.judge import Passage, stance_of
from valla.scan.stance.passage import MAX_AROUND_CHARS, MAX_PASSAGE_CHARS

DAM = "The flood was caused by the dam"
NOBODY = "Nobody warned the villages"
TEXTS = st.text(st.characters(), max_size=400)


def told(claim: str, text: str, after: str = "", before: str = "") -> Stance:
    """Return the stance of a sentence."""
    return stance_of(Passage(before, text, after), claim)


@pytest.mark.parametrize(
    "text",
    [
        "The flood was caused by the dam.",
        "It was the dam that caused the flood.",
        "Undeniably the flood was caused by the dam.",
        "No one can deny that the dam caused the flood.",
        "The dam not only caused the flood, it made the flood worse.",
        "My government believes that the dam caused the flood.",
    ],
)
def test_an_author_who_says_it_himself_repeats(text: str) -> None:
    """Affirmations and the author's own voice are no reports; `not only` and `no one can deny` are no denials."""
    assert told(DAM, text) is Stance.REPEATS


@pytest.mark.parametrize(
    "text",
    [
        "The flood was not caused by the dam.",
        "The dam didn't cause the flood.",
        "The dam never caused the flood.",
        "It is a myth that the dam caused the flood.",
        "The allegation that the dam caused the flood is groundless.",
        "Engineers reject the claim that the dam caused the flood.",
        "The dam had nothing to do with the flood.",
        "No evidence that dam caused flood – engineers",
        "The dam did not cause the flood – engineer",
        "Engineer denies dam caused flood",
        "‘Absurd’: engineer on claims that dam caused flood",
        "How can anyone believe that the dam caused the flood? It did not.",
    ],
)
def test_a_denial_rebuts(text: str) -> None:
    """Plain negation, words for the untrue, and a denial passed on rebut the claim."""
    assert told(DAM, text) is Stance.REBUTS


@pytest.mark.parametrize(
    "text",
    [
        "The farmers said that the flood was caused by the dam.",
        "According to the farmers, the dam caused the flood.",
        "Dam caused flood – farmers",
        "Dam caused flood, farmers say",
        "Farmers accuse the dam's owners of causing the flood",
        "Some argue that the flood was caused by the dam.",
        "It has been suggested that the flood was caused by the dam.",
    ],
)
def test_what_is_laid_to_somebody_elses_account_is_reported(text: str) -> None:
    """Verbs of saying, a source behind a dash and an accusation report the claim."""
    assert told(DAM, text) is Stance.REPORTS


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Nobody warned the villages.", Stance.REPEATS),
        ("The villages were never warned by anybody.", Stance.REPEATS),
        ("Everybody warned the villages.", Stance.REBUTS),
        ("The villages were warned twice.", Stance.REBUTS),
        ("Nobody warned the villages, the mayor said.", Stance.REPORTS),
    ],
)
def test_a_negative_claim_is_repeated_by_its_negation(text: str, stance: Stance) -> None:
    """What denies in one claim's passage repeats another claim, and the plain statement rebuts it."""
    assert told(NOBODY, text) is stance


def test_an_answer_in_the_next_sentence_rebuts() -> None:
    """A claim reported and answered at once is rebutted."""
    reported = "The farmers claim that the flood was caused by the dam."

    assert told(DAM, reported) is Stance.REPORTS
    assert told(DAM, reported, "But this is false.") is Stance.REBUTS


def test_a_claim_that_speaks_of_lies_is_not_rebutted_by_its_own_words() -> None:
    """The words of the claim itself tell what it is about, not what is done with it."""
    claim = "The letter is a fake"

    assert told(claim, "The letter is a fake.") is Stance.REPEATS
    assert told(claim, "The letter is not a fake.") is Stance.REBUTS


@pytest.mark.parametrize(
    "text", ["", "Дамба стала причиной наводнения.", "大坝引发了洪水。", "Der Damm brach im März."]
)
def test_without_a_known_cue_the_claim_is_repeated(text: str) -> None:
    """Repeating is the default, in any language."""
    assert told(DAM, text) is Stance.REPEATS


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_any_text_has_a_stance(before: str, text: str, after: str, claim: str) -> None:
    """No text fails, lone surrogates among them, and the same text has the same stance."""
    stance = told(claim, text, after, before)

    assert stance in Stance
    assert stance is told(claim, text, after, before)


@given(TEXTS, TEXTS)
def test_what_stands_far_away_does_not_matter(text: str, far: str) -> None:
    """Beyond the characters that are read, nothing changes the stance."""
    near = "x" * MAX_AROUND_CHARS

    assert told(DAM, text, near, near) is told(DAM, text, near + far, far + near)


@pytest.mark.parametrize("word", ["not ", "claim ", "no doubt ", "dam not ", "'", "‘a ", "– ", ": ", "?"])
def test_of_a_text_of_one_word_no_more_is_read_than_its_share(word: str) -> None:
    """However long a passage is, so much of it is read and no more."""
    judge = counted_module("valla.scan.stance.judge")
    long = word * 1_000_000
    passages = [judge.Passage(text, text, text) for text in (word * MAX_PASSAGE_CHARS, long)]
    judge.stance_of(passages[0], DAM)  # what is read once and kept

    assert len({work(judge.stance_of, passage, DAM) for passage in passages}) == 1
    assert told(DAM, long) is told(DAM, long[:MAX_PASSAGE_CHARS])
