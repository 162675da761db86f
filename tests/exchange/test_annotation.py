"""Sightings as W3C Web Annotations: what the Recommendation demands of each, and addresses that lead to the texts."""

import gzip
import io
import json
import re
import sys
from pathlib import Path
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scan.batch.batch_fakes import FakeFactory
from valla.errors import InputError
from valla.exchange.annotation import (
    CONTEXT,
    AnnotationCollection,
    AnnotationLines,
    Place,
    annotation,
    annotation_sink,
)
from valla.scan.batch.model import Summary, Task
from valla.scan.batch.parts import Parts, PartWriter
from valla.scan.batch.request import Request, scan_paths
from valla.scan.documents.options import Form, Options
from valla.scan.model import Decision, Sighting, Stance

MOTIVATIONS = {"assessing", "classifying", "describing", "identifying"}
"""Those of section 3.3.5 that we use."""

TEXT = st.text(st.characters(codec=None))


def sighting(document: str = "a.txt", claim: str = "myth-1", start: int = 6, **changed) -> Sighting:
    """Return a sighting."""
    given = {
        "dossier": 1,
        "end": start + 4,
        "quotation": "myth",
        "prefix": "A 😀 ",
        "suffix": " is.",
        "probability": 0.93,
        "decision": Decision.CONFIRM,
        "stance": Stance.REBUTS,
        "wording": "The myth.",
    }
    return Sighting(document=document, claim=claim, start=start, **given | changed)


def parts(folder: Path, *sightings: Sighting) -> Parts:
    """Return sightings as parts of a result."""
    task = Task(0, ())
    with PartWriter(folder, task) as writer:
        writer.add(sightings)
        summary = writer.finish(Summary(), [])
    return Parts(folder, (task,), summary)


def written(sink: AnnotationCollection | AnnotationLines, folder: Path, *sightings: Sighting) -> str:
    """Return what a sink writes."""
    with sink.path.open("wb") as file:
        sink.write(parts(folder, *sightings), file)
    return sink.path.read_text(encoding="ascii")


@given(st.builds(sighting, TEXT, TEXT, st.integers(0, 10**9), quotation=TEXT, prefix=TEXT, suffix=TEXT, wording=TEXT))
def test_whatever_the_texts_an_annotation_is_as_it_must_be(one):
    """Section 3.1: an IRI, a class, a target; 4.2.4 and 4.2.5: the selectors; and it is ASCII when written."""
    made = annotation(one, Place({one.document: one.document}, markup={one.document} if one.start % 2 else frozenset()))
    quote, *place = made["target"]["selector"]

    assert made["type"] == "Annotation"
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", made["id"])
    assert made["motivation"] in MOTIVATIONS
    assert {body["purpose"] for body in made["body"]} == MOTIVATIONS
    assert all(body["type"] in {"TextualBody", "SpecificResource"} for body in made["body"])
    assert quote["type"] == "TextQuoteSelector"
    assert place == ([] if one.start % 2 else [{"type": "TextPositionSelector", "start": one.start, "end": one.end}])
    assert made["target"]["source"].isascii()
    assert json.loads(json.dumps(made)) == made


def test_an_annotation_says_claim_stance_decision_and_probability():
    """Each with its purpose; the probability by the term of ITS 2.0 that the context declares."""
    made = annotation(sighting(), Place({"a.txt": "a.txt"}))

    assert made["target"]["selector"][0] == {
        "type": "TextQuoteSelector",
        "exact": "myth",
        "prefix": "A 😀 ",
        "suffix": " is.",
    }
    assert {body["purpose"]: body["value"] for body in made["body"]} == {
        "identifying": "myth-1",
        "describing": "The myth.",
        "classifying": "rebuts",
        "assessing": "confirm",
    }
    assert made["confidence"] == 0.93
    assert CONTEXT[0] == "http://www.w3.org/ns/anno.jsonld"
    assert CONTEXT[1]["confidence"]["@id"] == "http://www.w3.org/2005/11/its/rdf#taConfidence"


def test_positions_count_code_points():
    """An emoji is one, as section 4.2.4 demands."""
    text = "A 😀 myth is."
    start = text.index("myth")
    selector = annotation(sighting(start=start), Place({"a.txt": "a.txt"}))["target"]["selector"][1]

    assert text[selector["start"] : selector["end"]] == "myth"


