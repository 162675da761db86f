"""The site: well-formed, self-contained, accessible, safe, the same bytes every time."""

import csv
import json
import posixpath
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.check.model import Outcome
from valla.dossier.model import Block, BlockKind, Section, Voicing
from valla.errors import CasebookError
from valla.record.sources import Source
from valla.site.build import build, site_files

PNG = b"\x89PNG\r\n\x1a\n"
NASTY = '"><script>alert(1)</script><img src=x onerror=alert(2)>\x00{{ 7*7 }}'


def pages(files):
    """The HTML of a site, by path."""
    return {name: content.decode() for name, content in files.items() if name.endswith(".html")}


def test_every_page_is_well_formed_with_unique_ids_and_one_heading(casebook, verdicts, walk):
    """A parser finds no stray end, no id twice, one h1, a language and a title, and names for what is labelled."""
    files, _ = site_files(casebook, verdicts)
    for name, text in pages(files).items():
        found = walk(text)

        assert found.wrong == [], name
        assert len(found.ids) == len(set(found.ids)), name
        assert [tag for tag, _ in found.tags].count("h1") == 1, name
        assert next(attrs for tag, attrs in found.tags if tag == "html")["lang"] == "en"
        assert set(found.references) <= set(found.ids), name


def test_every_internal_link_leads_somewhere(casebook, verdicts, walk):
    """Links between pages, to files and to places on a page all resolve."""
    files, _ = site_files(casebook, verdicts)
    walked = {name: walk(text) for name, text in pages(files).items()}
    for name, found in walked.items():
        if name == "404.html":
            continue  # its links begin at the root of the host
        for link in found.links:
            target, _, place = link.partition("#")
            if re.match(r"[a-z]+:", target):
                continue
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) if target else name

            assert path in files or path == "manifest.json", f"{name}: {link}"
            assert not place or place in walked[path].ids, f"{name}: {link}"


def test_nothing_is_fetched_from_elsewhere_and_nothing_runs(casebook, verdicts, walk):
    """No script but data, no handler, no style sheet, font or picture of another site."""
    files, _ = site_files(casebook, verdicts)
    for name, text in pages(files).items():
        found = walk(text)
        scripts = [attrs for tag, attrs in found.tags if tag == "script"]

        assert all(attrs.get("type") == "application/ld+json" for attrs in scripts), name
        assert not [attribute for attribute in found.attributes if attribute.startswith("on")], name
        assert not [attrs for tag, attrs in found.tags if "src" in attrs and attrs["src"].startswith(("http", "//"))]
        assert not [attrs for _, attrs in found.tags if attrs.get("rel") == "stylesheet" and ":" in attrs["href"]]
    assert b"@import" not in files[next(name for name in files if name.endswith(".css"))]


def test_two_builds_are_equal_to_the_byte(casebook, verdicts, tmp_path):
    """Neither clock nor chance leaves a trace."""
    for folder in ("one", "two"):
        build(casebook, verdicts, tmp_path / folder)
    both = [
        {path.relative_to(tmp_path / folder): path.read_bytes() for path in (tmp_path / folder).rglob("*.*")}
        for folder in ("one", "two")
    ]

    assert both[0] == both[1]


def test_a_verdict_is_told_in_words(casebook, verdicts):
    """The page says how many acts and sources decide, and why."""
    files, _ = site_files(casebook, verdicts)
    text = files["myth/2/index.html"].decode()

    assert re.search(r"Refuted</span>\s+by 2 acts", text)
    assert "Made up for a test." in text
    assert "2 works would all have to be wrong" in text
    assert "rome and carthage" in text
    assert "known from 1946" in text
    assert "Rome is the city." in text


def test_the_myth_is_marked_as_a_myth(casebook, verdicts):
    """The essence stands in its own box, with a warning."""
    text = site_files(casebook, verdicts)[0]["myth/2/index.html"].decode()

    assert text.count("Rome always stood against Carthage.") == 1
    assert "This is what the myth says, not what the record shows." in text


def test_further_sections_stand_in_the_text_and_are_listed_beside_it(casebook, verdicts, make):
    """After the detailed facts, not within the list of what is on the page."""
    section = Section("Conclusion", (Block(BlockKind.PARAGRAPH, "So it ended."),))
    dossiers = (make["dossier"](sections=(section,)),)
    text = site_files(replace(casebook, dossiers=dossiers), verdicts)[0]["myth/2/index.html"].decode()
    contents, _, rest = text.partition("</nav>")[2].partition("</nav>")

    assert '<a href="#section-1" lang="en">Conclusion</a>' in contents
    assert "So it ended." not in contents
    assert rest.index('id="detailed-facts"') < rest.index("So it ended.") < rest.index('id="acts"')


def test_of_one_dataset_it_goes_without_saying_that_nothing_is_left_without_it(casebook, verdicts):
    """Only where there are several is it told what the verdict would be without one."""
    one = site_files(casebook, verdicts)[0]["myth/2/index.html"].decode()
    robust = replace(verdicts[2].robustness, datasets={"made-up": Outcome.OPEN, "other": Outcome.REFUTED})
    verdicts = {2: replace(verdicts[2], robustness=robust)}
    two = site_files(casebook, verdicts)[0]["myth/2/index.html"].decode()

    assert "the dataset made-up" not in one
    assert "the dataset made-up" in two


