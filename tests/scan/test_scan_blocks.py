"""The cascade as a whole."""

import html
import json
from collections.abc import Callable, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scan_samples import CLAIMS, LIBRARY, MODEL, OTHERS, REPETITIONS, SENTENCES, TEXTS, block, sheet_of

import valla.scan.scanner as scanner_module
from counted import MOST_GROWTH, counted_module, growth
from valla.casebook.folder import bundled, open_casebook
from valla.errors import InputError
from valla.scan.documents.model import Block
from valla.scan.encoders.static import StaticEncoder
from valla.scan.history.matcher import HistoryMatcher
from valla.scan.index.build import build
from valla.scan.index.model import Index
from valla.scan.library.casebooks import from_casebook
from valla.scan.library.model import Library, LibraryClaim
from valla.scan.model import Decision, Settings, Stance
from valla.scan.scanner import LEAST_OPENED, MOST_CLAIMS, Scanner
from valla.scan.scanning import scan_text
from valla.scan.stages.decide import decided
from valla.scan.stages.rerank import Scorer, weighed_with
from valla.scan.text import MAX_SENTENCE_CHARS, Sentence

OTHER = """Bread and its making

Nobody knows who baked the first loaf. Flour and water ferment by themselves where wild yeast settles on the dough,
and whoever left a bowl standing overnight may have been surprised in the morning. Ovens of clay were always common in
villages; the lords held the mill, and the millers were never loved. Wars ruined the harvest, treaties between towns fixed the
price of grain, and in bad years the poor fought for what was left.

A good crust needs steam. Put a pan of water under the loaf, keep the door shut for ten minutes, then let the heat do its
work. The oldest bakers' guilds were founded in the twelfth century. They opposed every newcomer, and some were at odds with
the brewers from the very beginning.
"""
REPEATED = CLAIMS[1].text
MANY = st.lists(TEXTS | SENTENCES, max_size=4)


@pytest.fixture(scope="module")
def scanner(small_index: Index) -> Scanner:
    """Hand out a scanner with the model by hand."""
    return Scanner(small_index, model=MODEL)


@pytest.fixture(scope="module")
def myths(static: StaticEncoder) -> Scanner:
    """Hand out a scanner of the bundled casebook, as it is for everybody."""
    return Scanner(build(from_casebook(open_casebook(bundled())), [static]))


@given(text=TEXTS)
def test_any_text_can_be_scanned(scanner: Scanner, text: str) -> None:
    """Offsets slice back to the quotation, prefix and suffix are what stands around it, and all is in order."""
    found = scanner.scan_blocks([block(text)])
    wordings = {claim.id: claim.wordings for claim in CLAIMS}
    for sighting in found:
        assert text[sighting.start : sighting.end] == sighting.quotation
        assert text[max(0, sighting.start - 32) : sighting.start] == sighting.prefix
        assert text[sighting.end : sighting.end + 32] == sighting.suffix
        assert sighting.quotation == sighting.quotation.strip() != ""
        assert sighting.wording in wordings[sighting.claim]
        assert scanner.settings.suggest <= sighting.probability <= 1
    places = [(sighting.start, -sighting.probability) for sighting in found]
    assert places == sorted(places)


@given(before=TEXTS, after=TEXTS, gap=st.sampled_from(["\n\n", "\r\n\r\n", "\u2029"]))
def test_a_repetition_is_sighted_wherever_it_stands(scanner: Scanner, before: str, after: str, gap: str) -> None:
    """Emoji, loose marks, line ends, byte order marks, zero bytes and half characters around it move nothing."""
    text = f"{before}{gap}{REPEATED}{gap}{after}"
    start = len(before) + len(gap)
    found = [(one.claim, one.end) for one in scanner.scan_blocks([block(text)]) if one.start == start]

    assert found == [("lighthouse", start + len(REPEATED))]


@given(texts=MANY)
def test_what_a_block_gives_depends_on_no_other(scanner: Scanner, texts: Sequence[str]) -> None:
    """Together they give what each gives alone, in their order."""
    blocks = [Block(str(number), text, text) for number, text in enumerate(texts)]

    assert scanner.scan_blocks(blocks) == [found for one in blocks for found in scanner.scan_blocks([one])]


def test_what_was_scanned_before_changes_nothing(small_index: Index, scanner: Scanner) -> None:
    """A scanner that has seen much gives what a fresh one gives."""
    blocks = [block(text) for text in (*OTHERS, *REPETITIONS, OTHER)]

    assert scanner.scan_blocks(blocks) == Scanner(small_index, model=MODEL).scan_blocks(blocks)


