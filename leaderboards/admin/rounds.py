"""Rounds: their windows; asking for the lock, agreeing to it; their results."""

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from contest.lib.admin import ReadOnlyTabular, doing
from contest.lib.clock import now
from leaderboards.services import readiness, tallies
from quizzes.admin.base import OwnAdmin
from quizzes.models import PaperSpec, Round


class PaperInline(ReadOnlyTabular):
    """The round's papers, each edited on its own page."""

    model = PaperSpec
    fields = ["page", "bank", "item_count", "minutes"]
    readonly_fields = fields


@admin.register(Round)
class RoundAdmin(OwnAdmin):
    fixed_reason = _(
        "Đề của vòng đã khoá hoặc kết quả đã công bố. Muốn thêm thời gian, hãy lập một "
        "gia hạn."
    )
    free_fields = ["title"]
    list_display = ["title", "contest", "opens_at", "closes_at", "locked_at"]
    list_filter = ["contest"]
    list_select_related = ["contest"]
    search_fields = ["title", "contest__title"]
    inlines = [PaperInline]
    fields = [
        "contest",
        "number",
        "code",
        "title",
        "opens_at",
        "closes_at",
        "locked_at",
        "results_at",
    ]
    readonly_fields = ["locked_at", "results_at"]
    actions_detail = ["ask_lock", "agree_lock", "tally"]

    def is_fixed(self, row):
        return row.locked_at is not None or row.results_at is not None

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "contest"] if obj else fields

    def has_lock_permission(self, request, object_id=None):
        return request.user.has_perm("quizzes.lock_round")

    def has_tally_permission(self, request, object_id=None):
        return request.user.has_perm("leaderboards.compute_tally")

    @action(description=_("Đề nghị khoá đề"), url_path="ask-lock", permissions=["lock"])
    def ask_lock(self, request, object_id):
        return self.act(
            request,
            object_id,
            perm="quizzes.lock_round",
            title=_("Đề nghị khoá đề"),
            effect=_(
                "Một người khác phải đồng ý thì đề mới được khoá. Đề nghị có hiệu lực "
                "trong bảy ngày."
            ),
            do=doing(
                readiness.request_lock,
                _("Đã ghi đề nghị; chờ người thứ hai đồng ý."),
                by=request.user,
                now=now(),
            ),
        )

    @action(
        description=_("Đồng ý khoá đề"), url_path="agree-lock", permissions=["lock"]
    )
    def agree_lock(self, request, object_id):
        return self.act(
            request,
            object_id,
            perm="quizzes.lock_round",
            title=_("Khoá đề"),
            effect=self.lock_effect,
            do=doing(
                readiness.agree_to_lock,
                _("Đã khoá đề của vòng."),
                by=request.user,
                now=now(),
            ),
        )

    def lock_effect(self, round):
        """Who asked for the lock, and what it does."""
        asked = readiness.open_request(round, now=now())
        if asked is None or asked.actor is None:
            return gettext("Chưa có ai đề nghị khoá vòng này.")
        return gettext(
            "%(who)s đã đề nghị khoá. Đề và đáp án được niêm phong; sau đó không đổi "
            "được thời gian, đề và quy tắc."
        ) % {"who": asked.actor.get_full_name() or asked.actor.username}

    @action(description=_("Tính kết quả"), url_path="tally", permissions=["tally"])
    def tally(self, request, object_id):
        return self.act(
            request,
            object_id,
            perm="leaderboards.compute_tally",
            title=_("Tính kết quả của vòng"),
            effect=_(
                "Xếp hạng và xét giải của vòng. Kết quả là tạm tính cho tới khi được "
                "chốt và duyệt."
            ),
            do=self.request_tally(request),
        )

    def request_tally(self, request):
        def do(round, data):
            tallies.request(round.contest, round, now=now(), by=request.user)
            return gettext("Đã đưa vào hàng chờ; kết quả hiện trong ít phút.")

        return do
