"""PyTorch as a peer of `falsum bench core`: full-batch gradient descent with autograd.

f(x) = sum_j a_j relu(w_j . x), loss (1/N) sum (f - y)^2, `backward()` and an update in place under
`no_grad`. Gradients are dropped (`grad = None`); `zero_()` was as fast on every shape.
"""

from protocol import blocks, serve

import torch  # after the number of threads is set

torch.set_num_threads(1)


def outputs_of(inner, outer, inputs):
    """f at the inputs: one problem, or a batch with a first axis more."""
    hidden = torch.relu(inputs @ inner.transpose(-1, -2))
    return hidden @ outer if inner.dim() == 2 else (hidden @ outer.unsqueeze(2)).squeeze(2)


def loss_of(inner, outer, inputs, labels):
    """The mean square loss; of a batch, the sum of its problems' losses."""
    if inner.dim() == 2:
        return torch.nn.functional.mse_loss(outputs_of(inner, outer, inputs), labels)
    squares = (outputs_of(inner, outer, inputs) - labels) ** 2
    return squares.sum() / labels.shape[1]


class Problem:
    """Gradient descent on one problem, or on a batch of them, block by block."""

    def __init__(self, arrays, step_size, dtype):
        tensors = [torch.tensor(array, dtype=dtype) for array in arrays]
        inner, _, _, labels = tensors
        if inner.dim() == 2:
            slices = [slice(None)]
        else:
            slices = blocks(len(inner), inner.shape[1], labels.shape[1], inner.element_size())
        self.parts = [[tensor[block].clone() for tensor in tensors] for block in slices]
        for part in self.parts:
            for parameter in part[:2]:
                parameter.requires_grad_()
        self.step_size = step_size

    def run(self, steps):
        """Takes `steps` steps, in place."""
        for _ in range(steps):
            for part in self.parts:
                loss_of(*part).backward()
                with torch.no_grad():
                    for parameter in part[:2]:
                        parameter.sub_(parameter.grad, alpha=self.step_size)
                        parameter.grad = None

    def objectives(self):
        """The mean square loss of each problem."""
        found = []
        with torch.no_grad():
            for inner, outer, inputs, labels in self.parts:
                squares = (outputs_of(inner, outer, inputs) - labels) ** 2
                means = squares.mean(dim=-1).reshape(-1)
                found.extend(means.tolist())
        return found


def variant(dtype):
    """The variant of a number format."""

    def make(inner, outer, inputs, labels, step_size):
        return Problem((inner, outer, inputs, labels), step_size, dtype)

    return make


if __name__ == "__main__":
    serve(
        "torch",
        torch.__version__,
        {"float64": variant(torch.float64), "float32": variant(torch.float32)},
    )
