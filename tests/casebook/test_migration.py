"""An older casebook becomes one with two sheets, and nothing that it said is lost."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.casebook.folder import open_casebook
from valla.casebook.lint import lint
from valla.casebook.migration import migrate, migrated, relinked
from valla.errors import InputError, RecordError
from valla.record.schema import EDITED, FORMER, WITNESSED, Witness

COLUMNS = (*EDITED, *FORMER)
HEAD = 'id = "made-up"\ntitle = "Made up"\n'
words = st.sampled_from(["", "one", "another", 'a "quoted, word"', "two\nlines", " spaced "])
rows = st.lists(
    st.fixed_dictionaries(
        {
            **dict.fromkeys(COLUMNS, words),
            "id": st.sampled_from(["a", "a-b", "a-c", "a-b-b", "b", "b-z", "x"]),
            "actor": st.sampled_from(["germany", "russia"]),
            "target": st.just("poland"),
            "kind": st.sampled_from(["war", "treaty"]),
            "mutual": st.sampled_from(["", "true", "yes", "no"]),
            "date": st.sampled_from(["1939", "1939-09-01"]),
            "channel": st.sampled_from(["", "open", "unknown"]),
        }
    ),
    max_size=6,
    unique_by=lambda row: row["id"],
)


def text_of(found):
    """All that two sheets say, act by act: its own cells, and those of its witnesses."""
    said = {row["id"]: list(row.values()) for row in found.acts}
    for row in found.witnesses:
        said[row["act"]] += row.values()
    return {act: "\n".join(cells) for act, cells in said.items()}


@given(rows)
def test_every_cell_of_the_old_sheet_is_found_in_the_new_ones(old):
    """At its own act, or at the act that it became a witness of."""
    found = migrated(old)
    told = text_of(found)

    assert set(told) == {row["id"] for row in old} - set(found.renamed)
    for row in old:
        act = found.renamed.get(row["id"], row["id"])
        same = {"mutual", "channel"} if row["id"] in found.renamed else set()

        assert all(cell.strip() in told[act] for column, cell in row.items() if column not in same)


@given(rows)
def test_as_many_sources_as_before_are_witnesses(old):
    """Each row that named one has a witness of its own, and the act's own comes first."""
    found = migrated(old)
    first = {row["act"]: row["source"] for row in reversed(found.witnesses)}

    assert sorted(row["source"] for row in found.witnesses if row["source"]) == sorted(
        row["source"].strip() for row in old if row["source"].strip()
    )
    assert all(first[row["id"]] == row["source"].strip() for row in old if row["source"] and row["id"] in first)


@given(rows)
def test_what_was_parted_is_not_parted_again(old):
    """A second migration would change nothing."""
    once = migrated(old)
    again = migrated(once.acts)

    assert again.acts == once.acts
    assert not again.renamed


def row(name, **rest):
    """A row of an older sheet."""
    plain = {"actor": "germany", "target": "poland", "kind": "war", "date": "1939-09-01", "channel": "open"}
    return {**dict.fromkeys(COLUMNS, ""), "id": name, **plain, **rest}


def test_rows_that_state_the_same_act_are_joined():
    """Its second witness keeps what it says beside the first."""
    found = migrated([row("w", summary="War.", source="one"), row("w-b", summary="They fought.", source="two")])

    assert [act["id"] for act in found.acts] == ["w"]
    assert [(said["act"], said["source"], said["note"]) for said in found.witnesses] == [
        ("w", "one", ""),
        ("w", "two", "[id: w-b] They fought."),
    ]
    assert found.renamed == {"w-b": "w"}


def test_a_second_row_may_stand_before_the_first():
    """The order of rows does not matter: the act's own source is its first witness."""
    found = migrated([row("w-b", source="two"), row("w", source="one")])

    assert [said["source"] for said in found.witnesses] == ["one", "two"]


@pytest.mark.parametrize(
    "other",
    [row("w-b", date="1939-09-02"), row("w-b", target="france"), row("w-b", channel="secret"), row("w-2"), row("v-b")],
)
def test_another_act_stays_one(other):
    """Another day, another target, another channel, or an id that extends no other's."""
    assert not migrated([row("w"), other]).renamed


def test_links_lead_to_the_act_that_is_left():
    """Also those whose address is escaped; others stay as they are."""
    text = "[a](#act-w-b) [b](#act-w%2Db 'title') [c](#act-w-bb) [d](#act-w) [e]: #act-w-b"
    told = "[a](#act-w) [b](#act-w 'title') [c](#act-w-bb) [d](#act-w) [e]: #act-w"

    assert relinked(text, {"w-b": "w"}) == told


@pytest.fixture
def former(tmp_path):
    """Hand out an older casebook on disk: an act with two sources, and a dossier that links to both."""
    (tmp_path / "casebook.toml").write_text(HEAD, encoding="utf-8")
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows([row("w", source="one", locator="p. 1"), row("w-b", source="two", quote="War, at last")])
    (tmp_path / "acts.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    (tmp_path / "dossiers").mkdir()
    (tmp_path / "dossiers" / "1.md").write_bytes(
        b"---\nnumber: 1\ntitle: T\n---\n\n## Fast facts\r\n\r\n[One](#act-w), [two](#act-w-b).\n"
    )
    return tmp_path


def test_an_older_casebook_is_read_and_named_by_lint(former):
    """Each source is a witness of its row; lint says how to part them."""
    casebook = open_casebook(former)

    assert [act.witnesses for act in casebook.acts] == [
        (Witness("one", "p. 1"),),
        (Witness("two", "", "War, at last"),),
    ]
    assert casebook.former
    assert "sheets of acts that still carry sources: `valla lint --fix` parts them" in lint(casebook)


def test_a_folder_is_migrated_in_place(former):
    """Acts, witnesses and the links of dossiers; the lines of a dossier end as they did."""
    found = migrate(former)
    casebook = open_casebook(former)
    act = casebook.acts[0]

    assert found is not None
    assert found.renamed == {"w-b": "w"}
    assert len(casebook.acts) == 1
    assert act.witnesses == (Witness("one", "p. 1"), Witness("two", "", "War, at last", note="[id: w-b]"))
    assert b"facts\r\n\r\n[One](#act-w), [two](#act-w).\n" in (former / "dossiers" / "1.md").read_bytes()
    assert not casebook.former
    assert migrate(former) is None


def test_a_migration_that_was_stopped_goes_on(former):
    """The acts are written last: as long as they carry their sources, the same witnesses may stand beside them."""
    before = (former / "acts.csv").read_bytes()
    migrate(former)
    (former / "acts.csv").write_bytes(before)

    assert migrate(former) is not None
    assert len(open_casebook(former).acts) == 1


def test_witnesses_of_somebody_else_are_not_overwritten(former):
    """Which of the two sheets is right is for their editor to say."""
    (former / "witnesses.csv").write_text(",".join(WITNESSED) + "\nw,three,,,,\n", encoding="utf-8")
    with pytest.raises(RecordError, match="still carry their sources, and there are witnesses as well"):
        migrate(former)

    assert b"source" in (former / "acts.csv").read_bytes().splitlines()[0]


def test_nothing_is_written_where_one_file_cannot_be(former):
    """Whole or not at all: a folder where the witnesses belong leaves the acts as they were."""
    before = (former / "acts.csv").read_bytes()
    (former / "witnesses.csv").mkdir()
    with pytest.raises(InputError, match=r"witnesses\.csv"):
        migrate(former)

    assert (former / "acts.csv").read_bytes() == before
    assert sorted(path.name for path in former.iterdir()) == ["acts.csv", "casebook.toml", "dossiers", "witnesses.csv"]
