"""The group of commands and the one place where errors become messages and exit statuses."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from empathy_lint import __version__
from empathy_lint.model import EmpathyLintError

# Imported when called: `--help` must not pay for what `check` needs.
COMMANDS = {
    "check": "Lint replies, macros or whole folders, or `-` for standard input.",
    "baseline": "Accept today's findings, so that only new ones are reported.",
    "config": "Show what is in force for a path, and where each value came from.",
    "listen": "Note a customer's facts and wants, and draft the sentence that shows you heard.",
    "explain": "Show one rule's page: what it sees, why it matters, what to write instead.",
    "rules": "List the rules.",
    "test": "Run the examples that rules and signals carry.",
    "init": "Look at this repository, and propose a configuration to start with.",
    "fix": "Mend broken placeholders that have one obvious mend.",
    "scorecard": "How often each library's replies acknowledge, confirm, offer and keep a clear tone.",
    "cache": "Show where the cache is, or clear it.",
    "audit": "Judge an archive of past replies, on this machine or on Spark.",
    "completion": "Print what makes your shell complete commands and options.",
}

COULD_NOT_CHECK = 2


class Commands(click.Group):
    """A group whose commands live in modules of the same name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"empathy_lint.cli.{name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="empathy-lint")
def group() -> None:
    """A colleague's reality check for helpdesk replies and macros, before you press send.

    Exit status: 0 nothing at or above --fail-on, 1 something, 2 it could not check.
    """


def run(arguments: Sequence[str]) -> int:
    """The exit status of one call. No traceback reaches a user."""
    try:
        result = group.main(list(arguments), prog_name="empathy-lint", standalone_mode=False)
    except click.exceptions.Abort:
        return _say("stopped", 130)
    except click.ClickException as error:
        error.show()
        return COULD_NOT_CHECK
    except EmpathyLintError as error:
        return _say(str(error), COULD_NOT_CHECK)
    except BrokenPipeError:
        return _closed_pipe()
    except Exception as error:  # a bug of ours: never a silent pass, never a traceback
        return _say(_bug(error), COULD_NOT_CHECK)
    return result if isinstance(result, int) else 0


def _say(message: str, status: int) -> int:
    click.echo(f"empathy-lint: {message}", err=True)
    return status


def _closed_pipe() -> int:
    """Whoever read our output has seen enough; a second complaint at shutdown helps nobody."""
    sys.stderr.close()
    return 0


def _bug(error: Exception) -> str:
    import traceback

    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{frame.filename.rpartition('empathy_lint')[2].lstrip('/')}:{frame.lineno}"
    return f"this is a bug in empathy-lint ({type(error).__name__}: {error}, at {place}); nothing was judged"
