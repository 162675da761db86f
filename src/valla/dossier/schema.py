"""What the head of a dossier may say, checked with one line a fault."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from valla.errors import CasebookError, nearest
from valla.plain_yaml import Plain

__all__ = ["CorrectionFields", "Fields", "VoicingFields", "checked"]

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "tuple_type": "a list",
    "dict_type": "keys and values",
    "model_type": "keys and values, as in {text: ...}",
    "missing": "a value",
    "greater_than_equal": "a number from 0 on",
    "string_too_short": "some words",
    "too_short": "some words",
}


def _text(value: Any) -> Any:
    """A whole number as the text it was; nothing as empty text. A decimal is refused: `1939.10` would lose its zero."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _listed(value: Any) -> Any:
    return () if value is None else value


Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class VoicingFields(_Strict):
    """A voicing as the head writes it."""

    text: Text
    source: Text = ""
    locator: Text = ""
    date: Text = ""
    url: Text = ""
    form: Literal["quotation", "paraphrase"] = "quotation"


class CorrectionFields(_Strict):
    """A correction as the head writes it: what was corrected, and on which day."""

    date: Text = ""
    text: Annotated[Text, Field(min_length=1)]


class Fields(_Strict):
    """The keys of a dossier's head."""

    number: Annotated[int, Field(ge=0)] | None = None
    title: Text
    claim: Text = ""
    reading: dict[str, Any] | None = None
    reading_note: Text = ""
    voicings: Annotated[tuple[VoicingFields, ...], BeforeValidator(_listed)] = ()
    authors: Texts = ()
    language: Text = "en"
    status: Literal["draft", "reviewed", "published", "corrected"] = "draft"
    published: Text = ""
    sources: Texts = ()
    corrections: Annotated[tuple[CorrectionFields, ...], BeforeValidator(_listed)] = ()
    warnings: Texts = ()


def _place(path: tuple[int | str, ...], head: Plain, where: str) -> str:
    """The file and line of a key, or of the nearest one above it."""
    for end in range(len(path), 0, -1):
        line = head.lines.get(".".join(map(str, path[:end])))
        if line:
            return f"{where}:{line}"
    return f"{where}:1"


def _allowed(path: tuple[int | str, ...]) -> list[str]:
    parts: dict[int | str, type[BaseModel]] = {"voicings": VoicingFields, "corrections": CorrectionFields}
    fields = parts.get(path[0], Fields) if len(path) > 1 else Fields
    return sorted(fields.model_fields)


def _unknown(path: tuple[int | str, ...], head: Plain, where: str) -> CasebookError:
    key, allowed = str(path[-1]), _allowed(path)
    near = nearest(key, allowed)
    repair = f"did you mean {near!r}?" if near else None
    if key == "essence":
        repair = "write it in the text, under '## Essence'"
    return CasebookError(
        f"no key is called {key!r}", where=_place(path, head, where), allowed=", ".join(allowed), repair=repair
    )


def _fault(error: ValidationError, head: Plain, where: str) -> CasebookError:
    faults = error.errors(include_url=False, include_context=True)
    # a mistyped key shows as one missing and one too many: the second of these says more
    first = next((fault for fault in faults if fault["type"] == "extra_forbidden"), faults[0])
    path, kind = tuple(first["loc"]), first["type"]
    if kind == "extra_forbidden":
        return _unknown(path, head, where)
    key = ".".join(map(str, path))
    if kind == "missing":
        return CasebookError(
            f"{key}: is missing", where=_place(path[:-1] or path, head, where), repair=f"add a line '{path[-1]}: ...'"
        )
    allowed = first.get("ctx", {}).get("expected") or _EXPECTED.get(kind, first["msg"])
    repair = (
        "put it into quotation marks" if kind == "string_type" and isinstance(first["input"], float | bool) else None
    )
    found = repr(first["input"])[:60]
    return CasebookError(
        f"{key}: cannot be this", where=_place(path, head, where), found=found, allowed=allowed, repair=repair
    )


def checked(head: Plain, where: str) -> Fields:
    """Return the fields of a head.

    Args:
        head: its keys and values.
        where: the file's name.

    Raises:
        CasebookError: if a key is unknown or missing, or a value is not of its kind.
    """
    try:
        return Fields.model_validate(head.values)
    except ValidationError as error:
        raise _fault(error, head, where) from None
