"""Generated files: every word of a reply is marked where it stands (a few hundred cases; 20,000 in tools/)."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from empathy_lint.model import Reply
from empathy_lint.offsets import MapBuilder, Span, TextMap
from empathy_lint.sources import ReadOptions, read
from empathy_lint.sources.json_scan import parse, text_map
from empathy_lint.sources.tree import Leaf
from tools.fuzz_positions import FORMATS, faults


@pytest.mark.parametrize("name", FORMATS)
def test_words_are_where_they_are_marked(name: str) -> None:
    drawn = [faults(name, Random(f"{name}{seed}")) for seed in range(200)]
    assert [fault for each in drawn if each for fault in each] == []
    assert sum(each is not None for each in drawn) > 100


@given(st.text(max_size=40), st.booleans())
@settings(max_examples=200, deadline=None)
def test_json_strings_of_any_characters(text: str, ascii_only: bool) -> None:
    import json

    source = json.dumps([text], ensure_ascii=ascii_only)
    root = parse("x.json", source)
    assert isinstance(root, list)
    leaf = root[0]
    assert isinstance(leaf, Leaf)
    mapped = text_map(source, leaf)
    assert mapped.length == len(text)
    for at, char in enumerate(leaf.text):
        place = mapped.source(Span(at, at + 1))
        assert json.loads(f'"{source[place.start : place.end]}"') in (char, text[at])


@given(
    st.text(alphabet=" \t\n'\"\\|>-#:&*!ae😀\u0301\u2028{}[]%@`,?~", max_size=30),
    st.sampled_from(['"', "'", "|", ">", None]),
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_yaml_scalars_of_any_characters(text: str, style: str | None) -> None:
    import yaml

    source = yaml.dump({"reply": "a" + text + "z"}, default_style=style, allow_unicode=True, width=12)
    value = yaml.safe_load(source)["reply"]
    (reply,) = read("x.yaml", source.encode(), ReadOptions())
    assert isinstance(reply, Reply)
    assert reply.text == value
    assert reply.exact
    # The ends are letters of their own: nothing can be off by one.
    first, last = reply.map.source(Span(0, 1)), reply.map.source(Span(len(value) - 1, len(value)))
    assert (source[first.start : first.end], source[last.start : last.end]) == ("a", "z")


@given(st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_composing_in_one_walk_is_composing(rng: Random) -> None:
    from empathy_lint.sources.bodies import composed

    outer, middle = _random_map(rng, rng.randint(1, 30))
    inner, _ = _random_map(rng, rng.randint(1, 20), middle)
    assert composed(inner, outer) == inner.then(outer)


def _random_map(rng: Random, pieces: int, within: int = 10_000) -> tuple[TextMap, int]:
    """A map with verbatim and other pieces and holes in its source, and the length of its text."""
    builder, at = MapBuilder(), 0
    for _ in range(pieces):
        at += rng.choice((0, 0, 1, 3))
        length = rng.randint(1, 4)
        if at + length > within:
            break
        if rng.random() < 0.6:
            builder.copy("x" * length, at)
        else:
            builder.put("x" * rng.randint(1, 2), Span(at, at + length))
        at += length
    return builder.build()[1], builder.length
