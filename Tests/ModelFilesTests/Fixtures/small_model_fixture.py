"""Writes small.gguf, a model of the Llama kind with random weights in every format, and small.json:
what PyTorch makes of it in 32 bits, from the weights as gguf-py reads them.

    pip install gguf==0.19.0 numpy torch tokenizers
    python3 small_model_fixture.py

One layer, 4 query heads on 2 K/V heads of width 24, of which 16 numbers are turned, with a factor
for each pair; an output of its own.
"""

import json
import math
from pathlib import Path

import gguf
import numpy as np
import torch
import torch.nn.functional as F
from gguf import GGMLQuantizationType as Kind
from tokenizers import Tokenizer, models, pre_tokenizers

HERE = Path(__file__).parent
WIDTH, INNER, N, G, H, TURNED, CONTEXT = 256, 128, 4, 2, 24, 16, 48
BASE, EPSILON = 10_000.0, 1e-5

NORMAL, CONTROL = 1, 3
LETTERS = list("abcdefghijklmnopqrstuvwxyz0123456789.,") + ["Ġ", "Ċ", "Ã", "©"]
MERGES = [
    "t h", "h e", "i n", "e r", "a n", "Ġ t", "th e", "o n", "r e", "Ġ a", "e s", "Ġ s", "Ã ©",
    "Ġ h", "e d", "o r", "n d", "he a", "hea d", "Ġ k", "Ġk e", "o u", "i t", "a l", "a r", "Ġt he",
]
TOKENS = ["<|end|>", "<|start|>"] + LETTERS + [merge.replace(" ", "") for merge in MERGES]
KINDS = [CONTROL, CONTROL] + [NORMAL] * (len(TOKENS) - 2)
# Directions are found in what these leave.
LEFT = [4 + 25 * i % 66 for i in range(40)]
TEXT = (
    "the keys and values of a token are kept as long as the text is read on. each head has a key "
    "and a value of its own, or it shares them with other heads, which takes less memory. 9 query "
    "heads on 3 key heads, 64 numbers each, are 384 numbers of a token in a layer."
)
READ = [31, 46, 64, 7, 40, 67, 12, 3, 3, 60, 1, 55, 22, 44, 66, 17]

generator = np.random.default_rng(3)


def half(value):
    return np.frombuffer(np.float16(value).tobytes(), np.uint8)


