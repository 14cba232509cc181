"""The age file format, version 1, for X25519 recipients: read and written as age does.

Where age draws random bytes, a `Draw` gives them, so that the same lines make the same files.
"""

import base64
import binascii
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from checkpoint.core.sim.errors import SimError
from checkpoint.core.sim.parts.sops.bech32 import BadKey, decode, encode

INTRO = b"age-encryption.org/v1\n"
ARMOR_HEADER = "-----BEGIN AGE ENCRYPTED FILE-----"
ARMOR_FOOTER = "-----END AGE ENCRYPTED FILE-----"
_LABEL = b"age-encryption.org/v1/X25519"
_COLUMNS = 64
_CHUNK = 64 * 1024

Draw = Callable[[str], bytes]
"""What for -> 32 bytes."""


class AgeError(SimError):
    """The file can't be written or read; the message is age's, without the command's name."""


class NoMatch(AgeError):
    """None of the identities fits."""

    def __init__(self) -> None:
        super().__init__("no identity matched any of the recipients")


@dataclass(frozen=True, slots=True)
class Identity:
    """A secret key, 32 bytes."""

    secret: bytes

    @property
    def recipient(self) -> str:
        return encode("age", _public(self.secret))

    def told(self) -> str:
        return encode("age-secret-key-", self.secret).upper()


