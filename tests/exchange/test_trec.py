"""Forms of shared tasks."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.errors import InputError
from valla.exchange.trec import Query, evaluate, read_qrels, read_queries, read_run, write_run

WORD = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=6)
SCORE = st.floats(-1e6, 1e6, allow_nan=False)
RANKING = st.dictionaries(WORD, SCORE, max_size=6).map(
    lambda found: dict(sorted(found.items(), key=lambda one: -one[1]))
)
CHECKED = re.compile(r"-?\d+(\.\d+)?")  # what CheckThat!'s format checker takes for a score


@given(st.dictionaries(WORD, RANKING, max_size=4), WORD)
def test_a_run_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, run: dict, tag: str) -> None:
    """Queries, claims and their order come back, equal scores told apart; scores are near what they were."""
    path = tmp_path_factory.mktemp("run") / "run.tsv"
    write_run(path, run, tag)
    found = read_run(path)

    assert {query: list(claims) for query, claims in found.items()} == {
        query: list(run[query]) for query in run if run[query]
    }
    for query, claims in found.items():
        scores = list(claims.values())
        assert all(one > other for one, other in pairwise(scores))
        assert scores == pytest.approx(list(run[query].values()), abs=1e-5 * max(1, *map(abs, scores)))
    for line in path.read_text().splitlines():
        assert CHECKED.fullmatch(line.split("\t")[4])


@given(st.dictionaries(WORD, RANKING.filter(bool), min_size=1, max_size=4))
def test_what_comes_first_is_judged_first(tmp_path_factory: pytest.TempPathFactory, run: dict) -> None:
    """The first claim of each query is what MAP@1 sees, whatever the scores and ids are."""
    path = tmp_path_factory.mktemp("run") / "run.tsv"
    write_run(path, run, "test")

    assert evaluate(read_run(path), {query: {next(iter(claims)): 1} for query, claims in run.items()}).map1 == 1


def test_a_run_has_the_columns_of_trec(tmp_path: Path) -> None:
    """Between tabs, with ranks from 1, no exponents."""
    write_run(tmp_path / "run", {"q1": {"c2": 0.75, "c1": 1e-7, "c3": 1e-7}}, "valla")

    assert (tmp_path / "run").read_text() == (
        "q1\tQ0\tc2\t1\t0.75\tvalla\nq1\tQ0\tc1\t2\t0.00000010000\tvalla\nq1\tQ0\tc3\t3\t0.00000009999\tvalla\n"
    )


@pytest.mark.parametrize(
    ("run", "tag", "told"),
    [
        ({"q 1": {"c": 1.0}}, "t", "the id of the query must be one word; found 'q 1'; replace its blanks"),
        ({"q": {"c\t1": 1.0}}, "t", r"the id of the claim must be one word; found 'c\\t1'"),
        (
            {"q": {"c\ud800": 1.0}},
            "t",
            r"the id of the claim cannot be written; found half of a character in 'c\\ud800'",
        ),
        ({"q\udfff": {"c": 1.0}}, "t", "the id of the query cannot be written"),
        ({"q": {"c": 1.0}}, "t\ud800", "the tag of the run cannot be written"),
        ({"q": {"": 1.0}}, "t", "the id of the claim must be one word; found ''"),
        ({"q": {"c": 1.0}}, "my run", "the tag of the run must be one word"),
        ({"q": {"c": float("nan")}}, "t", "a score must be a number, and no greater"),
        ({"q": {"c": 1.0, "d": 2.0}}, "t", "no greater than the one before; found 2.0 for 'd', query 'q'"),
    ],
)
def test_a_run_that_no_scorer_could_read_is_not_written(tmp_path: Path, run: dict, tag: str, told: str) -> None:
    """One line says why; no file is left."""
    with pytest.raises(InputError, match=told):
        write_run(tmp_path / "run", run, tag)
    assert not list(tmp_path.iterdir())


def test_queries_are_id_and_text(tmp_path: Path) -> None:
    """Quotation as in CSV is undone; a header is skipped where there is one; blank lines count for nothing."""
    path = tmp_path / "queries.txt"
    path.write_bytes(b'\xef\xbb\xbfq1\tplain "words"\r\n\r\nq2\t"a ""quoted"" one\nin two lines"\r\n')

    assert read_queries(path) == (Query("q1", 'plain "words"'), Query("q2", 'a "quoted" one\nin two lines'))
    assert [query.id for query in read_queries(path, header=True)] == ["q2"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "there are no queries"),
        ("q1\n", ":1: the line is no query; found 1 cells where there should be 2; allowed: an id, a tab and a text"),
        ("q1\ta\tb\n", ":1: the line is no query; found 3 cells"),
        ("q1\ta\nq2\n", ":2: the line is no query; found 1 cells where there should be 2"),
        ('q1\t"They said\nthis\nq2\tpact\n', ":2: the line is no query; found 1 cells where there should be 2"),
        ("q 1\ta\n", ":1: the id of the query must be one word; found 'q 1'"),
        ("\ta\n", ":1: the query has no id; a row of names is passed over with --header"),
        ("q1\ta\nq1\tb\n", ":2: two queries have the id 'q1'; give each its own"),
    ],
)
def test_queries_that_are_none_are_refused(tmp_path: Path, text: str, told: str) -> None:
    """The line is named."""
    path = tmp_path / "queries.tsv"
    path.write_text(text)

    with pytest.raises(InputError, match=told):
        read_queries(path)


@pytest.mark.parametrize("before", ["", "q0\tplain\n"])
@pytest.mark.parametrize(
    ("line", "text"),
    [
        ('q1\t"Fake news" says he', '"Fake news" says he'),
        ('q1\t"They said', '"They said'),
        ('q1\tthey "said', 'they "said'),
        ('q1\tthey said"', 'they said"'),
        ('q1\t"They ""said"" it"', 'They "said" it'),
        ('q1\t"They "said" it"', '"They "said" it"'),
        ('q1\t""', ""),
    ],
)
def test_a_query_is_read_alike_in_whatever_row_it_stands(tmp_path: Path, before: str, line: str, text: str) -> None:
    """Marks of a tweet never refuse the file, first row or not, and never swallow the query after it."""
    path = tmp_path / "queries.tsv"
    for after in ('q2\tpact"\n', "q2\tpact\n"):
        path.write_text(f"{before}{line}\n{after}")

        assert read_queries(path, header=bool(before)) == (Query("q1", text), Query("q2", after[3:-1]))


@given(st.lists(st.text(st.sampled_from('ab" ,'), max_size=6).map(str.strip), min_size=1, max_size=6))
def test_each_line_with_a_tab_is_a_query(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """However many quotation marks there are, there are as many queries as lines."""
    path = tmp_path_factory.mktemp("queries") / "queries.tsv"
    path.write_text("".join(f"{number}\t{text}\n" for number, text in enumerate(texts)))

    assert [query.id for query in read_queries(path)] == [str(number) for number in range(len(texts))]


def test_a_header_alone_is_no_query(tmp_path: Path) -> None:
    """It is said that there are none."""
    path = tmp_path / "queries.tsv"
    path.write_text("id\ttext\n")

    with pytest.raises(InputError, match="there are no queries"):
        read_queries(path, header=True)


@pytest.mark.parametrize("blank", [" ", "\t", " \t  "])
def test_judgements_are_read_between_tabs_or_spaces(tmp_path: Path, blank: str) -> None:
    """A judgement that is written twice counts once."""
    path = tmp_path / "qrels"
    path.write_text("q1 0 c1 1".replace(" ", blank) + "\r\n\n" + 2 * ("q1 0 c2 0".replace(" ", blank) + "\n"))

    assert read_qrels(path) == {"q1": {"c1": 1, "c2": 0}}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "there are no judgements"),
        ("q 0 c\n", ":1: the line has the wrong number of words; found 3; allowed: query 0 claim relevance"),
        ("q 0 c yes\n", ":1: the relevance is no whole number; found 'yes'"),
        ("q 0 c \u0661\n", ":1: the relevance is no whole number"),
        ("q 0 c 1_0\n", ":1: the relevance is no whole number; found '1_0'; allowed: 0, 1 ..."),
        ("q 0 c 1\nq 0 c 0\n", ":2: the claim 'c' is judged in two ways for the query 'q'"),
    ],
)
def test_judgements_that_are_none_are_refused(tmp_path: Path, text: str, told: str) -> None:
    """The line is named."""
    path = tmp_path / "qrels"
    path.write_text(text)

    with pytest.raises(InputError, match=told):
        read_qrels(path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "q Q0 c 1 0.5\n",
            ":1: the line has the wrong number of words; found 5; allowed: query Q0 claim rank score tag",
        ),
        ("q Q0 c 1 high t\n", ":1: the score is no number; found 'high'"),
        ("q Q0 c 1 1_0 t\n", ":1: the score is no number; found '1_0'; allowed: such as 12, 0.5, 1e-3"),
        ("q Q0 c 1 1e999 t\n", ":1: the score is no number; found '1e999'"),
        ("q Q0 c 1 \u0661 t\n", ":1: the score is no number; found '\u0661'"),
        ("q Q0 c x 1.0 t\n", ":1: the rank is no whole number; found 'x'; allowed: 0, 1 ..."),
        ("q Q0 c 1.5 1.0 t\n", ":1: the rank is no whole number; found '1.5'"),
        ("q Q0 c 1 inf t\n", ":1: the score is no number; found 'inf'"),
        ("q Q0 c 1 1 t\nq Q0 c 2 0.5 t\n", ":2: the claim 'c' is given twice for the query 'q'"),
    ],
)
def test_a_run_that_is_none_is_refused(tmp_path: Path, text: str, told: str) -> None:
    """The line is named."""
    path = tmp_path / "run"
    path.write_text(text)

    with pytest.raises(InputError, match=told):
        read_run(path)


@given(st.binary(max_size=200))
def test_any_bytes_give_a_result_or_one_line(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Nothing else ever comes of a file that a user names."""
    path = tmp_path_factory.mktemp("any") / "any.tsv"
    path.write_bytes(data)
    for read in (read_queries, read_run, read_qrels):
        try:
            read(path)
        except InputError as error:
            told = str(error)
            assert "\n" not in told


def test_the_queries_and_judgements_of_checkthat_are_read(shared: Path) -> None:
    """Every judged query is there, and a run of what was judged relevant is perfect."""
    folder = shared / "data" / "checkthat2020" / "dev"
    queries = read_queries(folder / "tweets.queries.tsv", header=True)
    qrels = read_qrels(folder / "tweet-vclaim-pairs.qrels")

    assert len(queries) == len(qrels) == 197
    assert {query.id for query in queries} == qrels.keys()
    assert evaluate({query: dict.fromkeys(judged, 1.0) for query, judged in qrels.items()}, qrels).map5 == 1
    assert not any(query.text.startswith('"') and query.text.endswith('"') for query in queries)
