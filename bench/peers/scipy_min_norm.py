"""Minimum-norm interpolation in the plane by column generation with SciPy's HiGHS: a peer of `falsum bench solvers`.

Answers {"inputs": [[x, y], ...], "labels": [...]} with the processor seconds, the bounds as computed and the rounds. The
method is that of Falsum's own column generation: exact pricing over the 2N cells, twelve columns a round, gap 1e-8.
"""

import time

from protocol import serve  # first: it sets the number of threads

import numpy as np
import scipy
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


def answer(request):
    inputs = np.array(request["inputs"], dtype=float)
    labels = np.array(request["labels"], dtype=float)
    start = time.process_time()
    lower, upper, rounds = solve(inputs, labels)
    seconds = time.process_time() - start
    found = {"seconds": seconds, "lower": float(lower), "rounds": rounds}
    return found if np.isinf(upper) else {**found, "upper": float(upper)}


if __name__ == "__main__":
    serve("scipy", scipy.__version__, ["HiGHS"], answer)
