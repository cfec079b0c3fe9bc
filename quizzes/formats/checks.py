"""
What makes an item sound, whatever file it came from.

Each check answers with ``(column, message, remedy)`` for each thing wrong; a format
adds the place in its file.
"""

import re

from django.utils.translation import gettext as _

TYPES = ("single", "multiple", "true_false")
DIFFICULTIES = ("easy", "medium", "hard")
LETTERS = "abcdefghij"
CODE = re.compile(r"[-a-zA-Z0-9_]{1,60}")
LONGEST_STEM = 4000
LONGEST_OPTION = 1000
LONGEST_SOURCE = 500


def wrongs(item):
    """Everything wrong with ``item`` (a ``ParsedItem``), as a list of triples."""
    return [*_labels(item), *_texts(item), *_options(item), *_key(item)]


def _labels(item):
    if not CODE.fullmatch(item.code):
        yield (
            "id",
            _("Thiếu mã câu hỏi, hoặc mã có ký tự lạ."),
            _("Ghi mã bằng chữ không dấu, chữ số, gạch nối; nhiều nhất 60 ký tự."),
        )
    if not item.topic:
        yield "topic", _("Thiếu chủ đề."), _("Ghi mã hoặc tên chủ đề.")
    if item.difficulty not in DIFFICULTIES:
        yield (
            "difficulty",
            _("Không có mức độ khó “%(value)s”.") % {"value": item.difficulty[:40]},
            _("Ghi một trong: %(known)s.") % {"known": ", ".join(DIFFICULTIES)},
        )
    if item.type not in TYPES:
        yield (
            "type",
            _("Không có loại câu hỏi “%(value)s”.") % {"value": item.type[:40]},
            _("Ghi một trong: %(known)s.") % {"known": ", ".join(TYPES)},
        )
    if item.code in (item.not_with or ()):
        yield (
            "not_with",
            _("Câu hỏi tự kê chính nó."),
            _("Chỉ kê mã của những câu khác làm lộ đáp án câu này."),
        )


def _texts(item):
    if not item.stem:
        yield "stem", _("Thiếu nội dung câu hỏi."), _("Ghi nội dung câu hỏi.")
    if len(item.stem) > LONGEST_STEM:
        yield (
            "stem",
            _("Câu hỏi dài quá %(n)d ký tự.") % {"n": LONGEST_STEM},
            _("Viết gọn lại."),
        )
    if len(item.source) > LONGEST_SOURCE:
        yield (
            "source",
            _("Căn cứ dài quá %(n)d ký tự.") % {"n": LONGEST_SOURCE},
            _("Viết gọn lại."),
        )


def _options(item):
    texts = [option["text"] for option in item.options]
    if len(texts) < 2 or len(texts) > len(LETTERS):
        yield (
            "option_b",
            _("Câu hỏi có %(n)d phương án.") % {"n": len(texts)},
            _("Cần từ 2 đến %(most)d phương án.") % {"most": len(LETTERS)},
        )
    for place, text in enumerate(texts):
        column = f"option_{LETTERS[min(place, len(LETTERS) - 1)]}"
        if not text:
            yield (
                column,
                _("Phương án trống ở giữa."),
                _("Ghi các phương án liền nhau, bỏ trống các cột cuối."),
            )
        elif len(text) > LONGEST_OPTION:
            yield (
                column,
                _("Phương án dài quá %(n)d ký tự.") % {"n": LONGEST_OPTION},
                _("Viết gọn lại."),
            )
        elif text in texts[:place]:
            yield (
                column,
                _("Phương án này trùng với một phương án ở trước."),
                _("Sửa hoặc bỏ một trong hai phương án."),
            )


def _key(item):
    known = {option["id"] for option in item.options if option["text"]}
    strange = [letter for letter in item.correct if letter not in known]
    if not item.correct:
        yield (
            "correct",
            _("Chưa ghi phương án đúng."),
            _("Ghi chữ cái của phương án đúng; nhiều chữ thì cách bằng dấu chấm phẩy."),
        )
    elif strange:
        yield (
            "correct",
            _("Phương án đúng %(letters)s không có nội dung.")
            % {"letters": ", ".join(strange).upper()[:40]},
            _("Ghi chữ cái của một phương án có nội dung."),
        )
    elif len(set(item.correct)) < len(item.correct):
        yield "correct", _("Phương án đúng ghi hai lần."), _("Ghi mỗi chữ một lần.")
    else:
        yield from _count_of_correct(item)


def _count_of_correct(item):
    if item.type in ("single", "true_false") and len(item.correct) != 1:
        yield (
            "correct",
            _("Loại %(type)s chỉ có một phương án đúng.") % {"type": item.type},
            _("Ghi một chữ cái, hoặc đổi loại thành multiple."),
        )
    if item.type == "multiple" and len(item.correct) < 2:
        yield (
            "correct",
            _("Loại multiple cần từ hai phương án đúng."),
            _("Ghi đủ các chữ cái, hoặc đổi loại thành single."),
        )
    if item.type == "true_false" and len(item.options) != 2:
        yield (
            "option_c",
            _("Loại true_false có đúng hai phương án."),
            _("Chỉ ghi option_a và option_b."),
        )
