"""Speech acts in a text: phrase patterns (data, in `rules/signals`) and detectors (Python) behind the same names."""
