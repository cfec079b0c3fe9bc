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
    "pool_too_small": (
        _("Cần %(needed)s câu nhưng ngân hàng chỉ có %(available)s câu đã duyệt."),
        _("Thêm hoặc duyệt câu, hoặc giảm số câu của dòng này."),
    ),
    "pool_thin": (
        _(
            "Lấy %(needed)s câu trong %(available)s câu đã duyệt; nhiều người sẽ gặp "
            "cùng câu."
        ),
        _("Nên có ít nhất gấp đôi số câu cần lấy."),
    ),
    "no_such_item": (
        _("Không có câu “%(value)s” đã duyệt."),
        _("Sửa mã, hoặc duyệt câu đó."),
    ),
    "rounds_overlap": (
        _("Vòng này mở khi vòng trước chưa đóng."),
        _("Kiểm tra lại lịch các vòng."),
    ),
    "audience_unranked": (
        _("Không bảng xếp hạng nào xét “%(value)s”."),
        _("Thêm đối tượng này vào một bảng xếp hạng."),
    ),
    "audience_without_paper": (
        _("Không vòng nào có đề cho “%(value)s”."),
        _("Thêm đề cho đối tượng này, hoặc bỏ đối tượng."),
    ),
    "roster_missing": (
        _("“%(value)s” dự thi theo danh sách, nhưng danh sách chưa được nhập."),
        _("Nhập danh sách, hoặc cho tự đăng ký."),
    ),
    "chain_undecided": (
        _("Các tiêu chí có thể không phân định được người đoạt giải."),
        _("Thêm một tiêu chí cuối, ví dụ nộp bài sớm hơn hoặc bốc thăm."),
    ),
    "no_prizes": (
        _("Bảng này không có giải nào."),
        _("Thêm giải, hoặc để nguyên nếu chỉ xếp hạng."),
    ),
    "only_with_several": (
        _("Mỗi người có thể làm nhiều lượt nhưng chỉ tính một bài duy nhất."),
        _("Chọn cách tính khác, ví dụ best_then_earliest."),
    ),
    "no_prediction": (
        _("Xếp hạng theo dự đoán nhưng đề không có câu dự đoán."),
        _("Thêm câu dự đoán vào đề, hoặc bỏ tiêu chí này."),
    ),
    "prediction_unused": (
        _("Đề có câu dự đoán nhưng không bảng nào dùng tới."),
        _("Thêm tiêu chí prediction_distance, hoặc bỏ câu dự đoán."),
    ),
    "weights_not_100": (
        _("Tổng trọng số là %(value)s, không phải 100."),
        _("Sửa trọng số nếu muốn thang điểm 100."),
    ),
    "more_prizes_than_units": (
        _("Khối %(bloc)s có %(planned)s giải cho %(units)s đơn vị."),
        _("Kiểm tra lại cơ cấu giải hoặc danh sách đơn vị."),
    ),
    "no_headcount": (
        _("%(count)s đơn vị chưa có số người: %(value)s."),
        _("Nhập số người; đơn vị không có số người thì không có tỷ lệ tham gia."),
    ),
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
