"""How a peer of `falsum bench` talks: one JSON line for each line it reads.

At start a peer says what it is. Then a peer of `bench core` answers

    {"variant", "inputDim", "width", "sampleSize", "steps", "batch"?}
        with {"seconds"}: what `steps` steps took on random data of this shape, after a warm-up;
    {"variant", "problems", "stepSize", "steps", "batch"?}
        with {"objectives"}: those of the given problems after `steps` steps.

`batch` makes it compute that many independent problems at once; a peer of `bench solvers` brings its
own `answer`. What goes wrong is {"error"}.

Variants are functions (inner, outer, inputs, labels, step_size) -> problem, with a float64 array
of shape (problems, width, input_dim) and so on for a batch, without the first axis otherwise. A
problem has run(steps) and objectives(), a list.

One thread: import this module before NumPy or PyTorch.
"""

import json
import os
import signal
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402  (after the number of threads is set)

# Problems of a batch are taken together up to this size of an array of activations, so that it stays
# in the cache: with all 1000 at once NumPy takes 2 times and PyTorch 3 times as long.
BLOCK_BYTES = 640 * 1024

WARM_UP_STEPS = 5


def blocks(problems, width, sample_size, item_bytes):
    """Slices of the batch."""
    size = max(1, BLOCK_BYTES // (item_bytes * width * sample_size))
    return [slice(first, first + size) for first in range(0, problems, size)]


def blas_library():
    """The file of the BLAS in use; None where the system does not tell or it is linked in."""
    np.ones((8, 8)) @ np.ones((8, 8))
    try:
        with open("/proc/self/maps", encoding="utf8") as maps:
            files = {line.split()[-1] for line in maps if "/" in line}
    except OSError:
        return None
    named = [name for name in files if any(b in os.path.basename(name) for b in ("blas", "mkl_rt"))]
    # OpenBLAS may come as libblas.so.3 with the work done in another file.
    named.sort(key=lambda name: ("openblas" not in name and "mkl" not in name, name))
    return named[0] if named else None


def serve(name, version, variants, answer=None):
    """Answers requests until standard input ends; `answer(request)` in place of the training requests."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    hello = {
        "peer": name,
        "version": version,
        "python": sys.version.split()[0],
        "threads": 1,
        "blas": blas_library(),
        "variants": list(variants),
    }
    try:
        _say(hello)
        for line in sys.stdin:
            if line.strip():
                _say(_answer(json.loads(line), variants, answer))
    except BrokenPipeError:
        # Nobody listens any more; keep the interpreter from complaining when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _answer(request, variants, answer):
    try:
        if answer is not None:
            return answer(request)
        variant = variants[request["variant"]]
        if "problems" in request:
            return {"objectives": _objectives(request, variant)}
        return {"seconds": _seconds(request, variant)}
    except Exception as error:  # pylint: disable=broad-except  (whatever it is, the asker must know)
        return {"error": f"{type(error).__name__}: {error}".splitlines()[0]}


def _objectives(request, variant):
    problems = request["problems"]
    keys = ("inner", "outer", "inputs", "labels")
    step_size, steps = request["stepSize"], request["steps"]
    if request.get("batch"):
        arrays = [np.array([problem[key] for problem in problems], dtype=float) for key in keys]
        made = [variant(*arrays, step_size)]
    else:
        made = [
            variant(*(np.array(problem[key], dtype=float) for key in keys), step_size)
            for problem in problems
        ]
    for problem in made:
        problem.run(steps)
    return [objective for problem in made for objective in problem.objectives()]


def _seconds(request, variant):
    input_dim, width, sample_size = request["inputDim"], request["width"], request["sampleSize"]
    batch = (request["batch"],) if request.get("batch") else ()
    random = np.random.default_rng(1)

    def uniform(*shape):
        return random.uniform(-1, 1, batch + shape)

    problem = variant(
        uniform(width, input_dim) / np.sqrt(input_dim),
        uniform(width) / np.sqrt(width),
        uniform(sample_size, input_dim),
        uniform(sample_size),
        1e-6,
    )
    steps = request["steps"]
    problem.run(min(steps, WARM_UP_STEPS))
    started = time.perf_counter()
    problem.run(steps)
    return time.perf_counter() - started
