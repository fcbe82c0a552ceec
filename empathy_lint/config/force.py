"""What a `Settings` means for one file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from empathy_lint.config.keys import BASELINE
from empathy_lint.config.read import settings_for
from empathy_lint.config.settings import InForce, Levels, Override, Settings
from empathy_lint.globs import matches, near
from empathy_lint.model import FAMILIES, Channel, ConfigError, Level
from empathy_lint.rulebook.strict import did_you_mean
from empathy_lint.sources.options import ReadOptions


def in_force(settings: Settings, path: str, options: ReadOptions | None = None) -> InForce:
    """What holds for a file. `options` is what the command line says: its channel wins over all."""
    options = options or ReadOptions()
    mine = [override for override in settings.overrides if matches(override.files, path)]
    selected = [override.select for override in mine if override.select]
    return InForce(
        select=selected[-1] if selected else _without_all(settings.select),
        ignore=(*settings.ignore, *(name for override in mine for name in override.ignore)),
        levels=_joined(settings.levels, mine),
        options=_options(settings, mine, path, options),
    )


def _without_all(select: tuple[str, ...]) -> tuple[str, ...]:
    return () if "all" in select else select


def _joined(levels: Levels, overrides: Iterable[Override]) -> Levels:
    joined = dict(levels)
    for override in overrides:
        joined |= dict(override.levels)
    return tuple(joined.items())


def _options(settings: Settings, overrides: Iterable[Override], path: str, given: ReadOptions) -> ReadOptions:
    """The nearest says last: patterns of `channels`, then `sources`, then overrides, then the command line."""
    options = replace(given, channel=None)
    for globs, said, _ in settings.channels:
        if matches(globs, path):
            options = replace(options, channel=said)
    for table in settings.sources:
        if matches(table.files, path):
            options = replace(options, **dict(table.fields))
    channels: list[Channel | None] = [override.channel for override in overrides if override.channel]
    channel = given.channel or (channels[-1] if channels else options.channel)
    return replace(options, channel=channel)


def level_of(levels: Levels, rule: str, family: str) -> Level | None:
    """The level that a rule is given: by its id, else by the longest beginning of it, else by its family."""
    fitting = [(_weight(name, rule, family), level) for name, level in levels]
    weight, level = max(fitting, key=lambda item: item[0], default=(0, None))
    return level if weight else None


def _weight(name: str, rule: str, family: str) -> int:
    """How exactly a name means a rule; 0 where it does not. A family is the vaguest."""
    if name == rule or rule.startswith(f"{name}-"):
        return 1 + len(name)
    return int(name == family)


def excluder(given: str | Path | None = None, isolated: bool = False) -> Callable[[str, bool], bool]:
    """`(path, folder) -> left out?` for discovery, each path by its own nearest configuration."""

    def excluded(path: str, folder: bool) -> bool:
        return matches(settings_for(Path(path).parent, given, isolated).exclude, path, folder)

    return excluded


def baseline_file(settings: Settings) -> Path:
    """Where the baseline lies or will lie: as configured, else beside the configuration or where we are."""
    return settings.baseline or Path(settings.path).parent / BASELINE


def check_names(settings: Settings, rules: Collection[str]) -> None:
    """Raise ConfigError for the first name of a rule that is none of `rules`, their families or beginnings."""
    for key, names, loose in _rule_names(settings):
        for name in names:
            if name not in rules and not (loose and _is_group(name, rules)):
                path, line = settings.origins[key]
                hint = did_you_mean(name, [*rules, *(FAMILIES if loose else ())])
                what = "no rule or family" if loose else "no rule"
                raise ConfigError(near(path), f"{key}: {what} is called “{name}”.{hint}", line)


def _is_group(name: str, rules: Collection[str]) -> bool:
    return name in FAMILIES or name == "all" or any(rule.startswith(f"{name}-") for rule in rules)


def _rule_names(settings: Settings) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """(key, names in it, whether families and beginnings may stand there)."""
    yield "select", settings.select, True
    yield "ignore", settings.ignore, True
    yield from ((f"levels.{name}", (name,), True) for name, _ in settings.levels)
    for index, override in enumerate(settings.overrides):
        place = f"overrides[{index}]"
        yield f"{place}.select", override.select, True
        yield f"{place}.ignore", override.ignore, True
        yield f"{place}.levels", tuple(name for name, _ in override.levels), True
    for index, table in enumerate(settings.suppress):
        yield f"suppress[{index}].rules", table.rules, False
