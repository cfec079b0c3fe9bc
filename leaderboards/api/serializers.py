"""
The rows of published results, field by field.

Scores are integers in thousandths of a point, money is in đồng, exact fractions are
texts such as "7/8", durations are milliseconds.
"""

from datetime import UTC, datetime

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from leaderboards import wording
from quizzes.api.serializers import CodeNameSerializer


class TallySerializer(serializers.Serializer):
    """The computation that a list comes from; its hash stands in the decision too."""

    uuid = serializers.UUIDField()
    round = serializers.IntegerField(
        source="round.number", default=None, help_text="null: the whole contest."
    )
    number = serializers.IntegerField(help_text="Versions count from 1.")
    hash = serializers.CharField(help_text="SHA-256 of the canonical results.")
    inputs_hash = serializers.CharField(help_text="SHA-256 of what was computed from.")
    truths = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="What predictions asked for, by round/audience.",
    )
    cut_off = serializers.DateTimeField(help_text="The results stand as of this time.")
    published_at = serializers.DateTimeField(source="publication.published_at")
    is_outdated = serializers.BooleanField(help_text="A newer version is being made.")


class EntrantSerializer(serializers.Serializer):
    uuid = serializers.UUIDField()
    name = serializers.CharField(help_text="Masked where the contest says so.")
    unit = CodeNameSerializer(allow_null=True)


@extend_schema_field(EntrantSerializer(allow_null=True))
class EntrantField(serializers.Field):
    """
    The row's entrant, with the row's own unit where it has one.

    The name comes from ``context["names"]``: what the public may read.
    """

    def __init__(self, **kwargs):
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, row):
        entrant = row.entrant
        if entrant is None:
            return None
        unit = getattr(row, "unit", None) or entrant.unit
        return {
            "uuid": str(entrant.uuid),
            "name": self.context["names"][entrant.pk],
            "unit": CodeNameSerializer(unit).data if unit else None,
        }


class FactField(serializers.Field):
    """A value that the tally kept in the row's ``facts``, or null."""

    def __init__(self, fact, **kwargs):
        self.fact = fact
        super().__init__(source="facts", read_only=True, **kwargs)

    def to_representation(self, facts):
        return facts.get(self.fact)


@extend_schema_field(serializers.IntegerField(allow_null=True))
class NumberFact(FactField):
    pass


@extend_schema_field(serializers.CharField(allow_null=True))
class FractionFact(FactField):
    """An exact fraction as text."""


@extend_schema_field(serializers.DateTimeField(allow_null=True))
class MomentFact(FactField):
    """Kept as epoch milliseconds, shown as a moment."""

    def to_representation(self, facts):
        moment = facts.get(self.fact)
        if moment is None:
            return None
        at = datetime.fromtimestamp(moment / 1000, UTC)
        return serializers.DateTimeField().to_representation(at)


class StandingSerializer(serializers.Serializer):
    ranking = serializers.CharField(source="ranking.code")
    group = serializers.CharField(help_text="Audience, bloc or unit code, or empty.")
    place = serializers.IntegerField(help_text="Equals share a place: 1, 1, 3.")
    audience = serializers.CharField(source="audience.code")
    entrant = EntrantField()
    unit = CodeNameSerializer(allow_null=True)
    bloc = CodeNameSerializer(allow_null=True)
    score = NumberFact("score", help_text="Thousandths of a point.")
    correct = NumberFact("correct")
    prediction = NumberFact("prediction")
    prediction_distance = NumberFact("prediction_distance")
    duration_ms = NumberFact("duration_ms")
    submitted_at = MomentFact("submitted_at")
    explanation = serializers.SerializerMethodField(
        help_text="Why it stands behind the row above, in words; empty for the first."
    )

    def get_explanation(self, row) -> str:
        return wording.standing(row, self.context["contexts"])


class AwardSerializer(serializers.Serializer):
    """Exactly one of ``entrant`` and ``unit`` is set."""

    uuid = serializers.UUIDField()
    title = serializers.CharField()
    prize = serializers.CharField(help_text="The prize's code in its rule.")
    place = serializers.IntegerField()
    round = serializers.IntegerField(
        source="tally.round.number", default=None, help_text="null: the whole contest."
    )
    audience = serializers.CharField(source="audience.code", default=None)
    bloc = CodeNameSerializer(allow_null=True)
    entrant = EntrantField()
    unit = CodeNameSerializer(source="contest_unit.unit", default=None)
    value = serializers.IntegerField(help_text="đồng")


class ComponentSerializer(serializers.Serializer):
    """A component with every number on the way to its points."""

    code = serializers.CharField()
    title = serializers.CharField()
    metric = serializers.CharField()
    normaliser = serializers.CharField()
    weight = serializers.CharField(help_text="Exact fraction.")
    value = serializers.CharField(allow_null=True, help_text="Exact fraction.")
    maximum = serializers.CharField(allow_null=True, help_text="Exact fraction.")
    normalised = serializers.CharField(allow_null=True, help_text="Exact fraction.")
    points = serializers.CharField(allow_null=True, help_text="Exact fraction.")


class GateSerializer(serializers.Serializer):
    code = serializers.CharField()
    passed = serializers.BooleanField()
    value = serializers.CharField(allow_null=True, help_text="Exact fraction.")
    needed = serializers.CharField(allow_null=True, help_text="Exact fraction.")


@extend_schema_field(ComponentSerializer(many=True))
class ComponentsFact(FactField):
    def to_representation(self, facts):
        return facts.get(self.fact, [])


@extend_schema_field(GateSerializer(many=True))
class GatesFact(ComponentsFact):
    pass


class UnitResultSerializer(serializers.Serializer):
    """A unit in a scheme; before the tally is published only who it is."""

    place = serializers.IntegerField(
        allow_null=True, help_text="null: not tallied, or a gate was not passed."
    )
    unit = CodeNameSerializer(source="contest_unit.unit")
    bloc = CodeNameSerializer()
    scheme = serializers.CharField(
        source="scheme.code", allow_null=True, help_text="null: not tallied."
    )
    headcount = NumberFact("headcount")
    people = NumberFact("people")
    rate = FractionFact("rate", help_text="Exact fraction.")
    mean_score = FractionFact("mean_score", help_text="Exact fraction.")
    perfect = NumberFact("perfect", help_text="Papers with full marks.")
    points = serializers.SerializerMethodField(help_text="Exact fraction.")
    components = ComponentsFact("components")
    gates = GatesFact("gates")

    explanation = serializers.SerializerMethodField(
        help_text="Gates and the comparison with the unit above, in words."
    )

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_points(self, row):
        return row.points or None

    def get_explanation(self, row) -> list[str]:
        if row.scheme is None:
            return []
        return wording.unit_result(row, self.context["contexts"])