def quantised(kind, rows, columns, size):
    """Random weights whose root mean square is about `size`, as a file holds them."""
    if kind == Kind.Q4_K:
        data = generator.integers(0, 256, (rows, columns // 256, 144), dtype=np.uint8)
        data[..., 0:2], data[..., 2:4] = half(size / 250), half(7.5 * size / 250)
    elif kind == Kind.Q6_K:
        data = generator.integers(0, 256, (rows, columns // 256, 210), dtype=np.uint8)
        data[..., 208:210] = half(size / 1365)
    else:
        weights = (size * generator.standard_normal((rows, columns))).astype(np.float32)
        return gguf.quantize(weights, kind)
    return data.reshape(rows, -1)


def vector(count, low, high):
    return generator.uniform(low, high, count).astype(np.float32)


def tensors():
    size = WIDTH ** -0.5
    matrices = {
        "token_embd": (Kind.F16, len(TOKENS), WIDTH, 0.25),
        "blk.0.attn_q": (Kind.Q4_K, N * H, WIDTH, 2 * size),
        "blk.0.attn_k": (Kind.BF16, G * H, WIDTH, 2 * size),
        "blk.0.attn_v": (Kind.F32, G * H, WIDTH, 2 * size),
        "blk.0.attn_output": (Kind.Q4_0, WIDTH, N * H, 0.1),
        "blk.0.ffn_gate": (Kind.Q4_1, INNER, WIDTH, size),
        "blk.0.ffn_up": (Kind.Q6_K, INNER, WIDTH, size),
        "blk.0.ffn_down": (Kind.Q4_0, WIDTH, INNER, 0.1),
        "output": (Kind.Q8_0, len(TOKENS), WIDTH, 1.5 * size),
    }
    result = {
        name + ".weight": (quantised(kind, *rest), kind)
        for name, (kind, *rest) in matrices.items()}
    for name in ["blk.0.attn_norm", "blk.0.ffn_norm", "output_norm"]:
        result[name + ".weight"] = (vector(WIDTH, 0.5, 1.5), Kind.F32)
    result["rope_freqs.weight"] = (vector(TURNED // 2, 1, 4), Kind.F32)
    return result


def write(path, tensors):
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("Small test model")
    writer.add_block_count(1)
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(N)
    writer.add_head_count_kv(G)
    writer.add_key_length(H)
    writer.add_value_length(H)
    writer.add_rope_dimension_count(TURNED)
    writer.add_rope_freq_base(BASE)
    writer.add_layer_norm_rms_eps(EPSILON)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(TOKENS)
    writer.add_token_types(KINDS)
    writer.add_token_merges(MERGES)
    writer.add_eos_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_add_bos_token(False)
    for name, (data, kind) in tensors.items():
        writer.add_tensor(name, data, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


class Model:
    def __init__(self, path):
        self.w = {
            t.name: torch.from_numpy(np.array(gguf.dequantize(t.data, t.tensor_type), np.float32))
            for t in gguf.GGUFReader(path).tensors}

    def log_probabilities(self, ids, joined=1, tied=False, change=None, watch=None):
        """[tokens, vocabulary]; keys and values are the means of so many heads. `change` makes
        others of [G, tokens, H] keys and values before they turn, `watch` sees queries, too."""
        w = lambda name: self.w[name + ".weight"]
        norm = lambda x, weight: x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + EPSILON) * weight
        heads = lambda x, count: x.view(len(x), count, H).transpose(0, 1)
        mean = lambda x: x.view(G // joined, joined, *x.shape[1:]).mean(1)
        frequencies = BASE ** (-torch.arange(0, TURNED, 2).float() / TURNED) / w("rope_freqs")
        angle = torch.arange(len(ids)).float()[:, None] * frequencies

        def turn(x):
            even, odd = x[..., 0:TURNED:2], x[..., 1:TURNED:2]
            c, s = angle.cos(), angle.sin()
            turned = [even * c - odd * s, even * s + odd * c]
            return torch.cat([torch.stack(turned, -1).flatten(-2), x[..., TURNED:]], -1)

        x = w("token_embd")[torch.tensor(ids)]
        y = norm(x, w("blk.0.attn_norm"))
        q = heads(y @ w("blk.0.attn_q").T, N)
        k = mean(heads(y @ w("blk.0.attn_k").T, G))
        v = mean(heads(y @ w("blk.0.attn_v").T, G))
        if watch:
            watch(q, k, v)
        if change:
            k, v = change(k, v)
        o = F.scaled_dot_product_attention(
            turn(q)[None], turn(k)[None], v[None], is_causal=True, enable_gqa=True)[0]
        x = x + o.transpose(0, 1).reshape(len(ids), N * H) @ w("blk.0.attn_output").T
        y = norm(x, w("blk.0.ffn_norm"))
        inner = F.silu(y @ w("blk.0.ffn_gate").T) * (y @ w("blk.0.ffn_up").T)
        x = norm(x + inner @ w("blk.0.ffn_down").T, w("output_norm"))
        return torch.log_softmax(x @ w("token_embd" if tied else "output").T, -1)

    def kept(self, kind, count):
        """What a latent of `count` numbers, plain or weighted, or the best single head makes of keys
        and values, found in what LEFT leaves."""
        seen = []
        self.log_probabilities(LEFT, watch=lambda *all: seen.append(all))
        (q, k, v), M = seen[0], G * H
        flat = lambda k, v: torch.cat([x.transpose(0, 1).flatten(1) for x in (k, v)], 1).double()
        back = lambda x: x.float().view(len(x), -1, H).transpose(0, 1)
        left, S = flat(k, v), torch.eye(2 * M, dtype=torch.float64)
        if kind != "plain":
            energy = q.double().pow(2).mean(1)
            pair = (energy[:, 0::2] + energy[:, 1::2]) / 2
            S[:M, :M] = torch.diag(
                pair.view(G, N // G, H // 2).mean(1).sqrt().repeat_interleave(2, -1).flatten())
            out = self.w["blk.0.attn_output.weight"].double()
            for j in range(G):
                taken = sum(
                    out[:, i * H:(i + 1) * H].T @ out[:, i * H:(i + 1) * H]
                    for i in range(j * N // G, (j + 1) * N // G)) * G / N
                e, u = torch.linalg.eigh(taken)
                place = slice(M + H * j, M + H * (j + 1))
                S[place, place] = u @ torch.diag(e.clamp_min(1e-9).sqrt()) @ u.T
            x = (left - left.mean(0)) @ S
            S[:M] /= x[:, :M].pow(2).sum(1).mean().sqrt()
            S[M:] /= x[:, M:].pow(2).sum(1).mean().sqrt()
        if kind == "best":
            pairs = torch.view_as_complex(left[:, :M].reshape(-1, G, H // 2, 2).contiguous())
            factors = torch.stack([
                torch.linalg.eigh(pairs[:, :, f].T @ pairs[:, :, f].conj())[1][:, -1]
                for f in range(H // 2)], 1)
            S = S[M:, M:]
            x = left[:, M:] @ S
            u = torch.linalg.eigh(x.T @ x)[1].flip(1)[:, :H]
            project = S @ u @ u.T @ torch.linalg.inv(S)

            def change(k, v):
                z = torch.view_as_complex(
                    k.double().reshape(G, -1, H // 2, 2).contiguous())
                one = (factors.conj()[:, None] * z).sum(0)
                keys = torch.view_as_real(factors[:, None] * one).flatten(-2).float()
                return keys, back(v.transpose(0, 1).flatten(1).double() @ project)
            return change
        centre = left.mean(0)
        x = (left - centre) @ S
        u = torch.linalg.eigh(x.T @ x)[1].flip(1)[:, :count]
        project = S @ u @ u.T @ torch.linalg.inv(S)

        def change(k, v):
            y = (flat(k, v) - centre) @ project + centre
            return back(y[:, :M]), back(y[:, M:])
        return change

    def predicted(self, ids, joined=1):
        """How well a text is predicted in windows of the context, each of which starts anew."""
        lost = []
        for start in range(0, len(ids) - 1, CONTEXT):
            part = torch.tensor(ids[start:start + CONTEXT + 1])
            p = self.log_probabilities(part[:-1].tolist(), joined)
            lost.append(-p.gather(1, part[1:, None])[:, 0])
        lost = torch.cat(lost).double()
        return {
            "perplexity": math.exp(lost.mean()), "nats_per_token": float(lost.mean()),
            "standard_error": float(lost.std() / len(lost) ** 0.5), "tokens": len(lost)}

    def greedy(self, ids, count):
        """The likeliest tokens, and by how much they are likelier than the next, at least."""
        ids, least, prompt = list(ids), 9.0, len(ids)
        for _ in range(count):
            top = self.log_probabilities(ids)[-1].topk(2)
            least = min(least, float(top.values[0] - top.values[1]))
            ids.append(int(top.indices[0]))
        return ids[prompt:], least


def tokens(text):
    merges = [tuple(merge.split(" ")) for merge in MERGES]
    tokenizer = Tokenizer(
        models.BPE(vocab={token: i for i, token in enumerate(TOKENS)}, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)])
    return tokenizer.encode(text).ids


torch.set_grad_enabled(False)
path = HERE / "small.gguf"
write(path, tensors())
model = Model(path)
rows = lambda p: [[round(float(x), 4) for x in row] for row in p]
prompt = [TOKENS.index(t) for t in ["Ġ", "the", "Ġ", "head", "s"]]  # " the heads"
greedy, margin = model.greedy(prompt, 12)
print(path.stat().st_size, "bytes; greedy", "".join(TOKENS[t] for t in greedy), "by", margin)
result = {
    "read": READ, "as_built": rows(model.log_probabilities(READ)),
    "mean": rows(model.log_probabilities(READ, joined=2)),
    "latent": rows(model.log_probabilities(READ, change=model.kept("plain", 30))),
    "weighted": rows(model.log_probabilities(READ, change=model.kept("weighted", 30))),
    "best": rows(model.log_probabilities(READ, change=model.kept("best", 1))), "left": LEFT,
    "tied": rows(model.log_probabilities(READ, tied=True)), "prompt": prompt, "greedy": greedy,
    "text": TEXT, "text_ids": tokens(TEXT), "predicted": model.predicted(tokens(TEXT)),
    "predicted_mean": model.predicted(tokens(TEXT), joined=2),
}
text = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in result.items())
(HERE / "small.json").write_text("{\n" + text + "\n}\n")
