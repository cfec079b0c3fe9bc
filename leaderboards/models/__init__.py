from leaderboards.models.decisions import PrizeDecision
from leaderboards.models.documents import Certificate
from leaderboards.models.rankings import Ranking
from leaderboards.models.results import Award, Standing, UnitResult
from leaderboards.models.schemes import ExternalPoint, Scheme
from leaderboards.models.tallies import Publication, Tally

__all__ = [
    "Award",
    "Certificate",
    "ExternalPoint",
    "PrizeDecision",
    "Publication",
    "Ranking",
    "Scheme",
    "Standing",
    "Tally",
    "UnitResult",
]
