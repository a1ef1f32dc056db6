"""lambda_max of a loss as PyHessian takes it by default."""
import torch


def power_iteration(loss, parameters, start):
    """Hessian-vector products by double backward from `start`, at most 100 steps, until a relative change below 1e-3.
    Returns the value and the direction."""
    gradient = torch.autograd.grad(loss, parameters, create_graph=True)
    u, value = start, None
    for _ in range(100):
        norm = torch.sqrt(sum((x * x).sum() for x in u)) + 1e-6
        u = [x / norm for x in u]
        Hu = torch.autograd.grad(gradient, parameters, grad_outputs=u, retain_graph=True)
        next_value = float(sum((x * z).sum() for x, z in zip(u, Hu)))
        if value is not None and abs(next_value - value) / (abs(value) + 1e-6) < 1e-3:
            break
        value, u = next_value, [x.detach() for x in Hu]
    return next_value, u
