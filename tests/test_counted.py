"""Counting work: the same each time, in proportion where the work is, by the square where it is that."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counted import MOST_GROWTH, TIMES, counted_module, growth, rewritten, work
from regex_steps import Matcher
from valla.scan.text import spans

CHARS = 200
BY_THE_SQUARE = TIMES**2 / 2
"""Work by the square is sixteen times as much; where as much work again is in proportion, it is half way there."""

IN_PROPORTION = {
    "a loop": "for sign in text: len(text)",
    "slices of one length": "for at in range(len(text)): text[at : at + 9]",
    "a search that goes on": "at = 0\n    while (at := text.find('a', at) + 1): pass",
    "matches one after the other": "for found in re.finditer('a+?', text): found.group()",
    "an expression that does not go back": "re.search(r'a++b', text[:1] * 9 + 'b'), re.sub(r'a++', '', text)",
    "a list that grows": "found = []\n    for sign in text: found.append(sign)\n    ''.join(found)",
    "a set that is looked up": "known = set(text)\n    [sign for sign in text if sign in known]",
    "a comprehension": "sum(ord(sign) for sign in text)",
}
BY_SQUARE = {
    "a loop in a loop": "for sign in text:\n        for other in text: pass",
    "slices to the end": "while text: text = text[1:]",
    "a search that begins anew": "for _ in text: text.find('b')",
    "a search from behind": "for at in range(len(text)): text.rfind('b', 0, at)",
    "an expression that goes back": "re.search(r'a+b', text)",
    "an expression that looks for an end": "re.search(r'a+$', text + 'b')",
    "an expression with two ways": "re.fullmatch(r'(?:a|aa)*?a*b', text[:14])\n    re.sub(r'a*b', '', text)",
    "matches that look ahead": "[found for found in re.compile('(?=a*b|a)a').finditer(text)]",
    "a substitution": "re.sub(r'(a*)b', r'\\\\1', text)",
    "a list that is looked through": "seen = []\n    for at in range(len(text)):\n        if at not in seen: seen.append(at)",
    "a list that loses its head": "rest = list(text)\n    while rest: rest.pop(0)",
    "a text that grows": "grown = ''\n    for sign in text: grown += sign",
    "a sum of lists": "grown = []\n    for sign in text: grown = grown + [sign]",
    "formatted anew": "grown = ''\n    for sign in text: grown = f'{grown}{sign}'",
    "a comprehension in a loop": "for _ in text: any(sign == 'b' for sign in text)",
    "a function of Python in a loop": "for _ in text: max(text), sorted(text), text.lower()",
    "functions handed on": "list(map(text.count, text))",
}
SIGNS = "aAbß1_ .\n"
PATTERNS = st.recursive(
    st.sampled_from(["a", "b", ".", r"\w", r"\s", r"\b", "^", "$", "[^a]", "[a-b1]", r"\D", "(?=a)", "(?<!b)", r"\Z", ""]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+?", "?", "{1,2}", "*+", "{2}", "??"])).map(
            lambda two: f"(?:{two[0]}){two[1]}"
        ),
        inner.map(lambda one: f"({one})"),
        inner.map(lambda one: f"(?>{one})"),
        inner.map(lambda one: f"(?!{one})"),
    ),
    max_leaves=6,
).flatmap(lambda one: st.sampled_from([one, f"(a|b)(?:{one})\\1"]))  # fmt: skip


def made(body: str):
    """Return a function of a text that counts its work."""
    return rewritten(f"import re\ndef function(text):\n    {body}\n")["function"]


@pytest.mark.parametrize("body", IN_PROPORTION.values(), ids=IN_PROPORTION)
def test_what_is_in_proportion_is_seen_to_be(body):
    """Four times the text, four times the work."""
    assert TIMES / 2 < growth(made(body), "a".__mul__, CHARS) < MOST_GROWTH


@pytest.mark.parametrize("body", BY_SQUARE.values(), ids=BY_SQUARE)
def test_what_goes_by_the_square_is_seen_to_do(body):
    """Even where functions of Python itself do it, in which no loop is to be seen."""
    assert growth(made(body), "a".__mul__, CHARS) > BY_THE_SQUARE


@given(PATTERNS, st.text(SIGNS, max_size=12), st.sampled_from([0, re.IGNORECASE, re.ASCII, re.DOTALL | re.MULTILINE]))
def test_expressions_match_as_those_of_python_do(pattern, text, flags):
    """Whatever the pattern: the steps are those of a search that finds the same."""
    expression = re.compile(pattern, flags)
    for how in ("match", "fullmatch", "search"):
        found = getattr(expression, how)(text)
        assert list(Matcher().spans(expression, how, text, 0, len(text))) == ([found.span()] if found else [])
    for begin, end in pairwise([0, len(text) // 2, len(text)]):
        found = [match.span() for match in expression.finditer(text, begin, end)]
        assert list(Matcher().spans(expression, "finditer", text, begin, end)) == found


def test_a_search_that_explodes_is_counted():
    """Nested repetitions double the steps with each character."""
    matcher, expression = Matcher(), re.compile("(?:a+)+b")
    counts = []
    for size in (8, 9, 10):
        before = matcher.steps
        assert not list(matcher.spans(expression, "match", "a" * size, 0, size))
        counts.append(matcher.steps - before)

    assert [round(after / before, 1) for before, after in pairwise(counts)] == [2.0, 2.0]


@given(st.text())
def test_a_module_that_counts_does_what_the_other_does(text):
    """And counts the same each time."""
    module = counted_module("valla.scan.text")

    assert module.spans(text) == spans(text)
    assert work(module.spans, text) == work(module.spans, text)
    assert module.spans is not spans
