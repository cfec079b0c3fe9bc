"""
Normalisers: what a raw value is worth, beside the other units of the list.

``full`` is what the weight is earned at: 100 for percents, 1 where the weight is a
plain factor. No value is worth nothing.
"""

from collections.abc import Sequence
from fractions import Fraction

from leaderboards.rules.metrics import Measured, Metric
from leaderboards.rules.reading import Reader
from leaderboards.rules.registry import Registry

ZERO = Fraction(0)


class Normaliser:
    """``apply`` answers for a whole list; ``competes`` marks units that pass the
    gates."""

    code = ""
    full = 100

    def __init__(self, read: Reader) -> None:
        self.path = read

    def check(self, metric: Metric) -> None:
        """Raise ``RuleError`` if this cannot be made of ``metric``."""

    def apply(
        self, values: Sequence[Measured], competes: Sequence[bool]
    ) -> list[Fraction]:
        return [self.one(value) for value in values]

    def one(self, found: Measured) -> Fraction:
        raise NotImplementedError


normalisers: Registry[Normaliser] = Registry("normaliser")


@normalisers.register
class Raw(Normaliser):
    """The value itself."""

    code = "raw"
    full = 1

    def one(self, found: Measured) -> Fraction:
        return ZERO if found.value is None else found.value


@normalisers.register
class Percent(Normaliser):
    """A share as percent."""

    code = "percent"

    def check(self, metric: Metric) -> None:
        if not metric.is_ratio:
            raise self.path.fault("code", "not_a_share", metric=metric.code)

    def one(self, found: Measured) -> Fraction:
        return ZERO if found.value is None else found.value * 100


@normalisers.register
class ShareOfMax(Normaliser):
    """Percent of the most it could have been."""

    code = "share_of_max"

    def check(self, metric: Metric) -> None:
        if not metric.has_maximum:
            raise self.path.fault("code", "no_maximum", metric=metric.code)

    def one(self, found: Measured) -> Fraction:
        if found.value is None or not found.maximum:
            return ZERO
        return found.value / found.maximum * 100


@normalisers.register
class LinearToBest(Normaliser):
    """Percent of the best unit that competes; nobody gets more than 100."""

    code = "linear_to_best"

    def apply(
        self, values: Sequence[Measured], competes: Sequence[bool]
    ) -> list[Fraction]:
        pairs = zip(values, competes, strict=True)
        rivals = [v.value for v, is_in in pairs if is_in and v.value is not None]
        best = max(rivals, default=ZERO)
        if best <= 0:
            return [ZERO] * len(values)
        return [
            ZERO if v.value is None else min(v.value / best * 100, Fraction(100))
            for v in values
        ]


@normalisers.register
class RankPoints(Normaliser):
    """Points by place among those that compete; equal values have equal points."""

    code = "rank_points"
    full = 1

    def __init__(self, read: Reader) -> None:
        super().__init__(read)
        top = read.integer("top", None, least=1, most=10_000)
        listed = read.take("points", None)
        if (top is None) == (listed is None):
            raise read.fault("top", "either_top_or_points")
        if listed is None:
            self.points = [Fraction(top - place) for place in range(top)]
            return
        if not isinstance(listed, list) or not listed:
            raise read.fault("points", "not_a_list")
        places = Reader(dict(enumerate_texts(listed)), f"{read.path}.points")
        self.points = [places.fraction(key) for key in places.data]

    def apply(
        self, values: Sequence[Measured], competes: Sequence[bool]
    ) -> list[Fraction]:
        pairs = list(zip(values, competes, strict=True))
        rivals = sorted(
            (v.value for v, is_in in pairs if is_in and v.value is not None),
            reverse=True,
        )
        place = {value: rivals.index(value) for value in set(rivals)}
        points = [*self.points, *[ZERO] * len(rivals)]
        return [
            points[place[v.value]] if is_in and v.value is not None else ZERO
            for v, is_in in pairs
        ]


def enumerate_texts(listed: list[object]) -> list[tuple[str, object]]:
    return [(str(place), item) for place, item in enumerate(listed)]


@normalisers.register
class Bands(Normaliser):
    """Points of the highest band reached."""

    code = "bands"
    full = 1

    def __init__(self, read: Reader) -> None:
        super().__init__(read)
        self.bands = sorted(
            (
                (item.fraction("from"), item.fraction("points"))
                for item in read.items("bands", needed=True)
            ),
            reverse=True,
        )

    def one(self, found: Measured) -> Fraction:
        if found.value is None:
            return ZERO
        reached = (points for start, points in self.bands if found.value >= start)
        return next(reached, ZERO)


def read_normaliser(read: Reader, metric: Metric) -> Normaliser:
    with read.part("normaliser") as part:
        normaliser = normalisers.build(part)
        normaliser.check(metric)
        return normaliser
