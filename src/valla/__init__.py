"""Valla sets the historical record straight: read a claim, check it, find where it is repeated, publish the answer.

The public names load on first use, so that `import valla` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from valla.casebook.folder import bundled, open_casebook
    from valla.casebook.model import Casebook
    from valla.casebook.records import open_records
    from valla.check.engine import check as check_reading
    from valla.check.model import Outcome, Verdict
    from valla.claims.model import Quantifier, Reading
    from valla.claims.reading import read
    from valla.dates import Span, parse
    from valla.dossier.manuscript.importer import import_manuscript
    from valla.errors import VallaError
    from valla.record.store import Record, record_of
    from valla.scan.find import Finder
    from valla.scan.library.model import Library
    from valla.scan.library.opening import open_library
    from valla.scan.model import Sighting
    from valla.scan.scanning import scan_text
    from valla.site.publish import publish
    from valla.version import VERSION

__all__ = [
    "VERSION",
    "Casebook",
    "Finder",
    "Library",
    "Outcome",
    "Quantifier",
    "Reading",
    "Record",
    "Sighting",
    "Span",
    "VallaError",
    "Verdict",
    "bundled",
    "check_reading",
    "import_manuscript",
    "open_casebook",
    "open_library",
    "open_records",
    "parse",
    "publish",
    "read",
    "record_of",
    "scan_text",
]

_HOMES = {
    "VERSION": "valla.version",
    "Casebook": "valla.casebook.model",
    "Finder": "valla.scan.find",
    "Library": "valla.scan.library.model",
    "Outcome": "valla.check.model",
    "Quantifier": "valla.claims.model",
    "Reading": "valla.claims.model",
    "Record": "valla.record.store",
    "Sighting": "valla.scan.model",
    "Span": "valla.dates",
    "VallaError": "valla.errors",
    "Verdict": "valla.check.model",
    "bundled": "valla.casebook.folder",
    "check_reading": "valla.check.engine",
    "import_manuscript": "valla.dossier.manuscript.importer",
    "open_casebook": "valla.casebook.folder",
    "open_library": "valla.scan.library.opening",
    "open_records": "valla.casebook.records",
    "parse": "valla.dates",
    "publish": "valla.site.publish",
    "read": "valla.claims.reading",
    "record_of": "valla.record.store",
    "scan_text": "valla.scan.scanning",
}

_CALLED = {
    "check_reading": "check"
}  # `valla.check` is the package: Python sets that name when anything in it is imported


def __getattr__(name: str) -> Any:
    """Load a public name from the module that owns it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'valla' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), _CALLED.get(name, name))


def __dir__() -> list[str]:
    """Name what is public."""
    return __all__
