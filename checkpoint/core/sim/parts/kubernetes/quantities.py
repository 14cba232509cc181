"""Quantities such as `250m` and `64Mi`: what they are worth, and how the server writes them."""

import re
from fractions import Fraction
from typing import Any

_DECIMAL = {"m": Fraction(1, 1000), "": Fraction(1), "k": Fraction(10**3), "M": Fraction(10**6)}
_DECIMAL |= {"G": Fraction(10**9), "T": Fraction(10**12)}
_BINARY = {name: Fraction(2 ** (10 * power)) for power, name in enumerate(("Ki", "Mi", "Gi", "Ti"), 1)}
_FORM = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,9})?)(m|k|M|G|T|Ki|Mi|Gi|Ti)?")


def _read(text: Any) -> tuple[Fraction, str] | None:
    found = _FORM.fullmatch(str(text))
    if found is None:
        return None
    suffix = found[2] or ""
    return Fraction(found[1]) * (_BINARY.get(suffix) or _DECIMAL[suffix]), suffix


def quantity(text: Any) -> float:
    """In whole units; 0 for what can't be read.

    >>> quantity("250m"), quantity("64Mi")
    (0.25, 67108864.0)
    """
    read = _read(text)
    return float(read[0]) if read else 0.0


def canonical(text: Any) -> Any:
    """As the server keeps it: whole numbers with the biggest suffix of their family; anything odd as it is.

    >>> canonical("1024Mi"), canonical("1.5Gi"), canonical("0.5"), canonical("2000m")
    ('1Gi', '1536Mi', '500m', '2')
    """
    read = _read(text)
    if read is None:
        return text
    value, suffix = read
    family = _BINARY if suffix in _BINARY else _DECIMAL
    for name, size in sorted(family.items(), key=lambda one: -one[1]):
        share = value / size
        if share.denominator == 1 and share:
            return f"{share.numerator}{name}"
    return "0" if not value else text
