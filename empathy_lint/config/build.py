"""Checked layers of configuration → `Settings`. A nearer file's key wins; tables join key by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple, cast

from empathy_lint.config.check import Document
from empathy_lint.config.positions import Place
from empathy_lint.config.settings import Levels, Origin, Override, Settings, SourceTable
from empathy_lint.globs import Globs, compiled
from empathy_lint.model import Channel, ConfigError
from empathy_lint.sources.options import ReadOptions
from empathy_lint.sources.routes import steps
from empathy_lint.suppress.routes import ByRoute

_READ_FIELDS = {field.name for field in fields(ReadOptions)}
# Joined key by key, and one list after the other; every other key is taken whole.
_MAPS = ("levels", "thresholds")
_LISTS = ("overrides", "sources", "suppress")


class Layer(NamedTuple):
    """One file's checked values."""

    document: Document
    values: dict[str, Any]

    @property
    def root(self) -> str:
        return str(Path(self.document.path).parent)

    def origin(self, *place: str | int) -> Origin:
        return Origin(self.document.path, self.document.line(place))


def settings_of(layers: Sequence[Layer]) -> Settings:
    """The settings of layers in the order far to near."""
    plain: dict[str, Any] = {}
    for layer in layers:
        plain |= {name.replace("-", "_"): _whole(layer, name) for name in layer.values if _is_whole(name)}
    return Settings(
        path=layers[-1].document.path,
        levels=_levels(_joined(layers, "levels")),
        thresholds=_joined(layers, "thresholds"),
        channels=tuple(channel for layer in layers for channel in _channels(layer)),
        overrides=tuple(_override(*item) for item in _each(layers, "overrides")),
        sources=tuple(_source(*item) for item in _each(layers, "sources")),
        suppress=tuple(_by_route(*item) for item in _each(layers, "suppress")),
        origins=dict(_origins(layers)),
        **plain,
    )


def _is_whole(name: str) -> bool:
    return name not in (*_MAPS, *_LISTS, "channels", "extend")


def _whole(layer: Layer, name: str) -> Any:
    value = layer.values[name]
    match name:
        case "rules":
            return tuple(Path(layer.root, folder) for folder in value)
        case "baseline":
            return Path(layer.root, value)
        case "exclude":
            return _globs(layer, value, ("exclude",))
    return value


def _joined(layers: Sequence[Layer], name: str) -> dict[str, Any]:
    joined: dict[str, Any] = {}
    for layer in layers:
        joined |= layer.values.get(name, {})
    return joined


def _each(layers: Sequence[Layer], name: str) -> Iterator[tuple[Layer, Mapping[str, Any], Place]]:
    """Every table of a list, with its layer and its place there."""
    for layer in layers:
        for index, table in enumerate(layer.values.get(name, ())):
            yield layer, table, (name, index)


def _globs(layer: Layer, patterns: tuple[str, ...], place: Place) -> Globs:
    try:
        compiled(patterns)
    except ValueError as error:
        raise layer.document.error(place, f"a pattern can't be read: {error}") from error
    return Globs(layer.root, patterns)


def _channels(layer: Layer) -> Iterator[tuple[Globs, Channel, Origin]]:
    for pattern, channel in layer.values.get("channels", {}).items():
        place = ("channels", pattern)
        yield _globs(layer, (pattern,), place), channel, layer.origin(*place)


def _levels(levels: Mapping[str, Any]) -> Levels:
    return cast(Levels, tuple(levels.items()))


def _override(layer: Layer, table: Mapping[str, Any], place: Place) -> Override:
    return Override(
        files=_globs(layer, table["files"], (*place, "files")),
        select=table.get("select", ()),
        ignore=table.get("ignore", ()),
        levels=_levels(table.get("levels", {})),
        channel=table.get("channel"),
        origin=layer.origin(*place),
    )


def _source(layer: Layer, table: Mapping[str, Any], place: Place) -> SourceTable:
    for index, route in enumerate(table.get("routes", ())):
        try:
            steps(route)
        except ConfigError as error:
            raise layer.document.error((*place, "routes", index), f"“{route}”: {error.message}") from error
    given = {name.replace("-", "_"): value for name, value in table.items()}
    return SourceTable(
        files=_globs(layer, table["files"], (*place, "files")),
        fields=tuple((name, value) for name, value in given.items() if name in _READ_FIELDS),
        origin=layer.origin(*place),
    )


def _by_route(layer: Layer, table: Mapping[str, Any], place: Place) -> ByRoute:
    return ByRoute(
        files=_globs(layer, table["files"], (*place, "files")),
        route=table.get("route", ""),
        id=table.get("id", ""),
        rules=table["rules"],
        reason=table["reason"],
        origin=layer.origin(*place),
    )


def _origins(layers: Sequence[Layer]) -> Iterator[tuple[str, Origin]]:
    """Where each key was written; lists of tables are numbered as they are in the settings."""
    for layer in layers:
        for name, value in layer.values.items():
            if name not in _LISTS:
                yield name, layer.origin(name)
            if isinstance(value, dict):
                yield from ((f"{name}.{key}", layer.origin(name, key)) for key in value)
    for name in _LISTS:
        for index, (layer, table, place) in enumerate(_each(layers, name)):
            yield f"{name}[{index}]", layer.origin(*place)
            yield from ((f"{name}[{index}].{key}", layer.origin(*place, key)) for key in table)
