"""Valla starts light: what an import and the help may load is pinned; how long they take is not measured here."""

import subprocess
import sys

import pytest

HEAVY = ("duckdb", "edtf", "ibis", "jinja2", "numpy", "pandas", "pyarrow", "pydantic", "torch", "yaml")
SHOWN = f"""
import sys
heavy = sorted(set({HEAVY!r}) & {{name.partition(".")[0] for name in sys.modules}})
print("loaded:", *heavy)
"""


def loaded(code: str) -> list[str]:
    """Return which heavy modules some code loads in a fresh process."""
    ran = subprocess.run([sys.executable, "-c", code + SHOWN], capture_output=True, text=True, check=True)
    return ran.stdout.rpartition("loaded:")[2].split()


def test_importing_valla_loads_nothing_heavy():
    """The public names load on first use."""
    assert not loaded("import valla; dir(valla)")


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["check", "--help"], ["record", "add", "--help"]])
def test_help_loads_nothing_heavy(args):
    """Commands import what they need when they run; Pydantic is Typer's own, which asks it what an option may be."""
    code = f"""
import sys
sys.argv = ["valla", *{args!r}]
from valla.cli import main
try:
    main()
except SystemExit as left:
    assert not left.code
"""
    assert not set(loaded(code)) - {"pydantic"}


def test_the_first_help_loads_not_even_that():
    """Where no option is looked at, Typer starts alone."""
    assert not loaded(
        "import sys; sys.argv = ['valla', '--help']; from valla.cli import app; app(standalone_mode=False)"
    )


def test_reading_a_claim_loads_no_database():
    """To read needs words, not records."""
    code = "from valla import read; read('Poland never had a pact with Germany')"

    assert not {"duckdb", "ibis", "pyarrow"} & set(loaded(code))


def test_the_module_runs_as_the_program():
    """`python -m valla` is `valla`."""
    ran = subprocess.run([sys.executable, "-m", "valla", "--version"], capture_output=True, text=True, check=True)

    assert ran.stdout.startswith("valla ")
