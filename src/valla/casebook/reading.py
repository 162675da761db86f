"""How a dossier's claim is read: as its words say, or as its editor fixed it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from valla.actors.catalogue import catalogue
from valla.claims.model import Period, Reading
from valla.claims.reading import read
from valla.claims.serial import from_json
from valla.dates import Window
from valla.dossier.model import Dossier
from valla.errors import VallaError

__all__ = ["differences", "plain_reading", "reading_of"]


def plain_reading(dossier: Dossier) -> Reading | None:
    """Return the likeliest reading of a dossier's claim as it is worded; None where it has none or that cannot be read."""
    try:
        return read(dossier.claim)[0] if dossier.claim else None
    except VallaError:
        return None


def reading_of(dossier: Dossier) -> Reading | None:
    """Return the reading by which a dossier is checked: the one that its editor fixed, else the likeliest; None without a claim.

    A period that an editor fixed counts as named in the claim only where the claim does name it.

    Raises:
        ClaimError: if the claim cannot be read, or the reading is not as it must be.
    """
    if dossier.reading is None:
        return read(dossier.claim)[0] if dossier.claim else None
    fixed = from_json({**dossier.reading, "text": dossier.claim or dossier.title})
    return replace(fixed, period=_honest(fixed.period, plain_reading(dossier)))


def _honest(period: Period, plain: Reading | None) -> Period:
    """A period with its true origin."""
    if plain is not None and plain.period.window == period.window:
        return replace(period, origin=plain.period.origin, text=plain.period.text)
    return period if period.window == Window() else replace(period, origin="editor", text="")


def differences(fixed: Reading, plain: Reading | None) -> tuple[str, ...]:
    """Return in which parts a reading that an editor fixed is not what the claim says.

    Args:
        fixed: the editor's.
        plain: the claim's own; where there is none, everything is the editor's.
    """
    if plain is None:
        return ("claim",)
    parts = {
        "quantifier": (fixed.quantifier, plain.quantifier),
        "relation": (fixed.relation, plain.relation),
        "subjects": (_states(fixed.subjects), _states(plain.subjects)),
        "objects": (_states(fixed.objects), _states(plain.objects)),
        "period": (fixed.period.window, plain.period.window),
        "channel": (fixed.channel, plain.channel),
        "denied": (fixed.denied, plain.denied),
    }
    return tuple(name for name, (one, other) in parts.items() if one != other)


def _states(ids: Iterable[str] | None) -> frozenset[str] | None:
    """The states whose acts count: the USSR and Russia are one."""
    known = catalogue()
    return None if ids is None else frozenset(known.state_of(name).id if name in known.actors else name for name in ids)
