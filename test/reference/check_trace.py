"""Recomputes one GRPO update from a trace in PyTorch, float64, and compares.

Run: npm run -s rlvr -- trace --seed 3 --out trace.json && /usr/bin/python3 test/reference/check_trace.py trace.json

The loss is written as the paper writes it and differentiated by autograd, so the hand-written gradient, the
token weights and the optimiser of the playground are all held to it. Exits with 1 where a bound is broken.
"""

import json
import sys

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)

with open(sys.argv[1]) as file:
    trace = json.load(file)
shape = trace["shape"]
D, H, T, P = shape["width"], shape["heads"], shape["responseLength"], shape["promptLength"]
L = P + T - 1
tau = trace["temperature"]

flat = torch.tensor(trace["parametersBefore"], requires_grad=True)
parameters = {
    entry["name"]: flat[entry["offset"] : entry["offset"] + entry["size"]].view(entry["dimensions"])
    for entry in trace["layout"]
}
prompts = torch.tensor(trace["prompts"]).view(-1, P)
tokens = torch.tensor(trace["tokens"]).view(-1, T)
mask = torch.tensor(trace["mask"]).view(-1, T).double()
B = tokens.shape[0]
G = trace["groupSize"]


def linear(name, x):
    return x @ parameters[f"{name}.weight"] + parameters[f"{name}.bias"]


def norm(name, x):
    epsilon = trace["conventions"]["layerNormEpsilon"]
    return F.layer_norm(x, (D,), parameters[f"{name}.gain"], parameters[f"{name}.bias"], epsilon)


def log_probs():
    x = parameters["tokenEmbedding"][torch.cat([prompts, tokens[:, :-1]], 1)]
    x = x + parameters["positionEmbedding"]
    hidden = torch.full((L, L), float("-inf")).triu(1)
    for layer in range(shape["layers"]):
        name = f"layer{layer}"
        q, k, v = (
            part.view(B, L, H, D // H).transpose(1, 2)
            for part in linear(f"{name}.qkv", norm(f"{name}.norm1", x)).split(D, dim=2)
        )
        weights = (q @ k.transpose(2, 3) / (D // H) ** 0.5 + hidden).softmax(-1)
        x = x + linear(f"{name}.attentionOut", (weights @ v).transpose(1, 2).reshape(B, L, D))
        x = x + linear(f"{name}.mlpOut", F.silu(linear(f"{name}.mlpIn", norm(f"{name}.norm2", x))))
    logits = linear("head", norm("finalNorm", x[:, P - 1 :]))
    return (logits / tau).log_softmax(-1)


def advantages(rewards):
    groups = rewards.view(-1, G)
    centred = groups - groups.mean(1, keepdim=True)
    estimator = trace["algorithm"]["advantage"]
    if estimator in ("positive-only", "negative-only", "weighted"):
        right = {"positive-only": 1, "negative-only": 0, "weighted": trace["algorithm"]["positiveWeight"]}
        wrong = 0 if estimator == "positive-only" else -1
        return torch.where(rewards > 0.5, right[estimator], wrong).view(-1, 1)
    if estimator not in ("group-standardized", "group-centered", "leave-one-out"):
        # Recomputed by the tests of the estimators; here only what follows from them is.
        return torch.tensor(trace["advantages"]).view(-1, T)
    if estimator == "group-standardized":
        centred = centred / (groups.std(1, keepdim=True) + 1e-4)
    if estimator == "leave-one-out":
        centred = centred * G / (G - 1)
    return centred.view(-1, 1)


full = log_probs()
chosen = full.gather(2, tokens.unsqueeze(2)).squeeze(2)
A = advantages(torch.tensor(trace["rewards"]).double())
old = chosen.detach()
coefficients = trace["algorithm"]
for part in ("covariance", "klPlacement", "normalisation", "ratio"):
    plain = {"covariance": "none", "klPlacement": "loss", "normalisation": "none", "ratio": "token"}[part]
    if coefficients[part] != plain and not (part == "klPlacement" and coefficients["klCoefficient"] == 0):
        sys.exit(f"this script does not recompute {part} '{coefficients[part]}', only '{plain}'")
if coefficients["advantage"] == "gae" or coefficients["filter"] == "mixed":
    sys.exit("this script recomputes neither the value loss nor dynamic sampling")
if trace["algorithm"]["surrogate"] in ("clipped-ratio", "ratio"):
    # A dual clip binds at no ratio of 1, which all of a first update are.
    ratio = (chosen - old).exp()
    clipped = ratio.clamp(1 - coefficients["clipLow"], 1 + coefficients["clipHigh"])
    gain = torch.minimum(ratio * A, clipped * A)
elif trace["algorithm"]["surrogate"] == "clipped-weight":
    gain = ((chosen - old).exp().clamp(1 - coefficients["clipLow"], 1 + coefficients["clipHigh"])).detach() * A * chosen
else:
    gain = A * chosen
# On step 1 the reference policy is the policy itself, so k3 and its gradient are 0 whatever its coefficient.
gain = gain - coefficients["entropyCoefficient"] * (full.exp() * full).sum(-1)
lengths = mask.sum(1, keepdim=True)
share = {
    "sequence-mean": mask / (B * lengths),
    "token-mean": mask / mask.sum(),
    "constant-length": mask / (B * T),
    "sequence-sum": mask / B,
}[trace["algorithm"]["aggregation"]]
loss = -(share * gain).sum()
loss.backward()

optimizer = trace["optimizer"]
gradient = flat.grad
scale = min(1.0, optimizer["maxGradNorm"] / gradient.norm().item())
weights = torch.tensor(trace["parametersBefore"], requires_grad=True)
weights.grad = gradient * scale
torch.optim.Adam(
    [weights],
    lr=optimizer["learningRate"],
    betas=(optimizer["beta1"], optimizer["beta2"]),
    eps=optimizer["epsilon"],
).step()


def worst(actual, expected):
    return (torch.tensor(actual) - expected).abs().max().item()


theirs = torch.tensor(trace["gradient"])
moved = weights.detach() - flat.detach()
moved_theirs = torch.tensor(trace["parametersAfter"]) - flat.detach()
checks = [
    ("log-probabilities, largest difference", worst(trace["logProbs"], (chosen * mask).flatten()), 1e-4),
    ("advantages, largest difference", worst(trace["advantages"], (A * mask).flatten()), 1e-6),
    ("loss, difference", abs(trace["loss"] - loss.item()), 1e-5),
    ("gradient, relative L2", ((theirs - gradient).norm() / gradient.norm()).item(), 1e-3),
    ("Adam's step, relative L2", ((moved_theirs - moved).norm() / moved.norm()).item(), 1e-2),
]
for name, value, bound in checks:
    print(f"{'ok  ' if value <= bound else 'FAIL'} {name}: {value:.2e} (bound {bound:.0e})")
sys.exit(any(not value <= bound for _, value, bound in checks))
