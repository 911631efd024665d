#!/usr/bin/env python3
"""Writes the .safetensors files beside it: attentions computed by PyTorch, as a learner saves them.

    python3 -m venv venv && venv/bin/pip install "torch==2.13.0" numpy "safetensors==0.8.0"
    venv/bin/python make_verify_fixtures.py

right-*   scaled_dot_product_attention(enable_gqa=True), a causal mask where the name says so
tiled     repeat where repeat_interleave belongs
no-scale  q @ k.T without a scale, in 64 bits
names     what a file looks like whose tensors have other names
"""
import pathlib

import torch
from safetensors.torch import save_file

HERE = pathlib.Path(__file__).parent


def inputs(n, g, s_q, s_k, h, batch=(), dtype=torch.float32):
    def take(heads, tokens):
        return torch.randn(*batch, heads, tokens, h, dtype=torch.float64).to(dtype)

    return take(n, s_q), take(g, s_k), take(g, s_k)


def sdpa(q, k, v, causal=False):
    mask = None
    if causal:
        mask = torch.ones(q.shape[-2], k.shape[-2], dtype=torch.bool).tril(k.shape[-2] - q.shape[-2])
    missing = 4 - q.dim()
    q, k, v = (t.reshape((1,) * missing + t.shape) for t in (q, k, v))
    out = torch.nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask, enable_gqa=True)
    return out.reshape(out.shape[missing:])


def save(name, q, k, v, out, **more):
    save_file({"q": q, "k": k, "v": v, "out": out.contiguous()}, HERE / f"{name}.safetensors", **more)


def main():
    torch.manual_seed(3)
    q, k, v = inputs(6, 3, 4, 7, 8)
    save("right-f32-causal", q, k, v, sdpa(q, k, v, causal=True), metadata={"by": "a learner"})
    q, k, v = inputs(4, 1, 5, 5, 8, dtype=torch.bfloat16)
    save("right-bf16", q, k, v, sdpa(q, k, v))
    q, k, v = inputs(4, 2, 3, 5, 8, batch=(2,), dtype=torch.float16)
    save("right-f16-batch", q, k, v, sdpa(q, k, v))
    q, k, v = inputs(8, 2, 3, 6, 4)
    tiled = sdpa(q, k.repeat(4, 1, 1), v.repeat(4, 1, 1))
    save("tiled", q, k, v, tiled)
    q, k, v = inputs(4, 2, 3, 6, 4, dtype=torch.float64)
    wide_k, wide_v = k.repeat_interleave(2, dim=0), v.repeat_interleave(2, dim=0)
    save("no-scale", q, k, v, torch.softmax(q @ wide_k.transpose(-2, -1), dim=-1) @ wide_v)
    save_file({"query": q, "key": k, "value": v, "output": q.clone()}, HERE / "names.safetensors")


if __name__ == "__main__":
    main()
