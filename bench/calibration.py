"""How far probabilities are from what comes true."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["expected_calibration_error"]


def expected_calibration_error(judged: Iterable[tuple[float, bool]], bins: int = 10) -> float:
    """Return the expected calibration error: bins of equal width, each weighted by how much falls into it.

    Guo et al. 2017, "On Calibration of Modern Neural Networks", equation 3.

    Args:
        judged: probabilities from 0 to 1, each with whether it came true.
        bins: how many.
    """
    sums = [(0, 0.0, 0)] * bins
    for probability, true in judged:
        place = min(int(probability * bins), bins - 1)
        count, said, came = sums[place]
        sums[place] = (count + 1, said + probability, came + true)
    total = sum(count for count, _, _ in sums)
    return sum(abs(said - came) for _, said, came in sums) / total if total else 0.0
