"""Lemma tables for spaCy's rule lemmatizer, learned from the words of a treebank.

A trained (edit tree) lemmatizer invents words ("escalated" -> "escalat") and its trees hold training
strings. Here are three plain tables instead: words known to be lemmas, exceptions, and suffix rules,
longest first, which alone decide about a word never seen.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence

from spacy.lookups import Lookups

from tools.pipeline.treebank import Sentence

OPEN = ("VERB", "NOUN", "ADJ", "ADV")  # classes with suffix rules; the others have exceptions only
CLOSED = ("AUX", "PRON", "DET", "PART")
CONTEXT = 4  # letters of the stem a rule may look at
SEEN = 2  # word types a rule must rest on
SURE = 0.7  # share of them it must get right
OFTEN = 2  # times a closed-class form must occur: rarer ones are typing errors ("teh" for "the")
# Spellings the treebank corrects or shortens in its own way; a rule's author means the plain word.
KEEP = {"NOUN": {"am", "pm", "etc"}}

# Tried after the learned rules. A doubled consonant is undone only where that gives a known lemma
# ("cancelling" -> "cancel", "selling" -> "sell"): spaCy prefers a known answer to any other.
DOUBLED = [(c + c + end, c) for c in "bdglmnprt" for end in ("ed", "ing")]
FALLBACK: dict[str, list[tuple[str, str]]] = {
    "VERB": [("oes", "o"), ("ed", ""), ("ing", ""), *DOUBLED, ("s", "")],
    "NOUN": [("oes", "o"), ("uses", "us"), ("s", "")],
    "ADJ": [("est", ""), ("er", ""), ("tter", "t"), ("ttest", "t"), ("gger", "g")],
    "ADV": [],
}
# Irregular forms a treebank of this size may not hold: lemma, then its forms.
IRREGULAR = {
    "VERB": """
        arise arose arisen | awake awoke awoken | beat beaten | bend bent | bind bound | bite bit bitten
        bleed bled | blow blew blown | breed bred | cling clung | creep crept | dig dug | drink drank drunk
        feed fed | fight fought | flee fled | fly flew flown | forbid forbade forbidden | forget forgot
        forgotten | forgive forgave forgiven | freeze froze frozen | grind ground | hang hung | hide hid
        hidden | kneel knelt | lay laid | lead led | lend lent | mislead misled | mistake mistook mistaken
        misunderstand misunderstood | oversee oversaw overseen | overtake overtook overtaken | redo redid
        redone | resend resent | rewrite rewrote rewritten | ride rode ridden | ring rang rung | rise rose
        risen | shake shook shaken | shine shone | shrink shrank shrunk | sing sang sung | sink sank sunk
        slide slid | speed sped | spin spun | spring sprang sprung | steal stole stolen | stick stuck
        sting stung | strike struck stricken | swear swore sworn | sweep swept | swim swam swum
        swing swung | tear tore torn | throw threw thrown | undergo underwent undergone | undo undid undone
        upset | wake woke woken | wear wore worn | weave wove woven | weep wept | wind wound
        withdraw withdrew withdrawn | withhold withheld | write wrote written
    """,
    "NOUN": "criterion criteria | datum data | mouse mice | tooth teeth | foot feet | goose geese",
}

Pairs = dict[str, str]  # lower-case form -> lemma
Rule = tuple[str, str]  # suffix to take off, suffix to put on


def lemma_tables(sentences: Iterable[Sentence]) -> Lookups:
    """`lemma_index`, `lemma_exc` and `lemma_rules`, keyed by lower-case universal part of speech."""
    seen = _counted(sentences)
    index: dict[str, dict[str, int]] = {}
    exceptions: dict[str, dict[str, list[str]]] = {}
    rules: dict[str, list[list[str]]] = {}
    for pos in OPEN:
        pairs = _pairs(seen[pos], often=1)
        pairs = {**_irregular(pos), **pairs}
        known = set(pairs.values())
        learned = [*learn_rules(pairs), *FALLBACK[pos], ("", "")]
        known -= _in_the_way(pairs, learned, known)
        key = pos.lower()
        index[key], rules[key] = dict.fromkeys(sorted(known), 1), [list(r) for r in learned]
        exceptions[key] = {form: [lemma] for form, lemma in pairs.items() if apply(learned, known, form) != lemma}
    for pos in CLOSED:
        pairs = _pairs(seen[pos], often=OFTEN)
        exceptions[pos.lower()] = {form: [lemma] for form, lemma in pairs.items() if form != lemma}
        rules[pos.lower()] = [["", ""]]
    lookups = Lookups()
    lookups.add_table("lemma_index", index)
    lookups.add_table("lemma_exc", exceptions)
    lookups.add_table("lemma_rules", rules)
    return lookups


def _counted(sentences: Iterable[Sentence]) -> dict[str, Counter[tuple[str, str]]]:
    seen: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for sentence in sentences:
        for word in sentence.words:
            form, plain = word.form.lower(), word.form.replace("'", "").isalpha()
            if plain and word.lemma != "_" and form not in KEEP.get(word.pos, ()):
                seen[word.pos][form, word.lemma] += 1
    return seen


def _pairs(counts: Counter[tuple[str, str]], often: int) -> Pairs:
    """The commonest lemma of each form. Lemmas that are not one word of letters are left out."""
    pairs: Pairs = {}
    for (form, lemma), count in counts.most_common():
        if count >= often and lemma.replace("'", "").isalpha():
            pairs.setdefault(form, lemma)
    return dict(sorted(pairs.items()))


def _in_the_way(pairs: Pairs, rules: Sequence[Rule], known: set[str]) -> set[str]:
    """Lemmas that would hide a commoner one: "found" (to found) hides "find" in "found".

    spaCy puts an exception first only if no rule gives that answer too.
    """
    hidden = set()
    for form, lemma in pairs.items():
        answers = [a for a in _answers(rules, form) if a in known]
        if lemma in answers and answers[-1] != lemma:
            hidden |= set(answers[answers.index(lemma) + 1 :])
    return hidden


def _irregular(pos: str) -> Pairs:
    """The hand-written forms of `pos`, each lemma as a form of itself too."""
    groups = [group.split() for group in IRREGULAR.get(pos, "").split("|")]
    return {form: group[0] for group in groups for form in group}


def learn_rules(pairs: Pairs) -> list[Rule]:
    """Suffix rules, longest first, without those a shorter rule already implies."""
    by_suffix: dict[str, Counter[str]] = defaultdict(Counter)
    for form, lemma in pairs.items():
        for old, new in _candidates(form, lemma):
            by_suffix[old][new] += 1
    total = Counter(form[-n:] for form in pairs for n in range(1, len(form) + 1))
    rules: list[Rule] = []
    for old in sorted(by_suffix, key=lambda s: (len(s), s)):
        new, count = by_suffix[old].most_common(1)[0]
        if count >= SEEN and count >= SURE * total[old] and _unseen(rules, old) != new:
            rules.append((old, new))
    return rules[::-1]


def _candidates(form: str, lemma: str) -> Iterable[Rule]:
    """Every way to say `form` -> `lemma` as a change of suffix with up to CONTEXT letters of stem."""
    shared = 0
    while shared < min(len(form), len(lemma)) and form[shared] == lemma[shared]:
        shared += 1
    for cut in range(shared, max(shared - CONTEXT, 0) - 1, -1):
        if form[cut:]:
            yield form[cut:], lemma[cut:]


def _unseen(rules: Sequence[Rule], suffix: str) -> str | None:
    """What the rules so far (shortest first) make of a word that is just this suffix."""
    for old, new in reversed(rules):
        if suffix.endswith(old):
            return suffix[: len(suffix) - len(old)] + new
    return suffix


def apply(rules: Sequence[Rule], known: Container[str], form: str) -> str:
    """spaCy's own order: the last rule with a known answer, else the first that fits, else the form.

    `rules` may hold the empty rule ("the form itself") at its end.
    """
    answers = _answers(rules, form) or [form]
    hits = [a for a in answers if a in known]
    return hits[-1] if hits else answers[0]


def _answers(rules: Sequence[Rule], form: str) -> list[str]:
    answers = [form[: len(form) - len(old)] + new for old, new in rules if form.endswith(old)]
    return [answer for answer in answers if answer]
