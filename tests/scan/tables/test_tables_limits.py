"""Limits of tables."""

import pytest

from valla.errors import InputError
from valla.scan.tables.limits import LIMITS, Limits, limits_from


def test_every_limit_can_be_set() -> None:
    """A setting of the limit's name, in capitals, sets it; thousands may be parted by underscores."""
    settings = {name: "1_234" for name, _ in LIMITS.as_settings()}

    assert limits_from(settings) == Limits(1234, 1234, 1234)
    assert limits_from({}) == LIMITS
    assert limits_from({}, Limits(1, 2, 3)) == Limits(1, 2, 3)


@pytest.mark.parametrize("value", ["", "0", "-1", "many", "1.5", "²"])
def test_a_limit_that_is_no_number_is_refused(value: str) -> None:
    """The setting is named."""
    with pytest.raises(InputError, match="VALLA_TABLE_MAX_ROW_BYTES: the setting is no number"):
        limits_from({"VALLA_TABLE_MAX_ROW_BYTES": value})
