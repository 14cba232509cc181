"""Other languages than the course's, noticed by their small words and by their letters."""

from collections import Counter

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.text import Sentence, Text

_WORDS: dict[str, frozenset[str]] = {
    "German": frozenset(
        """der die das und ist nicht ein eine einen einem einer mit auf für von zu dem den des im am wird
        werden
        wenn dann auch nur noch aber oder weil dass daß sich sind war wurde wir ich sie man kann muss müssen
        vor nach bei aus durch über unter zwischen immer jeder jede jedes alle keine kein mehr schon sehr
        sofort zuerst danach ob wie was wo""".split()
    ),
    "French": frozenset(
        """le la les un une des et est pas ne dans sur pour par avec sans que qui ce cette ces il elle on nous
        vous ils du au aux mais ou donc car si plus avant après chaque tout tous être avoir fait faut doit
        sont
        l d qu n s c se son sa ses leur""".split()
    ),
    "Spanish": frozenset(
        """el la los las un una unos y es no en de del que por para con sin se su sus al lo como más pero o si
        antes después cada todo todos está están ser hay debe porque cuando donde también muy ya fue son
        este esta""".split()
    ),
    "Italian": frozenset(
        """il lo la gli le un una e è non in di del della che per con senza si suo al come più ma o se prima
        dopo ogni tutto tutti essere sono deve perché quando dove anche molto già nel nella dei
        delle""".split()
    ),
    "Portuguese": frozenset(
        """o a os as um uma e é não em de do da que por para com sem se seu sua ao no na como mais mas ou
        antes
        depois cada todo todos ser está são deve porque quando onde também muito já dos das pelo
        pela""".split()
    ),
    "Dutch": frozenset(
        """de het een en is niet in op van voor met zonder dat die er aan bij als dan ook maar of omdat wordt
        worden zijn was wij ik je men kan moet altijd elke alle geen meer naar uit door over tussen""".split()
    ),
    "Polish": frozenset(
        """i w na z do nie jest to że się o po przed za od dla jak ale lub czy tylko są być oraz każdy każdym
        przez co gdy jeśli który która które już też""".split()
    ),
    "Czech": frozenset(
        """je že se na v a nebo ale když který která které jsou není byl byla před po pro do z ze jen už také
        tak jako protože musí může každý každým této tento to co při""".split()
    ),
    "Turkish": frozenset(
        """ve bir bu için değil ile da de ama veya çünkü önce sonra her gibi olarak olan var yok daha çok mi
        mı ise kadar sadece zaman olur edilir gerekir""".split()
    ),
    "Swedish": frozenset(
        """och är inte en ett det att som på av för med den till i om men eller så har ska kan före efter
        varje
        alla bara också när var från vid""".split()
    ),
}
"""The small words of other languages. Words that are English too are not counted."""
_ENGLISH_TOO = lexicon.FUNCTION_WORDS | frozenset(
    "die war come son sin con plus per man men over am im pour fun dem des men as do of all".split()
)
_FOREIGN = {name: words - _ENGLISH_TOO for name, words in _WORDS.items()}
_ANY_FOREIGN = frozenset().union(*_FOREIGN.values())


def language_of(text: Text, sentence: Sentence) -> str:
    """The other language that a sentence is in; empty for the course's own and for what can't be told."""
    words = [t.text for t in text.tokens[sentence.first : sentence.last] if t.word and t.text.isalpha()]
    if len(words) < 3:
        return ""
    foreign_letters = sum(not w.isascii() and not _latin(w) for w in words)
    if foreign_letters > len(words) / 2:
        return "another language"
    telling = [w for w in words if w in _ANY_FOREIGN]
    if len(telling) < 2:
        return ""
    english = sum(w in lexicon.FUNCTION_WORDS for w in words)
    counts = Counter({name: sum(w in small for w in telling) for name, small in _FOREIGN.items()})
    name, most = counts.most_common(1)[0]
    return name if most >= 2 and most > english and most / len(words) >= 0.15 else ""


def _latin(word: str) -> bool:
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 for c in word)


def other_language(text: Text, languages: list[str]) -> str:
    """The other language that a good part of a text is in, given that of each sentence; empty for none."""
    sizes: Counter[str] = Counter()
    total = 0
    for sentence, name in zip(text.sentences, languages, strict=True):
        size = sentence.last - sentence.first
        total += size
        if name:
            sizes[name] += size
    if not sizes or sum(sizes.values()) < 0.3 * total:
        return ""
    return sizes.most_common(1)[0][0]
