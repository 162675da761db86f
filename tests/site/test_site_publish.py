"""From a casebook on disk to its site: what cannot be checked stops nothing, and drafts stay at home."""

import json

import pytest
from typer.testing import CliRunner

from valla.casebook.folder import open_casebook
from valla.cli.app import app
from valla.site.publish import publish, verdicts

ACTS = "id,title,actor,target,kind,date,channel,summary"
PACT = (
    "pact,Treaty of Friendship,russia,germany,alliance.nonaggression,1939-08-23/1941-06-21,open,They signed a treaty."
)
CLAIM = "The Soviet Union never had a non-aggression pact with Nazi Germany."


@pytest.fixture
def folder(tmp_path):
    """Hand out a casebook with one act that two sources report and one disputes."""
    (tmp_path / "casebook.toml").write_text('id = "made-up"\ntitle = "Made up"\n', encoding="utf-8")
    (tmp_path / "acts.csv").write_text(f"{ACTS}\n{PACT}\n", encoding="utf-8")
    rows = ["act,source,locator,quote,says,note", "pact,one,p. 1,,,", "pact,two,,They signed,,A gazette"]
    (tmp_path / "witnesses.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "sources.yaml").write_text("one: {title: First Book}\ntwo: {title: Second Book}\n", encoding="utf-8")
    (tmp_path / "dossiers").mkdir()
    return tmp_path


def dossier(folder, number, claim=CLAIM, status="published", head=""):
    """Write a dossier."""
    text = f"---\nnumber: {number}\ntitle: Myth {number}\nclaim: {claim}\nstatus: {status}\n{head}---\n\n## Essence\n\nE.\n"
    (folder / "dossiers" / f"{number}.md").write_text(text, encoding="utf-8")


def page(folder, number):
    """The text of a myth's page."""
    publish(open_casebook(folder), folder / "site")
    return (folder / "site" / "myth" / str(number) / "index.html").read_text(encoding="utf-8")


def test_one_claim_that_cannot_be_read_does_not_stop_the_site(folder):
    """Its page has no verdict, the other has its own, and a warning names the dossier."""
    dossier(folder, 1, "Poland betrayed the moon.")
    dossier(folder, 2)
    site = publish(open_casebook(folder), folder / "site")
    told = (folder / "site" / "myth" / "1" / "index.html").read_text(encoding="utf-8")

    assert "Not yet checked" in told
    assert "Refuted" in (folder / "site" / "myth" / "2" / "index.html").read_text(encoding="utf-8")
    assert any(line.startswith("dossier 1 has no verdict: ") for line in site.warnings)
    assert not (folder / "site" / "myth" / "1" / "verdict.json").exists()


def test_one_reading_that_is_none_does_not_stop_the_site(folder):
    """A head may hold anything."""
    dossier(folder, 1, head="reading: {quantifier: sometimes, relation: opposed, subjects: [poland]}\n")

    assert verdicts(open_casebook(folder)) == {}
    assert "Not yet checked" in page(folder, 1)


def test_the_command_warns_and_goes_on(folder):
    """On standard error, with the drafts that were left out; the site is written."""
    dossier(folder, 1, "Poland betrayed the moon.")
    dossier(folder, 3, status="draft")
    found = CliRunner().invoke(app, ["publish", str(folder), "-o", str(folder / "site")])

    assert found.exit_code == 0
    assert "dossier 1 has no verdict" in found.stderr
    assert "1 draft left out" in found.stderr
    assert "wrote" in found.stdout


def test_a_draft_is_not_even_checked(folder):
    """So that one whose claim cannot be read yet warns of nothing."""
    dossier(folder, 1, "Poland betrayed the moon.", status="draft")
    site = publish(open_casebook(folder), folder / "site")

    assert [line for line in site.warnings if "ClaimReview" not in line] == ["1 draft left out"]
    assert json.loads((folder / "site" / "claimreview.json").read_text(encoding="utf-8"))["dataFeedElement"] == []


def test_an_act_with_two_witnesses_is_one_act_everywhere(folder):
    """On the page, in its description, and in the data; both witnesses are shown."""
    dossier(folder, 2)
    told = page(folder, 2)
    data = json.loads((folder / "site" / "myth" / "2" / "verdict.json").read_text(encoding="utf-8"))

    assert "by 1 act, 2 witnesses, 2 works" in told
    assert "Refuted by 1 act, 2 witnesses, 2 works." in told.partition('name="description"')[2].partition(">")[0]
    assert "First Book" in told
    assert "Second Book" in told
    assert "They signed" in told
    assert "A gazette" in told
    assert (data["n_deciding"], data["basis"]) == (1, {"acts": 1, "witnesses": 2, "works": 2})
    assert [said["source"] for said in data["deciding"][0]["witnesses"]] == ["one", "two"]


def test_a_page_names_acts_by_title_and_actors_by_their_names_then(folder):
    """The treaty, and the USSR rather than Russia."""
    dossier(folder, 2)
    told = page(folder, 2)

    assert told.count("Treaty of Friendship") >= 4  # the timelines, the table and the list
    assert "the USSR and Germany" in told or "the USSR → Germany" in told
    assert "Russia" not in told.replace("Soviet Russia", "")


def test_editors_who_set_a_period_are_named_with_their_reason(folder):
    """The claim names no years, and the page never says that it did, whatever the head says."""
    reading = (
        "reading: {quantifier: never, relation: nonaggression, subjects: [ussr], objects: [nazi-germany], period: "
    )
    dossier(folder, 2, head=f"{reading}1933/1939}}\nreading_note: The desk, since the myth is told of peace.\n")
    dossier(folder, 3, head=f"{reading}{{window: 1933/1939, origin: text}}}}\n")

    assert "set by the editors: The desk, since the myth is told of peace." in page(folder, 2)
    assert "named in the claim" not in page(folder, 2)
    assert "set by the editors" in page(folder, 3)
    assert "named in the claim" not in page(folder, 3)


def test_a_period_that_the_claim_names_is_its_own(folder):
    """Though editors wrote it down as well."""
    reading = "reading: {quantifier: never, relation: nonaggression, subjects: [ussr], objects: [germany], period: 1933/1938}\n"
    dossier(
        folder,
        2,
        claim="The Soviet Union never had a non-aggression pact with Germany from 1933 to 1938.",
        head=reading,
    )

    assert "named in the claim" in page(folder, 2)


def test_only_a_quotation_with_a_source_is_printed_as_one(folder):
    """A paraphrase is called one, and what nobody is known to have said stands without marks."""
    voicings = (
        "voicings:\n  - {text: Said so, source: one}\n  - {text: Meant so, source: two, form: paraphrase}\n"
        "  - {text: Rumoured so}\n"
    )
    dossier(folder, 2, head=voicings)
    told = page(folder, 2)

    assert "“Said so”" in told
    assert "<em>In our words:</em> Meant so" in told
    assert "“Meant so”" not in told
    assert "<p>Rumoured so</p>" in told
    assert told.count("<blockquote") == 1
