"""
Words for every behaviour that the rules know, by its registered code.

A criterion has a phrase for each direction; the other behaviours have one phrase, whose
named places the settings fill.
"""

from django.utils.translation import gettext_lazy as _

CRITERIA = {
    "score": {"desc": _("điểm cao hơn"), "asc": _("điểm thấp hơn")},
    "correct": {
        "desc": _("số câu trả lời đúng nhiều hơn"),
        "asc": _("số câu trả lời đúng ít hơn"),
    },
    "prediction_distance": {
        "asc": _("dự đoán gần với kết quả thực tế hơn"),
        "desc": _("dự đoán xa kết quả thực tế hơn"),
    },
    "duration": {
        "asc": _("thời gian làm bài được tính ngắn hơn"),
        "desc": _("thời gian làm bài được tính dài hơn"),
    },
    "total_duration": {
        "asc": _("tổng thời gian của mọi lượt thi ngắn hơn"),
        "desc": _("tổng thời gian của mọi lượt thi dài hơn"),
    },
    "submitted_at": {"asc": _("nộp bài sớm hơn"), "desc": _("nộp bài muộn hơn")},
    "started_at": {"asc": _("bắt đầu làm bài sớm hơn"), "desc": _("bắt đầu muộn hơn")},
    "registered_at": {
        "asc": _("đăng ký dự thi sớm hơn"),
        "desc": _("đăng ký dự thi muộn hơn"),
    },
    "attempts_used": {
        "asc": _("dùng ít lượt thi hơn"),
        "desc": _("dùng nhiều lượt thi hơn"),
    },
    "times_at_full": {
        "desc": _("nhiều lần đạt điểm tối đa hơn"),
        "asc": _("ít lần đạt điểm tối đa hơn"),
    },
    "rounds_taken_part": {
        "desc": _("dự thi nhiều vòng hơn"),
        "asc": _("dự thi ít vòng hơn"),
    },
    "age": {"asc": _("tuổi nhỏ hơn"), "desc": _("tuổi lớn hơn")},
    "external": {
        "desc": _("điểm nội dung “%(source)s” cao hơn"),
        "asc": _("điểm nội dung “%(source)s” thấp hơn"),
    },
    "lot": {
        "asc": _("bốc thăm theo chuỗi đã công bố “%(seed)s”, mã nhỏ hơn đứng trước"),
        "desc": _("bốc thăm theo chuỗi đã công bố “%(seed)s”, mã lớn hơn đứng trước"),
    },
}
COUNTING = {
    "only": _("Mỗi người chỉ có một bài được tính."),
    "first": _("Tính bài làm đầu tiên của mỗi người."),
    "last": _("Tính bài làm cuối cùng của mỗi người."),
    "best": _(
        "Tính bài có điểm cao nhất của mỗi người; nếu bằng điểm thì tính bài đứng cao "
        "hơn theo các tiêu chí xếp hạng."
    ),
    "best_then_earliest": _(
        "Tính bài có điểm cao nhất của mỗi người; nếu bằng điểm thì tính bài nộp sớm "
        "nhất."
    ),
    "best_of_day": _("Mỗi ngày tính bài có điểm cao nhất, rồi cộng các ngày lại."),
    "sum": _("Cộng điểm các vòng; %(each)s."),
}
EACH = {
    "all": _("mọi bài của vòng đều được cộng"),
    "first": _("mỗi vòng lấy bài đầu tiên"),
    "last": _("mỗi vòng lấy bài cuối cùng"),
    "best_then_earliest": _("mỗi vòng lấy bài điểm cao nhất, nộp sớm nhất"),
}
TIES = {
    "share": _(
        "Nếu nhiều người bằng nhau ở ranh giới của một giải thì cùng nhận tên giải cao "
        "hơn và chia đều tiền thưởng của các giải mà họ cùng chiếm."
    ),
    "extend": _(
        "Nếu nhiều người bằng nhau ở ranh giới của một giải thì tất cả đều được trao "
        "đủ giải cao hơn; số lượng giải tiếp theo giữ nguyên."
    ),
    "lot": _(
        "Nếu nhiều người bằng nhau ở ranh giới của một giải thì bốc thăm bằng chuỗi đã "
        "công bố “%(seed)s”; ai cũng có thể tính lại kết quả bốc thăm."
    ),
    "organiser": _(
        "Nếu nhiều người bằng nhau ở ranh giới của một giải thì ban tổ chức quyết định "
        "bằng văn bản có nêu lý do; chưa có quyết định thì giải đó để chờ."
    ),
}
UNIT_TIES = {
    "share": _(
        "Nếu nhiều đơn vị bằng nhau ở ranh giới của một giải thì cùng nhận tên giải "
        "cao hơn và chia đều tiền thưởng của các giải mà các đơn vị cùng chiếm."
    ),
    "extend": _(
        "Nếu nhiều đơn vị bằng nhau ở ranh giới của một giải thì tất cả đều được trao "
        "đủ giải cao hơn; số lượng giải tiếp theo giữ nguyên."
    ),
    "lot": _(
        "Nếu nhiều đơn vị bằng nhau ở ranh giới của một giải thì bốc thăm bằng chuỗi "
        "đã công bố “%(seed)s”; ai cũng có thể tính lại kết quả bốc thăm."
    ),
    "organiser": _(
        "Nếu nhiều đơn vị bằng nhau ở ranh giới của một giải thì ban tổ chức quyết "
        "định bằng văn bản có nêu lý do; chưa có quyết định thì giải đó để chờ."
    ),
}
GROUPS = {
    "audience": _("Xếp hạng riêng cho từng đối tượng."),
    "all": _("Xếp chung mọi người vào một bảng."),
    "bloc": _("Xếp hạng riêng trong từng khối."),
    "unit": _("Xếp hạng riêng trong từng đơn vị."),
}
ONE_PRIZE = {
    ("round", "earlier_stands"): _(
        "Mỗi người nhận nhiều nhất một giải trong một vòng; giải được xét trước giữ "
        "nguyên."
    ),
    ("contest", "earlier_stands"): _(
        "Mỗi người nhận nhiều nhất một giải trong cả hội thi; giải được xét trước giữ "
        "nguyên."
    ),
    ("round", "highest_only"): _(
        "Mỗi vòng, mỗi người chỉ nhận giải cao nhất của mình."
    ),
    ("contest", "highest_only"): _(
        "Trong cả hội thi, mỗi người chỉ nhận giải cao nhất của mình."
    ),
}
UNIT_ONE_PRIZE = {
    ("round", "earlier_stands"): _(
        "Mỗi đơn vị nhận nhiều nhất một giải trong một vòng; giải được xét trước giữ "
        "nguyên."
    ),
    ("contest", "earlier_stands"): _(
        "Mỗi đơn vị nhận nhiều nhất một giải trong cả hội thi; giải được xét trước giữ "
        "nguyên."
    ),
    ("round", "highest_only"): _("Mỗi vòng, mỗi đơn vị chỉ nhận giải cao nhất."),
    ("contest", "highest_only"): _(
        "Trong cả hội thi, mỗi đơn vị chỉ nhận giải cao nhất."
    ),
}
AMONG = {
    "all": _("trong tất cả người được xếp hạng"),
    "winners": _("trong những người đã đoạt giải"),
    "perfect": _("trong những người đạt điểm tối đa"),
}
METRICS = {
    "participants": _("số người dự thi"),
    "attempts": _("số bài thi"),
    "rate": _("tỷ lệ tham gia: số người dự thi chia cho số người của đơn vị"),
    "mean_score": _("điểm trung bình của một bài thi"),
    "total_score": _("tổng điểm của các bài thi"),
    "score_per_head": _("tổng điểm chia cho số người của đơn vị"),
    "perfect_share": _("tỷ lệ bài thi đạt điểm tối đa"),
    "share_above": _("tỷ lệ bài thi đạt từ %(least)s trở lên"),
    "prize_points": _("điểm thưởng theo giải cá nhân (%(points)s)"),
    "individual_prizes": _("số giải cá nhân"),
    "rounds_count": _("số vòng có người dự thi"),
    "steadiness": _("độ đều: tỷ lệ tham gia của vòng thấp nhất chia cho vòng cao nhất"),
    "external": _("điểm chấm nội dung “%(source)s”, %(combine)s"),
}
COMBINE = {"sum": _("lấy tổng các lần chấm"), "mean": _("lấy trung bình các lần chấm")}
NORMALISERS = {
    "raw": _("lấy nguyên giá trị"),
    "percent": _("quy ra phần trăm"),
    "share_of_max": _("phần trăm so với mức cao nhất có thể đạt"),
    "linear_to_best": _("phần trăm so với đơn vị cao nhất trong bảng"),
    "rank_points": _("điểm theo thứ hạng: %(points)s"),
    "bands": _("điểm theo mức: %(bands)s"),
}
GATES = {
    "rate": _("Tỷ lệ tham gia %(op)s %(value)s số người của đơn vị%(more)s."),
    "compulsory": _(
        "Nhóm bắt buộc “%(category)s” có tỷ lệ tham gia %(op)s %(value)s%(more)s; đơn "
        "vị không có ai trong nhóm thì coi như đạt."
    ),
    "individual_prizes": _("Số giải cá nhân %(op)s %(value)s."),
    "external": _("Điểm chấm nội dung “%(source)s” %(op)s %(value)s."),
    "metric": _("Chỉ số “%(metric)s” %(op)s %(value)s."),
}
OPERATORS = {">=": _("đạt từ"), ">": _("phải hơn")}
ROUNDS = {
    "mean": _("trung bình các vòng"),
    "pooled": _("gộp các vòng"),
    "distinct": _("mỗi người tính một lần trong cả hội thi, lấy bài tốt nhất"),
    "all_rounds": _("chỉ tính người dự thi đủ các vòng"),
}
ATTEMPTS = {
    "counting": _("Chỉ tính bài được dùng để xếp hạng cá nhân."),
    "all": _("Tính mọi bài thi hợp lệ."),
}
ASKS = {
    "perfect_people": _("số người trả lời đúng tất cả câu hỏi"),
    "people": _("số người dự thi"),
    "attempts": _("số lượt thi"),
    "free": _("một con số do ban tổ chức xác định"),
}
SCOPES = {
    "audience": _("tính trong cùng đối tượng dự thi và cùng vòng"),
    "all": _("tính chung mọi đối tượng trong cùng vòng"),
}
DIFFICULTIES = {
    "easy": _("dễ"),
    "medium": _("vừa"),
    "hard": _("khó"),
    None: _("bất kỳ"),
}
SHOW = {
    "at_once": _("ngay sau khi nộp bài của lượt cuối"),
    "after_round": _("khi công bố kết quả của vòng"),
    "after_contest": _("khi công bố kết quả chung của hội thi"),
    "never": _("không hiện"),
}
PER = {
    "day": _("%(n)s lượt mỗi ngày"),
    "round": _("%(n)s lượt mỗi vòng"),
    "contest": _("%(n)s lượt trong cả hội thi"),
}