@pytest.fixture(scope="module")
def history(small_index: Index) -> HistoryMatcher:
    """Hand out the matcher for the small library's claims about actors."""
    return HistoryMatcher(small_index.claims)


def exhaustive(
    index: Index, static: StaticEncoder, history: HistoryMatcher, texts: Sequence[str]
) -> dict[tuple[int, int], float]:
    """Return the sentences and claims that are confirmed where every pair is scored."""
    read = sheet_of(index, texts)
    numbers = range(len(read.places))
    told = history.match(Sentence(number, number, read.text(number)) for number in numbers)
    found = {}
    for one in Scorer(index, static, MODEL).score(read, product(numbers, range(len(CLAIMS)))):
        pair = one.sentence, one.claim
        weighed = weighed_with(one, told.get(pair))
        if (
            decided(weighed, Settings(), is_doubted=one.claim in history.claims and pair not in told)
            is Decision.CONFIRM
        ):
            found[pair] = weighed.probability
    return found


@st.composite
def retold(draw: st.DrawFn) -> str:
    """Draw a repetition with a word or two left out and some put in."""
    words = draw(st.sampled_from(list(REPETITIONS))).split()
    for _ in range(draw(st.integers(0, 2))):
        words.pop(draw(st.integers(0, len(words) - 1)))
    for _ in range(draw(st.integers(0, 4))):
        words.insert(draw(st.integers(0, len(words))), draw(st.sampled_from(["indeed", "reportedly", "on", "Tuesday"])))
    return " ".join(words)


@given(texts=st.lists(retold() | st.sampled_from(OTHERS), min_size=1, max_size=5))
def test_the_cascade_loses_nothing_that_would_be_confirmed(
    small_index: Index, static: StaticEncoder, history: HistoryMatcher, scanner: Scanner, texts: Sequence[str]
) -> None:
    """What exhaustive scoring confirms it confirms, with the same probability, and nothing else."""
    read = sheet_of(small_index, texts)
    numbers = {(str(block_number), start): number for number, (block_number, start, _) in enumerate(read.places)}
    claims = {claim.id: number for number, claim in enumerate(CLAIMS)}
    found = {
        (numbers[one.document, one.start], claims[one.claim]): one.probability
        for one in scanner.scan_blocks([Block(str(number), text, text) for number, text in enumerate(texts)])
        if one.decision is Decision.CONFIRM
    }

    assert found == exhaustive(small_index, static, history, texts)


@pytest.mark.parametrize(("text", "claim"), [one for one in REPETITIONS.items() if one[1] != "opponent"])
def test_a_repetition_is_sighted(small_index: Index, text: str, claim: str) -> None:
    """The model that Valla carries takes each for what it is."""
    assert [found.claim for found in Scanner(small_index).scan_blocks([block(text)])] == [claim]


def test_other_text_is_not_confirmed(small_index: Index) -> None:
    """Rare words in common make no repetition."""
    found = Scanner(small_index).scan_blocks([block(text) for text in OTHERS])

    assert all(one.decision is Decision.SUGGEST for one in found)
    assert len(found) <= 1


def test_a_claim_is_sighted_in_its_own_text(small_index: Index, myths: Scanner) -> None:
    """It is the most probable of all claims; one about actors is confirmed."""
    for one in (Scanner(small_index), myths):
        for claim in one.index.claims:
            first, *_ = one.scan_blocks([block(claim.text)])
            assert first.claim == claim.id
            assert first.decision is Decision.CONFIRM or one is not myths


def test_a_page_about_something_else_has_no_sighting(myths: Scanner) -> None:
    """Sweeping words without the actors are nobody's myth."""
    assert myths.scan_blocks([block(OTHER)]) == []


@pytest.mark.parametrize(
    "text",
    [
        "In 1922 Germany and the Soviet Union signed a treaty.",
        "German pilots were trained in the Soviet Union, always in secret.",
        "Hitler attacked the Soviet Union in June 1941.",
        "The Soviet Union attacked Finland in November 1939.",
        "The Soviet Union opposed Nazi Germany in Spain.",
        "Russia and Germany have always been at odds over the tariff on rye.",
    ],
)
def test_facts_about_the_same_actors_are_not_confirmed(myths: Scanner, text: str) -> None:
    """What the record says of the actors is not what the myth says."""
    assert all(found.decision is Decision.SUGGEST for found in myths.scan_blocks([block(text)]))


@pytest.mark.parametrize("text", ["stalin was always an enemy of hitler.", "STALIN WAS ALWAYS AN ENEMY OF HITLER."])
def test_a_repetition_with_other_names_is_confirmed(myths: Scanner, text: str) -> None:
    """Leaders stand for their states, and posts for sentences, however they are written."""
    (found,) = myths.scan_blocks([block(text)])

    assert (found.claim, found.dossier, found.decision) == ("myth-2", 2, Decision.CONFIRM)


