"""The judgements of a whole reply: what they look at, and that the weights in the package fit it."""

from __future__ import annotations

from functools import cache

import pytest

from empathy_lint.cli.choose import rulebook
from empathy_lint.linter import Linter, hear, make_linter
from empathy_lint.model import Channel, Reply
from empathy_lint.offsets import TextMap
from empathy_lint.signals import learned
from empathy_lint.signals.care_weights import ASKS_FOR_CARE, DIFFICULT
from empathy_lint.signals.detectors import care
from empathy_lint.signals.hear import Heard

UPSET = "My heating has been off for six days, nobody came, and I have a newborn here. This is unbearable!"
WAYS: tuple[Channel, Channel] = ("email", "macro")
STEPS = "Fill in the form on our site. A technician needs the number on the boiler."


@cache
def linter() -> Linter:
    return make_linter(rulebook(), ())


def heard(text: str, customer: str = "", first: bool | None = True, channel: Channel = "email") -> Heard:
    reply = Reply(
        text, TextMap.identity(len(text)), text, "draft.txt", channel=channel, customer=customer, first=first
    )
    return hear(linter(), reply)


@pytest.mark.parametrize("weights", [DIFFICULT, ASKS_FOR_CARE])
def test_every_weight_is_of_something_looked_at(weights: dict[str, float]) -> None:
    known = {*care.reply_features(heard(STEPS, UPSET)), "wording", "constant"}
    assert weights.keys() <= known
    assert known == {*care.reply_features(heard(STEPS)), "wording", "constant"}


def test_wording_adds_up_over_both_texts() -> None:
    both, alone = heard(STEPS, UPSET), heard(STEPS)
    for judgement in learned.JUDGEMENTS:
        assert learned.wording(both, judgement) != learned.wording(alone, judgement)
    assert learned.wording(heard("\n"), "difficult") == 0.0


def test_the_trouble_told_of_counts_apart_in_a_later_turn() -> None:
    now, later = (care.reply_features(heard(STEPS, UPSET, first)) for first in (True, False))
    assert now["later trouble: in all"] == 0.0
    assert later["later trouble: in all"] == later["trouble: in all"] > 0.0


def test_what_is_pooled_of_a_text() -> None:
    strongest, mean, in_all, first = learned.pooled(heard(STEPS))
    scores = learned.scores(heard(STEPS))
    assert scores.shape == (2, len(learned.ACTS))
    assert strongest.tolist() == scores.max(axis=0).tolist()
    assert (mean <= strongest).all()
    assert (in_all > 0).all()
    assert first.tolist() == scores[0].tolist()
    assert not learned.pooled(None).any()


def test_the_same_steps_ask_for_care_only_where_somebody_is_in_trouble() -> None:
    calm = "Where do I find the form for a yearly check of my boiler?"
    upset = care.probability(heard(STEPS, UPSET), "asks-for-care")
    assert upset >= care.THRESHOLD_CARE > care.probability(heard(STEPS, calm), "asks-for-care")
    assert heard(STEPS, UPSET).has("asks-for-care")
    assert not heard(STEPS, calm).has("asks-for-care")


def test_a_part_of_a_message_is_not_the_place_for_care() -> None:
    numbered = ("2/2 " + STEPS, STEPS + " (2/2)", STEPS + " 1/2", STEPS + " (1/3) ^KL")
    for part in (*numbered, "... " + STEPS, "@kim and then fill in the form on our site."):
        assert care.asks_for_care(heard(part, UPSET)) == []
    for whole in (STEPS, STEPS + " One comes on 1/5", STEPS + " It opens by half past ten"):
        assert not care.reply_features(heard(whole, UPSET))["part"]


def test_a_remark_of_which_nothing_else_is_seen_counts_as_difficult_sooner() -> None:
    remark, macro = (heard("It would break every theme.", first=None, channel=way) for way in WAYS)
    between = (care.THRESHOLD_DIFFICULT_UNSEEN + care.THRESHOLD_DIFFICULT) / 2
    remark.facts["difficult"] = macro.facts["difficult"] = between
    assert care.difficult(remark)
    assert not care.difficult(macro)
