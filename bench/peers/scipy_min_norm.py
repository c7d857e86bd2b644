"""Minimum-norm interpolation in the plane by column generation with SciPy's HiGHS, as a peer of `falsum bench solvers`.

Reads {"problems": [{"inputs": [[x, y], ...], "labels": [...]}, ...]} on standard input; prints one JSON object with the
processor milliseconds, bounds and pivots of each. Exact pricing over the 2N cells, twelve columns a round, gap 1e-8.
"""

import json
import sys
import time

import numpy as np
from scipy.optimize import linprog


def price(inputs, dual):
    ends = np.concatenate([inputs @ [[0, 1], [-1, 0]], inputs @ [[0, -1], [1, 0]]])
    ends = ends[np.argsort(np.arctan2(ends[:, 1], ends[:, 0]))]
    middles = ends + np.roll(ends, -1, axis=0)
    gradients = (middles @ inputs.T > 0) @ (dual[:, None] * inputs)
    lengths = np.linalg.norm(gradients, axis=1, keepdims=True)
    peaks = gradients / np.maximum(lengths, 1e-300)
    directions = np.concatenate([ends, peaks, -peaks])
    return directions, np.maximum(directions @ inputs.T, 0) @ dual


def solve(inputs, labels, gap=1e-8):
    angles = 2 * np.pi * np.arange(4 * len(inputs)) / (4 * len(inputs))
    directions = np.concatenate(
        [inputs, -inputs, inputs @ [[0, 1], [-1, 0]], np.stack([np.cos(angles), np.sin(angles)], 1)]
    )
    lower, upper, rounds = 0.0, np.inf, 0
    for rounds in range(1, 61):
        columns = np.maximum(inputs @ directions.T, 0)
        count = len(directions)
        result = linprog(
            np.ones(2 * count), A_eq=np.hstack([columns, -columns]), b_eq=labels, method="highs"
        )
        if result.status != 0:
            break
        dual = result.eqlin.marginals
        found, values = price(inputs, dual)
        lower = max(lower, labels @ dual / max(1.0, np.abs(values).max()))
        upper = min(upper, result.fun)
        if upper - lower <= gap * upper:
            break
        added = []
        for k in np.argsort(-np.abs(values)):
            if abs(values[k]) <= 1 + 1e-10 or len(added) >= 12:
                break
            if all(np.linalg.norm(found[k] - other) >= 0.03 for other in added):
                added.append(found[k])
        if not added:
            break
        directions = np.concatenate([directions, added])
    return lower, upper, rounds


def main():
    out = []
    for problem in json.load(sys.stdin)["problems"]:
        inputs = np.array(problem["inputs"], dtype=float)
        labels = np.array(problem["labels"], dtype=float)
        start = time.process_time()
        lower, upper, rounds = solve(inputs, labels)
        out.append(
            {
                "ms": 1000 * (time.process_time() - start),
                "lower": float(lower),
                "upper": float(upper),
                "rounds": rounds,
            }
        )
    json.dump({"solver": "SciPy HiGHS column generation", "results": out}, sys.stdout)


if __name__ == "__main__":
    main()
