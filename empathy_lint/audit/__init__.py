"""Archives of past replies, judged where they are: on all cores of one machine, or on Spark."""
