"""Recomputes step 1 of a run from its trace in PyTorch, float64, and compares: every update of it, off-policy ones too.

Run: npm run -s rlvr -- trace --seed 3 --out trace.json && /usr/bin/python3 test/reference/check_trace.py trace.json

Rewards become advantages, and advantages a loss, as the papers write them; the loss is differentiated by autograd. So the
hand-written gradients, the token weights and the optimiser of the playground are all held to it; the row's loss and gradient
norm are the means over the updates. What an answer is paid,
and which tokens Clip-Cov draws by lot, is taken from the trace; that the lot falls only where it may is checked. Exits with
1 where a bound is broken, and says so where a trace has a choice that is not recomputed here.
"""

import json
import sys
from math import comb

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

# A norm below this is that of nothing: an update all of whose tokens are clipped has a gradient of 0.
NOTHING = 1e-6


def numbers(values):
    """As float64, also where all are whole."""
    return torch.tensor(values, dtype=torch.float64)


with open(sys.argv[1]) as file:
    trace = json.load(file)
if trace["version"] != 3:
    sys.exit(f"the trace is of version {trace['version']}, expected 3")
choices = trace["algorithm"]
shape = trace["shape"]
D, H, T, P = shape["width"], shape["heads"], shape["responseLength"], shape["promptLength"]
L = P + T - 1
tau = trace["temperature"]
G = trace["groupSize"]

prompts = torch.tensor(trace["prompts"]).view(-1, P)
tokens = torch.tensor(trace["tokens"]).view(-1, T)
mask = numbers(trace["mask"]).view(-1, T)
outcomes = numbers(trace["outcomes"])
B = tokens.shape[0]
is_token = mask.bool()
last = (mask.sum(1).long() - 1).unsqueeze(1)


def chosen(table, part):
    """The entry of a table that the trace's algorithm names."""
    name = choices[part]
    if name not in table:
        sys.exit(f"this script does not recompute {part} '{name}', only {', '.join(table)}")
    return table[name]


# The network, at given parameters: log-probabilities [b, T, R] and values [b, T] of sequences.