@pytest.mark.parametrize(
    ("claim", "body"),
    [
        (
            "https://example.org/claims/7?a=b",
            {"type": "SpecificResource", "source": "https://example.org/claims/7?a=b"},
        ),
        ("urn:claim:7", {"type": "SpecificResource", "source": "urn:claim:7"}),
        ("7", {"type": "TextualBody", "format": "text/plain", "value": "7"}),
        (
            "https://example.org/a b",
            {"type": "TextualBody", "format": "text/plain", "value": "https://example.org/a b"},
        ),
        ("http://[", {"type": "SpecificResource", "source": "http://["}),
    ],
)
def test_a_claim_with_an_address_is_a_resource(claim, body):
    """Another is a text."""
    assert annotation(sighting(claim=claim), Place())["body"][0] == body | {"purpose": "identifying"}


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0/"), min_size=1).filter(
        lambda name: name not in {".", ".."}
    )
)
def test_an_address_leads_back_to_the_file(name):
    """Whatever is in its name: percent signs, colons, question marks, number signs."""
    place = Place({name: name}, Path("out"))
    address = urljoin("file:///here/out/annotations.jsonld", place.iri(name))

    assert urlsplit(address).query == urlsplit(address).fragment == ""
    assert unquote_to_bytes(urlsplit(address).path) == b"/here/" + name.encode()


@pytest.mark.parametrize(
    ("document", "iri"),
    [
        ("texts/a.txt", "../texts/a.txt"),
        ("texts/a b.txt", "../texts/a%20b.txt"),
        ("texts/table.csv#row 7", "../texts/table.csv#row%207"),
        ("texts/table.csv#a#b/c", "../texts/table.csv#a%23b%2Fc"),
        ("texts/c#.csv#1", "../texts/c%23.csv#1"),
        ("texts/c#.csv", "../texts/c%23.csv"),
        ("/abs/a.txt", "file:///abs/a.txt"),
        ("/abs/t.jsonl#\ud800", "file:///abs/t.jsonl#%3F"),
        ("texts/\ufffd.txt", "../texts/%FF.txt"),
        ("https://example.org/page?x=1", "https://example.org/page?x=1"),
    ],
)
def test_a_document_is_addressed_by_its_file_and_row(document, iri):
    """The path from the annotations to the text, each part percent-encoded."""
    files = {
        "texts/a.txt",
        "texts/a b.txt",
        "texts/table.csv",
        "texts/c#.csv",
        "/abs/a.txt",
        "/abs/t.jsonl",
        "texts/\udcff.txt",
    }

    named = {path.replace("\udcff", "\ufffd"): path for path in files}

    assert Place(named, Path("out")).iri(document) == iri


@pytest.mark.parametrize("document", ["a.html", "a.html.gz", "-", "a"])
def test_in_markup_the_words_must_do(document):
    """Section 4.2.4: without tags, entities replaced; places would count in that text, and ours count in the source."""
    one = sighting(document, quotation="the <b>m&amp;m</b>", prefix='ass="x">Now <i>', suffix="</i> and <a hr")

    assert annotation(one, Place(markup={document}))["target"]["selector"] == [
        {"type": "TextQuoteSelector", "exact": "the m&m", "prefix": "Now ", "suffix": " and "}
    ]


@pytest.mark.parametrize(
    ("source", "exact"),
    [
        ("the <!-- a > b --> myth", "the  myth"),
        ("a <script>if (a < b) '</p>'</script>myth", "a myth"),
        ("caf&eacute;s &amp;\r\nbars", "cafés &\nbars"),
        ("a < b", "a < b"),
    ],
)
def test_what_is_not_shown_is_no_part_of_the_words(source, exact):
    """Comments and scripts neither; a line end is one character, as in a browser."""
    made = annotation(sighting("p", quotation=source), Place(markup={"p"}))

    assert made["target"]["selector"][0]["exact"] == exact


