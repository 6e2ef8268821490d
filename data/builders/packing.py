"""The packed form of the fact tables; src/reference/internal/packed.h reads the same bytes.

A file is a row of sections: the size unpacked and the size packed (32 bits each, little endian), then a zstd
frame. Sections come in pairs, strings and numbers; in the request models all sections of numbers share the first
of strings. Strings: their count, their lengths in bytes, then all their bytes without separators; a string is
referred to by its number in that order. Numbers: one stream of LEB128.
"""

import struct


class Strings:
    """Gives every distinct string its number, in the order of first use."""

    def __init__(self, known=()):
        self.ids = {}
        for text in known:
            self(text)

    def __call__(self, text):
        return self.ids.setdefault(text, len(self.ids))

    def pack(self):
        texts = [text.encode() for text in self.ids]
        return leb128([len(texts)] + [len(text) for text in texts]) + b"".join(texts)


class Lists:
    """Gives every distinct list of numbers its number; the empty list is number 0."""

    def __init__(self):
        self.ids = {(): 0}

    def __call__(self, numbers):
        return self.ids.setdefault(tuple(numbers), len(self.ids))

    def pack(self):
        numbers = [len(self.ids)]
        for one in self.ids:
            numbers += [len(one), *one]
        return numbers


def leb128(numbers):
    out = bytearray()
    for number in numbers:
        assert number >= 0
        while number >= 0x80:
            out.append(number & 0x7F | 0x80)
            number >>= 7
        out.append(number)
    return bytes(out)


def write(path, sections):
    import zstandard

    compressor = zstandard.ZstdCompressor(level=22, write_checksum=True)
    with open(path, "wb") as file:
        for section in sections:
            packed = compressor.compress(section)
            file.write(struct.pack("<II", len(section), len(packed)) + packed)


def sections(path):
    """The sections of a file, unpacked. Needs only the zstd program, so that a diff can use it."""
    import subprocess

    with open(path, "rb") as file:
        content = file.read()
    sizes, frames, at = [], [], 0
    while at < len(content):
        unpacked, packed = struct.unpack_from("<II", content, at)
        at += 8
        sizes.append(unpacked)
        frames.append(content[at : at + packed])
        at += packed
    # The program unpacks frames that follow each other as one.
    joined = subprocess.run(["zstd", "-dcq"], input=b"".join(frames), stdout=subprocess.PIPE, check=True).stdout
    assert len(joined) == sum(sizes)
    unpacked, at = [], 0
    for size in sizes:
        unpacked.append(joined[at : at + size])
        at += size
    return unpacked


def read(path):
    """The pairs (strings, numbers) of a file."""
    unpacked = sections(path)
    return [(strings_of(a), numbers_of(b)) for a, b in zip(unpacked[::2], unpacked[1::2])]


def numbers_of(section):
    number = shift = 0
    for byte in section:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield number
            number = shift = 0


def strings_of(section):
    numbers, lengths, size = numbers_of(section), [], 0
    count = next(numbers)
    lengths = [next(numbers) for _ in range(count)]
    at = len(leb128([count, *lengths]))
    texts = []
    for length in lengths:
        texts.append(section[at : at + length].decode())
        at += length
    return texts
