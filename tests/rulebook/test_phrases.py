"""The phrase language, construct by construct, on plain lists of words; and what it refuses."""

import re

import pytest

from empathy_lint.rulebook.phrases import CLASSES, GAP, LONGEST_GAP, PhraseError, compile_phrase
from empathy_lint.signals.match import build_index, candidates, line, matches

LISTS = {"we": ["we", "our (team|staff)"], "unable": ["not able", "~refuse"], "nested": ["{we} all"], "none": []}


def heard(phrase: str, words: str) -> list[str]:
    """What the phrase matches in a sentence; `word/TAG` gives word classes."""
    tokens = [word.rpartition("/")[::2] if "/" in word else (word, "X") for word in words.split()]
    tokens = [(norm or tag, tag if norm else "X") for norm, tag in tokens]
    norms = [norm for norm, _ in tokens]
    sentence = line(norms, 0, [tag for _, tag in tokens] if "/" in words else ())
    return [" ".join(norms[hit.start : hit.end]) for hit in matches(compile_phrase(phrase, LISTS), sentence)]


@pytest.mark.parametrize(
    ("phrase", "words", "found"),
    [
        # words, whatever their case
        ("sorry about", "we are sorry about that", ["sorry about"]),
        ("Sorry About", "we are sorry about that", ["sorry about"]),
        ("or", "for orders or more", ["or"]),
        ("no no", "no no no no", ["no no", "no no"]),
        # NORMs: contractions and hyphens are cut as the tokenizer cuts them
        ("can't", "we can not go", ["can not"]),
        ("cannot", "we can not go", ["can not"]),
        ("won’t", "we will not go", ["will not"]),
        ("you 're", "you are right", ["you are"]),
        ("do n't", "we do not", ["do not"]),
        ("let's", "let us see", ["let us"]),
        ("a mix-up", "it was a mix - up here", ["a mix - up"]),
        ("an e-mail", "send an e-mail now", ["an e-mail"]),
        # alternatives, optional parts, and both within each other
        ("(we|our team) can", "our team can and we can", ["our team can", "we can"]),
        ("so (very|really)? sad", "so sad so very sad", ["so sad", "so very sad"]),
        ("there is (no (easy|quick)?)? way", "there is way there is no way", ["there is way", "there is no way"]),
        ("there is (no (easy|quick)?)? way", "there is no quick way", ["there is no quick way"]),
        ("please? wait", "wait please wait", ["wait", "please wait"]),
        ("yes | no thanks", "yes or no thanks", ["yes", "no thanks"]),
        # lists
        ("{we} can", "our staff can", ["our staff can"]),
        ("{nested} go", "we all go", ["we all go"]),
        ("{we} {unable}", "we refused", ["we refused"]),
        # gaps: as few words as will do
        ("not ... refund", "not a b c d refund refund", ["not a b c d refund"]),
        ("not ... refund", "not refund", ["not refund"]),
        ("not ... refund", "not " + "x " * (GAP + 1) + "refund", []),
        ("not ..2 refund", "not a b refund", ["not a b refund"]),
        ("not ..2 refund", "not a b c refund", []),
        # any form of a word; any word with an ending
        ("~read", "read reading reads", ["read", "reading", "reads"]),
        ("~go", "went gone going goes", ["went", "gone", "going", "goes"]),
        ("was not *ed", "it was not shipped", ["was not shipped"]),
        ("was not *ed", "it was not ed", []),
        # start and end of a sentence, punctuation aside
        ("^ no", "no is no", ["no"]),
        ("^ no", '" no', ["no"]),
        ("^ no", "oh no", []),
        ("no $", "no means no .", ["no"]),
        ("^ no $", "no !", ["no"]),
        ("^ no $", "no way", []),
        # numbers
        ("about <number>", "about 1,200.50 or about twelve", ["about 1,200.50", "about twelve"]),
        ("about <number>", "about lunch", []),
        # signs are words too
        ("why ! !", "why ! !", ["why ! !"]),
        ("100 % sure", "100 % sure", ["100 % sure"]),
        ("c++ is", "c++ is c + + is", ["c + + is"]),
    ],
)
def test_heard(phrase: str, words: str, found: list[str]) -> None:
    assert heard(phrase, words) == found


