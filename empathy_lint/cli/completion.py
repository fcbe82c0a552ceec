"""`empathy-lint completion`: what makes a shell complete commands and options."""

from __future__ import annotations

import click

# Where each shell reads it, for the help text.
SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> int:
    """Print what makes SHELL complete commands, options and their values.

    \b
    bash  echo 'eval "$(empathy-lint completion bash)"' >> ~/.bashrc
    zsh   echo 'eval "$(empathy-lint completion zsh)"' >> ~/.zshrc
    fish  empathy-lint completion fish > ~/.config/fish/completions/empathy-lint.fish
    """
    from click.shell_completion import get_completion_class

    from empathy_lint.cli.app import group

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"{shell} is not known here")
    click.echo(kind(group, {}, "empathy-lint", "_EMPATHY_LINT_COMPLETE").source())
    return 0
