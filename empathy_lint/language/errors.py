"""The one error of this room."""

from empathy_lint.model import EmpathyLintError


class LanguageError(EmpathyLintError):
    """A pipeline that is not installed, cannot be read, or lacks what a rule needs."""
