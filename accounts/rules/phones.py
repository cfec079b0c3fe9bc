"""Phone numbers as people type them, and as they are stored (E.164)."""

import re

SEPARATORS = re.compile(r"[\s.\-()]+")
E164 = re.compile(r"\+[1-9][0-9]{7,14}")


def e164(text: str) -> str | None:
    """
    Return a typed number as ``+84912345678``; None if it is no phone number.

    Vietnamese numbers may begin with 0 or 84; any other country needs its plus sign.
    """
    number = SEPARATORS.sub("", text)
    if re.fullmatch(r"0[0-9]{9,10}", number):
        number = f"+84{number[1:]}"
    elif re.fullmatch(r"84[0-9]{9,10}", number):
        number = f"+{number}"
    return number if E164.fullmatch(number) else None
