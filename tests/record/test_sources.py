"""The sources of a casebook: how they are cited, and what is refused."""

import pytest

from valla.errors import CasebookError, InputError
from valla.record.sources import Source, read_sources


def sources(tmp_path, text):
    """Read sources of that text."""
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    return read_sources(path)


@pytest.mark.parametrize(
    ("source", "cited"),
    [
        (Source("k", "Title"), "Title"),
        (
            Source("k", "Title", authors=("A", "B"), place="Leiden", publisher="Brill", year="1971"),
            "A, B, Title, Leiden: Brill, 1971",
        ),
        (Source("k", "Title", editors=("A",)), "A (ed.), Title"),
        (Source("k", "Title", authors=("A", "B", "C")), "A, B, C, Title"),
        (Source("k", "Title", authors=("A", "B", "C", "D")), "A et al., Title"),
        (Source("k", "Title", editors=("A", "B", "C", "D")), "A et al. (ed.), Title"),
        (Source("k", "Title", container="Journal", volume="3", year="2002"), "Title, in Journal, vol. 3, 2002"),
    ],
)
def test_what_is_known_is_cited_in_order(source, cited):
    """What is not known leaves no trace."""
    assert source.cited() == cited


def test_sources_are_read_as_text(tmp_path):
    """A year that YAML takes for a number is text again; one author need be no list."""
    found = sources(tmp_path, "key:\n  title: A Book\n  year: 1971\n  authors: One Author\n")

    assert found == {"key": Source("key", "A Book", authors=("One Author",), year="1971")}


@pytest.mark.parametrize(
    ("written", "read"),
    [("", None), ("\n  rests_on: []", ()), ("\n  rests_on:", None), ("\n  rests_on: [a, b]", ("a", "b"))],
)
def test_what_a_source_rests_on_is_declared_or_not(tmp_path, written, read):
    """An empty list says that it rests on none; nothing says nothing."""
    assert sources(tmp_path, f"key:\n  title: A Book{written}\n")["key"].rests_on == read


@pytest.mark.parametrize("year", ["1939-02-30", "1939-08-23", "010", "no", "1_000", "0x10", "12:30", "=", "<<"])
def test_what_yaml_would_make_something_else_of_stays_as_written(tmp_path, year):
    """A date is text, valid or not; `010` is not eight, and `no` is not false."""
    assert sources(tmp_path, f"key:\n  title: A Book\n  year: {year}\n")["key"].year == year


def test_keys_may_have_dots(tmp_path):
    """A key is not taken for the path of another."""
    assert set(sources(tmp_path, "a: {title: A}\na.title: {title: B}\n")) == {"a", "a.title"}


def test_a_casebook_without_the_file_has_none(tmp_path):
    """Its acts then show their keys."""
    assert read_sources(tmp_path / "sources.yaml") == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a\n- b\n", "the list of sources is no list of keys"),
        ("a: [", "the list of sources is not YAML"),
        ("a: {year: 1971}\n", "source 'a': a source has no title"),
        ("a: {title: A}\nb: {title: B}\na: {title: C}\n", r"sources.yaml:3: the key 'a' comes twice"),
        ("a:\n  title: A\n  title: B\n", r"sources.yaml:3: the key 'title' comes twice"),
        ("a: &x {title: A}\nb: *x\n", r"sources.yaml:2: an alias stands in the list of sources; found \*x"),
        ("a: {title: A, volume: 1.10}\n", r"sources.yaml:1, source 'a': volume: .*put it into quotation marks"),
        ("a: {title: A, year: {b: c}}\n", "year: cannot be this.*allowed: text"),
        ("a: " + "[" * 5000, r"sources.yaml:1: the list of sources is nested too deep"),
        ("a: " + "[" * 900 + "@", r"sources.yaml:1: the list of sources is nested too deep"),
        ("a: " + "{a: " * 5000, r"sources.yaml:1: the list of sources is nested too deep"),
        ("a: b\n- " + "- " * 5000, r"sources.yaml:2: the list of sources is not YAML"),
        ("- " * 5000, r"sources.yaml:1: the list of sources is nested too deep"),
        ("? " * 5000, r"sources.yaml:1: the list of sources is nested too deep"),
        ("".join(f"{' ' * depth}a:\n" for depth in range(2000)), r"sources.yaml:51: the list of sources is nested"),
        ("a: &x 1\nb: [*x, '", r"sources.yaml:2: an alias stands in the list of sources"),
        ("", "the list of sources is empty"),
        ("a: just text\n", "source 'a': a source has no title"),
        ("a: {title: A, autors: [B]}\n", "source 'a': unknown field 'autors'.*did you mean 'authors'"),
    ],
)
def test_a_fault_is_named_with_its_key(tmp_path, text, said):
    """And with what would do."""
    with pytest.raises(CasebookError, match=said):
        sources(tmp_path, text)


def test_a_file_that_is_not_text_is_refused(tmp_path):
    """Bytes that are no UTF-8 give one error."""
    path = tmp_path / "sources.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not text in UTF-8"):
        read_sources(path)


def test_a_list_that_is_too_long_is_refused(tmp_path):
    """Before it is read as YAML."""
    with pytest.raises(InputError, match="the list of sources is too long; allowed: at most 5,000,000 bytes"):
        sources(tmp_path, "#" * 5_000_001)


def test_no_object_is_made_of_yaml(tmp_path):
    """A tag that would run code is a fault like any other."""
    with pytest.raises(CasebookError, match="the list of sources is not YAML"):
        sources(tmp_path, "a: !!python/object/apply:os.system ['true']\n")
