"""A secret file as a tree of values: what is encrypted in it, and its seal over all values."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Union

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from checkpoint.core.sim import expressions
from checkpoint.core.sim.errors import Told
from checkpoint.core.sim.parts.sops.age import Draw


@dataclass(frozen=True, slots=True)
class Comment:
    """Without its `#`."""

    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, as RFC 3339."""

    text: str


Leaf = str | int | float | bool | Moment | Comment | None
Value = Union[Leaf, list["Value"], "Branch"]


@dataclass(slots=True)
class Branch:
    """Keys with values in their order. A comment is a key without a value."""

    items: list[tuple[str | Comment, Value]] = field(default_factory=list)

    def keys(self) -> list[str]:
        return [key for key, _ in self.items if isinstance(key, str)]

    def get(self, wanted: str) -> Value:
        return next((value for key, value in self.items if key == wanted), None)


@dataclass(slots=True)
class Metadata:
    """The `sops` entry of a file. `age`: recipients with their wrapped data key, armored."""

    age: list[tuple[str, str]] = field(default_factory=list)
    lastmodified: str = ""
    mac: str = ""
    selector: tuple[str, str] = ("unencrypted_suffix", "_unencrypted")
    """Which of the six rules says what is encrypted, and its value."""
    mac_only_encrypted: bool = False
    version: str = "3.11.0"


@dataclass(slots=True)
class SecretFile:
    documents: list[Branch]
    metadata: Metadata


SELECTORS = ("unencrypted_suffix", "encrypted_suffix", "unencrypted_regex", "encrypted_regex")


class SopsError(Told):
    """In SOPS's words, with its exit code."""


# --- one value ---------------------------------------------------------------------


def bytes_of(value: Leaf) -> bytes:
    """What is encrypted, and what the seal covers."""
    if isinstance(value, bool):
        return b"True" if value else b"False"
    if isinstance(value, float):
        return shown_float(value).encode()
    if isinstance(value, Moment | Comment):
        return value.text.encode("utf-8", "surrogateescape")
    return str("" if value is None else value).encode("utf-8", "surrogateescape")


def shown_float(value: float) -> str:
    """As Go writes it with the fewest digits and no exponent."""
    text = repr(value)
    if "e" in text or "inf" in text or "nan" in text:
        text = f"{value:f}".rstrip("0") if "e-" not in text else f"{value:.20f}".rstrip("0")
    return text.removesuffix(".0").removesuffix(".")


def _kind(value: Leaf) -> str:
    kinds: tuple[tuple[type, str], ...] = (
        (bool, "bool"),
        (int, "int"),
        (float, "float"),
        (Moment, "time"),
        (Comment, "comment"),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), "str")


def sealed(value: Leaf, key: bytes, where: str, iv: bytes) -> str:
    """`where` is the value's path, which is authenticated with it; `iv` has 32 bytes."""
    plain = bytes_of(value)
    if not plain:
        return ""
    made = AESGCM(key).encrypt(iv, plain, where.encode())
    parts = [base64.b64encode(part).decode() for part in (made[:-16], iv, made[-16:])]
    return f"ENC[AES256_GCM,data:{parts[0]},iv:{parts[1]},tag:{parts[2]},type:{_kind(value)}]"


def is_sealed(text: str) -> bool:
    return text.startswith("ENC[AES256_GCM,data:") and text.endswith("]")


def unsealed(text: str, key: bytes, where: str) -> tuple[Leaf, bytes]:
    """The value and its initialisation vector."""
    if not text:
        return "", b""
    parts = _parts(text)
    if parts is None:
        raise SopsError(f"Input string {text} does not match sops' data format", 25)
    data, iv, tag, kind = parts
    try:
        plain = AESGCM(key).decrypt(iv, data + tag, where.encode())
    except (InvalidTag, ValueError):
        raise SopsError("Could not decrypt with AES_GCM: cipher: message authentication failed", 25) from None
    return _typed(plain.decode("utf-8", "surrogateescape"), kind), iv


def _parts(text: str) -> tuple[bytes, bytes, bytes, str] | None:
    if not is_sealed(text):
        return None
    named = dict(part.partition(":")[::2] for part in text[len("ENC[AES256_GCM,") : -1].split(","))
    try:
        data, iv, tag = (base64.b64decode(named[name], validate=True) for name in ("data", "iv", "tag"))
        return data, iv, tag, named["type"]
    except (KeyError, binascii.Error, ValueError):
        return None