@pytest.mark.parametrize(
    ("quotation", "suffix", "exact", "after"),
    [
        ("It is so.&", "rdquo;</p> He le", "It is so.\u201d", " He le"),
        ("It is so&", "#33; He &eac", "It is so!", " He "),
        ("AT&amp;T is so.", " He &am", "AT&T is so.", " He "),
        ("AT&T is so.", " He <b", "AT&T is so.", " He "),
        ("It is &", " so", "It is &", " so"),
        ("It is&nbsp;so.", "&#", "It is\xa0so.", ""),
    ],
)
def test_no_reference_is_cut(quotation, suffix, exact, after):
    """A passage that ends with one has all of it; what the end of the suffix cuts is left out."""
    made = annotation(sighting("p", quotation=quotation, suffix=suffix), Place(markup={"p"}))["target"]["selector"][0]

    assert (made["exact"], made["suffix"]) == (exact, after)


@pytest.mark.parametrize(
    ("name", "form", "is_markup"),
    [
        ("p.html", Form.TEXT, True),
        ("p.html.gz", Form.TEXT, True),
        ("-", Form.HTML, True),
        ("-", Form.TEXT, False),
        ("page", Form.XHTML, True),
        ("page", Form.TEXT, False),
        ("p.txt", Form.HTML, False),
        ("p.md", Form.HTML, False),
    ],
)
def test_what_was_read_as_markup_is_told_as_markup(name, form, is_markup, tmp_path, monkeypatch):
    """Whatever the file is called, packed or not, or piped in: the annotation and the scan see the same document."""
    monkeypatch.chdir(tmp_path)
    data = b"<p>Tom &amp; the <b>myth1</b>.</p>"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    if name != "-":
        Path(name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    request = Request((Path(name),), FakeFactory(), "library", options=Options(form=form), workers=1)
    scan_paths(request, [AnnotationLines(Path("out.jsonl"))], tell=print)
    made = json.loads(Path("out.jsonl").read_text(encoding="ascii"))
    quote, *place = made["target"]["selector"]

    assert quote["exact"] == "myth1"
    assert not place if is_markup else place[0]["start"] == data.index(b"myth1")


def test_the_same_sighting_has_the_same_id_and_another_has_another():
    """So annotations of two runs can be compared."""
    ids = [
        annotation(one, Place())["id"]
        for one in (sighting(), sighting(probability=0.1), sighting("b.txt"), sighting(claim="2"), sighting(start=7))
    ]

    assert ids[0] == ids[1]
    assert len(set(ids)) == 4


def test_a_collection_is_one_document_with_its_page_inside(tmp_path):
    """Section 5: `total`, then the first page with its items, in their order."""
    told = written(AnnotationCollection(tmp_path / "a.jsonld"), tmp_path, sighting(), sighting("b.txt"))
    made = json.loads(told)

    assert list(made) == ["@context", "id", "type", "total", "first"]
    assert made["@context"] == CONTEXT
    assert (made["type"], made["total"]) == ("AnnotationCollection", 2)
    assert (made["first"]["type"], made["first"]["startIndex"]) == ("AnnotationPage", 0)
    assert "@context" not in made["first"]
    assert [one["target"]["source"][-5:] for one in made["first"]["items"]] == ["a.txt", "b.txt"]
    assert len({made["id"], made["first"]["id"]}) == 2
    assert written(AnnotationCollection(tmp_path / "a.jsonld"), tmp_path, sighting(), sighting("b.txt")) == told


def test_an_empty_collection_has_no_page(tmp_path):
    """Section 5.2: a page has one item at least."""
    made = json.loads(written(AnnotationCollection(tmp_path / "a.jsonld"), tmp_path))

    assert made["total"] == 0
    assert "first" not in made


def test_a_line_is_an_annotation_by_itself(tmp_path):
    """With its own context."""
    lines = written(AnnotationLines(tmp_path / "a.jsonl"), tmp_path, sighting(), sighting("\ud800")).splitlines()

    assert [json.loads(line)["@context"] for line in lines] == [CONTEXT, CONTEXT]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jsonld", AnnotationCollection),
        ("a.JSON", AnnotationCollection),
        ("a.jsonl", AnnotationLines),
        ("a.ndjson", AnnotationLines),
    ],
)
def test_the_suffix_decides(name, kind):
    """A collection, or lines."""
    assert isinstance(annotation_sink(Path(name)), kind)


def test_another_suffix_is_refused():
    """With those that are allowed."""
    with pytest.raises(
        InputError, match=r"a.xml: annotations are not written to such a file; found .xml; allowed: .jsonld"
    ):
        annotation_sink(Path("a.xml"))
