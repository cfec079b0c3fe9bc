"""
An attempt as its own person reads it: each item with what is chosen, what is missing.

Positions and letters only; nothing here knows a key.
"""

from dataclasses import dataclass

from quizzes.services.papers import paper_for


@dataclass(frozen=True)
class Choice:
    """One option of an item on this paper; ``letter`` is what a person reads."""

    token: str
    letter: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class Line:
    """One item with its options; ``previous`` and ``next`` are tokens or empty."""

    token: str
    stem: str
    type: str
    choices: list[Choice]
    previous: str
    next: str

    @property
    def is_multiple(self):
        return self.type == "multiple"

    @property
    def chosen(self):
        return [choice for choice in self.choices if choice.is_chosen]


@dataclass(frozen=True)
class Sheet:
    """The whole paper with its answers."""

    lines: list[Line]

    @property
    def total(self):
        return len(self.lines)

    @property
    def missing(self):
        return [line for line in self.lines if not line.chosen]

    @property
    def answered(self):
        return self.total - len(self.missing)

    @property
    def current(self):
        """The token to begin with: the first item not answered, else the first."""
        return (self.missing or self.lines)[0].token


def sheet_of(attempt):
    """The attempt's items in paper order with its stored responses."""
    items = paper_for(attempt)
    tokens = ["", *(item["token"] for item in items), ""]
    return Sheet(
        [
            _line(item, attempt.responses, tokens[at], tokens[at + 2])
            for at, item in enumerate(items)
        ]
    )


def _line(item, responses, previous, next_):
    chosen = responses.get(item["token"], [])
    choices = [
        Choice(
            token=option["token"],
            letter=option["token"].upper(),
            text=option["text"],
            is_chosen=option["token"] in chosen,
        )
        for option in item["options"]
    ]
    return Line(item["token"], item["stem"], item["type"], choices, previous, next_)
