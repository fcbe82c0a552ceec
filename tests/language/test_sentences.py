"""Where sentences start: exact cases, and what holds for any text."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from spacy.tokens import Doc

from empathy_lint.language.load import blank
from empathy_lint.language.sentences import mark_sentences, sentence_starts

Make = Callable[[str], Doc]
make_doc = blank().make_doc


def split(text: str) -> list[str]:
    return [span.text for span in mark_sentences(make_doc(text)).sents]


@pytest.mark.parametrize(
    "parts",
    [
        # Marks, and what closes with them.
        ["We looked.", "It's done!", "Is it ok?", "Yes"],
        ["What?!", "No way..."],
        ['He said "No."', "Then he left."],
        ["(We did it.)", "And that."],
        ["**Note.**", "Next one."],
        ["ok.", "i will check.", "thanks"],
        ["So...", "We go."],
        ["And then... we wait."],
        ['Next "Really?" he said.'],
        ["Done.", '"Now go."'],
        # Abbreviations and numbers.
        ["Mr. Smith called Dr. Jones."],
        ["Use cards, e.g. Visa, i.e. plastic."],
        ["See order No. 5 first.", "No.", "It isn't."],
        ["Call at 5 p.m. Monday or 6 a.m. EST.", "Bye."],
        ["Call at 5 p.m.", "Refunds wait."],
        ["It was J. Smith at Acme Inc.", "We know."],
        ["Acme Inc. Support wrote."],
        ["It takes approx. 5 mins.", "Refunds take longer."],
        ["It's v1.2.", "See https://example.com/a.b?c=d.", "Then go!"],
        ["It costs $5.00.", "5 people paid."],
        ["Bring cards, cash, etc., and so on."],
        # Lines.
        ["Hi Anna,\n", "Thanks for writing."],
        ["Hi Anna,\n", "thanks for writing."],
        ["Hello\n", "we looked"],
        ["Best regards,\n", "Tom\n", "Acme"],
        ["Bye\n\n", "tom"],
        ["Bye.  \r\n\r\n", "Tom"],
        ["Dear Sir or Madam:\n", "we write."],
        ["This line was wrapped by a mail program at seventy-two columns or so in\nLondon and goes on."],
        ["We looked at\nyour order."],
        ["-- \n", "Sent by me"],
        ["\n\n", "Hi"],
        # Lists.
        ["Please do:\n", "1. Open it\n", "2) Close it.", "Then go"],
        ["Either\n", "- this or\n", "- that"],
        ["Either\n", "* this or\n", "• that"],
        ["Or\n", "a) this\n", "(2) that"],
        ["One", "• two"],
        # Emoji and initials.
        ["Sorry about that! 😊", "We'll fix it :)", "Please wait", "^JB"],
        ["Great news 🎉🎉", "Your refund is here."],
        ["thanks 😊 and bye"],
        ["👍🏽 Great.", "New"],
        ["It's here: https://example.com/a?b=c", "Let us know."],
        ["It's at https://example.com/a and free."],
        ["https://example.com is the page."],
        ["We wrote all of this down for you, at length, on the page at https://example.com/help\n", "Bye"],
        ["We read it.", "^RayB"],
    ],
)
def test_exact(parts: list[str]) -> None:
    found = split("".join(p if p.endswith("\n") else p + " " for p in parts).rstrip(" "))
    assert [p.strip(" ") for p in found] == [p.strip(" ") for p in parts]


MARKS = [".", "...", "!", "?", ",", ":", '"', ")", "(", "**", "--", "- ", "1.", "a)", "•"]
SPACES = [" ", "  ", "\n", "\n\n", "\r\n", "\u2028"]
WORDS = ["Hi", "we", "No", "Mr.", "e.g.", "5", "p.m.", "😊", ":)", "^AB", "{{a.b}}", "don't", "\ufe0f"]
PIECES = st.sampled_from([*MARKS, *SPACES, *WORDS])


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
@example("")
@example(" ")
def test_any_text(text: str) -> None:
    doc = make_doc(text)
    starts = sentence_starts(doc)
    assert starts == sorted(set(starts))
    assert starts[:1] == [0][: len(doc)]
    assert all(0 <= start < len(doc) for start in starts)
    assert not any(doc[start].is_space for start in starts[1:])
    assert [s.start for s in mark_sentences(doc).sents] == starts
    assert "".join(s.text_with_ws for s in doc.sents) == text


@given(st.text(alphabet="ab.!?, \n", max_size=40), st.sampled_from(["\n\n", "\n \n", "\r\n\r\n"]))
def test_a_blank_line_always_starts_a_sentence(text: str, blank_line: str) -> None:
    doc = make_doc(text + "x" + blank_line + "next")
    assert len(doc) - 1 in sentence_starts(doc)
