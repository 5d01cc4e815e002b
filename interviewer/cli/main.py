"""`interviewer`: the commands, and the one place where errors become lines and exit codes."""

import errno
import os
import sys

import typer

from interviewer.cli import (
    archive,
    bank,
    board,
    cards,
    code,
    critique,
    drill,
    interview,
    knowledge,
    loop,
    plan,
    progress,
    quiz,
    readiness,
    reporting,
    resume,
    serving,
    sources,
    sql,
    worker,
)
from interviewer.errors import ConfigError, InputError, InterviewerError

app = typer.Typer(
    name="interviewer",
    help="A mock interviewer for bank AI roles: personas that follow up, grades that carry evidence.",
    epilog="Independent practice tool, not affiliated with JPMorgan Chase. Personas are fictional. "
    "No legal advice.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
interview.register(app)
loop.register(app)
reporting.register(app)
critique.register(app)
knowledge.register(app)
bank.register(app)
serving.register(app)
sources.register(app)
drill.register(app)
cards.register(app)
progress.register(app)
archive.register(app)
readiness.register(app)
plan.register(app)
quiz.register(app)
code.register(app)
sql.register(app)
resume.register(app)
worker.register(app)
board.register(app)

FAILED, USAGE = 1, 2
INTERRUPTED = 130


def main() -> None:
    """Runs the command line and exits: 0 done, 1 failed, 2 usage, 130 interrupted."""
    sys.exit(_run(sys.argv[1:] or ["--help"]))


def _run(arguments: list[str]) -> int:
    try:
        # Outside its standalone mode typer hands back the code of an Exit instead of raising it.
        code = app(arguments, standalone_mode=False)
        # Flushed here, so that a full disk or a closed pipe is noticed while it can be reported.
        sys.stdout.flush()
    except InterviewerError as error:
        code = USAGE if isinstance(error, InputError | ConfigError) else FAILED
        return _failed(_first_line(str(error)), code)
    except typer.TyperException as error:
        return _failed(_sentence(error.format_message()), USAGE)
    except (KeyboardInterrupt, typer.Abort):
        return _failed("stopped", INTERRUPTED)
    except BrokenPipeError:
        _give_up_output()
        return FAILED
    except OSError as error:
        _give_up_output()
        return _failed(_disk_trouble(error), FAILED)
    return code if isinstance(code, int) else 0


def _give_up_output() -> None:
    """Whoever read the output has gone, or its disk is full.

    Without this the interpreter would try to write the rest at its end, and fail again.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _failed(message: str, code: int) -> int:
    print(f"interviewer: {message}", file=sys.stderr)
    return code


def _first_line(message: str) -> str:
    """The first of several problems; `check` lists them all."""
    first, *others = message.splitlines() or [""]
    return f"{first} (and {len(others)} more: interviewer check)" if others else first


def _sentence(message: str) -> str:
    """A usage error on one line, with where to look."""
    return f"{' '.join(message.split()).rstrip('.')} (see --help)"


def _disk_trouble(error: OSError) -> str:
    where = f" at {error.filename}" if error.filename else ""
    advice = _ADVICE.get(error.errno or 0, "")
    return f"{error.strerror or error}{where}{advice}"


_ELSEWHERE = "; INTERVIEWER_HOME names another data folder"
_ADVICE = dict.fromkeys((errno.EROFS, errno.EACCES, errno.ENOTDIR, errno.EEXIST), _ELSEWHERE) | {
    errno.ENOSPC: "; free some space, or choose another data folder with INTERVIEWER_HOME"
}


if __name__ == "__main__":
    main()
