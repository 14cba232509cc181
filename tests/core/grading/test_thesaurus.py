"""Words that an author names as the same are read as the same, and opposites turn a sentence round."""

from checkpoint.core.grading.lexical import LexicalGrader
from checkpoint.core.grading.rubric import Criterion, Rubric, Words
from checkpoint.core.grading.thesaurus import MOST_VARIANTS, thesaurus
from checkpoint.core.grading.verdict import Outcome

WAYS = Rubric(
    prompt="What is checked?",
    concepts={"target": ("environment", "target environment"), "checks": ("check", "checks")},
    criteria=(Criterion(id="a", claim="The environment is checked.", ways=(("checks", "target"),)),),
)
CLAIM = Rubric(
    prompt="When does the valve open?",
    criteria=(Criterion(id="a", claim="The valve releases steam when the pressure limit is exceeded."),),
)


def outcome(rubric: Rubric, answer: str, **words: tuple[tuple[str, ...], ...]) -> Outcome:
    verdict = LexicalGrader().grade(rubric.with_words(Words(**words)), answer)
    return verdict.criteria[0].outcome


def test_a_synonym_stands_for_a_word_of_a_concept() -> None:
    assert outcome(WAYS, "The script checks the env.") is Outcome.MISSING
    assert outcome(WAYS, "The script checks the env.", synonyms=(("environment", "env"),)) is Outcome.MET


def test_a_name_of_several_words_stands_for_one_and_the_other_way_round() -> None:
    words = (("environment", "place of work"),)
    assert outcome(WAYS, "The script checks the place of work.", synonyms=words) is Outcome.MET
    longer = WAYS.model_copy(update={"concepts": {**WAYS.concepts, "target": ("place of work",)}})
    assert outcome(longer, "The script checks the environment.", synonyms=words) is Outcome.MET


def test_a_synonym_may_be_mistyped() -> None:
    words = (("environment", "surroundings"),)
    assert outcome(WAYS, "The script checks the suroundings.", synonyms=words) is Outcome.MET


def test_synonyms_count_where_only_a_claim_decides() -> None:
    answer = "The flap lets go vapour when the pressure limit is exceeded."
    words = (("valve", "flap"), ("steam", "vapour"), ("releases", "lets go"))
    assert outcome(CLAIM, answer) is not Outcome.MET
    assert outcome(CLAIM, answer, synonyms=words) is Outcome.MET


def test_an_antonym_turns_a_claim_round() -> None:
    answer = "The valve absorbs steam when the pressure limit is exceeded."
    assert outcome(CLAIM, answer, antonyms=(("releases", "absorbs"),)) is Outcome.CONTRADICTED
    assert outcome(CLAIM, answer) is not Outcome.CONTRADICTED


def test_a_phrase_full_of_synonyms_has_a_bounded_number_of_variants() -> None:
    words = thesaurus(tuple(tuple(f"{a}{i}" for i in "pqrstuvw") for a in "abcdefgh"))
    phrase = tuple(f"{a}p" for a in "abcdefgh")
    assert len(words.variants(phrase)) == MOST_VARIANTS
    assert words.variants(phrase)[0] == phrase
