"""JSON and TOML: what is wrong with a text is one error, whatever the parser makes of it."""

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.errors import InputError
from valla.plain_data import MAX_LEVELS, parse_json, parse_toml

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
DIGITS = "9" * 20_000


@given(VALUES)
def test_json_is_read_as_it_was_written(value):
    """Every value comes back, lone surrogates too, from text and from bytes."""
    text = json.dumps(value)

    assert parse_json(text) == parse_json(text.encode()) == value


@given(st.text(max_size=20) | st.text('[]{}",:01eE.-tnu \n\\', max_size=20))
def test_what_python_takes_for_json_is_json_and_all_else_one_error(text):
    """No other exception leaves it, and the message is one line that holds nothing of Python."""
    try:
        expected = json.loads(text)
    except ValueError:
        with pytest.raises(InputError, match=r"^no JSON: .* at (line \d+, )?character \d+$"):
            parse_json(text)
    else:
        assert repr(parse_json(text)) == repr(expected)  # not a number is not itself


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no JSON: Expecting value at character 1"),
        ("[1,\n2", "no JSON: Expecting ',' delimiter at line 2, character 2"),
        ('"', "no JSON: Unterminated string starting at character 1"),
        ('{"a": "b\nc"}', "no JSON: Invalid control character at line 1, character 9"),
        (b"\xff", "no JSON: it is not text in UTF-8"),
        ("[" * 100_000, "the JSON is nested too deep; allowed: at most 100 levels"),
        ('{"a":' * 100_000, "the JSON is nested too deep; allowed: at most 100 levels"),
        ("[" * 101 + "]" * 101, "the JSON is nested too deep; allowed: at most 100 levels"),
        ('[{"a":' * 51 + "1" + "}]" * 51, "the JSON is nested too deep; allowed: at most 100 levels"),
        (f"[{DIGITS}]", "the JSON holds a number of too many digits; allowed: at most 4,300"),
        (f'{{"a": -{DIGITS}}}', "the JSON holds a number of too many digits; allowed: at most 4,300"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_wrong_with_json_is_told_in_one_line(text, told):
    """Python's own parser ends in three sorts of exceptions, or in none."""
    with pytest.raises(InputError) as caught:
        parse_json(text)

    assert str(caught.value) == told


@pytest.mark.parametrize("text", ["[" * 100 + "]" * 100, "[[],[]," * 49 + "[]" + "]" * 49, f'"{"[" * 1000}"'])
def test_json_may_be_nested_so_deep(text):
    """Brackets side by side, or within a text, do not count."""
    assert parse_json(text) == json.loads(text)


def test_control_characters_are_let_pass_where_they_may():
    """As in old pages."""
    assert parse_json('"a\nb"', strict=False) == "a\nb"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a =", "no TOML: Invalid value"),
        ("a = 1\na = 2", "no TOML: Cannot overwrite a value"),
        ('a = "\\ud800"', "no TOML: Escaped character is not a Unicode scalar value"),
        ("a = 1999-02-30", "no TOML: Invalid date or datetime"),
        ("a = " + "[" * 100_000, "the TOML is nested too deep; allowed: at most 100 levels"),
        ("a = " + "{a=" * 100_000, "the TOML is nested too deep; allowed: at most 100 levels"),
        ("a = " + "[" * 100 + "]" * 100, "the TOML is nested too deep; allowed: at most 100 levels"),
        (".".join("a" * 101) + " = 1", "the TOML is nested too deep; allowed: at most 100 levels"),
        ("[" + ' . "b c" . '.join("a" * 60) + "]", "the TOML is nested too deep; allowed: at most 100 levels"),
        ("x = {" + ".".join("a" * 400_000) + " = 1}", "the TOML is nested too deep; allowed: at most 100 levels"),
        (f"a = {DIGITS}", "the TOML holds a number that is too large; allowed: at most 64 bits"),
        (f"a = [{{b = 0x{DIGITS}}}]", "the TOML holds a number that is too large"),
        ("a = 9223372036854775808", "the TOML holds a number that is too large"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_wrong_with_toml_is_told_in_one_line(text, told):
    """Python's own parser ends in three sorts of exceptions, or in none."""
    with pytest.raises(InputError) as caught:
        parse_toml(text)

    assert str(caught.value).startswith(told)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 99 + "]" * 99,
        ".".join("a" * MAX_LEVELS) + " = 1",
        "a = -9223372036854775808\nb = 9223372036854775807\nc = true",
        'a = "' + "word." * 1000 + '"',
        "\n".join(f"[a.b{number}]" for number in range(200)),
    ],
    ids=lambda value: value[:20],
)
def test_toml_may_be_nested_so_deep_and_numbers_be_so_large(text):
    """What TOML 1.0 promises is kept."""
    assert parse_toml(text) == tomllib.loads(text)