def test_an_open_verdict_and_no_verdict_have_no_claim_review(casebook, verdicts):
    """What is not rated is not marked up as rated."""
    files, _ = site_files(casebook, verdicts)

    assert b"ld+json" in files["myth/2/index.html"]
    assert b"ld+json" not in files["myth/5/index.html"]
    assert b"ld+json" not in files["myth/11/index.html"]
    assert "Not yet checked" in files["myth/11/index.html"].decode()


def test_the_claim_review_on_the_page_is_the_one_in_the_feed(casebook, verdicts, walk):
    """The markup can be read back, and its address is the page's own."""
    files, _ = site_files(casebook, verdicts)
    found = json.loads("".join(walk(files["myth/2/index.html"].decode()).scripts))

    assert found["url"] == "https://myths.example/myth/2/"
    assert found in [row["item"] for row in json.loads(files["claimreview.json"])["dataFeedElement"]]


def test_a_draft_is_nowhere_on_the_site_and_counted(casebook, verdicts):
    """Nobody takes an unreviewed page for a published one: no page, no entry, no review."""
    files, warnings = site_files(casebook, verdicts)

    assert not [name for name in files if name.startswith("myth/9/")]
    assert b"myth/9/" not in b"".join(files[name] for name in ("index.html", "feed.xml", "feed.json", "sitemap.xml"))
    assert b"/myth/9/" not in files["claimreview.json"]
    assert "1 draft left out" in warnings


def test_years_before_our_era_are_printed_as_such(casebook, verdicts):
    """The Ides of March are in 44 BCE."""
    finished = tuple(replace(dossier, status="reviewed") for dossier in casebook.dossiers)
    files, _ = site_files(replace(casebook, dossiers=finished), verdicts)

    assert "15 Mar 44 BCE" in files["myth/9/index.html"].decode()


def test_feeds_are_feeds(casebook, verdicts):
    """Atom and JSON Feed hold each published myth and each correction, newest first, with days that are known."""
    files, _ = site_files(casebook, verdicts)
    atom = ET.fromstring(files["feed.xml"])
    entries = atom.findall("{http://www.w3.org/2005/Atom}entry")
    items = json.loads(files["feed.json"])["items"]

    assert len(entries) == len(items) == 6
    assert len({entry.find("{http://www.w3.org/2005/Atom}id").text for entry in entries}) == 6
    assert items[0]["date_modified"] == "2026-05-04T00:00:00Z"
    assert any(item["url"].endswith("#correction-1") for item in items)
    ET.fromstring(files["sitemap.xml"])


def test_the_data_is_beside_the_page(casebook, verdicts):
    """Verdict and acts can be downloaded, each act once."""
    files, _ = site_files(casebook, verdicts)
    rows = list(csv.DictReader(files["myth/2/acts.csv"].decode().splitlines()))

    assert json.loads(files["myth/2/verdict.json"])
    assert [(row["weight"], row["id"]) for row in rows] == [
        ("deciding", "a"),
        ("deciding", "b"),
        ("swing", "c"),
        ("related", "d"),
    ]
    assert rows[1]["known_from"] == "1946"


def test_citations_become_numbered_links_in_the_order_of_reading(casebook, verdicts):
    """The first source that a reader meets is number 1, and quotations can cite too."""
    text = site_files(casebook, verdicts)[0]["myth/2/index.html"].decode()

    assert re.search(r'<a href="#source-1-treaties" class="cite"[^>]*>1</a>, p. 12\]', text) or re.search(
        r'href="#source-1-treaties"[^>]*>1</a>, p. 12\]', text
    )
    assert re.search(r"see <a[^>]*#source-1-treaties[^>]*>1</a>, pp. 3-4", text)
    assert re.search(r"<footer>Somebody <span[^>]*>\[<a[^>]*#source-2-letters", text)


def test_links_to_acts_lead_to_their_rows_and_others_become_text(make):
    """An act of the casebook that decides nothing is listed too; one that nobody knows is only text."""
    dossier = make["dossier"](
        fast_facts=(Block(BlockKind.PARAGRAPH, "[known](#act-a), [told](#act-far), [lost](#act-nowhere)."),)
    )
    casebook = make["casebook"](dossiers=(dossier,), sources=make["sources"], acts=(make["act"]("far", "1900"),))
    text = site_files(casebook, {2: make["verdict"]((make["act"]("a"),))})[0]["myth/2/index.html"].decode()

    assert 'href="#act-a"' in text
    assert 'href="#act-far"' in text
    assert 'id="act-far"' in text
    assert "<span>lost</span>" in text


