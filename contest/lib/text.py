"""
Text as people write it: one Unicode form, search without marks, the Vietnamese order.

No database collation decides anything here or elsewhere: a name carries two keys of
its own, one to find it by and one to sort it by.
"""

import unicodedata

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
LETTER = {letter: place for place, letter in enumerate(ALPHABET, 1)}
SHAPES = {"\u0306", "\u0302", "\u031b"}
ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff"))


def tidy(text: str) -> str:
    """``text`` in NFC, without zero-width characters, runs of spaces made one."""
    return " ".join(unicodedata.normalize("NFC", text.translate(ZERO_WIDTH)).split())


def has_forbidden_characters(text: str) -> bool:
    """Whether ``text`` has a NUL or a lone surrogate, which no database can keep."""
    return any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text)


def search_key(text: str) -> str:
    """Lower case, without marks, đ as d: what one types to find ``text``."""
    bare = unicodedata.normalize("NFD", tidy(text).lower().replace("đ", "d"))
    return "".join(char for char in bare if not unicodedata.combining(char))


def sort_key(text: str) -> str:
    """A key whose plain comparison gives the Vietnamese dictionary order."""
    return " ".join(_word_key(word) for word in tidy(text).lower().split())


def name_sort_key(full_name: str) -> str:
    """Given name (the last word) first, then the rest, as Vietnamese lists do."""
    family, _, given = tidy(full_name).rpartition(" ")
    return f"{sort_key(given)} {sort_key(family)}".strip()


def _word_key(word: str) -> str:
    letters, tones = [], []
    for char in word:
        base, tone = _split_tone(char)
        letters.append(f"{LETTER[base]:02}" if base in LETTER else f"~{base}")
        tones.append(str(tone))
    return "".join(letters) + "." + "".join(tones)


def _split_tone(char: str) -> tuple[str, int]:
    tone, kept = 0, []
    for mark in unicodedata.normalize("NFD", char):
        if mark in TONES:
            tone = TONES[mark]
        elif mark in SHAPES or not unicodedata.combining(mark):
            kept.append(mark)
    return unicodedata.normalize("NFC", "".join(kept)), tone
