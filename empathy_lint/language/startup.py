"""Tricks that make imports cheap, each with its reason. Everything is put back afterwards.

Whole processes, median seconds of eleven on a busy two-core machine: `import spacy` 0.61, `import_spacy()`
0.34; `spacy.load` and one document 0.80, `load()` and one document 0.45; `spacy.blank` and one document
0.71, `blank()` and its sentences 0.39. An idle machine takes about a tenth off each.
"""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, NoReturn


def import_spacy(keep_out: tuple[str, ...] = ("torch",)) -> ModuleType:
    """`import spacy` without what a linter never uses. A second call costs nothing.

    `keep_out` names packages that must seem absent meanwhile. Leave it empty for a pipeline that
    may need them: what thinc did not find at its import it never finds later.
    """
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    with _no_collections(), _without_cli(), _absent(keep_out):
        return import_module("spacy")


def import_textstat() -> Any:
    """`textstat.textstat` without nltk: 0.05 s instead of a second and more.

    textstat takes the module `nltk`, and with it all of scipy, for its dictionary of syllables alone. A
    stand-in finds the real one if a measure asks for that.
    """
    if "textstat" not in sys.modules and "nltk" not in sys.modules:
        stand_in = ModuleType("nltk")
        stand_in.__getattr__ = lambda name: getattr(import_module("nltk"), name)  # type: ignore[method-assign]
        with _standing_in({"nltk": stand_in}):
            import_module("textstat")
    return import_module("textstat").textstat


def leave(status: int) -> NoReturn:
    """End the process with all that was written, but without taking spaCy's objects apart one by one: 0.05 s."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # nobody reads any more, or a stream is closed
        pass
    os._exit(status)


@contextmanager
def _no_collections() -> Iterator[None]:
    """A hundred thousand new objects set the collector off dozens of times, and none is garbage.

    Freezing afterwards keeps later collections from walking over all of them again.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


@contextmanager
def _without_cli() -> Iterator[None]:
    """`import spacy` takes one name, `info`, from `spacy.cli`, and with it typer, httpx, weasel and jinja.

    A stand-in offers that name; it finds the real one if anybody calls it.
    """
    package, module = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    package.__path__ = []
    module.info = _info  # type: ignore[attr-defined]
    with _standing_in({"spacy.cli": package, "spacy.cli.info": module}):
        yield
    vars(sys.modules.get("spacy", package)).pop("cli", None)


@contextmanager
def _standing_in(stand_ins: dict[str, ModuleType]) -> Iterator[None]:
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]


def _info(*args: Any, **kwargs: Any) -> Any:
    return import_module("spacy.cli.info").info(*args, **kwargs)


@contextmanager
def _absent(names: tuple[str, ...]) -> Iterator[None]:
    """thinc imports torch wherever it is installed: seconds, for nothing this pipeline does.

    `None` in `sys.modules` makes an import fail as if the package were not there.
    """
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)
