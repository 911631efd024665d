#!/usr/bin/env python3
"""Writes Attentions/*.safetensors: inputs, and the outs of right and wrong programs over them.

    python3 -m venv venv && venv/bin/pip install "torch==2.15.0" numpy "safetensors==0.8.0"
    venv/bin/python make_attention_fixtures.py

A file has its inputs once, and as "KIND/NAME" the out of each program: KIND is "plain" (no mask asked
for), "causal", "decode", "core" or "whole" (MLA), NAME the mistake as headroom verify names it in
--json, or "right-...". NAME may have "#" and a number behind it: the same mistake written in
another way, and "+" between two mistakes. Numbers of MLA are those of mla_reference.py, written out
again here: DeepSeek-V2, arXiv 2405.04434, section 2.1.
"""
import math
import pathlib

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

HERE = pathlib.Path(__file__).parent / "Attentions"
INF = math.inf


def turn(x, layout, first=0, times=1, base=10000.0, signs=(1, 1)):
    s, r = x.shape[-2], x.shape[-1] // 2 * 2
    angle = (torch.arange(s) + first).double()[:, None] * base ** (-torch.arange(0, r, 2) / r)
    co, si = (angle * times).cos(), (angle * times).sin()
    rest = x[..., r:]
    x = x[..., :r]
    if layout == "halves":
        a, b = x.chunk(2, -1)
        y = torch.cat([a * co - b * si, b * co + a * si], -1)
    else:
        a, b = x[..., 0::2], x[..., 1::2]
        y = torch.stack([a * co - b * si * signs[0], a * si * signs[1] + b * co], -1).flatten(-2)
    return torch.cat([y, rest], -1)


def repeat(x, r):
    return x.repeat_interleave(r, dim=-3)


def tile(x, r):
    return torch.cat([x] * r, dim=-3)


def attend(q, k, v, mask=None, scale=None):
    """k and v with as many heads as q; mask is True where a key is seen."""
    s = q @ k.transpose(-1, -2) * (q.shape[-1] ** -0.5 if scale is None else scale)
    if mask is not None:
        s = s.masked_fill(~mask, -INF)
    w = s.softmax(-1)
    return w @ v


