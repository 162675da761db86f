"""What is done with a task, in whichever process: read, match, write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from valla.errors import VallaError
from valla.scan.batch.model import Job, Matcher, Summary, Task
from valla.scan.batch.parts import PartWriter
from valla.scan.documents.model import Block, Problem
from valla.scan.model import Sighting

__all__ = ["BATCH_CHARACTERS", "batches", "reason_of", "scan_task"]

BATCH_CHARACTERS = 2_000_000
"""A matcher is given about so many characters at once: enough to make up for the cost of a call, and still little memory."""

_MAX_BLOCKS = 20_000


def batches(blocks: Iterable[Block], characters: int = BATCH_CHARACTERS) -> Iterator[list[Block]]:
    """Group blocks, in their order.

    Args:
        blocks: the blocks.
        characters: a group is closed when it has so many; a block is never cut.
    """
    group: list[Block] = []
    held = 0
    for block in blocks:
        group.append(block)
        held += len(block.text)
        if held >= characters or len(group) >= _MAX_BLOCKS:
            yield group
            group, held = [], 0
    if group:
        yield group


def scan_task(task: Task, job: Job, matcher: Matcher, told: Callable[[int], None]) -> Summary:
    """Scan the units of a task and write its part.

    Args:
        task: what to scan; one that failed is scanned block by block, and blocks that fail are problems.
        job: how.
        matcher: what finds claims.
        told: is told, after each batch, how many characters it had.

    Returns:
        What came of it.

    Raises:
        UnwritableError: if the part cannot be written.
    """
    problems: list[Problem] = []
    read = Summary()
    scanned = _carefully(task, job, matcher, problems) if task.again else _quickly(task, job, matcher, problems)
    with PartWriter(job.folder, task) as part:
        for group, sightings in scanned:
            part.add(one for one in sightings if one.stance in job.stances)
            characters = sum(len(block.text) for block in group)
            # a document begins at its offset 0, so one that comes in several blocks counts once
            read += Summary(documents=sum(not block.offset for block in group), characters=characters)
            told(characters)
        return part.finish(read, problems)


Scanned = Iterator[tuple[list[Block], list[Sighting]]]


def _quickly(task: Task, job: Job, matcher: Matcher, problems: list[Problem]) -> Scanned:
    blocks = (block for unit in task.units for block in job.reader(unit, problems=problems))
    for group in batches(blocks):
        yield group, matcher.scan_blocks(group)


def _carefully(task: Task, job: Job, matcher: Matcher, problems: list[Problem]) -> Scanned:
    """Yield each block by itself: what fails on one is its own problem, and the others are scanned."""
    skipped = dict(task.skipped)
    try:
        for number, block in enumerate(job.reader(task.units[0], problems=problems)):
            reason = skipped.get(number)
            sightings, reason = ([], reason) if reason else _tried(block, matcher)
            if reason:
                problems.append(Problem(block.document, reason))
            yield [block], sightings
    except Exception as error:  # noqa: BLE001  of the reader: what it has yielded stays
        problems.append(Problem(task.document, reason_of(error)))


def _tried(block: Block, matcher: Matcher) -> tuple[list[Sighting], str]:
    try:
        return matcher.scan_blocks([block]), ""
    except Exception as error:  # noqa: BLE001  one text that breaks the matcher must not stop the others
        return [], reason_of(error)


def reason_of(error: Exception) -> str:
    """Return why a text could not be scanned, in one line.

    Args:
        error: what was raised.
    """
    if isinstance(error, MemoryError):
        return "there is not enough memory to scan it"
    told = str(error) if isinstance(error, VallaError) else f"a fault of Valla itself: {type(error).__name__}: {error}"
    return " ".join(told.split())
