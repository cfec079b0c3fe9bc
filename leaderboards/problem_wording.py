"""
What is wrong with a contest, in words: code to sentence and remedy.

Every code that ``rules`` can give has its words here; a test demands it.
"""

from django.utils.translation import gettext_lazy as _

from contest.lib.faults import Fault

SEE_RULES = _("Xem docs/rules.md.")
PROBLEMS = {
    "ages_reversed": (
        _("Tuổi đến nhỏ hơn tuổi từ."),
        _("Đổi lại hai giới hạn tuổi."),
    ),
    "blueprint_or_fixed": (
        _("Đề phải có hoặc ma trận, hoặc bộ câu cố định, không cả hai."),
        _("Ghi một trong hai: blueprint hoặc fixed_items."),
    ),
    "circle": (_("Các bảng xếp hạng chờ lẫn nhau."), _("Bỏ bớt một điều kiện admit.")),
    "closes_too_early": (
        _("Vòng đóng không sau lúc mở."),
        _("Sửa closes_at; 24 giờ ngày 5 là 00:00 ngày 6."),
    ),
    "computed_later": (
        _("Bảng “%(value)s” chỉ được tính sau bảng này."),
        _("Lấy người từ một bảng của vòng trước."),
    ),
    "contest_only": (
        _("Chỉ dùng được khi scope là contest."),
        _("Đổi scope, hoặc bỏ khoá này."),
    ),
    "counts_without_unit": (
        _("Đối tượng tính cho đơn vị nhưng không hỏi đơn vị."),
        _("Đổi unit_kind thành unit hoặc commune."),
    ),
    "either_share_or_points": (
        _("Cần đúng một trong hai: share hoặc points."),
        SEE_RULES,
    ),
    "either_top_or_points": (
        _("Cần đúng một trong hai: top hoặc points."),
        SEE_RULES,
    ),
    "empty": (_("Danh sách không được rỗng."), _("Thêm ít nhất một mục.")),
    "items_differ": (
        _("Ma trận hoặc bộ câu có %(planned)s câu, nhưng items ghi %(items)s."),
        _("Sửa cho hai số bằng nhau."),
    ),
    "itself": (_("Bảng lấy người từ chính nó."), _("Chọn một bảng khác.")),
    "missing": (_("Thiếu khoá này."), SEE_RULES),
    "no_maximum": (
        _("Chỉ số này không có mức cao nhất để chia."),
        _("Ghi max, hoặc chọn cách quy đổi khác."),
    ),
    "no_such_day": (_("Không có ngày “%(value)s”."), _("Ghi ngày dạng 2025-09-29.")),
    "no_such_moment": (
        _("Không có thời điểm “%(value)s”."),
        _("Ghi dạng 2025-09-29T00:00:00+07:00."),
    ),
    "no_such_round": (
        _("Không có vòng số %(value)s."),
        _("Ghi số của một vòng, hoặc null cho mọi vòng."),
    ),
    "no_such_unit": (
        _("Không có đơn vị “%(value)s”."),
        _("Sửa mã, hoặc nhập đơn vị trước bằng import_units."),
    ),
    "not_a_list": (_("Giá trị phải là danh sách."), SEE_RULES),
    "not_a_list_of_texts": (_("Giá trị phải là danh sách các mã."), SEE_RULES),
    "not_a_share": (
        _("Giá trị phải là một tỷ lệ từ 0 đến 1."),
        _('Ghi dạng chữ, ví dụ "1/2".'),
    ),
    "not_a_text": (_("Giá trị phải là chữ."), SEE_RULES),
    "not_a_whole_number": (_("Giá trị phải là số nguyên."), SEE_RULES),
    "not_an_exact_number": (
        _("Giá trị phải là số chính xác."),
        _('Ghi số nguyên, hoặc dạng chữ như "1/2", "0.5".'),
    ),
    "not_an_object": (_("Giá trị phải là một đối tượng JSON."), SEE_RULES),
    "not_ascending": (
        _("Các mức phải tăng dần."),
        _("Xếp lại các mức từ nhỏ đến lớn."),
    ),
    "not_true_or_false": (_("Giá trị phải là true hoặc false."), SEE_RULES),
    "out_of_range": (
        _("Giá trị ngoài giới hạn."),
        _("Giới hạn: từ %(least)s đến %(most)s."),
    ),
    "succession_incomplete": (
        _("Đơn vị kế thừa và thời điểm kế thừa phải đi cùng nhau."),
        _("Ghi cả counts_as và counts_as_from, hoặc bỏ cả hai."),
    ),
    "twice": (_("“%(value)s” ghi hai lần."), _("Bỏ hoặc sửa một lần ghi.")),
    "unknown": (
        _("Không có “%(value)s”."),
        _("Dùng một mã đã khai: %(known)s."),
    ),
    "unknown_key": (_("Không có khoá này."), SEE_RULES),
    "wrong_length": (_("Danh sách có số mục không đúng."), SEE_RULES),
}


class _Named(dict):
    """Params of a problem; a name that the problem does not carry reads as a dash."""

    def __missing__(self, name):
        return "–"


def words_of(problem) -> tuple[str, str]:
    """``(sentence, remedy)`` of a problem."""
    sentence, remedy = PROBLEMS[problem.code]
    params = _Named(
        (name, ", ".join(map(str, value)) if isinstance(value, list) else value)
        for name, value in problem.params.items()
    )
    return str(sentence) % params, str(remedy) % params


def fault_of(problem) -> Fault:
    """The problem as a fault of the contest's file."""
    sentence, remedy = words_of(problem)
    return Fault(sentence, remedy, column=problem.path)
