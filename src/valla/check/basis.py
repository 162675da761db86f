"""What a verdict stands on, counted: acts, the witnesses who report them, and the works in which they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from valla.check.explain import counted
from valla.check.model import Robustness, Verdict
from valla.record.schema import Act

__all__ = ["Basis", "basis", "basis_of", "works_words"]


@dataclass(frozen=True, slots=True)
class Basis:
    """Acts, and apart from them who reports them; a second witness never adds an act.

    Args:
        acts: how many acts there are.
        witnesses: how many witnesses support them; None where not all acts were handed out.
        works: how many works these are; None likewise.
    """

    acts: int
    witnesses: int | None
    works: int | None

    def __str__(self) -> str:
        """Return it for a reader, as `26 acts, 39 witnesses, 15 works`; the acts alone where they have a witness each."""
        if not self.witnesses or self.works is None or self.witnesses <= self.acts:
            return counted(self.acts)
        return f"{counted(self.acts)}, {self.witnesses:,} witnesses, {_works(self.works)}"


def basis(acts: Sequence[Act], total: int) -> Basis:
    """Count acts and their witnesses.

    Args:
        acts: the acts that were handed out.
        total: how many there are in all.
    """
    distinct = {(act.dataset, act.id): act for act in acts}.values()
    if total > len(distinct):
        return Basis(total, None, None)
    said = [witness.source for act in distinct for witness in act.supporting if witness.source]
    return Basis(total, len(said), len(set(said)))


def basis_of(verdict: Verdict) -> Basis:
    """Count what decides a verdict; where nothing does, what may."""
    if verdict.deciding:
        return basis([item.act for item in verdict.deciding], verdict.n_deciding)
    return basis([item.act for item in verdict.swing], len(verdict.swing))


def works_words(found: Robustness) -> str:
    """Say how many works would have to be wrong for the verdict to fall; nothing where it rests on absence.

    That works are independent is said only where it is declared of each what it rests on.
    """
    if found.works is None:
        return ""
    if found.works == 1:
        return "1 work would have to be wrong for the verdict to fall."
    told = f"{_works(found.works)} would all have to be wrong for the verdict to fall."
    if found.independent is None:
        return told
    if found.independent == 1:
        return f"{told} They are declared to rest on one another, or on one and the same source."
    return f"{told} As far as is declared what each rests on, {found.independent:,} of them are independent."


def _works(number: int) -> str:
    return "1 work" if number == 1 else f"{number:,} works"
