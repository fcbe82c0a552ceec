"""The limits of the clarity signals: the house's own, or a team's."""

from __future__ import annotations

from dataclasses import dataclass

from empathy_lint.model import Channel


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What is still fine; more of it is heard.

    `grade_*` is the Automated Readability Index, in US school grades: a chat is read in passing, a macro by
    everyone. `sentence_words`: the UK government's writing guide takes 25 as the limit, and a hint should come
    well after. `paragraph_words` without a break: about twelve lines on a phone.
    """

    grade_email: float = 14.0
    grade_chat: float = 12.0
    grade_macro: float = 13.0
    sentence_words: int = 45
    paragraph_words: int = 150

    def grade(self, channel: Channel) -> float:
        """The limit of a channel."""
        return {"email": self.grade_email, "chat": self.grade_chat, "macro": self.grade_macro}[channel]
