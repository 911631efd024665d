/// A program in PyTorch to start from, with a blank to fill in.
enum VerifyExample: String, CaseIterable {
    case gqa, mla, decode

    /// "gqa, mla or decode".
    static let names = "gqa, mla or decode"

    var text: String {
        switch self {
        case .gqa:
            """
            # Grouped-query attention. Fill in my_attention, run this file, then:
            #   headroom verify mine.safetensors --causal
            # Needs: pip install torch numpy safetensors
            import torch
            from safetensors.torch import save_file

            n, g, h, tokens = 8, 2, 64, 12  # query heads, K/V heads, width, tokens


            def my_attention(q, k, v):
                \"""q [n, tokens, h], k and v [g, tokens, h]; returns [n, tokens, h].

                Query head i reads K/V head i // (n // g). Causal.
                \"""
                raise NotImplementedError("write me")


            torch.manual_seed(1)
            q = torch.randn(n, tokens, h)
            k = torch.randn(g, tokens, h)
            v = torch.randn(g, tokens, h)
            out = my_attention(q, k, v)
            tensors = {"q": q, "k": k, "v": v, "out": out}
            save_file({name: t.contiguous() for name, t in tensors.items()},
                      "mine.safetensors")
            """
        case .mla:
            """
            # Multi-head latent attention, a whole layer (arXiv 2405.04434, section 2.1).
            # Fill in my_mla, run this file, then:
            #   headroom verify mine.safetensors
            # Needs: pip install torch numpy safetensors
            import torch
            from safetensors.torch import save_file

            n, h, r, v, c = 8, 32, 16, 32, 64  # heads; key, rotary, value, latent widths
            d, tokens = 128, 12  # width of the model


            def turn(x):
                \"""Turns [..., tokens, r] by its positions, in neighbouring pairs.\"""
                speed = 10000.0 ** (-torch.arange(0, r, 2) / r)
                angle = torch.arange(tokens)[:, None] * speed
                a, b = x[..., 0::2], x[..., 1::2]
                return torch.stack([a * angle.cos() - b * angle.sin(),
                                    a * angle.sin() + b * angle.cos()], -1).flatten(-2)


            def norm(x, gain):
                return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6) * gain


            def my_mla(x, w):
                \"""x [tokens, d]; returns [tokens, d]. Causal.

                w["q_proj"] [n (h + r), d]: of each head h numbers, then r to be turned.
                w["kv_a_proj_with_mqa"] [c + r, d]: the latent, then the rotary key.
                w["kv_a_layernorm"] [c]: the gain of the latent's norm.
                w["kv_b_proj"] [n (h + v), c]: of each head h rows for its key, v for its
                value. w["o_proj"] [d, n v].
                \"""
                raise NotImplementedError("write me")


            torch.manual_seed(1)
            x = torch.randn(tokens, d)
            w = {
                "q_proj": torch.randn(n * (h + r), d) / d ** 0.5,
                "kv_a_proj_with_mqa": torch.randn(c + r, d) / d ** 0.5,
                "kv_a_layernorm": torch.rand(c) + 0.5,
                "kv_b_proj": torch.randn(n * (h + v), c) / c ** 0.5,
                "o_proj": torch.randn(d, n * v) / (n * v) ** 0.5,
            }
            tensors = {"x": x, **w, "out": my_mla(x, w)}
            save_file({name: t.contiguous() for name, t in tensors.items()},
                      "mine.safetensors")
            """
        case .decode:
            """
            # Decoding with a cache. Fill in my_step, run this file, then:
            #   headroom verify mine.safetensors --decode
            # Needs: pip install torch numpy safetensors
            import torch
            from safetensors.torch import save_file

            n, g, h, tokens = 8, 2, 64, 12  # query heads, K/V heads, width, steps


            def my_step(q, k, v, cache):
                \"""One step: q [n, 1, h], k and v [g, 1, h], the newest token's.

                cache is {} at the first step. Keep keys and values of all tokens in it as
                cache["k"] and cache["v"], [g, tokens so far, h]; return [n, 1, h].
                \"""
                raise NotImplementedError("write me")


            torch.manual_seed(1)
            q = torch.randn(n, tokens, h)
            k = torch.randn(g, tokens, h)
            v = torch.randn(g, tokens, h)
            cache, rows = {}, []
            for t in range(tokens):
                at = slice(t, t + 1)
                rows.append(my_step(q[:, at], k[:, at], v[:, at], cache))
            tensors = {"q": q, "k": k, "v": v, "out": torch.cat(rows, dim=1),
                       "cache.k": cache["k"], "cache.v": cache["v"]}
            save_file({name: t.contiguous() for name, t in tensors.items()},
                      "mine.safetensors")
            """
        }
    }
}
