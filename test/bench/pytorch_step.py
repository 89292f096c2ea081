"""The benchmark's GRPO step in PyTorch: eager, with a KV cache, same sizes, same problems. Started by pytorch.ts.

Reads one JSON object a line, {"method", "argument"}, and answers one line. On a GPU where CUDA has one, else on one thread
of the CPU. What is timed is what the page does in a step: roll out (prompts
once for their whole group, then one token at a time from the cache), verify in Python, update (a forward pass over all
sequences, backward, clip, Adam).
"""

import ctypes
import json
import math
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
torch.set_num_threads(1)


class Symbol(ctypes.Structure):
    """What dladdr(3) tells of an address."""

    _fields_ = [(name, ctypes.c_void_p if i % 2 else ctypes.c_char_p) for i, name in enumerate(["file", "base", "name", "address"])]


def blas():
    """The BLAS whose product torch calls, whatever others are in this process too."""
    if torch.backends.mkl.is_available():
        return "MKL"
    try:
        with open("/proc/self/maps") as maps:
            mapped = {line.split()[-1] for line in maps}
        torch_cpu = ctypes.CDLL(next(path for path in mapped if "libtorch_cpu" in path))
        symbol = Symbol()
        ctypes.CDLL(None).dladdr(ctypes.cast(torch_cpu.sgemm_, ctypes.c_void_p), ctypes.byref(symbol))
        path = os.path.realpath(symbol.file.decode())
        if "openblas" not in path:
            return f"no OpenBLAS but {path}"
        library = ctypes.CDLL(path)
        library.openblas_get_config.restype = ctypes.c_char_p
        library.openblas_get_corename.restype = ctypes.c_char_p
        version = " ".join(library.openblas_get_config().decode().split()[:2])
        return f"{version} ({library.openblas_get_corename().decode()})"
    except (OSError, StopIteration, AttributeError):
        return "an unknown BLAS"


def now():
    if DEVICE.type == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter() * 1000


def layout(shape):
    """The named arrays of src/policy/shape.ts, in their order."""
    V, R, D = shape["vocabulary"], shape["outputs"], shape["width"]
    L = shape["promptLength"] + shape["responseLength"] - 1
    named = [("tokenEmbedding", (V, D)), ("positionEmbedding", (L, D))]
    for i in range(shape["layers"]):
        named += [
            (f"{i}.norm1.gain", (D,)), (f"{i}.norm1.bias", (D,)),
            (f"{i}.qkv.weight", (D, 3 * D)), (f"{i}.qkv.bias", (3 * D,)),
            (f"{i}.out.weight", (D, D)), (f"{i}.out.bias", (D,)),
            (f"{i}.norm2.gain", (D,)), (f"{i}.norm2.bias", (D,)),
            (f"{i}.mlpIn.weight", (D, 4 * D)), (f"{i}.mlpIn.bias", (4 * D,)),
            (f"{i}.mlpOut.weight", (4 * D, D)), (f"{i}.mlpOut.bias", (D,)),
        ]  # fmt: skip
    return named + [
        ("final.gain", (D,)), ("final.bias", (D,)), ("head.weight", (D, R)), ("head.bias", (R,)),
        ("value.weight", (D,)), ("value.bias", (1,)),
    ]  # fmt: skip


def initial(name, size, layers):
    if name.endswith("gain"):
        return torch.ones(size)
    if name.endswith("bias") or name.startswith("value"):
        return torch.zeros(size)
    if name.endswith("Embedding"):
        return 0.1 * torch.randn(size)
    residual = name.endswith("out.weight") or name.endswith("mlpOut.weight")
    return math.sqrt(1 / size[0] / (2 * layers if residual else 1)) * torch.randn(size)


