"""Makes network.json: the policy network of src/policy/shape.ts in PyTorch, float64, with autograd and torch's Adam.

Run: /usr/bin/python3 test/reference/make_vectors.py     (made with PyTorch 1.13.1)

Parameters are not stored. Number i of the flat vector, of n, is 0.4 * sin(1.7 * i + 0.3) + 0.05 * cos(0.011 * i * i),
plus 1 where it is the gain of a layer norm. Both sides round it to float32, so that every engine starts from the same
numbers.
"""

import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)

V, R, P, T, D, LAYERS, H = 11, 6, 3, 4, 8, 2, 2
L = P + T - 1
TEMPERATURE = 0.8
ADAM = dict(learningRate=3e-3, beta1=0.9, beta2=0.99, epsilon=1e-5, maxGradNorm=0.5)

LAYOUT = [("tokenEmbedding", (V, D)), ("positionEmbedding", (L, D))]
for layer in range(LAYERS):
    LAYOUT += [
        (f"layer{layer}.norm1.gain", (D,)),
        (f"layer{layer}.norm1.bias", (D,)),
        (f"layer{layer}.qkv.weight", (D, 3 * D)),
        (f"layer{layer}.qkv.bias", (3 * D,)),
        (f"layer{layer}.attentionOut.weight", (D, D)),
        (f"layer{layer}.attentionOut.bias", (D,)),
        (f"layer{layer}.norm2.gain", (D,)),
        (f"layer{layer}.norm2.bias", (D,)),
        (f"layer{layer}.mlpIn.weight", (D, 4 * D)),
        (f"layer{layer}.mlpIn.bias", (4 * D,)),
        (f"layer{layer}.mlpOut.weight", (4 * D, D)),
        (f"layer{layer}.mlpOut.bias", (D,)),
    ]
LAYOUT += [
    ("finalNorm.gain", (D,)),
    ("finalNorm.bias", (D,)),
    ("head.weight", (D, R)),
    ("head.bias", (R,)),
    ("value.weight", (D,)),
    ("value.bias", (1,)),
]


def initial():
    n = sum(int(np.prod(size)) for _, size in LAYOUT)
    i = np.arange(n, dtype=np.float64)
    flat = 0.4 * np.sin(1.7 * i + 0.3) + 0.05 * np.cos(0.011 * i * i)
    parameters, offset = {}, 0
    for name, size in LAYOUT:
        count = int(np.prod(size))
        part = flat[offset : offset + count] + (1 if name.endswith(".gain") else 0)
        part = part.astype(np.float32).astype(np.float64)
        parameters[name] = torch.tensor(part.reshape(size), requires_grad=True)
        offset += count
    return parameters


def network(p, prompts, responses):
    """Logits [B, T, R] and values [B, T] of the positions that predict the response."""
    tokens = torch.cat([prompts, responses[:, :-1]], dim=1)
    x = F.embedding(tokens, p["tokenEmbedding"]) + p["positionEmbedding"]
    B = x.shape[0]
    mask = torch.full((L, L), float("-inf")).triu(1)

    def norm(name, x):
        return F.layer_norm(x, (D,), p[f"{name}.gain"], p[f"{name}.bias"], 1e-5)

    def linear(name, x):
        return F.linear(x, p[f"{name}.weight"].t(), p[f"{name}.bias"])

    for layer in range(LAYERS):
        name = f"layer{layer}"
        q, k, v = (
            part.view(B, L, H, D // H).transpose(1, 2)
            for part in linear(f"{name}.qkv", norm(f"{name}.norm1", x)).chunk(3, dim=-1)
        )
        weights = (q @ k.transpose(-1, -2) / (D // H) ** 0.5 + mask).softmax(-1)
        x = x + linear(f"{name}.attentionOut", (weights @ v).transpose(1, 2).reshape(B, L, D))
        x = x + linear(f"{name}.mlpOut", F.silu(linear(f"{name}.mlpIn", norm(f"{name}.norm2", x))))
    h = norm("finalNorm", x)[:, P - 1 :]
    return linear("head", h), h @ p["value.weight"] + p["value.bias"]


def main():
    lengths = torch.tensor([4, 2, 1, 3, 4])
    B = len(lengths)
    prompts = torch.tensor([[(7 * b + 3 * i + b * i) % V for i in range(P)] for b in range(B)])
    inside = torch.arange(T) < lengths[:, None]
    responses = torch.tensor([[1 + (5 * b + 2 * t) % (R - 1) for t in range(T)] for b in range(B)]) * inside
    index = torch.arange(B * T, dtype=torch.float64).view(B, T)
    # Rounded, since the engines take float32 weights.
    weight = {
        name: (scale * torch.sin(rate * index + 1)).float().double()
        for name, scale, rate in [("logProb", 0.3, 2.1), ("entropy", 0.2, 1.3), ("value", 0.1, 0.7)]
    }

    def evaluate(p):
        logits, values = network(p, prompts, responses)
        distribution = torch.distributions.Categorical(logits=logits / TEMPERATURE)
        parts = {
            "logProb": distribution.log_prob(responses),
            "entropy": distribution.entropy(),
            "value": values,
        }
        parts = {name: torch.where(inside, part, torch.zeros(())) for name, part in parts.items()}
        return sum((weight[name] * part).sum() for name, part in parts.items()), parts

    parameters = initial()
    flat = list(parameters.values())
    optimizer = torch.optim.Adam(
        flat, lr=ADAM["learningRate"], betas=(ADAM["beta1"], ADAM["beta2"]), eps=ADAM["epsilon"], maximize=True
    )
    steps, first = [], None
    for _ in range(2):
        optimizer.zero_grad()
        objective, parts = evaluate(parameters)
        objective.backward()
        gradient = torch.cat([p.grad.flatten() for p in flat]).clone()
        first = first or (parts, gradient)
        norm = gradient.norm().item()
        # By hand: torch's clip_grad_norm_ adds 1e-6 to the norm.
        for p in flat:
            p.grad *= min(1.0, ADAM["maxGradNorm"] / norm)
        optimizer.step()
        steps.append({"objective": objective.item(), "gradientNorm": norm})

    def listed(tensor):
        return [float(f"{x:.12g}") for x in tensor.detach().flatten().tolist()]

    parts, gradient = first
    vectors = {
        "madeBy": f"test/reference/make_vectors.py with PyTorch {torch.__version__}, float64",
        "shape": dict(
            vocabulary=V, outputs=R, promptLength=P, responseLength=T, width=D, layers=LAYERS, heads=H
        ),
        "temperature": TEMPERATURE,
        "optimizer": ADAM,
        "prompts": prompts.flatten().tolist(),
        "responses": responses.flatten().tolist(),
        "lengths": lengths.tolist(),
        "weights": {name: listed(part) for name, part in weight.items()},
        "logProbs": listed(parts["logProb"]),
        "entropies": listed(parts["entropy"]),
        "values": listed(parts["value"]),
        "gradient": listed(gradient),
        "steps": steps,
        "parametersAfter": listed(torch.cat([p.flatten() for p in flat])),
    }
    target = pathlib.Path(__file__).with_name("network.json")
    target.write_text(json.dumps(vectors) + "\n")
    print(target, target.stat().st_size, "bytes", steps)


main()