@pytest.mark.parametrize(
    "text",
    [
        "The USSR was a steadfast enemy of Nazism.",
        "The U.S.S.R. was from the very beginning an adversary of the Third Reich.",
        "No one doubts it: Stalin’s state was a principled antagonist of Nazism.",
    ],
)
def test_a_repetition_in_other_words_throughout_is_sighted(myths: Scanner, text: str) -> None:
    """The matcher for actors takes it for all of the claim."""
    assert [found.claim for found in myths.scan_blocks([block(text)])] == ["myth-2"]


def test_a_rebuttal_is_sighted_as_one(myths: Scanner) -> None:
    """For an editor to see, with its stance."""
    (found,) = myths.scan_blocks([block("It is a myth that the Soviet Union was always an opponent of Nazi Germany.")])

    assert found.stance is Stance.REBUTS


def test_offsets_count_from_the_beginning_of_the_document(scanner: Scanner) -> None:
    """A block of a long document knows where it stands, and what stands around it."""
    (found,) = scanner.scan_blocks(
        [Block("book", REPEATED, REPEATED, 1_000, "ends here. ", " So it goes on and on and on and on.")]
    )

    assert (found.document, found.start, found.end) == ("book", 1_000, 1_000 + len(REPEATED))
    assert (found.prefix, found.suffix) == ("ends here. ", " So it goes on and on and on and")


def test_the_quotation_is_the_source_with_its_markup(scanner: Scanner) -> None:
    """What was read had it blanked out; offsets are those of the source."""
    source = "<p>The <b>lighthouse</b> of Kettlemouth was built in 1204 by shipwrecked monks.</p>"
    text = "   The    lighthouse     of Kettlemouth was built in 1204 by shipwrecked monks.    "
    (found,) = scanner.scan_blocks([Block("page", text, source)])

    assert found.quotation == source[3:-4] == source[found.start : found.end]
    assert (found.prefix, found.suffix) == ("<p>", "</p>")


@pytest.mark.parametrize("ending", ["&rdquo;", "&#8221;", "&quot", "&amp;"])
def test_a_quotation_never_ends_within_a_reference(scanner: Scanner, ending: str) -> None:
    """Where the last character stands for more than itself, all of that belongs to it."""
    shown = html.unescape(ending)
    source = f"<p>{REPEATED}{ending}</p>"
    text = f"   {REPEATED}{shown}{' ' * (len(ending) - len(shown) + 4)}"
    (found,) = scanner.scan_blocks([Block("page", text, source)])

    assert found.quotation == REPEATED + ending == source[found.start : found.end]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\ufeff", ""),
        ("Déjà vu.\r\n\r\n", "\r\nNext."),
        ("\U0001f98a\U0001f3fd\u200d\U0001f9b0 ", " \U0001f98a"),
        ("cafe\u0301.\n\n", "\n\nn\u0303"),
        ("\x00\x00\n\n", "\x00"),
        ("\ud83d \udcff\n\n", "\n\n\ud83d"),
    ],
)
def test_offsets_count_characters_as_they_are(scanner: Scanner, before: str, after: str) -> None:
    """Nothing is normalised away."""
    text = before + REPEATED + after
    (found,) = scanner.scan_blocks([block(text)])

    assert REPEATED in found.quotation
    assert text[found.start : found.end] == found.quotation


def test_a_sentence_is_sighted_for_a_few_claims_at_most(static: StaticEncoder) -> None:
    """A library may hold the same claim many times; the most probable come first."""
    library = Library(tuple(LibraryClaim(str(number), REPEATED) for number in range(9)))
    found = Scanner(build(library, [static]), model=MODEL).scan_blocks([block(REPEATED)])

    assert [one.claim for one in found] == ["0", "1", "2"][:MOST_CLAIMS]


def test_thresholds_are_settings(small_index: Index) -> None:
    """Whoever wants certainty raises them, and whoever wants to see more lowers them."""
    blocks = [block(text) for text in (*REPETITIONS, *OTHERS)]
    strict, usual, loose = (
        Scanner(small_index, settings=settings).scan_blocks(blocks)
        for settings in (Settings(1.0, 1.0), Settings(), Settings(0.1, 0.01))
    )

    assert strict == []
    assert {(one.claim, one.start) for one in usual} <= {(one.claim, one.start) for one in loose}
    assert len(loose) > len(usual)


