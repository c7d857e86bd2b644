"""NumPy as a peer of `falsum bench core`: full-batch gradient descent with the gradient by hand.

f(x) = sum_j a_j relu(w_j . x), loss (1/N) sum (f - y)^2. With r = 2 step_size / N (f - y),
V_j = sum_i 1[z_ij > 0] r_i x_i and z_ij = w_j . x_i, an update is w_j -= a_j V_j and
a_j -= w_j . V_j, for relu(z) = 1[z > 0] z. One (width, sample_size) array, used again for
activations, slopes and scaled slopes; rows along the sample, so that inner loops are long.
"""

from protocol import blocks, np, serve


class Problem:
    """Gradient descent on one problem in float64."""

    def __init__(self, inner, outer, inputs, labels, step_size):
        self.inner, self.outer, self.inputs, self.labels = inner, outer, inputs, labels
        self.columns = np.ascontiguousarray(inputs.T)
        self.factor = 2 * step_size / len(labels)

    def run(self, steps):
        """Takes `steps` steps, in place."""
        inner, outer, inputs, labels = self.inner, self.outer, self.inputs, self.labels
        columns, factor = self.columns, self.factor
        width, sample_size = len(outer), len(labels)
        hidden = np.empty((width, sample_size))
        residuals = np.empty(sample_size)
        moments = np.empty_like(inner)
        outer_step = np.empty_like(outer)
        outer_column = outer[:, None]
        for _ in range(steps):
            np.matmul(inner, columns, out=hidden)
            np.maximum(hidden, 0, out=hidden)
            np.matmul(outer, hidden, out=residuals)
            residuals -= labels
            residuals *= factor
            np.greater(hidden, 0, out=hidden)
            np.multiply(hidden, residuals, out=hidden)
            np.matmul(hidden, inputs, out=moments)
            np.einsum("jk,jk->j", inner, moments, out=outer_step)
            moments *= outer_column
            inner -= moments
            outer -= outer_step

    def objectives(self):
        """The mean square loss."""
        outputs = np.maximum(self.inputs @ self.inner.T, 0) @ self.outer
        return [float(np.mean((outputs - self.labels) ** 2))]


class Batch:
    """The same for many problems, block by block."""

    def __init__(self, inner, outer, inputs, labels, step_size):
        self.inner, self.outer, self.inputs, self.labels = inner, outer, inputs, labels
        self.columns = np.ascontiguousarray(inputs.transpose(0, 2, 1))
        self.factor = 2 * step_size / labels.shape[1]
        self.blocks = blocks(len(outer), outer.shape[1], labels.shape[1], 8)

    def run(self, steps):
        """Takes `steps` steps of every problem, in place."""
        hidden = np.empty((self.blocks[0].stop, self.outer.shape[1], self.labels.shape[1]))
        residuals = np.empty((len(hidden), 1, hidden.shape[2]))
        moments = np.empty((len(hidden),) + self.inner.shape[1:])
        outer_step = np.empty(moments.shape[:2])
        parts = []
        for block in self.blocks:
            arrays = [self.inner, self.outer, self.inputs, self.columns, self.labels]
            part = [array[block] for array in arrays]
            size = len(part[0])
            parts.append(part + [a[:size] for a in (hidden, residuals, moments, outer_step)])
        for _ in range(steps):
            for part in parts:
                self._step(*part)

    def _step(
        self, inner, outer, inputs, columns, labels, hidden, residuals, moments, outer_step
    ):
        np.matmul(inner, columns, out=hidden)
        np.maximum(hidden, 0, out=hidden)
        np.matmul(outer[:, None, :], hidden, out=residuals)
        rows = residuals[:, 0, :]
        rows -= labels
        rows *= self.factor
        np.greater(hidden, 0, out=hidden)
        np.multiply(hidden, residuals, out=hidden)
        np.matmul(hidden, inputs, out=moments)
        np.einsum("bjk,bjk->bj", inner, moments, out=outer_step)
        moments *= outer[:, :, None]
        inner -= moments
        outer -= outer_step

    def objectives(self):
        """The mean square loss of each problem."""
        hidden = np.maximum(self.inputs @ self.inner.transpose(0, 2, 1), 0)
        outputs = (hidden @ self.outer[:, :, None])[:, :, 0]
        return np.mean((outputs - self.labels) ** 2, axis=1).tolist()


def float64(inner, *rest):
    """One problem, or a batch of them."""
    return (Problem if inner.ndim == 2 else Batch)(inner, *rest)


if __name__ == "__main__":
    serve("numpy", np.__version__, {"float64": float64})