class Policy:
    def __init__(self, shape, base_file):
        self.shape, self.D, self.H = shape, shape["width"], shape["heads"]
        flat = None if base_file is None else torch.from_numpy(np.fromfile(base_file, "<f4"))
        self.p, offset = {}, 0
        for name, size in layout(shape):
            n = math.prod(size)
            array = initial(name, size, shape["layers"]) if flat is None else flat[offset : offset + n].clone().view(size)
            # Matrices as torch.nn.Linear stores them.
            if name.endswith(".weight") and len(size) == 2:
                array = array.t().contiguous()
            self.p[name] = array.to(DEVICE).requires_grad_()
            offset += n

    def norm(self, name, x):
        return F.layer_norm(x, (self.D,), self.p[f"{name}.gain"], self.p[f"{name}.bias"], 1e-5)

    def linear(self, name, x):
        return F.linear(x, self.p[f"{name}.weight"], self.p[f"{name}.bias"])

    def run(self, tokens, cache=None, first=0, keep=False):
        """Final normed rows [B, n, D] of tokens [B, n] at positions from `first`, and the cache with them added."""
        B, n = tokens.shape
        C = self.D // self.H
        x = F.embedding(tokens, self.p["tokenEmbedding"]) + self.p["positionEmbedding"][first : first + n]
        mask = torch.full((n, n), float("-inf"), device=DEVICE).triu(1) if n > 1 else None
        new_cache = []
        for i in range(self.shape["layers"]):
            qkv = self.linear(f"{i}.qkv", self.norm(f"{i}.norm1", x)).view(B, n, 3, self.H, C)
            q, k, v = qkv.permute(2, 0, 3, 1, 4)
            if cache is not None:
                k, v = torch.cat([cache[i][0], k], 2), torch.cat([cache[i][1], v], 2)
            if keep:
                new_cache.append((k, v))
            scores = q @ k.transpose(-1, -2) / math.sqrt(C)
            attended = torch.softmax(scores if mask is None else scores + mask, -1) @ v
            x = x + self.linear(f"{i}.out", attended.transpose(1, 2).reshape(B, n, self.D))
            x = x + self.linear(f"{i}.mlpOut", F.silu(self.linear(f"{i}.mlpIn", self.norm(f"{i}.norm2", x))))
        return self.norm("final", x), new_cache

    @torch.no_grad()
    def sample(self, prompts, group):
        """Responses [B, T], the log-probabilities of their tokens, and a mask of those up to the end token."""
        p, T = self.shape["promptLength"], self.shape["responseLength"]
        h, cache = self.run(prompts, keep=True)
        cache = [tuple(a.repeat_interleave(group, 0) for a in pair) for pair in cache]
        h = h[:, -1].repeat_interleave(group, 0)
        tokens, log_probs = [], []
        for t in range(T):
            lp = torch.log_softmax(self.linear("head", h), -1)
            token = torch.multinomial(lp.exp(), 1)
            tokens.append(token)
            log_probs.append(lp.gather(1, token))
            if t < T - 1:
                h, cache = self.run(token, cache, p + t, keep=True)
                h = h[:, -1]
        responses = torch.cat(tokens, 1)
        ended = (responses == 0).cumsum(1) - (responses == 0).long() > 0
        return responses, torch.cat(log_probs, 1), (~ended).float()

    def log_probs(self, prompts, responses):
        p = self.shape["promptLength"]
        h, _ = self.run(torch.cat([prompts, responses[:, :-1]], 1))
        lp = torch.log_softmax(self.linear("head", h[:, p - 1 :]), -1)
        return lp.gather(2, responses[..., None])[..., 0]


def correct(prompt, response, outputs):
    """Whether a response of Countdown, read from left to right, makes the target; see src/tasks/countdown.ts."""
    left, target = list(prompt[:-1]), prompt[-1] - outputs + 1
    value, operator = None, None
    for token in response:
        expects_number = value is None or operator is not None
        if token == 0:
            return not expects_number and value == target
        if expects_number != (token < 10) or (expects_number and token not in left):
            return False
        if not expects_number:
            operator = token
            continue
        left.remove(token)
        if value is None:
            value = token
        else:
            if operator == 10:
                value += token
            elif operator == 11:
                value -= token
            elif operator == 12:
                value *= token
            elif value % token:
                return False
            else:
                value //= token
            operator = None
    return False