def test_a_sighting_is_data(scanner: Scanner) -> None:
    """It can be written as JSON."""
    (found,) = scanner.scan_blocks([block(REPEATED)])
    told = json.loads(json.dumps(found.as_data()))

    assert told.pop("probability") > 0.9
    assert told == {
        "document": "page",
        "claim": "lighthouse",
        "dossier": None,
        "start": 0,
        "end": len(REPEATED),
        "quotation": REPEATED,
        "prefix": "",
        "suffix": "",
        "decision": "confirm",
        "stance": "repeats",
        "wording": REPEATED,
    }


def test_another_language_is_scanned_by_its_own_words(static: StaticEncoder) -> None:
    """Snowball takes its endings off; what actors are called is known in English only."""
    claim = LibraryClaim("turm", "Schiffbrüchige Mönche bauten den alten Leuchtturm von Kesselmünde.")
    index = build(Library((claim,)), [static], language="de")
    text = "Gestern hat es geregnet. Den alten Leuchtturm von Kesselmünde bauten schiffbrüchige Mönche!"
    found = Scanner(index, model=MODEL).scan_blocks([block(text)])

    assert [(one.claim, one.start, one.decision) for one in found] == [("turm", 25, Decision.CONFIRM)]


@pytest.mark.parametrize(
    "claims", [(), (LibraryClaim("a", ""),), (LibraryClaim("a", "\ud83d"), LibraryClaim("b", "the"))]
)
def test_a_library_without_words_sights_nothing(static: StaticEncoder, claims: tuple[LibraryClaim, ...]) -> None:
    """There is nothing to repeat."""
    assert Scanner(build(Library(claims), [static])).scan_blocks([block(f"{REPEATED} the \ud83d")]) == []


def test_no_blocks_have_no_sightings(scanner: Scanner) -> None:
    """Nor has an empty one."""
    assert scanner.scan_blocks([]) == scanner.scan_blocks([block("")]) == []


@pytest.fixture(scope="module")
def counted_scan() -> Callable[[str], object]:
    """Hand out what scans a text for the small library, and counts its work."""
    names = ("scanner", "index.build", "encoders.static", "library.model", "documents.model")
    scanners, index, encoder, model, documents = (counted_module(f"valla.scan.{name}") for name in names)
    claims = tuple(
        model.LibraryClaim(one.id, one.text, one.context, one.voicings, one.number) for one in LIBRARY.claims
    )
    made = scanners.Scanner(index.build(model.Library(claims), [encoder.load()]))
    return lambda text: made.scan_blocks([documents.Block("page", text, text)])


@pytest.mark.parametrize("unit", ["lemon ", "lemon", "Lemon juice cures deafness. ", ".", "\n"])
@pytest.mark.parametrize("size", [1_000, 2 * MAX_SENTENCE_CHARS])
def test_a_text_of_one_thing_repeated_takes_no_longer(
    counted_scan: Callable[[str], object], size: int, unit: str
) -> None:
    """Work grows with the length alone, within a sentence and beyond the longest."""
    assert growth(counted_scan, lambda size: unit * (size // len(unit)), size) < MOST_GROWTH


def test_an_index_without_static_vectors_is_refused() -> None:
    """The cascade needs them, whatever compares meanings in the end."""
    with pytest.raises(InputError, match="the index has no vectors"):
        Scanner(build(LIBRARY, []))


def test_a_text_can_be_scanned_in_one_call(static: StaticEncoder) -> None:
    """It gives what a scanner gives, for a document without an id."""
    text = "\n\n".join([*REPETITIONS, *OTHERS])

    assert scan_text(text, LIBRARY) == tuple(Scanner(build(LIBRARY, [static])).scan_blocks([Block("", text, text)]))
    assert scan_text(text, LIBRARY, encoder=static, settings=Settings(1.0, 1.0)) == ()


def test_less_probable_sightings_are_looked_for_where_they_are_asked_for(
    static: StaticEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The floors before the scoring sink with the threshold; without that, some would be lost."""
    index = build(LIBRARY, [static])
    vague = ("The mayor of Osterbruck drank tea.", "The lighthouse of Kettlemouth is closed.", "Bees like potatoes.")
    texts = [block(text) for text in (*vague, *REPETITIONS)]

    def found(opened: float, suggest: float) -> set[tuple[str, str]]:
        monkeypatch.setattr(scanner_module, "LEAST_OPENED", opened)
        sighted = Scanner(index, settings=Settings(0.8, suggest)).scan_blocks(texts)
        return {(one.quotation, one.claim) for one in sighted}

    assert found(LEAST_OPENED, 0.5) < found(1.0, 0.001) < found(LEAST_OPENED, 0.001)
