"""Regular expressions matched step by step: how much work one is for an engine that goes back, whatever the machine.

A pattern is compiled as Python's own parser reads it, and run as R. Cox describes in "Regular Expression Matching: the Virtual Machine
Approach" (2009), going back as Python's engine does. That one takes several steps at once, but where the steps here grow with the
square of a text, so does its time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from re import _constants as sre  # the parser of a pattern has no public name
from re import _parser as parser
from typing import Any

__all__ = ["Matcher"]

Sign = Callable[[str], bool]
Seen = Callable[[str, int, int, Sign], bool]
Code = list[tuple[Any, ...]]
Slots = tuple[int, ...]
"""Where each group begins and ends, and where each loop was last begun; -1 where it was not."""

_ASCII_SPACES = frozenset(" \t\n\r\f\v")


def _variants(sign: str, flags: int) -> frozenset[str]:
    """Return what a character is the same as where capitals do not count."""
    if not flags & re.IGNORECASE:
        return frozenset({sign})
    known = {sign, sign.lower(), sign.upper(), sign.lower().upper(), sign.upper().lower()}
    return frozenset(one for one in known if len(one) == 1 and (one.isascii() or not flags & re.ASCII))


def _category(name: str, flags: int) -> Sign:
    is_ascii = bool(flags & re.ASCII)
    tests: dict[str, Sign] = {
        "DIGIT": lambda sign: sign.isdecimal() and (sign.isascii() or not is_ascii),
        "SPACE": lambda sign: sign in _ASCII_SPACES if is_ascii else sign.isspace(),
        "WORD": lambda sign: (sign.isalnum() or sign == "_") and (sign.isascii() or not is_ascii),
    }
    test = tests[name.removeprefix("CATEGORY_").removeprefix("NOT_")]
    return (lambda sign: not test(sign)) if "_NOT_" in name else test


def _class(items: list[Any], flags: int) -> Sign:
    """Return the test for a class of characters."""
    is_negated = items[0][0] is sre.NEGATE
    literals = {chr(value) for kind, value in items if kind is sre.LITERAL}
    ranges = [value for kind, value in items if kind is sre.RANGE]
    categories = [_category(str(value), flags) for kind, value in items if kind is sre.CATEGORY]

    def is_in(sign: str) -> bool:
        return (
            sign in literals
            or any(low <= ord(sign) <= high for low, high in ranges)
            or any(test(sign) for test in categories)
        )

    return cache(lambda sign: any(map(is_in, _variants(sign, flags) or (sign,))) is not is_negated)


def _sign(kind: Any, value: Any, flags: int) -> Sign | None:
    """Return the test for what matches one character; None for what is no such thing."""
    if kind in {sre.LITERAL, sre.NOT_LITERAL}:
        signs = _variants(chr(value), flags) | {chr(value)}
        return signs.__contains__ if kind is sre.LITERAL else lambda sign: sign not in signs
    if kind is sre.ANY:
        return (lambda _: True) if flags & re.DOTALL else "\n".__ne__
    return _class(value, flags) if kind is sre.IN else None


def _is_boundary(text: str, at: int, end: int, is_word: Sign) -> bool:
    return (at > 0 and is_word(text[at - 1])) is not (at < end and is_word(text[at]))


_PLACES: dict[str, Seen] = {
    "BEGINNING": lambda _text, at, _end, _is_word: at == 0,
    "BEGINNING_STRING": lambda _text, at, _end, _is_word: at == 0,
    "BEGINNING_LINE": lambda text, at, _end, _is_word: at == 0 or text[at - 1] == "\n",
    "END": lambda text, at, end, _is_word: at == end or (at == end - 1 and text[at] == "\n"),
    "END_STRING": lambda _text, at, end, _is_word: at == end,
    "END_LINE": lambda text, at, end, _is_word: at == end or text[at] == "\n",
    "BOUNDARY": _is_boundary,
    "NON_BOUNDARY": lambda *seen: not _is_boundary(*seen),
}
"""What may be asked of a place in a text, by the names that the parser has for it."""


class _Compiler:
    """Turns a parsed pattern into instructions.

    Args:
        slots: how many places are kept so far: two for each group, one for each loop.
    """

    def __init__(self, slots: list[int]) -> None:
        self.code: Code = []
        self._slots = slots

    def put(self, items: Any, flags: int) -> None:
        """Add the instructions for one thing after the other."""
        for kind, value in items:
            sign = _sign(kind, value, flags)
            if sign is None:
                getattr(self, f"_{str(kind).lower()}")(value, flags)
            else:
                self.code.append(("sign", sign))

    def whole(self, items: Any, flags: int) -> Code:
        """Return instructions that are run by themselves."""
        inner = _Compiler(self._slots)
        inner.put(items, flags)
        return [*inner.code, ("done",)]

    def _hole(self) -> int:
        self.code.append(())
        return len(self.code) - 1

    def _slot(self) -> int:
        self._slots[0] += 1
        return self._slots[0] - 1

    def _at(self, value: Any, flags: int) -> None:
        name = str(value).removeprefix("AT_")
        if name in {"BEGINNING", "END"} and flags & re.MULTILINE:
            name += "_LINE"
        self.code.append(("at", _PLACES[name], _category("WORD", flags)))

    def _subpattern(self, value: Any, flags: int) -> None:
        group, added, taken, items = value
        if group is not None:
            self.code.append(("save", 2 * group))
        self.put(items, (flags | added) & ~taken)
        if group is not None:
            self.code.append(("save", 2 * group + 1))

    def _branch(self, value: Any, flags: int) -> None:
        *others, last = value[1]
        ends = []
        for items in others:
            fork = self._hole()
            self.put(items, flags)
            ends.append(self._hole())
            self.code[fork] = ("fork", fork + 1, len(self.code))
        self.put(last, flags)
        for end in ends:
            self.code[end] = ("jump", len(self.code))

    def _max_repeat(self, value: Any, flags: int, *, is_greedy: bool = True) -> None:
        low, high, items = value
        for _ in range(low):
            self.put(items, flags)
        forks = [self._loop(items, flags)] if high is sre.MAXREPEAT else []
        for _ in range(high - low if not forks else 0):
            forks.append(self._hole())
            self.put(items, flags)
        for fork in forks:
            ways = (fork + 1, len(self.code))
            self.code[fork] = ("fork", *(ways if is_greedy else ways[::-1]))

    def _loop(self, items: Any, flags: int) -> int:
        fork, slot = self._hole(), self._slot()
        self.code.append(("save", slot))
        self.put(items, flags)
        # a turn that reads nothing is the last
        self.code.append(("turn", slot, fork))
        return fork

    def _min_repeat(self, value: Any, flags: int) -> None:
        self._max_repeat(value, flags, is_greedy=False)

    def _possessive_repeat(self, value: Any, flags: int) -> None:
        self._atomic_group([(sre.MAX_REPEAT, value)], flags)

    def _atomic_group(self, value: Any, flags: int) -> None:
        self.code.append(("atom", self.whole(value, flags)))

    def _assert(self, value: Any, flags: int, *, is_wanted: bool = True) -> None:
        direction, items = value
        back = items.getwidth()[0] if direction < 0 else 0
        self.code.append(("look", self.whole(items, flags), back, is_wanted))

    def _assert_not(self, value: Any, flags: int) -> None:
        self._assert(value, flags, is_wanted=False)

    def _groupref(self, value: Any, flags: int) -> None:
        self.code.append(("again", 2 * value, str.lower if flags & re.IGNORECASE else str))


@cache
def _program(pattern: re.Pattern[str]) -> tuple[Code, Slots]:
    parsed = parser.parse(pattern.pattern, pattern.flags)
    slots = [2 * (pattern.groups + 1)]
    code = _Compiler(slots).whole(parsed, parsed.state.flags)
    return code, (-1,) * slots[0]


class Matcher:
    """Matches expressions as Python does, and counts the instructions that this takes."""

    def __init__(self) -> None:
        self.steps = 0

    def spans(self, pattern: re.Pattern[str], how: str, text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield where an expression matches.

        Args:
            pattern: the expression.
            how: `match`, `fullmatch`, `search` or, for all that do not overlap, `finditer`.
            text: what it is looked for in.
            begin: where the search begins.
            end: where the text is taken to end.
        """
        code, slots = _program(pattern)
        at, last = begin, end if how in {"search", "finditer"} else begin
        least = at
        while at <= last:
            found = self._run(code, text, at, end, slots, end if how == "fullmatch" else max(at, least))
            if found is None:
                at += 1
                continue
            yield at, found[0]
            if how != "finditer":
                return
            # where nothing was read, something must be read next
            at, least = found[0], found[0] + (found[0] == at)

    def _run(self, code: Code, text: str, at: int, end: int, slots: Slots, least: int) -> tuple[int, Slots] | None:  # noqa: C901, PLR0912, PLR0917  one branch an instruction
        """Return where a match ends that begins at a place and ends no earlier than `least`, and what it has noted."""
        waiting: list[tuple[int, int, Slots]] = [(0, at, slots)]
        while waiting:
            step, at, slots = waiting.pop()
            while True:
                self.steps += 1
                kind, *rest = code[step]
                step += 1
                if kind == "sign":
                    if at >= end or not rest[0](text[at]):
                        break
                    at += 1
                elif kind == "fork":
                    step, other = rest
                    waiting.append((other, at, slots))
                elif kind == "jump":
                    step = rest[0]
                elif kind == "save":
                    slots = (*slots[: rest[0]], at, *slots[rest[0] + 1 :])
                elif kind == "turn":
                    step = rest[1] if at > slots[rest[0]] else step
                elif kind == "at":
                    if not rest[0](text, at, end, rest[1]):
                        break
                elif kind == "again":
                    first, stop = slots[rest[0]], slots[rest[0] + 1]
                    again = text[at : min(end, at + stop - first)]
                    if stop < 0 or rest[1](again) != rest[1](text[first:stop]):
                        break
                    self.steps += stop - first
                    at += stop - first
                elif kind == "atom":
                    found = self._run(rest[0], text, at, end, slots, at)
                    if found is None:
                        break
                    at, slots = found
                elif kind == "look":
                    inner, back, is_wanted = rest
                    found = self._run(inner, text, at - back, end, slots, at - back) if at >= back else None
                    if (found is not None) is not is_wanted:
                        break
                    slots = found[1] if found else slots
                elif at >= least:
                    return at, slots
                else:
                    break
        return None