def _public(secret: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def recipient_of(text: str) -> bytes:
    """The public key behind `age1…`."""
    if not text.startswith("age1"):
        raise AgeError(f'unknown recipient type: "{text}"')
    try:
        kind, data = decode(text)
    except BadKey as error:
        raise AgeError(f'malformed recipient "{text}": {error.message}') from None
    if kind != "age":
        raise AgeError(f'malformed recipient "{text}": invalid type "{kind}"')
    if len(data) != 32:
        raise AgeError(f'malformed recipient "{text}": invalid X25519 public key')
    return data


def identity_of(line: str) -> Identity:
    if not line.startswith("AGE-SECRET-KEY-1"):
        raise AgeError("unknown identity type")
    try:
        _, data = decode(line)
    except BadKey as error:
        raise AgeError(f"malformed secret key: {error.message}") from None
    if len(data) != 32:
        raise AgeError("malformed secret key: invalid X25519 secret key")
    return Identity(data)


def identities_of(text: str) -> list[Identity]:
    """Every key of an identity file."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line and not line.startswith("#"):
            try:
                found.append(identity_of(line))
            except AgeError as error:
                raise AgeError(f"error at line {number}: {error.message}") from None
    if not found:
        raise AgeError("no secret keys found")
    return found


def _hkdf(key: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(key)


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


def _unb64(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)


# --- writing ---------------------------------------------------------------------


def encrypted(plain: bytes, recipients: Iterable[bytes], draw: Draw) -> bytes:
    """An age file that each of the recipients' keys opens."""
    file_key = draw("age file key")[:16]
    header = INTRO
    for public in recipients:
        header += _stanza(file_key, public, draw("age ephemeral key"))
    header += b"---"
    mac = hmac.digest(_hkdf(file_key, None, b"header"), header, "sha256")
    nonce = draw("age payload nonce")[:16]
    payload = _sealed(_hkdf(file_key, nonce, b"payload"), plain)
    return header + b" " + _b64(mac).encode() + b"\n" + nonce + payload


def _stanza(file_key: bytes, public: bytes, ephemeral: bytes) -> bytes:
    """A recipient's part of the header: the file's key, wrapped."""
    share = _public(ephemeral)
    wrapped = ChaCha20Poly1305(_wrapping(ephemeral, public, share, public)).encrypt(bytes(12), file_key, None)
    return f"-> X25519 {_b64(share)}\n{_b64(wrapped)}\n".encode()


def _wrapping(secret: bytes, other: bytes, share: bytes, public: bytes) -> bytes:
    try:
        shared = X25519PrivateKey.from_private_bytes(secret).exchange(
            X25519PublicKey.from_public_bytes(other)
        )
    except ValueError:
        raise AgeError("X25519 key is a low-order point") from None
    return _hkdf(shared, share + public, _LABEL)


def _chunks(data: bytes, size: int) -> list[bytes]:
    return [data[place : place + size] for place in range(0, len(data), size)] or [b""]


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


def _sealed(key: bytes, plain: bytes) -> bytes:
    cipher, pieces = ChaCha20Poly1305(key), _chunks(plain, _CHUNK)
    return b"".join(
        cipher.encrypt(_nonce(number, last=number == len(pieces) - 1), piece, None)
        for number, piece in enumerate(pieces)
    )


def armored(data: bytes) -> str:
    rows = [
        base64.b64encode(data[at : at + _COLUMNS * 3 // 4]).decode()
        for at in range(0, len(data), _COLUMNS * 3 // 4)
    ]
    return "\n".join([ARMOR_HEADER, *rows, ARMOR_FOOTER]) + "\n"


# --- reading ---------------------------------------------------------------------


def dearmored(text: str) -> bytes:
    bad = "failed to read header: parsing age header: invalid armor"
    lines = text.strip().splitlines()
    if len(lines) < 2 or lines[-1].strip() != ARMOR_FOOTER:
        raise AgeError(f"{bad}: invalid closing line")
    try:
        return base64.b64decode("".join(line.strip() for line in lines[1:-1]), validate=True)
    except (binascii.Error, ValueError):
        raise AgeError(
            "failed to read header: parsing age header: invalid armor: illegal base64 data"
        ) from None


@dataclass(frozen=True, slots=True)
class _Header:
    stanzas: tuple[tuple[str, bytes], ...]
    """First words and body."""
    signed: bytes
    mac: bytes


def decrypted(data: bytes, identities: Iterable[Identity]) -> bytes:
    """What stands in an age file, armored or not."""
    if data.startswith(ARMOR_HEADER.encode()):
        data = dearmored(data.decode("ascii", "replace"))
    header, payload = _parsed(data)
    file_key = _unwrapped(header, list(identities))
    if not hmac.compare_digest(
        hmac.digest(_hkdf(file_key, None, b"header"), header.signed, "sha256"), header.mac
    ):
        raise AgeError("bad header MAC")
    if len(payload) < 16:
        raise AgeError("failed to read nonce: unexpected EOF")
    return _opened(_hkdf(file_key, payload[:16], b"payload"), payload[16:])


_OLD_BETA = (
    "Note: this might be a file encrypted with an old beta version of age or rage."
    " Use age v1.0.0-beta6 or rage to decrypt it."
)


def _parsed(data: bytes) -> tuple[_Header, bytes]:
    def bad(why: str) -> AgeError:
        return AgeError(f"failed to read header: failed to parse header: {why}")

    intro = "failed to read header: parsing age header"

    first, newline, rest = data.partition(b"\n")
    if not newline:
        raise AgeError(f"{intro}: failed to read intro: EOF")
    if first + newline != INTRO:
        raise AgeError(f"{intro}: unexpected intro: {_quoted(first + newline)}")
    stanzas: list[tuple[str, bytes]] = []
    place = len(INTRO)
    while True:
        line, newline, rest = data[place:].partition(b"\n")
        if not newline:
            raise bad("failed to read line: EOF")
        if line.startswith(b"--- "):
            try:
                mac = _unb64(line[4:].decode("ascii"))
            except (ValueError, UnicodeDecodeError):
                raise bad(f"malformed closing line {_quoted(line)}") from None
            return _Header(tuple(stanzas), data[: place + 3], mac), rest
        if not line.startswith(b"-> "):
            raise bad(f"malformed stanza opening line {_quoted(line + newline)}")
        place += len(line) + 1
        body = b""
        while True:
            row, newline, _ = data[place:].partition(b"\n")
            place += len(row) + 1
            if row.startswith((b"--- ", b"-> ")):
                why = f"malformed body line {_quoted(row + newline)}: stanza ended without a short line"
                raise bad(f"{why}\n{_OLD_BETA}")
            try:
                body += _unb64(row.decode("ascii"))
            except (ValueError, UnicodeDecodeError):
                raise bad(f"malformed body line {_quoted(row)}") from None
            if len(row) < _COLUMNS or not newline:
                break
        stanzas.append((line[3:].decode("utf-8", "replace"), body))


def _quoted(data: bytes) -> str:
    """As Go's %q shows it, near enough."""
    text = data.decode("utf-8", "replace")
    return (
        '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
    )


def _unwrapped(header: _Header, identities: list[Identity]) -> bytes:
    for identity in identities:
        public = _public(identity.secret)
        for words, body in header.stanzas:
            kind, _, share = words.partition(" ")
            if kind != "X25519":
                continue
            try:
                ephemeral = _unb64(share)
                key = _wrapping(identity.secret, ephemeral, ephemeral, public)
                return ChaCha20Poly1305(key).decrypt(bytes(12), body, None)
            except (InvalidTag, ValueError):
                continue
    raise NoMatch()


def _opened(key: bytes, payload: bytes) -> bytes:
    cipher, pieces = ChaCha20Poly1305(key), _chunks(payload, _CHUNK + 16)
    try:
        return b"".join(
            cipher.decrypt(_nonce(number, last=number == len(pieces) - 1), piece, None)
            for number, piece in enumerate(pieces)
        )
    except InvalidTag:
        raise AgeError("failed to decrypt and authenticate payload chunk") from None
