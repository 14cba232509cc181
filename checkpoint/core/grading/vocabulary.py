"""The words a rubric knows, and which of them a mistyped one was meant to be."""

from dataclasses import dataclass, field

from checkpoint.core.grading import lexicon
from checkpoint.core.grading.text import stem


@dataclass(slots=True)
class Vocabulary:
    """The words a rubric knows, for reading typing mistakes."""

    stems: set[str] = field(default_factory=set)
    _words: set[str] = field(default_factory=set)
    _deletions: dict[str, str] = field(default_factory=dict)
    """A word with letters left out leads to the words it may come from, with spaces between: there are some
    ten thousand in a rubric, and hardly any leads to two."""
    _seen: dict[str, str] = field(default_factory=dict)

    def add(self, word: str) -> None:
        if word in self._words:
            return
        self._words.add(word)
        self.stems.add(stem(word))
        if word.isalpha() and len(word) >= 5:
            for shorter in _deletions(word, 2 if len(word) >= 9 else 1):
                known = self._deletions.get(shorter)
                self._deletions[shorter] = f"{known} {word}" if known else word

    def corrected(self, word: str) -> str:
        """The stem meant by a word that nobody knows, or an empty string."""
        if word not in self._seen:
            if len(self._seen) > 5_000:
                self._seen.clear()
            self._seen[word] = self._nearest(word)
        return self._seen[word]

    def _nearest(self, word: str) -> str:
        if not 5 <= len(word) <= 18 or not word.isalpha() or stem(word) in self.stems:
            return ""
        if word in lexicon.REAL_WORDS or word in lexicon.FUNCTION_WORDS or word in lexicon.COMMON_VERBS:
            return ""
        candidates: set[str] = set()
        for shorter in _deletions(word, 2 if len(word) >= 9 else 1):
            candidates.update(self._deletions.get(shorter, "").split())
        best = ("", 9)
        for candidate in sorted(candidates):
            allowed = 2 if min(len(candidate), len(word)) >= 9 else 1
            short = max(len(candidate), len(word)) < 6
            if candidate[0] != word[0] or (short and sorted(candidate) != sorted(word)):
                continue
            far = distance(word, candidate, allowed)
            if far <= allowed and far < best[1]:
                best = (candidate, far)
        return stem(best[0]) if best[0] else ""


def _deletions(word: str, depth: int) -> set[str]:
    found = {word}
    for _ in range(depth):
        found |= {w[:i] + w[i + 1 :] for w in found if len(w) > 3 for i in range(len(w))}
    return found


def distance(one: str, other: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap neighbours) between two words; above `limit`, limit + 1."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        current = [i]
        for j, b in enumerate(other, 1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return previous[-1]
