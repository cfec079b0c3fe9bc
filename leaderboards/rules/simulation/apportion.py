"""Whole shares of a total, in proportion to weights and within bounds."""

from collections.abc import Sequence

HALVINGS = 100


def apportion(
    total: int,
    weights: Sequence[float],
    floors: Sequence[int],
    caps: Sequence[int],
) -> list[int]:
    """
    Return whole shares that add up to ``total``: largest remainders, within bounds.

    A total below the floors or above the caps cannot be met: the shares are then all
    floors or all caps. Equal remainders go to the earlier one. Weights are positive.
    """
    total = min(max(total, sum(floors)), sum(caps))
    bounds = list(zip(weights, floors, caps, strict=True))
    low, high = 0.0, max([0.0, *(cap / weight for weight, _, cap in bounds)])
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if sum(_within(middle * w, f, c) for w, f, c in bounds) < total:
            low = middle
        else:
            high = middle
    exact = [_within(high * w, f, c) for w, f, c in bounds]
    return _rounded(total, exact, caps)


def _within(value: float, floor: int, cap: int) -> float:
    return min(max(value, floor), cap)


def _rounded(total: int, exact: Sequence[float], caps: Sequence[int]) -> list[int]:
    shares = [int(value + 1e-9) for value in exact]
    while sum(shares) < total:
        free = [n for n, share in enumerate(shares) if share < caps[n]]
        shares[max(free, key=lambda n: (exact[n] - shares[n], -n))] += 1
    return shares
