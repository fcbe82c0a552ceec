"""What lies in a rule folder: signals, word lists and a folder a family, and nothing that would be passed over."""

from __future__ import annotations

from pathlib import Path

from empathy_lint.model import FAMILIES, RuleError
from empathy_lint.rulebook.strict import did_you_mean

SIGNALS = "signals"
WORDS = "words.yaml"


def check_folder(folder: Path) -> None:
    """Raises RuleError for what `load` would silently leave out: an unknown folder, a `.yml`, an id given twice."""
    if not folder.is_dir():
        raise RuleError(str(folder), "there is no such rule folder")
    _check_entries(folder)
    seen: dict[str, Path] = {}
    for file in rule_files(folder):
        if file.stem in seen:
            raise RuleError(str(file), f"the rule “{file.stem}” is also in {seen[file.stem]}; an id is given once")
        seen[file.stem] = file


def signal_files(folder: Path) -> list[Path]:
    """One file a signal, named after it."""
    return sorted((folder / SIGNALS).glob("*.yaml"))


def rule_files(folder: Path) -> list[Path]:
    """One file a rule, named after it, in its family's folder."""
    return [file for family in FAMILIES for file in sorted((folder / family).glob("*.yaml"))]


def all_files(folder: Path) -> list[Path]:
    """Every file that `load` reads."""
    words = folder / WORDS
    return [*([words] if words.is_file() else ()), *signal_files(folder), *rule_files(folder)]


def _check_entries(folder: Path) -> None:
    known = (SIGNALS, *FAMILIES)
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and entry.name not in known:
            hint = did_you_mean(entry.name, known) or f" A rule folder holds {', '.join(known)}."
            raise RuleError(str(entry), f"“{entry.name}” is no family.{hint}")
        if entry.is_dir():
            _check_names(entry)
        elif entry.suffix in (".yaml", ".yml") and entry.name != WORDS:
            raise RuleError(str(entry), f"rules lie in their family's folder, signals in {SIGNALS}/, here only {WORDS}")


def _check_names(folder: Path) -> None:
    for file in sorted(folder.glob("*.yml")):
        raise RuleError(str(file), "rule and signal files end in .yaml")
