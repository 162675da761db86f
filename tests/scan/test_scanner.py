"""The cascade as a whole."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.errors import InputError
from valla.scan.library import Library, LibraryClaim
from valla.scan.model import Decision, Settings, Stance
from valla.scan.scanner import scan_files, scan_text
from valla.scan.spotting import NamedActors

MYTH = "The USSR was a steadfast enemy of Nazism."
OTHER = """Bread and its making

Nobody knows who baked the first loaf. Flour and water ferment by themselves where wild yeast settles on the dough,
and whoever left a bowl standing overnight may have been surprised in the morning. Ovens of clay were always common in
villages; the lords held the mill, and the millers were never loved. Wars ruined the harvest, treaties between towns fixed the
price of grain, and in bad years the poor fought for what was left.

A good crust needs steam. Put a pan of water under the loaf, keep the door shut for ten minutes, then let the heat do its
work. The oldest bakers' guilds were founded in the twelfth century. They opposed every newcomer, and some were at odds with
the brewers from the very beginning.
"""
SETTING = st.sampled_from(
    [
        "Bread was dear.",
        "A. B. Smith left.",
        "It rained…",
        "\n\n",
        "\r\n",
        "- item\n",
        "“Why?” he said.",
        "A Heading\n\n",
    ]
)


@given(before=st.lists(SETTING).map(" ".join), after=st.lists(SETTING).map(" ".join))
def test_a_repetition_is_found_wherever_it_stands(
    library: Library, spotter: NamedActors, before: str, after: str
) -> None:
    """There is one sighting, and its offsets point to the sentence in the original."""
    text = f"{before} \n\n{MYTH}\n\n {after}"
    (found,) = scan_text(text, library, spotter=spotter)

    assert text[found.start : found.end] == found.text == MYTH
    assert (found.claim, found.dossier, found.decision, found.stance) == ("myth-2", 2, Decision.CONFIRM, None)


@given(st.text())
def test_any_text_can_be_scanned(library: Library, spotter: NamedActors, text: str) -> None:
    """Sightings are in order and say where they are."""
    starts = []
    for found in scan_text(text, library, spotter=spotter):
        assert text[found.start : found.end] == found.text
        starts.append(found.start)
    assert starts == sorted(starts)


def test_every_wording_of_a_library_is_sighted_in_itself(library: Library, spotter: NamedActors) -> None:
    """A text made of the claims repeats each of them."""
    wordings = [wording for claim in library.claims for wording in claim.wordings]
    found = scan_text("\n\n".join(wordings), library, spotter=spotter)

    assert {sighting.text for sighting in found} == set(wordings)
    assert {sighting.claim for sighting in found} == {claim.id for claim in library.claims}
    assert all(sighting.score == 1 and sighting.decision is Decision.CONFIRM for sighting in found)


def test_a_page_about_something_else_has_no_sighting(library: Library, spotter: NamedActors) -> None:
    """Sweeping words without the actors are nobody's myth."""
    assert scan_text(OTHER, library, spotter=spotter) == ()


@pytest.mark.parametrize(
    "text",
    [
        "In 1922 Germany and the Soviet Union signed a treaty.",
        "German pilots were trained in the Soviet Union, always in secret.",
        "The Soviet Union and Germany signed a trade agreement and a pact of non-aggression.",
        "Hitler attacked the Soviet Union in June 1941.",
        "The Soviet Union attacked Finland in November 1939.",
        "France was Poland’s ally and declared war on Germany.",
    ],
)
def test_facts_about_the_same_actors_are_no_repetition(library: Library, spotter: NamedActors, text: str) -> None:
    """What the record says of the actors is not what the myth says."""
    assert scan_text(text, library, spotter=spotter) == ()


def test_a_rebuttal_is_marked(library: Library, spotter: NamedActors) -> None:
    """It is a sighting, for an editor to see, with its stance."""
    (found,) = scan_text("It is a myth that Stalin was always an enemy of Hitler.", library, spotter=spotter)

    assert (found.stance, found.decision) == (Stance.REBUTS, Decision.SUGGEST)


