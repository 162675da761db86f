"""A process that is killed at whichever of its steps is asked for."""

import os
import signal
import sys
import warnings
from collections.abc import Callable

__all__ = ["killed_at"]

STEPS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree", "os.truncate", "os.chmod"}
"""What a process asks the system for that changes a folder."""


def killed_at(step: int, work: Callable[[], None]) -> bool:
    """Do some work in a process of its own that kills itself before its so many-th step; say whether it came to that."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the libraries below NumPy have threads
        child = os.fork()
    if not child:
        left = [step]

        def hook(event: str, _: object) -> None:
            if event in STEPS:
                left[0] -= 1
                if not left[0]:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        try:
            work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])
