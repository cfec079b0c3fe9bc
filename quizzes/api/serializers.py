"""The rows that calls about contests and attempts answer with, field by field."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.services.signup import units_offered
from quizzes.models import Audience, Contest, PaperSpec, Round
from quizzes.rules.limits import PERIODS


class CodeNameSerializer(serializers.Serializer):
    """A unit or a bloc, wherever one is named."""

    code = serializers.CharField()
    name = serializers.CharField()


class LimitSerializer(serializers.Serializer):
    n = serializers.IntegerField()
    per = serializers.ChoiceField(choices=PERIODS)


class LimitLeftSerializer(LimitSerializer):
    left = serializers.IntegerField(help_text="Attempts still allowed now.")


class PaperSerializer(serializers.Serializer):
    """What one audience meets in a round."""

    code = serializers.CharField(source="audience.code", help_text="Of the audience.")
    items = serializers.IntegerField(source="item_count")
    minutes = serializers.IntegerField(allow_null=True, help_text="null: no limit.")
    attempts = LimitSerializer(
        many=True, source="attempt_limits", help_text="Empty: no limit."
    )
    prediction = serializers.ChoiceField(
        choices=PaperSpec.Prediction.values, help_text="What the prediction asks for."
    )
    prediction_prompt = serializers.CharField()
    prediction_required = serializers.BooleanField()
    prediction_max = serializers.IntegerField()


class RoundSerializer(serializers.Serializer):
    uuid = serializers.UUIDField()
    number = serializers.IntegerField()
    title = serializers.CharField()
    state = serializers.SerializerMethodField()
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField(help_text="The first moment too late.")
    results_at = serializers.DateTimeField(allow_null=True)
    audiences = PaperSerializer(many=True, source="papers.all")

    @extend_schema_field(serializers.ChoiceField(choices=Round.State.values))
    def get_state(self, round):
        return round.state(self.context["request"].now)


class AudienceSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    entry = serializers.ChoiceField(choices=Audience.Entry.values)
    unit_kind = serializers.ChoiceField(
        choices=Audience.UnitKind.values, help_text="The unit that joining asks for."
    )


class ContestSerializer(serializers.Serializer):
    slug = serializers.CharField()
    title = serializers.CharField()
    short_title = serializers.CharField()
    organiser = serializers.CharField()
    edition = serializers.IntegerField()
    state = serializers.ChoiceField(
        choices=[Contest.State.PUBLIC.value, Contest.State.ARCHIVED.value]
    )
    simulated = serializers.BooleanField(
        source="is_simulated", help_text="All people and results are invented."
    )
    results_at = serializers.DateTimeField(allow_null=True)
    audiences = AudienceSerializer(many=True, source="audiences.all")
    rounds = RoundSerializer(many=True, source="rounds.all")
    server_time = serializers.SerializerMethodField()

    @extend_schema_field(serializers.DateTimeField())
    def get_server_time(self, contest):
        field = serializers.DateTimeField()
        return field.to_representation(self.context["request"].now)


class JoinSerializer(serializers.Serializer):
    """
    What joining takes: codes of an audience and, where it asks for one, of a unit.

    Name and birth date are taken only where none is known yet.
    """

    audience = serializers.CharField(max_length=40)
    unit = serializers.CharField(
        max_length=60,
        required=False,
        allow_null=True,
        allow_blank=True,
        help_text="Needed unless the audience's `unit_kind` is `none`.",
    )
    full_name = serializers.CharField(max_length=120, required=False)
    birth_date = serializers.DateField(required=False, allow_null=True)

    def validate_audience(self, code):
        audience = self.context["contest"].audiences.filter(code=code).first()
        if audience is None:
            raise serializers.ValidationError(_("Hội thi không có đối tượng này."))
        return audience

    def validate_unit(self, code):
        if not code:
            return None
        now = self.context["request"].now
        unit = units_offered(now=now).filter(code=code).first()
        if unit is None:
            raise serializers.ValidationError(_("Không có đơn vị này."))
        return unit

    def validate(self, data):
        kind, unit = data["audience"].unit_kind, data.get("unit")
        if kind == Audience.UnitKind.NONE:
            return data | {"unit": None}
        if unit is None:
            raise serializers.ValidationError({"unit": _("Cần chọn đơn vị.")})
        if kind == Audience.UnitKind.COMMUNE and not unit.is_commune:
            raise serializers.ValidationError({"unit": _("Cần chọn xã hoặc phường.")})
        return data


class EntrySerializer(serializers.Serializer):
    """Somebody's own entry; the name is never masked here."""

    uuid = serializers.UUIDField()
    name = serializers.CharField(source="person.full_name")
    audience = serializers.CharField(source="audience.code")
    unit = CodeNameSerializer(allow_null=True)
    registered_at = serializers.DateTimeField()
