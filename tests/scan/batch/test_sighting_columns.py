"""Sightings as Arrow holds them."""

import subprocess
import sys

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from valla.scan.batch.arrow import COLUMNS, arrow_schema, record_batch

VALUES = {
    "string": st.text(),
    "int32": st.none() | st.integers(-(2**31), 2**31 - 1),
    "int64": st.integers(-(2**63), 2**63 - 1),
    "float64": st.floats(allow_nan=False),
}
ROWS = st.lists(st.fixed_dictionaries({name: VALUES[kind] for name, kind in COLUMNS.items()}), max_size=20)


@given(ROWS)
def test_the_buffers_hold_what_arrow_would_make_of_the_rows(rows: list[dict]) -> None:
    """Whole and in a valid form, null where there is no number."""
    batch = record_batch(rows)
    batch.validate(full=True)

    assert batch.equals(pa.RecordBatch.from_pylist(rows, arrow_schema()))


def test_a_lone_surrogate_becomes_one_character() -> None:
    """UTF-8 cannot hold it; what comes after it keeps its place."""
    row = dict.fromkeys(COLUMNS, "") | {"dossier": None, "start": 0, "end": 3, "probability": 0.5}

    assert record_batch([row | {"quotation": "a\ud800é"}])["quotation"].to_pylist() == ["a\ufffdé"]


def test_pandas_is_not_loaded() -> None:
    """It takes a fifth of a second to load, and nothing here needs it."""
    row = dict.fromkeys(COLUMNS, "x") | {"dossier": None, "start": 0, "end": 3, "probability": 0.5}
    told = f"import sys; from valla.scan.batch.arrow import record_batch; record_batch([{row!r}]); print('pandas' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True).stdout == "False\n"