def heads_programs(q, k, v, causal):
    """Of q [b, n, t, h] and k, v [b, g, s, h]."""
    b, n, t, h = q.shape
    g, s, hv = k.shape[-3], k.shape[-2], v.shape[-1]
    r = n // g
    tril = torch.ones(t, s, dtype=torch.bool).tril(s - t)
    full = torch.ones(t, s, dtype=torch.bool)
    m = tril if causal else full
    K, V = repeat(k, r), repeat(v, r)
    raw = q @ K.transpose(-1, -2)
    score = raw * h**-0.5
    masked = score.masked_fill(~m, -INF)
    right = masked.softmax(-1) @ V
    out = {"right-eager": right, "right-grouped": torch.stack(
        [attend(q[:, i], k[:, i // r], v[:, i // r], m) for i in range(n)], 1)}

    def add(name, value):
        out[name] = value

    # heads
    add("heads-tiled", attend(q, tile(k, r), tile(v, r), m))
    add("heads-tiled#2", attend(q.view(b, r, g, t, h), k[:, None], v[:, None], m).reshape(b, n, t, hv))
    add("keys-tiled", attend(q, tile(k, r), V, m))
    add("values-tiled", attend(q, K, tile(v, r), m))
    add("values-of-next-group", attend(q, K, repeat(v.roll(-1, 1), r), m))
    if g > 2:
        add("values-of-previous-group", attend(q, K, repeat(v.roll(1, 1), r), m))
    index = torch.tensor([i // g % g for i in range(n)])
    add("heads-divided-by-g", attend(q, k[:, index], v[:, index], m))
    add("one-head-for-all", attend(q, k[:, :1], v[:, :1], m))
    add("last-head-for-all", attend(q, k[:, -1:], v[:, -1:], m))
    add("repeat-along-tokens", attend(q, *(
        x.repeat_interleave(r, 2).reshape(b, n, s, -1) for x in (k, v)), m))
    add("heads-averaged", attend(q, k.mean(1, True), v.mean(1, True), m))
    add("keys-averaged", attend(q, k.mean(1, True), V, m))
    add("values-averaged", attend(q, K, v.mean(1, True), m))
    odd = torch.tensor([(i * i + 1) % g for i in range(n)])
    add("heads-of-others", attend(q, k[:, odd], v[:, odd], m))
    odd2 = torch.tensor([(i + 1) * 2 % g for i in range(n)])
    add("heads-of-others#2", attend(q, k[:, odd], v[:, odd2], m))
    add("heads-reversed", right.flip(1))
    add("heads-permuted", right.view(b, g, r, t, hv).transpose(1, 2).reshape(b, n, t, hv))
    add("heads-permuted#2", right.view(b, r, g, t, hv).transpose(1, 2).reshape(b, n, t, hv))
    add("heads-permuted#3", right.roll(1, 1))

    # scale
    for name, factor in [
        ("scale-missing", 1), ("scale-by-width", 1 / h), ("scale-of-model-width", (n * h) ** -0.5),
        ("scale-inverted", h**0.5), ("scale-other", 8**-0.5), ("scale-other#2", 0.3),
        ("scale-other#3", (h + 3) ** -0.5), ("scale-other#4", s**-0.5), ("scale-other#5", h**-0.25),
        ("scale-negative", -h**-0.5), ("scale-other#6", -0.3),
    ]:
        add(name, attend(q, K, V, m, factor))

    # masks
    if causal:
        add("mask-missing", attend(q, K, V))
        if s != t:
            add("mask-at-top-left", attend(q, K, V, full.tril(0)))
    else:
        add("mask-unwanted", attend(q, K, V, tril))
        if s != t:
            add("mask-unwanted-at-top-left", attend(q, K, V, full.tril(0)))
    if causal:
        short = full.tril(s - t - 1)
        if s == t:
            add("mask-off-by-one-short-nan", attend(q, K, V, short))
            add("mask-off-by-one-short", attend(q, K, V, short).nan_to_num(0))
            add("mask-off-by-one-short-mean", score.masked_fill(~short, -1e9).softmax(-1) @ V)
        else:
            add("mask-off-by-one-short", attend(q, K, V, short))
        add("mask-off-by-one-long", attend(q, K, V, full.tril(s - t + 1)))
        add("mask-transposed", attend(q, K, V, full.triu(s - t)))
        later = full.triu(s - t + 1)
        add("mask-inverted-nan", attend(q, K, V, later))
        add("mask-inverted", attend(q, K, V, later).nan_to_num(0))
        add("mask-inverted-mean", score.masked_fill(~later, -1e9).softmax(-1) @ V)
        add("mask-filled-with-zero", score.masked_fill(~m, 0).softmax(-1) @ V)
        add("mask-filled-with-zero#2", (score * m).softmax(-1) @ V)
        add("mask-after-softmax", (score.softmax(-1) * m) @ V)
        add("mask-added-as-one", (score + m).softmax(-1) @ V)
        add("mask-added-as-one-inverted", (score + ~m).softmax(-1) @ V)
        for size in (1, 2, 3):
            add(f"window#{size}", attend(q, K, V, m & ~full.tril(s - t - size)))
        own, key = torch.arange(s - t, s)[:, None], torch.arange(s)
        add("chunks-alone", attend(q, K, V, m & (key >= own // 2 * 2)))
        add("chunks-masked-in-the-corner", attend(q, K, V, key <= own % 2))
        add("chunks-without-mask", attend(q, K, V, key < (own // 2 + 1) * 2))

    # between scores and weights
    for cap in (1.5, 5, 0.7):
        add(f"softcap#{cap}", (cap * (score / cap).tanh()).masked_fill(~m, -INF).softmax(-1) @ V)
    e = masked.exp()
    add("sink", e / (1 + e.sum(-1, True)) @ V)
    for sink in (0.75, -1.0, 2.0):
        add(f"sink#{sink}", e / (math.exp(sink) + e.sum(-1, True)) @ V)
    add("softmax-over-queries", masked.softmax(-2).nan_to_num(0) @ V)
    add("softmax-over-heads", masked.softmax(1).nan_to_num(0) @ V)
    low = score.masked_fill(~m, -1e9)
    if causal:
        add("softmax-over-heads#2", masked.softmax(1) @ V)
        add("softmax-over-heads#3", low.softmax(1) @ V)
        if b > 1:
            add("softmax-over-batch#2", masked.softmax(0) @ V)
            add("softmax-over-batch#3", low.softmax(0) @ V)
    if b > 1 and not causal and s == t:
        there = torch.arange(s) < torch.tensor([s] * (b - 1) + [s - 1])[:, None, None, None]
        add("keys-hidden", attend(q, K, V, there))
    if b > 1:
        add("softmax-over-batch", masked.softmax(0).nan_to_num(0) @ V)
        add("batches-mixed", attend(q, K.roll(-1, 0), V.roll(-1, 0), m))
        add("first-batch-for-all", attend(q, K[:1], V[:1], m))
    add("softmax-missing", (score * m) @ V)
    add("log-softmax", masked.log_softmax(-1) @ V)
    add("sigmoid", masked.sigmoid() @ V)
    add("not-normalised", e @ V)
    add("not-normalised#2", (masked - masked.amax(-1, True)).exp() @ V)
    add("softmax-twice", masked.softmax(-1).softmax(-1) @ V)
    add("softmax-twice#2", masked.softmax(-1).masked_fill(~m, -INF).softmax(-1) @ V)
    add("softmax-over-all", masked.flatten().softmax(0).view_as(masked) @ V)
    if h == hv:
        add("values-are-keys", attend(q, K, K, m))
    if causal:
        add("log-softmax#2", low.log_softmax(-1) @ V)
    if s == t:
        add("scores-transposed", score.transpose(-1, -2).masked_fill(~m, -INF).softmax(-1) @ V)

    for factor in (0.5, 3):
        add(f"out-scaled#{factor}", right * factor)
    add("scale-after-softmax", raw.masked_fill(~m, -INF).softmax(-1) @ V * h**-0.5)
    add("scores-zero", (raw * 0).masked_fill(~m, -INF).softmax(-1) @ V)
    if causal:
        for fill in (-4, -1, -2.5, 1):
            add(f"mask-filled-with-number#{fill}", score.masked_fill(~m, fill).softmax(-1) @ V)
        add("mask-filled-with-zero#3", score.masked_fill(~m, 1e-9).softmax(-1) @ V)

    # places
    def without(count):
        return score.masked_fill(~m | (torch.arange(s) < count), -INF).softmax(-1) @ V

    add("first-keys-dropped", without(1).nan_to_num(0))
    add("first-keys-dropped#2", without(2).nan_to_num(0))
    if causal and s == t:
        add("first-keys-dropped#3", without(1))
    back = [("reversed", lambda x: x.flip(2)), ("shifted-later", lambda x: x.roll(1, 2)),
            ("shifted-earlier", lambda x: x.roll(-1, 2)),
            ("shifted-later-empty", lambda x: torch.cat([x[:, :, :1] * 0, x[:, :, :-1]], 2)),
            ("shifted-earlier-empty", lambda x: torch.cat([x[:, :, 1:], x[:, :, :1] * 0], 2))]
    for name, change in back:
        add(f"keys-{name}", attend(q, change(K), V, m))
        add(f"values-{name}", attend(q, K, change(V), m))
        if causal or name.endswith("-empty"):
            add(f"keys-and-values-{name}", attend(q, change(K), change(V), m))

    # layouts
    def unsplit(x):  # [t, n h] viewed as [n, t, h]
        return x.transpose(1, 2).reshape(x.shape)

    add("merged-without-transpose", right.reshape(b, t, n, hv).transpose(1, 2))
    if h == hv:
        add("keys-and-values-swapped", attend(q, V, K, m))
    add("split-without-transpose", attend(unsplit(q), repeat(unsplit(k), r), repeat(unsplit(v), r), m))
    add("queries-split-without-transpose", attend(unsplit(q), K, V, m))
    add("keys-and-values-split-without-transpose",
        attend(q, repeat(unsplit(k), r), repeat(unsplit(v), r), m))
    add("keys-split-without-transpose", attend(q, repeat(unsplit(k), r), V, m))
    add("values-split-without-transpose", attend(q, K, repeat(unsplit(v), r), m))

    # rotary
    for how in ("pairs", "halves"):
        tq, tk, tv = turn(q, how, s - t), turn(K, how), turn(V, how)
        add(f"rope-inside-{how}", attend(tq, tk, V, m))
        add(f"rope-on-queries-{how}", attend(tq, K, V, m))
        add(f"rope-on-keys-{how}", attend(q, tk, V, m))
        add(f"rope-on-values-{how}", attend(q, K, tv, m))
        add(f"rope-on-all-{how}", attend(tq, tk, tv, m))
        add(f"rope-twice-{how}", attend(turn(tq, how, s - t), turn(tk, how), V, m))

    # dropout
    torch.manual_seed(5)
    add("dropout-left-on", F.dropout(masked.softmax(-1), 0.25) @ V)
    add("dropout-left-on#2", F.dropout(right, 0.2))

    # two
    add("heads-tiled+scale-missing", attend(q, tile(k, r), tile(v, r), m, 1))
    add("values-tiled+scale-by-width", attend(q, K, tile(v, r), m, 1 / h))
    add("heads-tiled+softmax-over-queries",
        (q @ tile(k, r).transpose(-1, -2) * h**-0.5).masked_fill(~m, -INF).softmax(-2).nan_to_num(0)
        @ tile(v, r))
    add("one-head-for-all+scale-missing", attend(q, k[:, :1], v[:, :1], m, 1))
    add("heads-tiled+scale-other", attend(q, tile(k, r), tile(v, r), m, 8**-0.5))
    add("scale-missing+merged-without-transpose",
        attend(q, K, V, m, 1).reshape(b, t, n, hv).transpose(1, 2))
    T, U = tile(k, r), tile(v, r)
    tiled = (q @ T.transpose(-1, -2) * h**-0.5).masked_fill(~m, -INF)
    add("heads-tiled+softcap", (1.5 * (tiled / 1.5).tanh()).masked_fill(~m, -INF).softmax(-1) @ U)
    add("heads-tiled+sink", tiled.exp() / (2 + tiled.exp().sum(-1, True)) @ U)
    if causal:
        add("heads-tiled+scale-missing+mask-missing", attend(q, T, U, None, 1))
        add("mask-missing+sink", score.exp() / (1 + score.exp().sum(-1, True)) @ V)
        add("scale-missing+mask-missing", attend(q, K, V, None, 1))
        add("heads-tiled+mask-missing", attend(q, tile(k, r), tile(v, r)))
        add("mask-off-by-one-long+scale-of-model-width",
            attend(q, K, V, full.tril(s - t + 1), (n * h) ** -0.5))
        add("mask-filled-with-zero+heads-tiled",
            (q @ tile(k, r).transpose(-1, -2) * h**-0.5).masked_fill(~m, 0).softmax(-1) @ tile(v, r))
    else:
        add("mask-unwanted+scale-missing", attend(q, K, V, tril, 1))
    return out


def decode_programs(q, k, v):
    """Of q [n, t, h], k and v [g, t, h]: a step a token."""
    n, t, h = q.shape
    g, r = k.shape[0], q.shape[0] // k.shape[0]

    def loop(step, repeat=repeat):
        rows = []
        for i in range(t):
            ks, vs = step(i)
            rows.append(attend(q[:, i:i + 1], repeat(ks, r), repeat(vs, r)))
        return torch.cat(rows, 1)

    def prompted(count, step):
        """The first tokens are read at once, rightly; then step by step."""
        return loop(lambda i: (k[:, :i + 1], v[:, :i + 1]) if i < count else step(i))

    def and_again(x, i, j):
        return torch.cat((x[:, :i + 1], x[:, j:j + 1]), 1)

    def slots(count, i):
        ks, vs = torch.zeros(g, count, h).double(), torch.zeros(g, count, v.shape[-1]).double()
        ks[:, :i + 1], vs[:, :i + 1] = k[:, :i + 1], v[:, :i + 1]
        return ks, vs

    def first_only(x, i):
        y = torch.zeros_like(x[:, :i + 1])
        y[:, 0] = x[:, 0]
        return y

    def heads(x, i):
        cache = x[:, :1]
        for j in range(1, i + 1):
            cache = torch.cat((cache, x[:, j:j + 1]), 0)
        return cache.reshape(g, i + 1, -1)

    def shifted(x, i):
        return torch.cat((torch.zeros_like(x[:, :1]), x[:, :i]), 1)

    out = {
        "right-loop": loop(lambda i: (k[:, :i + 1], v[:, :i + 1])),
        "right-loop#2": loop(lambda i: (k[:, :i + 1].flip(1), v[:, :i + 1].flip(1))),
        "is-causal-at-each-step": torch.cat([
            F.scaled_dot_product_attention(
                q[None, :, i:i + 1], repeat(k, r)[None, :, :i + 1], repeat(v, r)[None, :, :i + 1],
                is_causal=True)[0] for i in range(t)], 1),
        "newest-missing": loop(lambda i: (k[:, :i], v[:, :i])),
        "newest-missing-nan": torch.cat([
            attend(q[:, i:i + 1], repeat(k, r), repeat(v, r), torch.arange(t) < i) for i in range(t)], 1),
        "newest-missing#2": prompted(1, lambda i: (k[:, :i], v[:, :i])),
        "newest-missing#3": prompted(3, lambda i: (k[:, :i], v[:, :i])),
        "is-causal-at-each-step#2": prompted(3, lambda i: (k[:, :1], v[:, :1])),
        "only-newest-kept#2": prompted(3, lambda i: (k[:, i:i + 1], v[:, i:i + 1])),
        "newest-twice": loop(lambda i: (and_again(k, i, i), and_again(v, i, i))),
        "first-twice": loop(lambda i: (and_again(k, i, 0), and_again(v, i, 0))),
        "values-not-appended#2": loop(lambda i: (k[:, :i + 1], v[:, :1].expand(-1, i + 1, -1))),
        "values-overwritten": loop(lambda i: (k[:, :i + 1], v[:, i:i + 1].expand(-1, i + 1, -1))),
        "keys-overwritten": loop(lambda i: (k[:, i:i + 1].expand(-1, i + 1, -1), v[:, :i + 1])),
        "keys-not-appended": loop(lambda i: (first_only(k, i), v[:, :i + 1])),
        "keys-not-appended#2": loop(lambda i: (k[:, :1].expand(-1, i + 1, -1), v[:, :i + 1])),
        "values-newest-missing": loop(lambda i: (
            k[:, :i + 1], torch.cat((v[:, :i], v[:, max(0, i - 1):max(1, i)]), 1))),
        "only-newest-kept": loop(lambda i: (k[:, i:i + 1], v[:, i:i + 1])),
        "values-newest-first": loop(lambda i: (k[:, :i + 1], v[:, :i + 1].flip(1))),
        "keys-newest-first": loop(lambda i: (k[:, :i + 1].flip(1), v[:, :i + 1])),
        "values-not-appended": loop(lambda i: (k[:, :i + 1], first_only(v, i))),
        "keys-not-appended": loop(lambda i: (first_only(k, i), v[:, :i + 1])),
        "empty-slots-attended": loop(lambda i: slots(t, i)),
        "empty-slots-attended#2": loop(lambda i: slots(t + 3, i)),
        "empty-slots-attended#3": loop(lambda i: slots(32, i)),
        "empty-slots-attended#4": loop(lambda i: slots(i + 2, i)),
        "empty-slots-attended#5": loop(lambda i: slots(min(t, i + 2), i)),
        "concatenated-along-heads": loop(lambda i: (heads(k, i), heads(v, i))),
        "concatenated-along-heads#2": loop(lambda i: (k[:, :1], v[:, :1])),
        "concatenated-along-heads#3": loop(lambda i: (k[:, i:i + 1], v[:, i:i + 1])),
        "keys-shifted-later-empty": loop(lambda i: (shifted(k, i), v[:, :i + 1])),
        "keys-and-values-shifted-later-empty": loop(lambda i: (shifted(k, i), shifted(v, i))),
        "first-keys-dropped": loop(lambda i: (k[:, 1:i + 1], v[:, 1:i + 1])),
        "first-keys-dropped#2": loop(lambda i: (k[:, min(i, 1):i + 1], v[:, min(i, 1):i + 1])),
        "first-keys-dropped#3": torch.cat([
            attend(q[:, i:i + 1], repeat(k, r), repeat(v, r), (torch.arange(t) <= i) & (torch.arange(t) > 0))
            for i in range(t)], 1),
        "scale-negative": loop(lambda i: (-k[:, :i + 1], v[:, :i + 1])),
        "scale-other": loop(lambda i: (k[:, :i + 1] * 0.7, v[:, :i + 1])),
        "values-shifted-later": loop(lambda i: (k[:, :i + 1], v[:, :i + 1].roll(1, 1))),
        "values-shifted-earlier": loop(lambda i: (k[:, :i + 1], v[:, :i + 1].roll(-1, 1))),
        "values-shifted-later-empty": loop(lambda i: (k[:, :i + 1], shifted(v, i))),
        "window#2": loop(lambda i: (k[:, max(0, i - 1):i + 1], v[:, max(0, i - 1):i + 1])),
        "window#3": loop(lambda i: (k[:, max(0, i - 2):i + 1], v[:, max(0, i - 2):i + 1])),
        "heads-tiled": loop(lambda i: (k[:, :i + 1], v[:, :i + 1]), tile),
        "one-head-for-all": loop(lambda i: (k[:1, :i + 1].expand(g, -1, -1), v[:1, :i + 1].expand(g, -1, -1))),
        "scale-missing": loop(lambda i: (k[:, :i + 1] * h**0.5, v[:, :i + 1])),
        "values-tiled": torch.cat([attend(q[:, i:i + 1], repeat(k[:, :i + 1], r), tile(v[:, :i + 1], r)) for i in range(t)], 1),
        "heads-tiled+is-causal-at-each-step": loop(lambda i: (k[:, :1], v[:, :1]), tile),
        "only-newest-kept+heads-tiled": loop(lambda i: (k[:, i:i + 1], v[:, i:i + 1]), tile),
        "scale-missing+window": loop(lambda i: (k[:, max(0, i - 1):i + 1] * h**0.5, v[:, max(0, i - 1):i + 1])),
    }
    return out


LATENT = [
    "scale-missing", "scale-of-nope", "scale-of-cache", "scale-of-model-width", "rotary-missing",
    "rotary-missing-on-queries", "rotary-in-halves", "rotary-key-turned-twice",
    "rotary-on-the-whole-key", "rotary-key-unused", "norm-missing", "norm-over-latent-and-rotary-key",
    "all-keys-then-all-values", "values-first", "latent-split-at-the-wrong-end",
    "query-split-at-the-wrong-end", "mask-missing", "values-of-one-head", "merged-without-transpose",
    "rotary-missing-on-keys", "rotary-key-at-wrong-position", "scale-inverted", "scale-by-width",
    "mask-transposed", "mask-filled-with-zero", "mask-off-by-one-long", "softmax-over-heads",
    "scale-missing+values-first", "rotary-missing+mask-missing", "scale-of-cache+values-of-one-head",
    "rotary-in-halves+scale-of-nope", "norm-missing+scale-missing", "norm-gain-missing",
    "scale-of-rope", "out-scaled", "rotary-in-halves-on-queries", "rotary-in-halves-on-keys",
    "rotary-turned-twice", "rotary-query-turned-twice", "rotary-backwards",
    "rotary-backwards-on-queries", "rotary-backwards-on-keys", "rotary-key-at-earlier-position",
    "rotary-base", "rotary-base#2", "rotary-base-on-queries", "rotary-base-on-keys",
    "rotary-sign", "rotary-sign#2", "rotary-on-values", "rotary-on-the-latent", "scale-on-nope-only", "scale-on-rope-only",
    "scale-of-each-part", "keys-of-next-head", "values-of-next-head", "keys-and-values-of-next-head",
    "values-of-previous-head", "heads-inside", "heads-reversed", "dropout-left-on",
    "softmax-over-heads#2", "softmax-over-heads#3", "norm-gain-missing+scale-missing",
    "norm-gain-missing+rotary-missing-on-queries", "norm-missing+rotary-in-halves",
    "norm-gain-missing+mask-missing", "keys-of-one-head", "one-head-for-all", "keys-averaged",
    "values-averaged", "rotary-queries-of-one-head", "queries-of-one-head", "nope-unused",
    "rotary-subtracted", "all-values-then-all-keys", "softmax-twice", "norm-of-rotary-key",
    "heads-averaged", "rotary-key-at-last-position", "rotary-query-at-last-position",
    "rotary-at-one-position", "value-weights-forgotten#2", "mask-off-by-one-short",
    "mask-off-by-one-short-nan", "mask-off-by-one-short-mean", "mask-filled-with-number",
    "mask-filled-with-number#2", "mask-after-softmax", "mask-added-as-one", "mask-inverted",
    "scale-negative", "scale-other", "scale-other#2", "keys-reversed", "keys-shifted-later",
    "first-keys-dropped", "sink", "sink#2",
]
# What a core, whose parts are there, does not tell.
WHOLE = [
    "norm-gain-plus-one", "norm-gain-twice", "norm-twice", "norm-subtracts-mean", "norm-scaled",
    "norm-without-root", "norm-root-twice", "split-without-transpose",
    "queries-split-without-transpose", "keys-and-values-split-without-transpose", "dropout-left-on#2",
    "norm-missing-on-keys", "norm-missing-on-values", "rotary-before-the-norm", "input-added",
    "norm-over-tokens", "norm-epsilon", "query-split-in-blocks", "query-split-in-blocks#2",
]
# Where the merged heads are as wide as the model, and a head's key as its value.
MODEL = ["o-proj-missing", "o-proj-transposed", "values-are-keys"]
COMPRESSED = ["query-norm-" + kind for kind in (
    "missing", "gain-missing", "gain-plus-one", "gain-twice", "twice", "subtracts-mean", "scaled",
    "without-root", "root-twice")] + ["query-norm-missing+scale-of-nope", "norm-missing"]


def normed(y, gain, how=""):
    """An RMS norm, or the mistake in it."""
    if how == "missing":
        return y
    if how == "subtracts-mean":
        y = y - y.mean(-1, keepdim=True)
    square = y.pow(2).mean(-2 if how == "over-tokens" else -1, keepdim=True)
    square = square + (1e-2 if how == "epsilon" else 1e-6)
    power = {"without-root": -1, "root-twice": -0.25}.get(how, -0.5)
    factor = {"gain-missing": 1, "gain-plus-one": 1 + gain, "gain-twice": gain * gain,
              "scaled": gain * y.shape[-1] ** -0.5}.get(how, gain)
    z = y * square**power * factor
    return normed(z, gain) if how == "twice" else z


def latent_programs(n, h, r, v, c, d, s, inner=None):
    x = torch.randn(s, d) * 2
    Wq, Wa = torch.randn(n * (h + r), inner or d) / (inner or d)**0.5, torch.randn(c + r, d) / d**0.5
    gain = torch.rand(c) + 0.5
    Wb, Wo = torch.randn(n * (h + v), c) / c**0.5 * 2, torch.randn(d, n * v) / (n * v) ** 0.5

    Wd = torch.randn(inner, d) / d**0.5 if inner else None
    query_gain = torch.rand(inner) + 0.5 if inner else None

    def attend(name, absorbed=False):
        made = set(name.split("+"))
        torch.manual_seed(5)

        def is_(*names):
            return bool(made & set(names))

        def kind(prefix):
            return next((m[len(prefix):] for m in made if m.startswith(prefix)), "")

        how = kind("query-norm-")
        y = normed(x @ Wd.T, query_gain, how) if inner else x
        unsplit = is_("split-without-transpose", "queries-split-without-transpose")
        q = (y @ Wq.T).view(n, s, h + r) if unsplit else (y @ Wq.T).view(s, n, h + r).transpose(0, 1)
        if is_("query-split-in-blocks", "query-split-in-blocks#2"):
            y = (y @ Wq.T)
            cut, second = (n * h, (n, r)) if is_("query-split-in-blocks") else (n * r, (n, h))
            first = (n, h) if is_("query-split-in-blocks") else (n, r)
            parts = [y[:, :cut].view(s, *first), y[:, cut:].view(s, *second)]
            q = torch.cat(parts if is_("query-split-in-blocks") else parts[::-1], -1).transpose(0, 1)
        wrong = is_("query-split-at-the-wrong-end")
        q_nope, q_rope = (q[..., r:], q[..., :r]) if wrong else (q[..., :h], q[..., h:])
        y = x @ Wa.T
        wrong = is_("latent-split-at-the-wrong-end")
        latent, k_rope = (y[:, r:], y[:, :r]) if wrong else (y[:, :c], y[:, c:])
        raw = latent
        if is_("rotary-before-the-norm"):
            latent = turn(latent, "pairs")
        if is_("norm-over-latent-and-rotary-key"):
            z = normed(y, 1)
            latent, k_rope = z[:, :c] * gain, z[:, c:]
        else:
            of_latent = kind("norm-")
            latent = normed(latent, gain, "" if "-on-" in of_latent else of_latent)
        if is_("norm-of-rotary-key"):
            k_rope = normed(k_rope, 1)
        w = Wb.view(n, h + v, c)
        uk, uv = w[:, :h], w[:, h:]
        if is_("all-keys-then-all-values"):
            uk, uv = Wb[:n * h].view(n, h, c), Wb[n * h:].view(n, v, c)
        elif is_("values-first"):
            uk, uv = w[:, v:], w[:, :v]
        elif is_("heads-inside"):
            w = Wb.view(h + v, n, c).transpose(0, 1)
            uk, uv = w[:, :h], w[:, h:]
        elif is_("all-values-then-all-keys"):
            uk, uv = Wb[n * v:].view(n, h, c), Wb[:n * v].view(n, v, c)
        if is_("rotary-on-the-latent"):
            latent = turn(latent, "pairs")
        k_nope = torch.einsum("nhc,tc->nth", uk, raw if is_("norm-missing-on-keys") else latent)
        value = torch.einsum("nvc,tc->ntv", uv, raw if is_("norm-missing-on-values") else latent)
        if is_("values-are-keys"):
            value = k_nope
        if is_("keys-of-one-head", "one-head-for-all"):
            k_nope = k_nope[:1].expand(n, -1, -1)
        if is_("keys-averaged", "heads-averaged"):
            k_nope = k_nope.mean(0, True).expand(n, -1, -1)
        if is_("value-weights-forgotten#2"):
            value = latent[:, :v].expand(n, -1, -1)
        if is_("values-averaged", "heads-averaged"):
            value = value.mean(0, True).expand(n, -1, -1)
        if is_("split-without-transpose", "keys-and-values-split-without-transpose"):
            both = (latent @ Wb.T).view(n, s, h + v)
            k_nope, value = both[..., :h], both[..., h:]
        if is_("keys-of-next-head", "keys-and-values-of-next-head"):
            k_nope = k_nope.roll(-1, 0)
        if is_("values-of-next-head", "keys-and-values-of-next-head"):
            value = value.roll(-1, 0)
        if is_("values-of-previous-head"):
            value = value.roll(1, 0)
        how = "halves" if is_("rotary-in-halves") else "pairs"

        def side(part, name, others, key):
            """One side's rotary numbers, turned as the mistakes of both or of this one have it."""
            def has(what):
                return is_(f"rotary-{what}", f"rotary-{what}-on-{others}")

            if has("missing"):
                return part
            times = 2 if is_("rotary-turned-twice", f"rotary-{name}-turned-twice") else 1
            base = 500_000.0 if has("base") else 100.0 if is_("rotary-base#2") else 10_000.0
            shift = key and (is_("rotary-key-at-wrong-position") - is_("rotary-key-at-earlier-position"))
            if is_(f"rotary-{name}-at-last-position", "rotary-at-one-position"):
                return torch.cat([turn(part[..., j:j + 1, :], "pairs", s - 1) for j in range(s)], -2)
            return turn(part, "halves" if has("in-halves") else "pairs", shift,
                        -times if has("backwards") else times, base,
                        (-1 if is_("rotary-sign") else 1, -1 if is_("rotary-sign#2") else 1))

        q_rope, k_rope = side(q_rope, "query", "queries", 0), side(k_rope, "key", "keys", 1)
        if is_("rotary-queries-of-one-head"):
            q_rope = q_rope[:1].expand(n, -1, -1)
        if is_("queries-of-one-head"):
            q_nope = q_nope[:1].expand(n, -1, -1)
        if is_("nope-unused"):
            q_nope = q_nope * 0
        if is_("rotary-subtracted"):
            q_rope = -q_rope
        if is_("rotary-on-values"):
            value = turn(value, "pairs")
        if is_("scale-on-nope-only"):
            q_rope = q_rope * (h + r)**0.5
        if is_("scale-on-rope-only"):
            q_nope = q_nope * (h + r)**0.5
        if is_("scale-of-each-part"):
            q_nope, q_rope = q_nope * ((h + r) / h)**0.5, q_rope * ((h + r) / r)**0.5
        if is_("rotary-on-the-whole-key"):
            q_nope, k_nope = turn(q_nope, how), turn(k_nope, how)
        if is_("rotary-key-unused"):
            k_rope = torch.zeros_like(k_rope)
        if is_("keys-reversed"):
            k_nope, k_rope = k_nope.flip(1), k_rope.flip(0)
        if is_("keys-shifted-later"):
            k_nope, k_rope = k_nope.roll(1, 1), k_rope.roll(1, 0)
        scale = (h + r) ** -0.5
        for key, value_ in [("scale-missing", 1), ("scale-of-nope", h**-0.5), ("scale-of-rope", r**-0.5), ("scale-of-cache", (c + r) ** -0.5),
                            ("scale-of-model-width", (d // n) ** -0.5), ("scale-inverted", (h + r) ** 0.5),
                            ("scale-by-width", 1 / (h + r)), ("scale-negative", -(h + r) ** -0.5),
                            ("scale-other", 0.37), ("scale-other#2", -0.2)]:
            if is_(key):
                scale = value_
        if absorbed:
            score = torch.einsum("nth,nhc,uc->ntu", q_nope, uk, latent) + torch.einsum("ntr,ur->ntu", q_rope, k_rope)
        else:
            score = q_nope @ k_nope.transpose(-1, -2) + q_rope @ k_rope.T
        score = score * scale
        full = torch.ones(s, s, dtype=torch.bool)
        m = full if is_("mask-missing") else full.tril()
        if is_("mask-transposed"):
            m = full.triu()
        if is_("mask-off-by-one-long"):
            m = full.tril(1)
        if is_("mask-off-by-one-short", "mask-off-by-one-short-nan", "mask-off-by-one-short-mean"):
            m = full.tril(-1)
        if is_("mask-inverted"):
            m = ~full.tril()
        if is_("first-keys-dropped"):
            m = m & (torch.arange(s) > 0)
        fill = (0 if is_("mask-filled-with-zero") else -1 if is_("mask-filled-with-number")
                else -3 if is_("mask-filled-with-number#2")
                else -1e9 if is_("mask-off-by-one-short-mean") else -INF)
        kept = score
        score = score.masked_fill(~m, fill)
        weights = score.softmax(0).nan_to_num(0) if is_("softmax-over-heads") else score.softmax(-1)
        if is_("softmax-over-heads#2"):
            weights = score.softmax(0)
        if is_("softmax-over-heads#3"):
            weights = score.masked_fill(~m, -1e9).softmax(0)
        if is_("softmax-twice"):
            weights = weights.softmax(-1)
        if is_("mask-after-softmax"):
            weights = kept.softmax(-1) * m
        if is_("mask-added-as-one"):
            weights = (kept + m).softmax(-1)
        if is_("sink", "sink#2"):
            weights = score.exp() / ((1 if is_("sink") else 3) + score.exp().sum(-1, True))
        if is_("mask-off-by-one-short", "mask-inverted", "first-keys-dropped"):
            weights = weights.nan_to_num(0)
        if is_("dropout-left-on"):
            weights = F.dropout(weights, 0.25)
        if is_("values-of-one-head", "one-head-for-all"):
            value = value[:1].expand(n, -1, -1)
        heads = weights @ value * (0.5 if is_("out-scaled") else 1)
        if absorbed:
            heads = torch.einsum("nts,sc,nvc->ntv", weights, latent, uv)
        if is_("heads-reversed"):
            heads = heads.flip(0)
        wrong = is_("merged-without-transpose")
        merged = heads.reshape(s, n * v) if wrong else heads.transpose(0, 1).reshape(s, n * v)
        parts = dict(q_nope=q_nope, q_rope=q_rope, latent=latent, k_rope=k_rope, w_uk=uk, w_uv=uv)
        out = merged @ Wo.T
        if is_("o-proj-missing"):
            out = merged
        elif is_("o-proj-transposed"):
            out = merged @ Wo
        if is_("input-added"):
            out = out + x
        return parts, heads, F.dropout(out, 0.2) if is_("dropout-left-on#2") else out, weights

    parts, right, y, weights = attend("right")
    _, absorbed, z, _ = attend("right", absorbed=True)
    query = dict(q_a_proj=Wd, q_a_layernorm=query_gain, q_b_proj=Wq) if inner else dict(q_proj=Wq)
    whole = dict(x=x, **query, kv_a_proj_with_mqa=Wa, kv_a_layernorm=gain, kv_b_proj=Wb, o_proj=Wo)
    tensors = {f"core/{k}": t for k, t in parts.items()} | {f"whole/{k}": t for k, t in whole.items()}
    outs = {"core/right-expanded": right, "core/right-absorbed": absorbed,
            "whole/right-expanded": y, "whole/right-absorbed": z,
            "core/value-weights-forgotten": torch.einsum("nts,sc->ntc", weights, parts["latent"])}
    if inner:
        outs = {key: out for key, out in outs.items() if key.startswith("whole/")}
        tensors = {key: x for key, x in tensors.items() if key.startswith("whole/")}
    names = COMPRESSED if inner else MODEL if n * v == d else LATENT + WHOLE
    if n == 2:  # each is the other's neighbour on both sides
        names = [name for name in names if name != "values-of-previous-head"]
    for name in names:
        _, core, out, _ = attend(name)
        if name == "value-weights-forgotten#2" and c <= v:
            continue
        if name in WHOLE + MODEL[:2] or inner:
            pass
        elif not torch.equal(core, right) or name.startswith("merged"):
            if name == "merged-without-transpose":
                core = right.reshape(s, n, v).transpose(0, 1)
            outs[f"core/{name}"] = core
        outs[f"whole/{name}"] = out
    return tensors, outs


def save_caches():
    """A right layer with what it caches, right or not: cache-NAME."""
    torch.manual_seed(6)
    tensors, outs = latent_programs(4, 6, 4, 5, 9, 16, 6)
    parts = {key[6:]: t for key, t in tensors.items() if key.startswith("whole/")}
    y = parts["x"] @ parts["kv_a_proj_with_mqa"].T
    raw, key = y[:, :9], y[:, 9:]
    latent, turned = tensors["core/latent"], turn(key, "pairs")
    for name, a, b in [
        ("right", latent, turned),
        ("right-sorted", latent, torch.cat([turned[:, 0::2], turned[:, 1::2]], -1)),
        ("norm-after-the-cache", raw, turned),
        ("cache-latent-differs", latent.flip(0), turned),
        ("cached-rotary-key-not-turned", latent, key),
        ("cached-rotary-key-turned-twice", latent, turn(key, "pairs", times=2)),
        ("cached-rotary-key-at-wrong-position", latent, turn(key, "pairs", 1)),
        ("cached-rotary-key-in-halves", latent, turn(key, "halves")),
        ("cache-rotary-key-differs", latent, key.flip(0)),
    ]:
        save(f"cache-{name}", {**parts, "out": outs["whole/right-expanded"], "cache.latent": a, "cache.k_rope": b})


def rights(q, k, v, m):
    """Right ways to write it, in the format of q, k and v: [b, n, t, h]."""
    b, n, t, h = q.shape
    g = k.shape[1]
    r = n // g
    K, V = repeat(k, r), repeat(v, r)

    def scores():
        return ((q @ K.transpose(-1, -2)) * h**-0.5).masked_fill(~m, -INF)

    s = (q.view(b, g, r, t, h) @ k.unsqueeze(2).transpose(-1, -2)) * h**-0.5
    return {
        "eager": scores().softmax(-1, dtype=torch.float32 if q.dtype.itemsize < 4 else q.dtype).to(q.dtype) @ V,
        "naive": scores().softmax(-1) @ V,
        "prescaled": ((q * h**-0.5) @ K.transpose(-1, -2)).masked_fill(~m, -INF).softmax(-1) @ V,
        "einsum": torch.einsum("bnts,bnsh->bnth", scores().softmax(-1), V),
        "grouped": (s.masked_fill(~m, -INF).softmax(-1) @ v.unsqueeze(2)).reshape(b, n, t, -1),
        "sdpa": F.scaled_dot_product_attention(q, K, V, attn_mask=m),
    }


def save_rights():
    """rights-SHAPE-SEED: "FORMAT/q", and as "FORMAT/WAY" the outs of right ways to write it, causal."""
    shapes = {"wide": (1, 4, 2, 5, 7, 8, 8), "batch": (2, 6, 3, 4, 4, 5, 6), "mqa": (1, 3, 1, 6, 6, 12, 4)}
    for shape, (b, n, g, t, s, h, hv) in shapes.items():
        for seed in (1, 2, 3):
            tensors = {}
            for dtype in (torch.float64, torch.float32, torch.float16, torch.bfloat16):
                torch.manual_seed(seed)
                q, k, v = (x.to(dtype) for x in (
                    torch.randn(b, n, t, h), torch.randn(b, g, s, h), torch.randn(b, g, s, hv)))
                outs = rights(q, k, v, torch.ones(t, s, dtype=torch.bool).tril(s - t))
                tensors |= {f"{str(dtype)[6:]}/{key}": x.contiguous()
                            for key, x in ({"q": q, "k": k, "v": v} | outs).items()}
            save_file(tensors, HERE / f"rights-{shape}-{seed}.safetensors")


def save_narrow():
    """narrow: two right programs and a wrong one in FP8, and in BF16 saved as F32."""
    torch.manual_seed(8)
    tensors = {}
    for dtype in (torch.float8_e4m3fn, torch.float8_e5m2):
        q, k, v = (torch.randn(heads, 9, 16).to(dtype) for heads in (4, 2, 2))
        Q, K, V = (x.float() for x in (q, k, v))
        m = torch.ones(9, 9, dtype=torch.bool).tril()
        outs = {"q": q, "k": k, "v": v,
                "right-in-bf16": attend(Q, repeat(K, 2), repeat(V, 2), m).bfloat16(),
                "right": attend(Q, repeat(K, 2), repeat(V, 2), m).to(dtype),
                "heads-tiled": attend(Q, tile(K, 2), tile(V, 2), m).to(dtype)}
        tensors |= {f"{str(dtype)[6:]}/{key}": x for key, x in outs.items()}
    q, k, v = (torch.randn(heads, 9, 16).bfloat16() for heads in (4, 2, 2))
    outs = {"q": q, "k": k, "v": v, "right": attend(q, repeat(k, 2), repeat(v, 2), m),
            "heads-tiled": attend(q, tile(k, 2), tile(v, 2), m)}
    tensors |= {f"bfloat16-as-float32/{key}": x.float() for key, x in outs.items()}
    save_file({key: x.contiguous() for key, x in tensors.items()}, HERE / "narrow.safetensors")


def save_paddings():
    """padding-NAME: three texts of different lengths with their attention_mask, causal."""
    torch.manual_seed(7)
    q, k, v = (torch.randn(3, heads, 6, 4) for heads in (4, 2, 2))
    seen = torch.arange(6) < torch.tensor([6, 4, 3])[:, None]
    K, V = repeat(k, 2), repeat(v, 2)
    tril, left = torch.ones(6, 6, dtype=torch.bool).tril(), seen.flip(1)
    score, there = q @ K.transpose(-1, -2) * 0.5, left[:, None, None, :]

    def late(scores):
        return scores.masked_fill(~tril, -INF).softmax(-1) @ V

    for name, seen, out in [
        ("right", seen, attend(q, K, V, tril & seen[:, None, None, :])),
        ("right-left", left, attend(q, K, V, tril & there)),
        ("padding-ignored", left, attend(q, K, V, tril)),
        ("padding-inverted", seen, attend(q, K, V, tril & ~seen[:, None, None, :])),
        ("padding-added-as-one", left, late(score + there)),
        ("padding-added-as-one-inverted", left, late(score + ~there)),
        ("padding-filled-with-zero", left, late(score.masked_fill(~there, 0))),
        ("padding-filled-with-zero#2", left, late(score.masked_fill(~there, 1e-9))),
        ("padding-filled-with-number", left, late(score.masked_fill(~there, -1))),
        ("padding-filled-with-number#2", left, late(score.masked_fill(~there, -3))),
        ("padding-after-softmax", left, (score.masked_fill(~tril, -INF).softmax(-1) * there) @ V),
    ]:
        tensors = {"q": q, "k": k, "v": v, "out": out}
        save_file({key: x.float() for key, x in tensors.items()} | {"attention_mask": seen.long()},
                  HERE / f"padding-{name}.safetensors")


def save_batches():
    """batches-SEED: three sequences whose rows are mixed, as heads-SHAPE-SEED."""
    order = [2, 0, 1]
    for seed in (1, 2, 3):
        torch.manual_seed(seed)
        b, n, g, t, s, h, hv = 3, 4, 2, 3, 4, 5, 4
        q, k, v = torch.randn(b, n, t, h), torch.randn(b, g, s, h), torch.randn(b, g, s, hv)
        q, k, v = q.float().double(), k.float().double(), v.float().double()
        K, V, tensors = repeat(k, 2), repeat(v, 2), {"q": q, "k": k, "v": v}
        for kind, m in [("plain", torch.ones(t, s) > 0), ("causal", torch.ones(t, s).tril(s - t) > 0)]:
            score = (q @ K.transpose(-1, -2) * h**-0.5).masked_fill(~m, -INF)
            right = attend(q, K, V, m)
            outs = {
                "right-eager": right, "batches-mixed": attend(q, K[order], V[order], m),
                "batches-mixed#2": attend(q, K[order], V, m), "batches-mixed#3": attend(q, K, V[order], m),
                "batches-mixed#4": attend(q[order], K, V, m), "batches-mixed#5": attend(q, K.flip(0), V.flip(0), m),
                "batches-mixed#6": attend(q, K[-1:], V[-1:], m), "batches-mixed#7": attend(q, K[order], V.flip(0), m),
                "batches-permuted": right[order], "batches-permuted#2": right.flip(0),
                "batches-averaged": attend(q, K.mean(0, True), V.mean(0, True), m),
                "softmax-over-batch": score.softmax(0).nan_to_num(0) @ V,
            }
            tensors |= {f"{kind}/{name}": out for name, out in outs.items()}
        save(f"batches-{seed}", tensors)


def save_overflows():
    """overflow-NAME: NaN from numbers that are too large, causal."""
    torch.manual_seed(9)
    q, k, v = (torch.randn(heads, 6, 8) for heads in (4, 2, 2))
    m = torch.ones(6, 6, dtype=torch.bool).tril()

    def over(x, format):
        return torch.where(x.abs() > torch.finfo(format).max, x.sign() * INF, x)

    for name, size, format in [
        ("scores-in-f16", 150, torch.float16), ("scores-in-f16#all", 8000, torch.float16),
        ("exponentials-overflow", 3, torch.float16), ("exponentials-overflow#2", 7, torch.float32),
    ]:
        Q, K, V = (x.to(format) for x in (q * size, k * size, v))
        raw = Q.double() @ repeat(K, 2).double().transpose(-1, -2)
        if name.startswith("scores"):
            w = (raw.to(format) * 8**-0.5).double().masked_fill(~m, -INF).softmax(-1)
        else:
            e = over((raw * 8**-0.5).masked_fill(~m, -INF).exp(), format)
            w = e / over(e.sum(-1, keepdim=True), format)
        save_file({"q": Q, "k": K, "v": V, "out": (w @ repeat(V, 2).double()).to(format)},
                  HERE / f"overflow-{name}.safetensors")


def save(name, tensors):
    data = {k: t.float().contiguous() for k, t in tensors.items()}
    save_file(data, HERE / f"{name}.safetensors")


def main():
    HERE.mkdir(exist_ok=True)
    save_rights()
    save_narrow()
    torch.set_default_dtype(torch.float64)
    save_caches()
    save_paddings()
    save_batches()
    save_overflows()
    shapes = {"square": (1, 4, 2, 5, 5, 4, 4), "wide": (1, 6, 3, 3, 6, 5, 4), "batch": (2, 4, 2, 3, 3, 4, 4)}
    for shape, (b, n, g, t, s, h, hv) in shapes.items():
        for seed in (1, 2, 3):
            torch.manual_seed(seed)
            q = (torch.randn(b, n, t, h) * 2).float().double()
            k = (torch.randn(b, g, s, h) * 2).float().double()
            v = torch.randn(b, g, s, hv).float().double()
            tensors = {"q": q, "k": k, "v": v}
            for kind in ("plain", "causal"):
                programs = heads_programs(q, k, v, kind == "causal")
                tensors |= {f"{kind}/{name}": out for name, out in programs.items()}
            save(f"heads-{shape}-{seed}", tensors)
    for shape, (n, g, t, h, hv) in {"small": (4, 2, 5, 4, 4), "wide": (6, 3, 7, 5, 3), "mqa": (4, 2, 9, 8, 8)}.items():
        for seed in (1, 2, 3):
            torch.manual_seed(seed)
            q, k, v = (x.float().double() for x in (
                torch.randn(n, t, h) * 2, torch.randn(g, t, h) * 2, torch.randn(g, t, hv)))
            outs = decode_programs(q, k, v)
            save(f"decode-{shape}-{seed}",
                 {"q": q, "k": k, "v": v} | {f"decode/{name}": out for name, out in outs.items()})
    for shape, sizes in {"small": (4, 6, 4, 5, 9, 16, 6), "other": (3, 8, 4, 4, 12, 15, 5),
                         "equal": (2, 4, 4, 4, 8, 10, 7), "model": (3, 4, 4, 4, 6, 12, 6)}.items():
        for seed in (1, 2, 3):
            torch.manual_seed(seed)
            tensors, outs = latent_programs(*sizes)
            save(f"mla-{shape}-{seed}", tensors | outs)
    for seed in (1, 2, 3):
        torch.manual_seed(seed)
        tensors, outs = latent_programs(3, 4, 4, 4, 6, 10, 5, inner=7)
        save(f"mla-compressed-{seed}", tensors | outs)


if __name__ == "__main__":
    main()
