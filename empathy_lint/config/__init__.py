"""Configuration: found from the linted file upwards, read strictly, explained key by key."""

from empathy_lint.config.explain import Row, explain_settings
from empathy_lint.config.force import baseline_file, check_names, excluder, in_force, level_of
from empathy_lint.config.read import find_config, forget, read_settings, settings_for
from empathy_lint.config.settings import InForce, Levels, Origin, Override, Settings, SourceTable

__all__ = [
    "InForce",
    "Levels",
    "Origin",
    "Override",
    "Row",
    "Settings",
    "SourceTable",
    "baseline_file",
    "check_names",
    "excluder",
    "explain_settings",
    "find_config",
    "forget",
    "in_force",
    "level_of",
    "read_settings",
    "settings_for",
]