@pytest.mark.parametrize(("name", "tag"), CLASSES.items())
def test_word_classes(name: str, tag: str) -> None:
    other = "ADV" if tag != "ADV" else "NOUN"
    assert heard(f"so <{name}>", f"so/ADV this/{tag} so/ADV that/{other}") == ["so this"]
    assert compile_phrase(f"so <{name}>", {}).tagged
    assert heard(f"so <{name}>", "so this") == []


def test_plain_words_are_heard_with_classes_too() -> None:
    assert heard("(we|i) am so <adj>", "i/PRON am/AUX so/ADV sad/ADJ") == ["i am so sad"]
    assert not compile_phrase("we am so sad", {}).tagged
    assert compile_phrase("so (very <adj>|sad)?", {}).tagged


@pytest.mark.parametrize(
    ("phrase", "says"),
    [
        ("", "an empty phrase"),
        ("   ", "an empty phrase"),
        ("we ^ can", "^ belongs at the very start"),
        ("(we can", "“(” without its closing bracket"),
        ("we) can", "“)” without its opening bracket"),
        ("((we) can", "“(” without its closing bracket"),
        ("we {cannnot}", "unknown word list {cannnot}."),
        ("we {unabel}", "Did you mean “unable”?"),
        ("{none} of us", "empty, or holds itself"),
        ("so <adjective>", "unknown word class <adjective>; there are <noun>, <verb>"),
        ("we ~", "can't read “~”"),
        ("we {", "can't read “{”"),
        ("we <", "can't read “<”"),
        ("(very)?", "at least one word that must occur"),
        ("(very)? <adj>", "at least one word that must occur"),
        ("...", "at least one word that must occur"),
        ("<number>", "at least one word that must occur"),
        ("we | <adj>", "at least one word that must occur"),
        (f"we ..{LONGEST_GAP + 1} can", f"a gap of {LONGEST_GAP + 1} words; {LONGEST_GAP} are the most"),
    ],
)
def test_refused(phrase: str, says: str) -> None:
    with pytest.raises(PhraseError, match=re.escape(says)):
        compile_phrase(phrase, LISTS)


@pytest.mark.parametrize(
    ("lists", "says"),
    [
        ({"a": ["{a} y"]}, "the word list {a} is empty, or holds itself"),
        ({"a": ["{b} y"], "b": ["x {a}"]}, "the word list {a} is empty, or holds itself"),
        ({"a": ["b) c"]}, "“)” without its opening bracket"),
        ({"a": ["^ b"]}, "^ belongs at the very start"),
    ],
)
def test_refused_lists(lists: dict[str, list[str]], says: str) -> None:
    with pytest.raises(PhraseError, match=re.escape(says)):
        compile_phrase("{a} x", lists)


@pytest.mark.parametrize(
    ("phrase", "needs"),
    [
        ("we can", [{"we"}, {"can"}]),
        ("(we|our team) can", [{"we", "team"}, {"can"}]),
        ("(we)? can", [{"can"}]),
        ("(we|<noun>) can", [{"can"}]),
        ("can't go", [{"can"}, {"not"}, {"go"}]),
    ],
)
def test_the_words_that_must_occur(phrase: str, needs: list[set[str]]) -> None:
    assert [set(need) for need in compile_phrase(phrase, {}).needs] == needs


def test_the_index_gives_every_phrase_that_can_match_and_few_others() -> None:
    phrases = ["we can not", "(sorry|sad) that", "{we} ... {unable}", "so (very)? kind"]
    patterns = {phrase: compile_phrase(phrase, LISTS) for phrase in phrases}
    index = build_index([(phrase, False, pattern) for phrase, pattern in patterns.items()])
    for words in ("we can not", "i am sad that it", "our staff was not able", "so kind", "nothing here", "we can"):
        sentence = line(words.split(), 0)
        tried = {entry.signal for entry in candidates(index, sentence)}
        assert {phrase for phrase in phrases if list(matches(patterns[phrase], sentence))} <= tried
    assert not list(candidates(index, line(["we", "can"], 0)))


def test_white_space_tokens_are_stepped_over() -> None:
    norms = ["we", "\n", "can", " ", "go"]
    (hit,) = matches(compile_phrase("can go", {}), line(norms, 10))
    assert hit == (12, 15)
