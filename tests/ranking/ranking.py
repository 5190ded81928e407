"""An independent computation of ranking, dominance and sensitivity, from the definitions alone.

Reads a list of matrices as JSON on standard input and writes the decisions as JSON. Nothing is
shared with the program: `tests/ranking.rs` feeds both and compares.

A matrix is {"margin": m, "criteria": [{"weight": w, "higher": bool, "answers": [answer, ...]}]},
an answer a number, {"at_least": number} or null.
"""

import json
import math
import sys


def interval(criterion, answer):
    """What the true value may be, turned so that more is better."""
    if answer is None:
        low, high = -math.inf, math.inf
    elif isinstance(answer, dict):
        low, high = answer["at_least"], math.inf
    else:
        low, high = answer, answer
    return (low, high) if criterion["higher"] else (-high, -low)


def won(criterion, me, other):
    """(least, most) of the point that `me` wins against `other`."""
    a, b = interval(criterion, criterion["answers"][me]), interval(criterion, criterion["answers"][other])
    if a[0] > b[1]:
        return (1.0, 1.0)
    if a[1] < b[0]:
        return (0.0, 0.0)
    if a[0] == a[1] == b[0] == b[1]:
        return (0.5, 0.5)
    return (0.0, 1.0)


def shares(criterion, subject, count):
    """(low, middle, high) share of the criterion that a subject wins."""
    pairs = [won(criterion, subject, other) for other in range(count) if other != subject]
    low = sum(pair[0] for pair in pairs) / (count - 1)
    high = sum(pair[1] for pair in pairs) / (count - 1)
    return (low, (low + high) / 2, high)


def scores(criteria, count, kind=1):
    total = sum(criterion["weight"] for criterion in criteria)
    return [
        sum(criterion["weight"] * shares(criterion, subject, count)[kind] for criterion in criteria) / total
        for subject in range(count)
    ]


def key(score):
    return math.floor(score * 1e9 + 0.5)


def order(criteria, count):
    middle = scores(criteria, count)
    return sorted(range(count), key=lambda subject: -key(middle[subject]))


def sole_winner(criteria, count):
    middle = scores(criteria, count)
    first = order(criteria, count)[0]
    level = [subject for subject in range(count) if key(middle[subject]) == key(middle[first])]
    return first if len(level) == 1 else None


def weight_ranges(criteria, count):
    """Solves score(first) = score(other) for each weight, by the line through two weights."""
    first = order(criteria, count)[0]
    ranges = []
    for at in range(len(criteria)):
        low, high, below, above = 0.0, math.inf, None, None
        for other in order(criteria, count)[1:]:

            def lead(weight):
                total = 0.0
                for number, criterion in enumerate(criteria):
                    own = weight if number == at else criterion["weight"]
                    mine, theirs = shares(criterion, first, count)[1], shares(criterion, other, count)[1]
                    total += own * (mine - theirs)
                return total

            start, slope = lead(0.0), lead(1.0) - lead(0.0)
            if abs(slope) <= 1e-9:
                continue
            meets = -start / slope
            if slope > 0 and meets > low + 1e-9:
                low, below = meets, other
            elif slope < 0 and meets < high - 1e-9:
                high, above = max(meets, 0.0), other
        ranges.append({"from": low, "to": None if math.isinf(high) else high, "below": below, "above": above})
    return ranges


def candidates(criterion, subject, better):
    """Every value worth trying, the nearest first, with whom it reaches and whether it passes."""
    up = criterion["higher"] == better
    own = criterion["answers"][subject]
    own = None if own is None or isinstance(own, dict) else own
    known = {}
    for other, answer in enumerate(criterion["answers"]):
        if other == subject or answer is None or isinstance(answer, dict):
            continue
        if own is not None and (answer < own if up else answer > own):
            continue
        known.setdefault(answer, other)
    values = sorted(known, reverse=not up)
    for number, value in enumerate(values):
        if own is None or value != own:
            yield value, known[value], False
        if number + 1 < len(values):
            beyond = (value + values[number + 1]) / 2
        else:
            beyond = value + max(abs(value), 1.0) if up else value - max(abs(value), 1.0)
        yield beyond, known[value], True


def flips(criteria, count):
    first = order(criteria, count)[0]
    found = []
    for at, criterion in enumerate(criteria):
        if criterion["weight"] <= 0:
            continue
        for subject in range(count):
            for better in (True, False):
                for value, reaches, passes in candidates(criterion, subject, better):
                    changed = [dict(one) for one in criteria]
                    changed[at]["answers"] = list(criterion["answers"])
                    changed[at]["answers"][subject] = value
                    winner = sole_winner(changed, count)
                    if winner is not None and winner != first:
                        found.append([at, subject, better, reaches, passes, winner])
                        break
    return found


def dominated(criteria, count):
    rows = [criterion for criterion in criteria if criterion["weight"] > 0]
    pairs = []
    for a in range(count):
        for b in range(count):
            points = [won(criterion, a, b) for criterion in rows] if a != b else []
            if points and all(low >= 0.5 for low, _ in points) and any(low == 1.0 for low, _ in points):
                pairs.append([a, b])
    return pairs


def verdict(criteria, count, margin):
    ranked, middle = order(criteria, count), scores(criteria, count)
    low, high = scores(criteria, count, 0), scores(criteria, count, 2)
    gap = middle[ranked[0]] - middle[ranked[1]]
    if gap < margin - 1e-9 or gap <= 1e-9:
        return "narrow"
    if any(high[other] > low[ranked[0]] + 1e-9 for other in ranked[1:]) and low != high:
        return "open"
    return "clear"


def decide(matrix):
    criteria = matrix["criteria"]
    count = len(criteria[0]["answers"])
    return {
        "order": order(criteria, count),
        "scores": scores(criteria, count),
        "low": scores(criteria, count, 0),
        "high": scores(criteria, count, 2),
        "verdict": verdict(criteria, count, matrix["margin"]),
        "dominated": dominated(criteria, count),
        "weights": weight_ranges(criteria, count),
        "flips": flips(criteria, count),
    }


if __name__ == "__main__":
    json.dump([decide(matrix) for matrix in json.load(sys.stdin)], sys.stdout)