def _typed(text: str, kind: str) -> Leaf:
    try:
        if kind == "int":
            return int(text)
        if kind == "float":
            return float(text)
    except ValueError:
        raise SopsError(f"Could not read a value of type {kind}", 25) from None
    if kind == "bool":
        return text.lower() == "true"
    if kind == "time":
        return Moment(text)
    return Comment(text) if kind == "comment" else text


# --- the whole tree ------------------------------------------------------------------


OnLeaf = Callable[[Leaf, tuple[str, ...]], Leaf]


def _walked(value: Value, path: tuple[str, ...], on_leaf: OnLeaf) -> Value:
    if isinstance(value, Branch):
        return _branch(value, path, on_leaf)
    if isinstance(value, list):
        return [_walked(one, path, on_leaf) for one in value]
    return None if value is None else on_leaf(value, path)


def _branch(branch: Branch, path: tuple[str, ...], on_leaf: OnLeaf) -> Branch:
    made = Branch()
    for key, value in branch.items:
        if isinstance(key, Comment):
            told = on_leaf(key, path)
            made.items.append((told if isinstance(told, Comment) else Comment(str(told)), None))
        else:
            made.items.append((key, _walked(value, (*path, key), on_leaf)))
    return made


def _is_secret(metadata: Metadata, path: Sequence[str]) -> bool:
    rule, wanted = metadata.selector
    if rule.endswith("suffix"):
        fits = any(name.endswith(wanted) for name in path) if wanted else False
        return fits != rule.startswith("un")
    try:
        expression = expressions.compiled(wanted)
    except expressions.BadExpression:
        return rule.startswith("un")
    return any(expression.search(name) for name in path) != rule.startswith("un")


Known = dict[tuple[str, bytes], bytes]
"""(path, plain bytes) -> the vector used for it before, so that what didn't change keeps its bytes."""


def encrypted(file: SecretFile, key: bytes, draw: Draw, when: str, known: Known | None = None) -> SecretFile:
    """The file with its secrets sealed with the data key, and the seal over everything made anew."""
    digest = hashlib.sha512()

    def on_leaf(value: Leaf, path: tuple[str, ...]) -> Leaf:
        secret = _is_secret(file.metadata, path)
        plain = bytes_of(value)
        if not isinstance(value, Comment) and (secret or not file.metadata.mac_only_encrypted):
            digest.update(plain)
        if not secret:
            return value
        where = ":".join(path) + ":"
        iv = (known or {}).get((where, plain)) or draw("sops value")
        text = sealed(value, key, where, iv)
        return Comment(text) if isinstance(value, Comment) else text

    documents = [_branch(one, (), on_leaf) for one in file.documents]
    mac = sealed(digest.hexdigest().upper(), key, when, draw("sops mac"))
    metadata = Metadata(
        file.metadata.age, when, mac, file.metadata.selector, file.metadata.mac_only_encrypted
    )
    return SecretFile(documents, metadata)


def decrypted(file: SecretFile, key: bytes, *, ignore_mac: bool = False) -> tuple[SecretFile, Known]:
    """The file in clear, and what is needed to keep unchanged ciphertexts when it is sealed again."""
    digest = hashlib.sha512()
    known: Known = {}

    def on_leaf(value: Leaf, path: tuple[str, ...]) -> Leaf:
        where = ":".join(path) + ":"
        plain = value
        secret = _is_secret(file.metadata, path)
        if secret and isinstance(value, Comment):
            plain = value if not is_sealed(value.text) else _open(value.text, where)
        elif secret:
            plain = _open(value if isinstance(value, str) else bytes_of(value).decode(), where)
        if not isinstance(value, Comment) and (secret or not file.metadata.mac_only_encrypted):
            digest.update(bytes_of(plain))
        return plain

    def _open(text: str, where: str) -> Leaf:
        try:
            plain, iv = unsealed(text, key, where)
        except SopsError as error:
            lead = "Error decrypting tree: Error walking tree: Could not decrypt value: "
            raise SopsError(lead + error.message, 25) from None
        known[where, bytes_of(plain)] = iv
        return plain

    documents = [_branch(one, (), on_leaf) for one in file.documents]
    if not ignore_mac:
        _check(file.metadata, key, digest.hexdigest().upper())
    return SecretFile(documents, file.metadata), known


def _check(metadata: Metadata, key: bytes, computed: str) -> None:
    try:
        stored, _ = unsealed(metadata.mac, key, metadata.lastmodified)
    except SopsError as error:
        raise SopsError(f"Cannot decrypt MAC: {error.message}", 51) from None
    if stored != computed:
        raise SopsError(f"MAC mismatch. File has {stored or 'no MAC'}, computed {computed}", 51)