def test_pictures_are_copied_under_names_made_of_their_content(casebook, verdicts, tmp_path):
    """A picture is shown with its caption; one that is missing is told to the editor."""
    (tmp_path / "rome.png").write_bytes(PNG)
    files, warnings = site_files(casebook, verdicts, pictures=tmp_path)
    _, missing = site_files(casebook, verdicts, pictures=None)

    assert PNG in files.values()
    assert 'alt="A picture of Rome"' in files["myth/2/index.html"].decode()
    assert not any("rome.png" in line for line in warnings)
    assert any("rome.png" in line for line in missing)


def test_a_picture_outside_the_folder_is_not_read(make, tmp_path):
    """No path of a dossier leads out of its casebook."""
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "inner").mkdir()
    captions = (
        Block(BlockKind.CAPTION, "Stolen", image="../secret.png"),
        Block(BlockKind.CAPTION, "Root", image=str(tmp_path / "secret.png")),
    )
    casebook = make["casebook"](dossiers=(make["dossier"](detailed_facts=captions),))

    assert PNG not in site_files(casebook, {}, pictures=tmp_path / "inner")[0].values()


def test_without_an_address_the_site_still_works_and_says_what_is_missing(casebook, verdicts):
    """Links are relative; only what needs a full address is left out or warned of."""
    files, warnings = site_files(replace(casebook, base_url=""), verdicts)

    assert "sitemap.xml" not in files
    assert b"canonical" not in files["index.html"]
    assert any("base_url" in line for line in warnings)


@pytest.mark.parametrize(("numbers", "line"), [((None,), "has no number"), ((3, 3), "two dossiers have the number 3")])
def test_each_myth_needs_a_number_of_its_own(make, numbers, line):
    """Permanent addresses are made of numbers."""
    dossiers = tuple(make["dossier"](number) for number in numbers)
    with pytest.raises(CasebookError, match=line):
        site_files(make["casebook"](dossiers=dossiers), {})


def hostile(make, text):
    """A casebook with the same text in every field that an author can fill."""
    act = make["act"]("a", source=text, locator=text, summary=text, quote=text, reason=text, title=text)
    act = replace(act, id=text, actor=text, target=text, dataset=text, kind="treaty", place=text)
    verdict = make["verdict"](
        (act,), because=text, swing=(replace(act, id=text + "2"),), related=(replace(act, id=text + "3"),)
    )
    reading = replace(verdict.reading, subjects=(text,), objects=(text,), assumptions=(text,), text=text)
    block = Block(BlockKind.PARAGRAPH, text)
    dossier = make["dossier"](
        title=text,
        claim=text,
        essence=text,
        voicings=(
            Voicing(text, text, text, text, text),
            Voicing(text, "key", url=f"javascript:{text}", form="paraphrase"),
        ),
        reading_note=text,
        authors=(text,),
        fast_facts=(block,),
        detailed_facts=(block, Block(BlockKind.QUOTE, text, speaker=text), Block(BlockKind.CAPTION, text, image=text)),
        captions=(Block(BlockKind.CAPTION, text + " ", image=text),),
        language="en",
        sources=("key", text),
        published=text,
        corrections=({"date": text, "text": text},),
    )
    casebook = make["casebook"](
        title=text,
        description=text,
        language=text,
        licence=text,
        publisher_name=text,
        publisher_url=f"javascript:{text}",
        base_url=f"javascript:{text}",
        dossiers=(dossier,),
        acts=(act,),
        sources={"key": Source("key", text, authors=(text,), publisher=text, url=f"javascript:{text}", note=text)},
    )
    return casebook, {2: replace(verdict, reading=reading)}


def test_hostile_text_in_every_field_stays_text(make, walk):
    """No field of an author can open an element, an attribute, a script or a template."""
    files, _ = site_files(*hostile(make, NASTY))
    for name, text in pages(files).items():
        found = walk(text)

        assert found.wrong == [], name
        assert not [
            attrs for tag, attrs in found.tags if tag == "script" and attrs.get("type") != "application/ld+json"
        ]
        assert not [attribute for attribute in found.attributes if attribute.startswith("on")], name
        assert not [link for link in found.links if link.lower().startswith("javascript:")], name
        assert "\x00" not in text
        assert "{{ 7*7 }}" in text or name == "404.html"
    json.loads("".join(walk(files["myth/2/index.html"].decode()).scripts))
    ET.fromstring(files["feed.xml"])


@given(text=st.text(max_size=60))
def test_any_text_in_every_field_makes_a_well_formed_site(make, walk, text):
    """The same holds for whatever else an author may write."""
    for name, page in pages(site_files(*hostile(make, text))[0]).items():
        found = walk(page)

        assert found.wrong == [], name
        assert len(found.ids) == len(set(found.ids)), name


def test_a_long_list_of_acts_is_cut_and_the_rest_is_counted(make):
    """Ten thousand acts do not make a page that nobody can open."""
    related = [make["act"](f"r{at}", f"{1920 + at % 20}") for at in range(2000)]
    text = site_files(make["casebook"](dossiers=(make["dossier"](),)), {2: make["verdict"](related=related)})[0][
        "myth/2/index.html"
    ]

    assert b"1,800 more acts are not listed here" in text
    assert len(text) < 600_000