def test_a_claim_that_is_part_of_nothing_is_not_found(spotter: NamedActors) -> None:
    """A library of topics sights nothing."""
    library = Library((LibraryClaim("a", "Germany"), LibraryClaim("b", "")))

    assert scan_text("Germany and Germany again.", library, spotter=spotter) == ()


def test_thresholds_are_settings(library: Library, spotter: NamedActors) -> None:
    """Whoever wants certainty raises them."""
    text = "Long ago, and in spite of trade, the USSR was, as some books on the subject tell, always a foe of distant Hitler."

    assert scan_text(text, library, spotter=spotter, settings=Settings(confirm=1.0, suggest=1.0)) == ()
    assert scan_text(text, library, spotter=spotter, settings=Settings(suggest=0.5)) != ()


def test_a_sighting_is_data(library: Library, spotter: NamedActors) -> None:
    """It can be written as JSON."""
    (found,) = scan_text(MYTH, library, spotter=spotter)

    assert found.as_data() == {
        "file": "",
        "claim": "myth-2",
        "dossier": 2,
        "start": 0,
        "end": len(MYTH),
        "text": MYTH,
        "score": 1.0,
        "decision": "confirm",
        "wording": "The Soviet Union was always an opponent of Nazi Germany.",
        "terms": ["@russia", "~always", "~opposed", "@germany"],
        "stance": None,
    }


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (MYTH.encode(), MYTH),
        ("\ufeff".encode() + MYTH.encode(), MYTH),
        (f"Déjà vu.\r\n\r\n{MYTH}".encode("cp1252"), f"Déjà vu.\r\n\r\n{MYTH}"),
        (f"Žluťoučký.\n\n{MYTH}".encode(), f"Žluťoučký.\n\n{MYTH}"),
    ],
)
def test_offsets_in_a_file_count_its_characters(
    library: Library, spotter: NamedActors, tmp_path: Path, data: bytes, text: str
) -> None:
    """Whatever the encoding, they point into the decoded text, line ends as they are."""
    path = tmp_path / "page.txt"
    path.write_bytes(data)
    (found,) = scan_files([path], library, spotter=spotter)

    assert (found.start, found.end) == (text.index(MYTH), len(text))
    assert found.file == str(path)


def test_files_are_scanned_in_their_order(library: Library, spotter: NamedActors, tmp_path: Path) -> None:
    """Each sighting names its file."""
    paths = [tmp_path / name for name in ("b.txt", "a.txt")]
    for path in paths:
        path.write_text(MYTH, encoding="utf-8")

    assert [found.file for found in scan_files(paths, library, spotter=spotter)] == [str(path) for path in paths]


def test_a_missing_file_is_refused(library: Library, spotter: NamedActors, tmp_path: Path) -> None:
    """The message names it."""
    with pytest.raises(InputError, match=r"none\.txt"):
        list(scan_files([tmp_path / "none.txt"], library, spotter=spotter))


def test_a_folder_is_refused(library: Library, spotter: NamedActors, tmp_path: Path) -> None:
    """A folder is not a text."""
    with pytest.raises(InputError, match="folder"):
        list(scan_files([tmp_path], library, spotter=spotter))


@pytest.mark.parametrize("data", [b"", b" \n", b"\x00\x01\x02\x03" * 50])
def test_what_is_no_text_is_refused(library: Library, spotter: NamedActors, tmp_path: Path, data: bytes) -> None:
    """Empty and binary files are errors, not pages without sightings."""
    path = tmp_path / "page.txt"
    path.write_bytes(data)

    with pytest.raises(InputError, match=r"page\.txt"):
        list(scan_files([path], library, spotter=spotter))


def test_a_file_over_the_limit_is_refused(library: Library, spotter: NamedActors, tmp_path: Path) -> None:
    """The limit is a setting."""
    path = tmp_path / "page.txt"
    path.write_text(MYTH, encoding="utf-8")

    with pytest.raises(InputError, match="at most 10 bytes"):
        list(scan_files([path], library, spotter=spotter, settings=Settings(max_file_bytes=10)))
