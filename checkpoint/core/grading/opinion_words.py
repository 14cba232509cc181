"""How people speak about a statement: believing, doubting, what it is called, true and false."""

FALSE_WORDS = (
    *(
        "false untrue wrong incorrect inaccurate mistaken nonsense rubbish bullshit bogus myth misconception "
        "misunderstanding fallacy lie legend folklore misbelief illusion mistake error fiction fable hoax "
        "hallucination superstition baloney humbug absurd ridiculous preposterous exaggerated erroneous "
        "unfounded baseless disproved disproven debunked refuted invented"
    ).split(),
    "fairy tale",
    "made up",
    "wishful thinking",
)
"""What a false statement is called."""

TRUE_WORDS = ("true", "right", "correct", "so", "the case", "accurate", "a fact")
"""What a true one is called."""

BELIEVING = frozenset(
    """say says said saying tell tells told telling think thinks thought thinking claim claims claimed
    claiming believe believes believed believing assume assumes assumed suppose supposes conclude state
    states argue argues maintain accept accepts accepted agree agrees agreed buy imagine swear convinced
    persuaded pretend pretends pretending call""".split()
)
"""How people hold or utter an opinion."""

DOUBTING = frozenset(
    """doubt doubts doubted doubtful deny denies denied disagree disagrees dispute disputes reject rejects
    refuse refuses disbelieve hesitate decline opposite contrary reverse clueless differ beg""".split()
)
"""Words that turn an opinion round as a negation does."""

STATEMENTS = frozenset(
    """claim idea belief notion statement assumption view theory opinion argument rumour rumor assertion
    sentence story tale thesis hypothesis suggestion impression thought answer truth reality case
    fact""".split()
)
"""What a statement is called that somebody has an opinion about."""

EMPHASIS = (
    "simply just plainly clearly obviously completely totally absolutely quite really also actually indeed "
    "certainly definitely perfectly very entirely utterly plain therefore of course then strictly always "
    "exactly precisely"
).split()
"""Words that may stand before either."""
