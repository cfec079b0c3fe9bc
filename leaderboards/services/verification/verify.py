"""Run every check on a contest."""

from leaderboards.services.verification import attempts, pools, tallies, units

CHECKS = (*pools.CHECKS, *attempts.CHECKS, *units.CHECKS, *tallies.CHECKS)


def verify(contest, *, now):
    """Return the findings of every check, errors before warnings; change nothing."""
    findings = [finding for check in CHECKS for finding in check(contest, now)]
    return sorted(findings, key=lambda finding: finding.is_warning)
