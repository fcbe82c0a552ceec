"""The parts of the `html` page: cards, charts, style and behaviour."""
