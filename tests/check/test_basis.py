"""What a verdict stands on: acts are counted, and their witnesses apart from them."""

import pytest
from made import act, covering, given, reading

from valla.check.basis import Basis, basis, basis_of, works_words
from valla.check.model import Robustness
from valla.check.report import as_data, as_text
from valla.record.schema import Witness

PACT = "alliance.nonaggression"
EVER = (covering("1816/2018"),)


def pact(name, *sources, **rest):
    """A pact that some sources report."""
    witnesses = tuple(Witness(source) for source in sources)
    return act(name, "germany", "poland", PACT, "1934-01-26", witnesses=witnesses, **rest)


def verdict(*acts):
    """The verdict on whether Poland never had such a pact with Germany."""
    return given(reading("never", "nonaggression", "poland", "germany", "1933/1939"), *acts, coverage=EVER)


def test_a_second_witness_adds_no_act():
    """One act that two works report is one act; the two are witnesses."""
    found = verdict(pact("a", "one", "two"))

    assert found.n_deciding == len(found.deciding) == 1
    assert basis_of(found) == Basis(1, 2, 2)
    assert "Decided by (1 act, 2 witnesses, 2 works)" in as_text(found)
    assert as_data(found)["basis"] == {"acts": 1, "witnesses": 2, "works": 2}


def test_one_who_disputes_an_act_is_no_witness_for_it():
    """And an act that is there twice, once for each side, counts once."""
    plain = pact("a", "one")
    doubted = act("b", "germany", "poland", PACT, "1934", witnesses=(Witness("one"), Witness("two", says="disputes")))

    assert basis([plain, plain, doubted], 2) == Basis(2, 2, 1)


def test_witnesses_of_acts_that_were_not_handed_out_are_not_guessed():
    """Then only the acts are counted."""
    assert basis([pact("a", "one", "two")], 700) == Basis(700, None, None)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Basis(26, 39, 15), "26 acts, 39 witnesses, 15 works"),
        (Basis(1, 2, 1), "1 act, 2 witnesses, 1 work"),
        (Basis(2, 2, 1), "2 acts"),
        (Basis(1200, None, None), "1,200 acts"),
        (Basis(1, 0, 0), "1 act"),
    ],
)
def test_a_basis_is_said_in_words(found, said):
    """Where each act has one witness, the acts say it all."""
    assert str(found) == said


@pytest.mark.parametrize(
    ("works", "independent", "said"),
    [
        (None, None, ""),
        (1, None, "1 work would have to be wrong for the verdict to fall."),
        (3, None, "3 works would all have to be wrong for the verdict to fall."),
        (3, 1, "3 works would all .* They are declared to rest on one another, or on one and the same source"),
        (3, 2, "3 works would all .* As far as is declared what each rests on, 2 of them are independent"),
    ],
)
def test_works_are_called_independent_only_where_that_is_declared(works, independent, said):
    """Else they are works, and no more is said of them."""
    words = works_words(Robustness({}, {}, {}, works, independent))

    assert words.startswith(said.partition(" .* ")[0])
    assert said.rpartition(" .* ")[2] in words
    assert ("independent" in words) == (independent == 2)
