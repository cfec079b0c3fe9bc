"""
A paper as the outside sees it: positions and letters, words, and no identity.

Positions ``"1"``... and letters ``"a"``... follow the order drawn for this attempt, so
no token tells anything of the bank's order.
"""

from quizzes.rules.scoring import LETTERS
from quizzes.services.pools import words_for


def paper_for(attempt):
    """
    Return the attempt's items in order, without any key.

    ``[{"token": "1", "stem", "type", "options": [{"token": "a", "text"}]}]``
    """
    words = words_for(attempt)
    return [
        _item(str(number), words[drawn["item"]], drawn["options"])
        for number, drawn in enumerate(attempt.paper, start=1)
    ]


def _item(token, item, order):
    texts = {option["id"]: option["text"] for option in item["options"]}
    return {
        "token": token,
        "stem": item["stem"],
        "type": item["type"],
        "options": [
            {"token": letter, "text": texts[option]}
            for letter, option in zip(LETTERS, order, strict=False)
        ],
    }
