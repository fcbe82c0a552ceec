"""Rules and signals as data: strict YAML in, a `Rulebook` out. Needs no spaCy."""

from empathy_lint.rulebook.compiled import recalled
from empathy_lint.rulebook.load import bundled_folder, load
from empathy_lint.rulebook.types import Example, Examples, Find, Rule, Rulebook, SignalSpec

__all__ = ["Example", "Examples", "Find", "Rule", "Rulebook", "SignalSpec", "bundled_folder", "load", "recalled"]
