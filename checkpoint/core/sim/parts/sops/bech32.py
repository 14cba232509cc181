"""Bech32, in which age writes keys, with age's words for what is wrong with one."""

from checkpoint.core.sim.errors import SimError

_CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM = 6


class BadKey(SimError):
    """A key that can't be read; the message is age's."""


def encode(prefix: str, data: bytes) -> str:
    """`prefix` in lower case; the result too."""
    values = _regrouped(list(data), 8, 5, pad=True)
    polymod = _polymod([*_expanded(prefix), *values, *[0] * _CHECKSUM]) ^ 1
    checksum = [(polymod >> 5 * (5 - place)) & 31 for place in range(_CHECKSUM)]
    return prefix + "1" + "".join(_CHARSET[value] for value in (*values, *checksum))


def decode(text: str) -> tuple[str, bytes]:
    """Prefix and data."""
    if text.lower() != text and text.upper() != text:
        raise BadKey("mixed case")
    place = text.rfind("1")
    if place < 1 or place + 7 > len(text):
        raise BadKey(f"separator '1' at invalid position: pos={place}, len={len(text)}")
    prefix = text[:place]
    values = []
    for number, char in enumerate(text[place + 1 :].lower()):
        value = _CHARSET.find(char)
        if value < 0:
            raise BadKey(f"invalid character data part: s[{number}]={ord(char)}")
        values.append(value)
    if _polymod([*_expanded(prefix.lower()), *values]) != 1:
        raise BadKey("invalid checksum")
    return prefix, bytes(_regrouped(values[:-_CHECKSUM], 5, 8, pad=False))


def _expanded(prefix: str) -> list[int]:
    return [*(ord(char) >> 5 for char in prefix), 0, *(ord(char) & 31 for char in prefix)]


def _polymod(values: list[int]) -> int:
    checked = 1
    for value in values:
        top = checked >> 25
        checked = (checked & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATOR):
            checked ^= generator if top >> place & 1 else 0
    return checked


def _regrouped(values: list[int], width: int, goal: int, *, pad: bool) -> list[int]:
    """Bits in groups of `width`, regrouped to `goal`."""
    held, bits, out = 0, 0, []
    for value in values:
        held, bits = held << width | value, bits + width
        while bits >= goal:
            bits -= goal
            out.append(held >> bits & (1 << goal) - 1)
        held &= (1 << bits) - 1
    if pad and bits:
        out.append(held << goal - bits & (1 << goal) - 1)
    elif bits >= width or held:
        raise BadKey("illegal zero padding" if bits >= width else "non-zero padding")
    return out
