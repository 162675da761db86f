"""The lexicons of claims."""

import pytest

from valla.claims.cues import said
from valla.claims.inflection import plural, verb_forms
from valla.claims.kinds import relations
from valla.claims.pieces import LETTERS
from valla.claims.reading import read
from valla.claims.vocabulary import table, vocabulary


@pytest.mark.parametrize("relation", sorted(relations()))
def test_every_relation_can_be_said_and_read(relation):
    """Each relation's own wording is read as that relation, plain, with never and with first."""
    plain, infinitive = said(relation), said(relation, "infinitive")
    never = plain.replace("was ", "was never ", 1) if plain.startswith("was ") else f"never {plain}"

    assert read(f"Germany {plain} Poland in 1930.")[0].relation == relation
    assert read(f"Germany {never} Poland.")[0].relation == relation
    assert read(f"Germany was the first country to {infinitive} Poland.")[0].relation == relation


def test_every_relation_has_words():
    """The lexicon and the relations name the same relations."""
    assert set(table("verbs.toml")["relation"]) == set(relations())


def test_every_cue_names_a_relation_and_every_sign_has_a_letter():
    """No row of the lexicons points nowhere."""
    entries = [entry for found in vocabulary().phrases.values() for entry in found]

    assert {entry.cue.relation for entry in entries if entry.cue} <= set(relations())
    assert {entry.sign for entry in entries if entry.sign != "cue"} <= set(LETTERS)
    assert len(set(LETTERS.values())) == len(LETTERS)


@pytest.mark.parametrize(
    ("verb", "past", "progressive"),
    [
        ("attack", "attacked", "attacking"),
        ("invade", "invaded", "invading"),
        ("ally with", "allied with", "allying with"),
        ("annex", "annexed", "annexing"),
        ("bar", "barred", "barring"),
        ("threaten", "threatened", "threatening"),
        ("fight", "fought", "fighting"),
    ],
)
def test_verbs_are_inflected(verb, past, progressive):
    """A verb's forms follow the rule, or the table of irregular ones; what follows it stays."""
    forms = dict(verb_forms(verb, {"fight": ["fought"]}))

    assert forms[past] == "past"
    assert forms[progressive] == "ing"


@pytest.mark.parametrize(
    ("one", "many"), [("ally", "allies"), ("alliance", "alliances"), ("foe", "foes"), ("clash", "clashes")]
)
def test_nouns_have_plurals(one, many):
    """Plurals follow the rule."""
    assert plural(one) == many
