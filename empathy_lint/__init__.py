"""empathy-lint: a colleague's reality check for helpdesk replies."""

__version__ = "0.1.0"
