"""The spaCy pipeline: load it, split sentences, annotate no more than a rule needs.

Nothing here imports spaCy before it is called; import the modules of this room late all the same.
"""
