#!/usr/bin/env python3
"""Writes attention.txt beside it: what PyTorch's attention gives for inputs that anyone can make again.

    python3 -m venv venv && venv/bin/pip install "torch==2.13.0" numpy
    venv/bin/python make_attention_fixtures.py

Inputs come from SplitMix64, the seed being the case's place in the list: numbers in [-1, 1) for the queries (times 6, so
that softmax has something to choose), then keys, then values; for MLA queries and rotary queries (times 6), latents,
rotary keys, keyUp, valueUp (these two divided by 8). A line is a case, a colon, and its outputs: all of them where they are 256 or fewer, else
256 of them, evenly spread. Where lengths differ the causal mask's corner is at the bottom right, which PyTorch's own
is_causal is not, so the mask is written out.
"""
import pathlib

import numpy
import torch

# n, g, h, s_q, s_k, causal, format of K and V
HEADS = [
    (4, 4, 64, 5, 5, 1, "f32"),
    (4, 4, 1, 3, 7, 0, "f32"),
    (1, 1, 1, 1, 1, 1, "f32"),
    (4, 2, 80, 1, 33, 0, "f32"),
    (6, 3, 80, 7, 7, 1, "f32"),
    (2, 1, 1, 6, 70, 1, "f32"),
    (14, 2, 128, 1, 100, 0, "f32"),
    (28, 4, 128, 4, 70, 1, "f32"),
    (7, 1, 1, 2, 3, 0, "f32"),
    (71, 1, 64, 1, 1100, 0, "f32"),
    (71, 1, 64, 3, 200, 1, "f32"),
    (142, 2, 80, 1, 1, 1, "f32"),
    (16, 1, 576, 2, 40, 1, "f32"),
    (7, 7, 576, 3, 3, 1, "f32"),
    (8, 4, 576, 1, 130, 0, "f32"),
    (4, 2, 64, 9, 5, 0, "f32"),
    (4, 2, 64, 9, 5, 1, "f32"),
    (28, 4, 128, 4, 70, 1, "bf16"),
    (71, 1, 64, 1, 200, 0, "bf16"),
    (4, 2, 80, 1, 33, 1, "bf16"),
    (4, 4, 1, 3, 7, 0, "bf16"),
]

# n, h, c, r, s_q, s_k, causal, format of the latents and rotary keys
LATENT = [
    (4, 32, 48, 16, 1, 40, 1, "f32"),
    (3, 8, 20, 5, 6, 9, 1, "f32"),
    (16, 128, 512, 64, 1, 20, 0, "f32"),
    (4, 32, 48, 0, 2, 70, 1, "f32"),
    (4, 32, 48, 16, 1, 40, 1, "bf16"),
]


class Numbers:
    def __init__(self, seed):
        self.state = seed

    def take(self, *shape):
        count = int(numpy.prod(shape))
        with numpy.errstate(over="ignore"):
            steps = numpy.arange(1, count + 1, dtype=numpy.uint64) * numpy.uint64(0x9E3779B97F4A7C15)
            z = numpy.uint64(self.state) + steps
            self.state = int(z[-1]) if count else self.state
            z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
            z = z ^ (z >> numpy.uint64(31))
        unit = (z >> numpy.uint64(40)).astype(numpy.float64) / 2**23 - 1
        return torch.from_numpy(unit.astype(numpy.float32)).reshape(shape)


def stored(tensor, form):
    return tensor.bfloat16().float() if form == "bf16" else tensor


def mask(s_q, s_k, causal):
    return torch.ones(s_q, s_k, dtype=torch.bool).tril(s_k - s_q) if causal else None


def line(kind, case, out):
    flat = out.flatten()
    count = min(256, len(flat))
    places = [i * len(flat) // count for i in range(count)]
    return f"{kind} {' '.join(map(str, case))}: " + " ".join(f"{flat[i].item():.9g}" for i in places)


def heads(seed, case):
    n, g, h, s_q, s_k, causal, form = case
    numbers = Numbers(seed)
    q = numbers.take(1, n, s_q, h) * 6
    k, v = stored(numbers.take(1, g, s_k, h), form), stored(numbers.take(1, g, s_k, h), form)
    return torch.nn.functional.scaled_dot_product_attention(
        q, k, v, attn_mask=mask(s_q, s_k, causal), enable_gqa=True)


def latent(seed, case):
    n, h, c, r, s_q, s_k, causal, form = case
    numbers = Numbers(seed)
    q = torch.cat([numbers.take(1, n, s_q, h) * 6, numbers.take(1, n, s_q, r) * 6], -1)
    latents, rotary = stored(numbers.take(s_k, c), form), stored(numbers.take(s_k, r), form)
    key_up, value_up = numbers.take(n, h, c) / 8, numbers.take(n, h, c) / 8
    k = torch.cat([torch.einsum("nhc,tc->nth", key_up, latents), rotary.expand(n, s_k, r)], -1)
    v = torch.einsum("nhc,tc->nth", value_up, latents)
    return torch.nn.functional.scaled_dot_product_attention(
        q, k[None], v[None], attn_mask=mask(s_q, s_k, causal))


if __name__ == "__main__":
    torch.manual_seed(0)
    lines = [f"# PyTorch {torch.__version__}, made by make_attention_fixtures.py"]
    lines += [line("heads", case, heads(i, case)) for i, case in enumerate(HEADS)]
    lines += [line("latent", case, latent(100 + i, case)) for i, case in enumerate(LATENT)]
    pathlib.Path(__file__).with_name("attention.txt").write_text("\n".join(lines) + "\n")
