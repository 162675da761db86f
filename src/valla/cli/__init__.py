"""The commands: one file a verb, each a thin layer over one library call.

Heavy imports stand inside the commands, so that `valla --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from valla.cli.app import app
from valla.cli.inputs import refuse_empty
from valla.cli.printing import is_of_output, let_go, ready_streams
from valla.errors import VallaError

__all__ = ["app", "main"]


def main() -> None:
    """Run a command; a fault of the input is one line on standard error and exit code 2, one of Valla itself exit code 1."""
    ready_streams()
    try:
        refuse_empty(sys.argv[1:])
        _run()
    except VallaError as error:
        print(f"valla: {error}", file=sys.stderr)  # noqa: T201  the command line's own voice
        raise SystemExit(error.exit_code) from None
    except BrokenPipeError:
        # the reader of our output is gone; what Python would flush at exit has nowhere to go
        let_go()
        raise SystemExit(0) from None
    except OSError as error:
        where = error.filename or ("standard output" if is_of_output(error) else "a file")
        print(f"valla: {where}: {error.strerror or error}", file=sys.stderr)  # noqa: T201
        raise SystemExit(2) from None
    except Exception as error:  # a fault of our own: one line too, unless somebody wants to mend it
        if os.environ.get("VALLA_TRACEBACK"):
            raise
        told = " ".join(f"{type(error).__name__}: {error}".split())
        line = f"valla: a fault of Valla itself, not of the input: {told}; VALLA_TRACEBACK=1 shows where"
        print(line, file=sys.stderr)  # noqa: T201
        raise SystemExit(1) from None


def _run() -> None:
    try:
        code = app(standalone_mode=False)
    except Exception as error:
        if isinstance(error, VallaError) or not hasattr(error, "format_message"):
            raise
        raise SystemExit(_told(error)) from None
    finally:
        # here, where it is told if that fails
        sys.stdout.flush()
    raise SystemExit(code if isinstance(code, int) else 0)


def _told(error: Any) -> int:
    """Say in one line what is wrong with the arguments, and return the exit code."""
    message = " ".join(error.format_message().replace("Value error, ", "").split())
    if message.startswith("Usage:"):  # nothing at all was given: what there is, is shown
        error.show()
    else:
        command = getattr(getattr(error, "ctx", None), "command_path", "valla")
        print(f"valla: {message.rstrip('.')}; {command} --help says what there is", file=sys.stderr)  # noqa: T201
    return int(error.exit_code)
