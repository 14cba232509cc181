"""Zip archives in memory: names and contents in, bytes out, and back."""

import struct
import zlib
from collections.abc import Mapping

_MOMENT = (0x4800, 0x5D77)
"""Every entry's time and date, so that the same contents have the same bytes."""

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_DEFLATED = 8


class NoArchive(Exception):
    """The bytes are no archive that was made here."""


def packed(entries: Mapping[str, bytes]) -> bytes:
    """An archive that unzip reads."""
    files, index = b"", b""
    for name, data in entries.items():
        title = name.encode()
        squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
        small = squeezer.compress(data) + squeezer.flush()
        facts = struct.pack(
            "<HHHHHLLLHH",
            20,
            0x800,
            _DEFLATED,
            *_MOMENT,
            zlib.crc32(data),
            len(small),
            len(data),
            len(title),
            0,
        )
        place = len(files)
        files += _LOCAL + facts + title + small
        index += _CENTRAL + struct.pack("<H", 20) + facts + struct.pack("<HHHLL", 0, 0, 0, 0, place) + title
    count = len(entries)
    return files + index + _END + struct.pack("<HHHHLLH", 0, 0, count, count, len(index), len(files), 0)


def unpacked(data: bytes, most: int) -> dict[str, bytes]:
    """The entries, each of at most `most` bytes. Raises NoArchive."""
    entries: dict[str, bytes] = {}
    at = 0
    try:
        while data[at : at + 4] == _LOCAL:
            _, _, way, _, _, check, small, size, title, extra = struct.unpack_from(
                "<HHHHHLLLHH", data, at + 4
            )
            start = at + 30 + title + extra
            name = data[at + 30 : at + 30 + title].decode()
            if way != _DEFLATED or size > most or small > len(data):
                raise NoArchive
            text = zlib.decompressobj(-15).decompress(data[start : start + small], most)
            if zlib.crc32(text) != check:
                raise NoArchive
            entries[name] = text
            at = start + small
    except (struct.error, zlib.error, UnicodeDecodeError):
        raise NoArchive from None
    if not entries:
        raise NoArchive
    return entries
