"""JSON-LD as found in the wild."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valla.scan.library.jsonld import nodes, texts, types, values

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


def test_objects_are_found_however_deep_they_lie() -> None:
    """In the order of the text, without recursion."""
    deep: object = {"@id": "last"}
    for _ in range(100_000):
        deep = [deep]

    assert list(nodes([{"@id": "first", "in": {"@id": "second"}}, deep]))[1:] == [{"@id": "second"}, {"@id": "last"}]


@pytest.mark.parametrize(
    "name", ["Claim", "schema:Claim", "http://schema.org/Claim", "https://schema.org/Claim", "x#Claim"]
)
def test_a_prefix_of_a_type_counts_for_nothing(name: str) -> None:
    """Nor whether there are several types."""
    assert "Claim" in types({"@type": name})
    assert "Claim" in types({"@type": ["Thing", name, 1]})
    assert "Claim" in types({"type": name})


@pytest.mark.parametrize(
    "node",
    [
        {"text": "A"},
        {"text": ["A"]},
        {"text": {"@value": "A", "@language": "en"}},
        {"text": [{"@value": " A\n"}]},
        {"text": {"@list": ["A"]}},
        {"schema:text": "A"},
        {"http://schema.org/text": [{"@value": "A"}]},
        {"text": "<p>A</p>"},
        {"text": "&#65;"},
    ],
)
def test_a_text_is_read_in_every_form(node: dict) -> None:
    """Plain, in a list, as a value, under a prefix, with tags or entities."""
    assert list(texts(node, "text")) == ["A"]


def test_entities_are_decoded_even_twice() -> None:
    """As many systems encode them twice; a sign that is no tag stays."""
    assert list(texts({"text": "&amp;#8220;1 &lt; 2&amp;#8221;"}, "text")) == ["“1 < 2”"]


def test_another_property_is_not_mistaken_for_the_one_asked_for() -> None:
    """The prefix must end in a sign."""
    assert not values({"context": "A"}, "text")


@given(JSON, st.text(max_size=5))
def test_any_json_is_gone_through(data: object, name: str) -> None:
    """Whatever it says, objects have types and texts that are text."""
    for node in nodes(data):
        assert all(isinstance(found, str) for found in (*types(node), *texts(node, name)))


def test_many_open_tags_take_time_in_proportion() -> None:
    """A megabyte of them ends at once."""
    assert list(texts({"text": "<a" * 500_000}, "text")) == ["<a" * 500_000]