class Session:
    def open(self, a):
        started = now()
        self.shape, self.group = a["shape"], a["groupSize"]
        self.count = a["rollouts"] // a["groupSize"]
        self.by_coin = a["pays"] == "coin"
        self.prompts = a["prompts"]
        adam = a["optimizer"]
        self.max_norm = adam["maxGradNorm"]
        self.policy = Policy(self.shape, a["baseFile"])
        self.optimizer = torch.optim.Adam(
            self.policy.p.values(), adam["learningRate"], (adam["beta1"], adam["beta2"]), adam["epsilon"]
        )
        e = a["evaluation"]
        to = lambda x, width: torch.tensor(x, device=DEVICE).view(-1, width)
        self.evaluation = (
            to(e["prompts"], self.shape["promptLength"]), to(e["responses"], self.shape["responseLength"]),
            torch.tensor(e["lengths"], device=DEVICE), torch.tensor(e["owner"], device=DEVICE),
        )  # fmt: skip
        self.step()
        return dict(firstStepMs=now() - started, compileMs=None, device=self.device())

    def device(self):
        if DEVICE.type == "cuda":
            return f"PyTorch {torch.__version__}, {torch.cuda.get_device_name()}"
        threads = torch.get_num_threads()
        return f"PyTorch {torch.__version__}, {threads} thread{'s' if threads > 1 else ''}, {blas()}"

    def pay(self, chosen, answers):
        if self.by_coin:
            return np.random.randint(0, 2, len(answers)).astype(float).tolist()
        outputs = self.shape["outputs"]
        return [float(correct(chosen[b // self.group], answer, outputs)) for b, answer in enumerate(answers)]

    def step(self, _=None):
        chosen = [self.prompts[i] for i in np.random.permutation(len(self.prompts))[: self.count]]
        started = now()
        prompts = torch.tensor(chosen, device=DEVICE)
        responses, old, mask = self.policy.sample(prompts, self.group)
        answers = responses.tolist()
        rolled = now()
        rewards = torch.tensor(self.pay(chosen, answers), device=DEVICE).view(-1, self.group)
        advantages = ((rewards - rewards.mean(1, True)) / (rewards.std(1, keepdim=True) + 1e-4)).view(-1, 1)
        verified = now()
        ratio = (self.policy.log_probs(prompts.repeat_interleave(self.group, 0), responses) - old).exp()
        gain = torch.minimum(ratio * advantages, ratio.clamp(0.8, 1.2) * advantages)
        loss = -((gain * mask).sum(1) / mask.sum(1)).mean()
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        parameters = [p for p in self.policy.p.values() if p.grad is not None]
        torch.nn.utils.clip_grad_norm_(parameters, self.max_norm).item()
        self.optimizer.step()
        ended = now()
        return dict(
            ms=ended - started, rolloutMs=rolled - started, updateMs=ended - verified,
            restMs=verified - rolled, draws=None, submitMs=None, reward=rewards.mean().item(),
            mixed=(rewards.std(1) > 0).float().mean().item(), answerLength=mask.sum(1).mean().item(),
        )  # fmt: skip

    @torch.no_grad()
    def evaluate(self, _):
        prompts, responses, lengths, owner = self.evaluation
        started = now()
        lp = self.policy.log_probs(prompts, responses)
        mask = torch.arange(lp.shape[1], device=DEVICE) < lengths[:, None]
        p = (lp * mask).sum(1).double().exp()
        self.p = torch.zeros(int(owner.max()) + 1, device=DEVICE, dtype=torch.double).index_add_(0, owner, p).tolist()
        return now() - started

    def rates(self, _):
        n, floats = (8192, 2**28) if DEVICE.type == "cuda" else (1024, 2**24)
        a = torch.rand(n, n, device=DEVICE)
        x, y = torch.rand(floats, device=DEVICE), torch.empty(floats, device=DEVICE)

        def ms(work):
            times = []
            for _ in range(6):
                started = now()
                work()
                times.append(now() - started)
            return min(times[1:])

        return dict(
            flopsPerSecond=2 * n**3 / ms(lambda: a @ a) * 1000,
            bytesPerSecond=8 * floats / ms(lambda: y.copy_(x)) * 1000,
        )

    def bytes(self, _):
        return torch.cuda.memory_allocated() if DEVICE.type == "cuda" else 0


if __name__ == "__main__":
    session = Session()
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(getattr(session, request["method"])(request["argument"])), flush=True)
