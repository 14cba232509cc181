"""Which words of an answer are only asked: a question that the answer itself settles is none."""

from checkpoint.core.grading.text import Text

_ASKING = frozenset("ask asks asked asking question questions".split())
_INTERROGATIVE = frozenset("is are am was were does do did has have which where what who".split())
_OPENING = frozenset("where what who which how why when".split())
_BREAKS = frozenset(("->", "=>", "→", "⇒", ";", "|"))
_SETTLING = frozenset("no yes if else otherwise".split())


def asked(text: Text, number: int) -> range:
    """The tokens of a sentence that its author asks and nobody answers; empty where there are none."""
    sentence = text.sentences[number]
    whole = range(sentence.first, sentence.last)
    if not sentence.question or _tells_a_question(text, whole) or _is_settled(text, number):
        return range(0)
    breaks = [i for i in whole if text.tokens[i].text in _BREAKS]
    return range(breaks[-1] if breaks else sentence.first, sentence.last)


def _tells_a_question(text: Text, whole: range) -> bool:
    """Whether a sentence tells what is asked instead of asking: "you ask: is this the right cluster?"."""
    if any(text.tokens[i].text in _ASKING for i in whole):
        return True
    return any(
        text.tokens[i].text in (":", "(", '"') and text.tokens[i + 1].text in _INTERROGATIVE
        for i in whole[1:-1]
    )


def _is_settled(text: Text, number: int) -> bool:
    """Whether an answer follows: "where did it go? history, logs", "right cluster? -> no = stop"."""
    after = number + 1
    while after < len(text.sentences) and text.sentences[after].question:
        after += 1
    if after == len(text.sentences):
        return False
    follow = text.sentences[after]
    follows = text.tokens[follow.first]
    goes_on = any(token.text == "?" for token in text.tokens[follow.first : follow.last])
    if goes_on or follows.text in _BREAKS or follows.text in _SETTLING:
        return not _leaves_open(text, after)
    own = next(t for t in text.tokens[text.sentences[number].first :] if t.word)
    return after == number + 1 and own.text in _OPENING and not _leaves_open(text, after)


def _leaves_open(text: Text, number: int) -> bool:
    """ "No idea." answers nothing."""
    sentence = text.sentences[number]
    words = [t.text for t in text.tokens[sentence.first : sentence.last] if t.word]
    return words[:2] == ["no", "idea"] or {"know", "sure", "maybe", "perhaps", "guess"} & set(words) != set()