def network(flat, rows):
    parameters = {
        entry["name"]: flat[entry["offset"] : entry["offset"] + entry["size"]].view(entry["dimensions"])
        for entry in trace["layout"]
    }

    def linear(name, x):
        return x @ parameters[f"{name}.weight"] + parameters[f"{name}.bias"]

    def norm(name, x):
        epsilon = trace["conventions"]["layerNormEpsilon"]
        return F.layer_norm(x, (D,), parameters[f"{name}.gain"], parameters[f"{name}.bias"], epsilon)

    read = torch.cat([prompts[rows], tokens[rows, :-1]], 1)
    x = parameters["tokenEmbedding"][read] + parameters["positionEmbedding"]
    hidden = torch.full((L, L), float("-inf")).triu(1)
    for layer in range(shape["layers"]):
        name = f"layer{layer}"
        q, k, v = (
            part.view(-1, L, H, D // H).transpose(1, 2)
            for part in linear(f"{name}.qkv", norm(f"{name}.norm1", x)).split(D, dim=2)
        )
        weights = (q @ k.transpose(2, 3) / (D // H) ** 0.5 + hidden).softmax(-1)
        x = x + linear(f"{name}.attentionOut", (weights @ v).transpose(1, 2).reshape(-1, L, D))
        x = x + linear(f"{name}.mlpOut", F.silu(linear(f"{name}.mlpIn", norm(f"{name}.norm2", x))))
    h = norm("finalNorm", x[:, P - 1 :])
    values = h @ parameters["value.weight"] + parameters["value.bias"]
    return (linear("head", h) / tau).log_softmax(-1), values


def of_tokens(full, rows):
    return full.gather(2, tokens[rows].unsqueeze(2)).squeeze(2)


# Rewards, of each token.


def outcome_rewards():
    return torch.zeros(B, T).scatter_(1, last, outcomes.unsqueeze(1))


def unlikeliness_rewards():
    # Ranked by what the trace says, since rounding may not tell equal answers apart.
    sums = (numbers(trace["logProbs"]).view(B, T) * mask).sum(1) / mask.sum(1)
    order = torch.stack([group.argsort(stable=True).argsort() for group in sums.view(-1, G)])
    paid = outcomes * (1 - choices["unlikeliness"] * order.flatten() / G)
    return torch.zeros(B, T).scatter_(1, last, paid.unsqueeze(1))


def process_rewards():
    rewards = outcome_rewards()
    for b, checks in enumerate(trace["stepChecks"]):
        for check in checks:
            rewards[b, check["end"]] += check["valid"]
    return rewards


REWARDS = {"outcome": outcome_rewards, "unlikeliness": unlikeliness_rewards, "process": process_rewards}

# Estimates of the KL distance from d = log π − log π_ref and log w = log π − log π_old.
KL = {
    "k1": lambda d, log_w: d,
    "k2": lambda d, log_w: d**2 / 2,
    "k3": lambda d, log_w: (-d).exp() - 1 + d,
    "k3-weighted": lambda d, log_w: log_w.exp() * ((-d).exp() - 1 + d),
}

# Advantages, of each token.


def groups(rewards):
    return rewards.sum(1).view(-1, G)


def for_all_tokens(advantages):
    return advantages.reshape(B, 1) * mask


def standardized(rewards):
    return (rewards - rewards.mean(-1, keepdim=True)) / (rewards.std(-1, keepdim=True) + 1e-4)


def right_and_wrong(right, wrong):
    return lambda rewards, values: for_all_tokens(torch.where(outcomes == 1, right, wrong))


def leave_one_out(rewards, values):
    r = groups(rewards)
    others = (r.sum(1, keepdim=True) - r) / max(G - 1, 1)
    return for_all_tokens(r - others if G > 1 else 0 * r)


def to_go(x):
    """The sum of what stands at a token or after it."""
    return (x * mask).flip(1).cumsum(1).flip(1) * mask


def greedy_baseline(rewards, values):
    return for_all_tokens(groups(rewards) - numbers(trace["greedyOutcomes"]).unsqueeze(1))


def next_values(values):
    return torch.cat([(values * mask)[:, 1:], torch.zeros(B, 1)], 1)


def generalised(rewards, values):
    delta = (rewards + next_values(values) - values) * mask
    advantages = torch.zeros(B, T + 1)
    for t in reversed(range(T)):
        advantages[:, t] = delta[:, t] + choices["gaeLambda"] * advantages[:, t + 1]
    return advantages[:, :T] * mask


def pass_at_k(rewards, values):
    k = min(choices["passK"], G)
    advantages = []
    for group in outcomes.view(-1, G):
        c = int(group.sum())
        rho = 1 - comb(G - c, k) / comb(G, k)
        sigma = (rho * (1 - rho)) ** 0.5 + 1e-6
        others_fail = comb(G - c - 1, k - 1) / comb(G - 1, k - 1) if c < G else 0
        advantages.append(torch.where(group == 1, (1 - rho) / sigma, (1 - rho - others_fail) / sigma))
    return for_all_tokens(torch.stack(advantages))


def mean_normalized(rewards, values):
    r = groups(rewards)
    centre = r.mean(1, keepdim=True)
    return for_all_tokens(torch.where(centre > 0, (r - centre) / centre.clamp(min=1e-300), torch.zeros(())))


def step_standardized(rewards, values):
    advantages = torch.zeros(B, T)
    for start in range(0, B, G):
        places = [
            (b, t)
            for b in range(start, start + G)
            for t in sorted({check["end"] for check in trace["stepChecks"][b]} | {last[b].item()})
        ]
        at = tuple(torch.tensor(places).T)
        advantages[at] = standardized(rewards[at])
    return to_go(advantages)


ADVANTAGES = {
    "group-standardized": lambda rewards, values: for_all_tokens(standardized(groups(rewards))),
    "group-centered": lambda rewards, values: for_all_tokens(groups(rewards) - groups(rewards).mean(1, keepdim=True)),
    "leave-one-out": leave_one_out,
    "return": lambda rewards, values: to_go(rewards),
    "greedy-baseline": greedy_baseline,
    "gae": generalised,
    "positive-only": right_and_wrong(1.0, 0.0),
    "negative-only": right_and_wrong(0.0, -1.0),
    "weighted": right_and_wrong(float(choices["positiveWeight"]), -1.0),
    "pass-at-k": pass_at_k,
    "mean-normalized": mean_normalized,
    "step-standardized": step_standardized,
}


def whitened(advantages):
    each = advantages[is_token]
    return (advantages - each.mean()) / (each.var() + 1e-8).sqrt() * mask


NORMALISATIONS = {"none": lambda advantages: advantages, "batch": whitened}

# Advantages, shaped: from those of all tokens and log π_old of the tokens.


def strength():
    return choices["shapingStrength"]


def smoothing(advantages, log_old):
    whole = (log_old * mask).sum(1, keepdim=True)
    sign = torch.where(outcomes == 1, -1.0, 1.0).unsqueeze(1)
    return advantages + strength() * sign * whole * mask


def uniform(advantages, log_old):
    likely = (log_old * mask).sum(1) / mask.sum(1)
    factors = torch.ones(B)
    for start in range(0, B, G):
        right = [b for b in range(start, start + G) if outcomes[b] == 1]
        if right:
            q = likely[right].softmax(0)
            v = (1 - strength()) / len(right) + strength() * (1 / q) / (1 / q).sum()
            factors[right] = len(right) * v
    return advantages * factors.unsqueeze(1)


def repeats(advantages, log_old):
    penalties = torch.zeros(B)
    answers = [tuple(tokens[b][is_token[b]].tolist()) for b in range(B)]
    for b in range(B):
        start = b // G * G
        others = [i for i in range(start, start + G) if i != b and answers[i] == answers[b]]
        penalties[b] = strength() * len(others) / G
    return advantages - penalties.unsqueeze(1) * mask


SHAPINGS = {
    "none": lambda advantages, log_old: advantages,
    "smoothing": smoothing,
    "uniform": uniform,
    "repeats": repeats,
}

# What is maximised, from the ratio w, log π and the advantage of each token of a minibatch.


def sequence_ratio(log_w, m):
    # The tokens of a sequence share its ratio: the sum of their terms has for each token the slope of a ratio of its own.
    mean = ((log_w * m).sum(1, keepdim=True) / m.sum(1, keepdim=True)).detach()
    return mean + log_w - log_w.detach()


RATIOS = {"token": lambda log_w, m: log_w, "sequence": sequence_ratio}


def bounded(w):
    return w.clamp(1 - choices["clipLow"], 1 + choices["clipHigh"])


def clipped_ratio(w, log_pi, A):
    gain = torch.minimum(w * A, bounded(w) * A)
    c = choices.get("dualClip", 0)
    return torch.where(A < 0, torch.maximum(gain, c * A), gain) if c > 1 else gain


def soft_gate(w, log_pi, A):
    tau = torch.where(A > 0, 1.0, 1.05)
    return 4 / tau * (tau * (w - 1)).sigmoid() * A


SURROGATES = {
    "soft-gate": soft_gate,
    "clipped-ratio": clipped_ratio,
    "ratio": lambda w, log_pi, A: w * A,
    "log-prob": lambda w, log_pi, A: A * log_pi,
    "clipped-weight": lambda w, log_pi, A: bounded(w).detach() * A * log_pi,
}

AGGREGATIONS = {
    "sequence-mean": lambda m: m / (m.shape[0] * m.sum(1, keepdim=True)),
    "token-mean": lambda m: m / m.sum(),
    "constant-length": lambda m: m / (m.shape[0] * T),
    "sequence-sum": lambda m: m / m.shape[0],
}


def high_entropy(entropy, on):
    each = entropy.detach()[on]
    kept = torch.zeros(len(each))
    kept[each.argsort(descending=True, stable=True)[: max(1, int(choices["tokenShare"] * len(each)))]] = 1
    trained = torch.zeros(on.shape)
    trained[on] = kept
    return trained


TOKENS = {"all": lambda entropy, on: on.double(), "high-entropy": high_entropy}


def covariances(log_pi, A, on):
    a, l = A[on], log_pi.detach()[on]
    return (a - a.mean()) * (l - l.mean())


def most(on):
    share = choices["covarianceShare"]
    return 0 if share == 0 else max(1, int(share * on.sum()))


def no_control(log_pi, log_old, A, on, update):
    return 0 * log_pi, 0 * log_pi


def clip_cov(log_pi, log_old, A, on, update):
    given = numbers(update["weights"]["logProb"]).view(on.shape)
    w = (log_pi - log_old).detach().exp()
    # What has no gradient and is neither indifferent nor clipped has been dropped.
    dropped = on & (given == 0) & (A != 0) & (bounded(w) * A >= w * A)
    cov = torch.zeros(on.shape)
    cov[on] = covariances(log_pi, A, on)
    if dropped.sum() > most(on) or not ((cov[dropped] > 1 - 1e-3) & (cov[dropped] < 5 + 1e-3)).all():
        sys.exit("FAIL Clip-Cov: tokens without a gradient that it may not choose, or too many")
    return dropped.double(), 0 * log_pi


def kl_cov(log_pi, log_old, A, on, update):
    highest = covariances(log_pi, A, on).argsort(descending=True, stable=True)[: most(on)]
    penalised = torch.zeros(int(on.sum()))
    penalised[highest] = 1
    penalty = torch.zeros(on.shape)
    penalty[on] = penalised
    return 0 * log_pi, choices["covariancePenalty"] * penalty * (log_pi - log_old).abs()


COVARIANCES = {"none": no_control, "clip-cov": clip_cov, "kl-cov": kl_cov}


# Before the first update: the policy that drew the answers, which on step 1 is the reference too.
first = numbers(trace["states"][0]["parameters"])
everything = torch.arange(B)
with torch.no_grad():
    full, old_values = network(first, everything)
old = of_tokens(full, everything)

rewards = chosen(REWARDS, "reward")()
if choices["klPlacement"] == "reward":
    rewards = rewards - choices["klCoefficient"] * chosen(KL, "klEstimator")(0 * old, 0 * old) * mask
raw = chosen(ADVANTAGES, "advantage")(rewards, old_values)
advantages = chosen(SHAPINGS, "shaping")(chosen(NORMALISATIONS, "normalisation")(raw), old)
returns = None
if choices["advantage"] == "gae":
    returns = generalised(rewards, old_values) + old_values
if choices["filter"] == "mixed":
    sums = outcomes.view(-1, G).sum(1)
    if not ((sums > 0) & (sums < G)).all():
        sys.exit("FAIL dynamic sampling: a group of the batch is all right or all wrong")


def loss_of(flat, update):
    rows = torch.arange(update["from"], update["to"])
    m, on, A = mask[rows], is_token[rows], advantages[rows]
    full, values = network(flat, rows)
    log_pi, log_old = of_tokens(full, rows), old[rows]
    log_w = chosen(RATIOS, "ratio")(log_pi - log_old, m)
    gain = chosen(SURROGATES, "surrogate")(log_w.exp(), log_pi, A)
    dropped, penalty = chosen(COVARIANCES, "covariance")(log_pi, log_old, A, on, update)
    entropy = -(full.exp() * full).sum(-1)
    terms = penalty - chosen(TOKENS, "tokens")(entropy, on) * (1 - dropped) * gain
    if choices["klPlacement"] == "loss" and choices["klCoefficient"] != 0:
        terms = terms + choices["klCoefficient"] * chosen(KL, "klEstimator")(log_pi - log_old, log_pi - log_old)
    terms = terms - choices["entropyCoefficient"] * entropy
    if returns is not None:
        near = old_values[rows] + (values - old_values[rows]).clamp(-choices["valueClip"], choices["valueClip"])
        errors = torch.maximum((values - returns[rows]) ** 2, (near - returns[rows]) ** 2) / 2
        terms = terms + choices["valueCoefficient"] * errors
    return (chosen(AGGREGATIONS, "aggregation")(m) * torch.where(on, terms, torch.zeros(()))).sum()


def adam_step(state, gradient):
    optimizer = trace["optimizer"]
    weights = numbers(state["parameters"]).requires_grad_()
    weights.grad = gradient * min(1.0, optimizer["maxGradNorm"] / max(gradient.norm().item(), NOTHING))
    adam = torch.optim.Adam(
        [weights],
        lr=optimizer["learningRate"],
        betas=(optimizer["beta1"], optimizer["beta2"]),
        eps=optimizer["epsilon"],
    )
    adam.state[weights] = {
        "step": torch.tensor(float(state["updates"])),
        "exp_avg": numbers(state["firstMoment"]),
        "exp_avg_sq": numbers(state["secondMoment"]),
    }
    adam.step()
    return weights.detach()


def worst(actual, expected):
    return (numbers(actual) - expected.flatten()).abs().max().item()


def relative(actual, expected):
    return ((actual - expected).norm() / expected.norm().clamp(min=NOTHING)).item()


checks = [
    ("log-probabilities, largest difference", worst(trace["logProbs"], old * mask), 1e-4),
    ("rewards, largest difference", worst(trace["rewards"], rewards * mask), 1e-5),
    ("advantages, largest difference", worst(trace["advantages"], advantages * mask), 1e-4),
]
norms, losses = [], []
for i, update in enumerate(trace["updates"]):
    state, after = trace["states"][i], numbers(trace["states"][i + 1]["parameters"])
    flat = numbers(state["parameters"]).requires_grad_()
    loss = loss_of(flat, update)
    loss.backward()
    norms.append(flat.grad.norm())
    losses.append(loss.item())
    of = f"update {i + 1} of {len(trace['updates'])}: "
    moved = adam_step(state, flat.grad) - flat.detach()
    checks += [
        (of + "gradient, relative L2", relative(numbers(update["gradient"]), flat.grad), 1e-3),
        (of + "its norm, relative", relative(numbers(update["gradientNorm"]), norms[-1]), 1e-3),
        (of + "Adam's step, relative L2", relative(after - flat.detach(), moved), 1e-2),
    ]
mean_loss = sum(losses) / len(losses)
checks.append(("mean loss of the row, difference", abs(trace["metrics"]["loss"] - mean_loss), 1e-5))
checks.append(
    ("mean |g| of the row, relative", relative(numbers(trace["metrics"]["grad_norm"]), torch.stack(norms).mean()), 1e-3)
)
for name, value, bound in checks:
    print(f"{'ok  ' if value <= bound else 'FAIL'} {name}: {value:.2e} (bound {bound:.0e})")
sys.exit(any(not value <= bound for _, value, bound in checks))
