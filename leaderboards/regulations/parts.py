"""The parts of the rules text: sections of paragraphs, lists and tables."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Block:
    """
    One paragraph, list or table.

    ``kind`` is ``paragraph`` (``text``), ``list`` (``items``, after ``text`` if there
    is one; ``is_ordered`` where the order counts) or ``table`` (``columns``, ``rows``
    of texts, ``text`` as its caption).
    """

    kind: str
    text: str = ""
    items: tuple = ()
    is_ordered: bool = False
    columns: tuple = ()
    rows: tuple = ()

    def as_dict(self):
        """What the API answers; only the keys that the kind uses."""
        if self.kind == "paragraph":
            return {"kind": self.kind, "text": self.text}
        if self.kind == "list":
            return {
                "kind": self.kind,
                "text": self.text,
                "items": list(self.items),
                "ordered": self.is_ordered,
            }
        return {
            "kind": self.kind,
            "text": self.text,
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows],
        }


@dataclass(frozen=True)
class Section:
    """A titled part of the rules; ``code`` is its stable name, for links."""

    code: str
    title: str
    blocks: tuple = field(default_factory=tuple)

    def as_dict(self):
        return {
            "code": self.code,
            "title": self.title,
            "blocks": [block.as_dict() for block in self.blocks],
        }


def paragraph(*sentences):
    """The sentences that are not empty, as one paragraph."""
    return Block("paragraph", text=" ".join(str(s) for s in sentences if s))


def listing(items, text="", *, ordered=False):
    items = tuple(str(item) for item in items)
    return Block("list", text=str(text), items=items, is_ordered=ordered)


def table(columns, rows, text=""):
    return Block(
        "table",
        text=str(text),
        columns=tuple(str(column) for column in columns),
        rows=tuple(tuple(str(cell) for cell in row) for row in rows),
    )


def section(code, title, blocks):
    """A section without the blocks that say nothing."""
    said = tuple(b for b in blocks if b.text or b.items or b.rows)
    return Section(code, str(title), said)
