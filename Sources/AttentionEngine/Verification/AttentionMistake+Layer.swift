// Mistakes of multi-head latent attention around its core: norms, latents, the last projection.

extension AttentionMistake {
    /// Parts of another head's, or left out.
    static func others(_ sizes: AttentionSizes) -> [AttentionMistake] {
        let own = "Each head has its own rows of the weights."
        let score = "A score is q_nope @ k_nope + q_rope @ k_rope"
        var list = [
            AttentionMistake(
                "keys-of-one-head", .heads, "all heads read the keys of the first", own
            ) { $0.keyHeads = .first },
            AttentionMistake(
                "rotary-queries-of-one-head", .split,
                "all heads have the rotary query of the first",
                "Only the rotary key is one for all heads; each head has its own q_rope."
            ) { $0.inputs.latent.sharesRotaryQuery = true },
            AttentionMistake(
                "queries-of-one-head", .split, "all heads have the q_nope of the first",
                "Each head has its own query."
            ) { $0.inputs.latent.sharesQuery = true },
            AttentionMistake(
                "nope-unused", .scale, "the part without positions is not used", score + "."
            ) { $0.inputs.latent.factorOfNope = 0 },
            AttentionMistake(
                "rotary-subtracted", .scale, "the rotary part of a score is subtracted",
                score + ": a sum."
            ) { $0.inputs.latent.factorOfRope = -1 },
            AttentionMistake(
                "all-values-then-all-keys", .weights,
                "kv_b_proj is read as all values, then all keys",
                "Each head has its key's rows, then its value's: view(n, h + v, c), then split."
            ) { $0.inputs.latent.order = .allValuesFirst },
        ]
        list += ofOneOrAll(own)
        let n = sizes.queryHeads
        if n > 2 {
            list += [1, n - 1].map { by in
                AttentionMistake(
                    "heads-permuted", .order, "the heads of out are in another order",
                    "They are shifted by one."
                ) { $0.headOrder = .listed((0..<n).map { ($0 + by) % n }) }
            }
        }
        if sizes.latent?.nope == sizes.valueWidth {
            list.append(
                AttentionMistake(
                    "values-are-keys", .split, "keys are averaged, not values",
                    "Weights multiply what the value weights make of the latent."
                ) { $0.inputs.latent.valuesAreKeys = true })
        }
        return list
    }

    /// What only a whole layer shows.
    static func ofLayer(_ sizes: AttentionSizes) -> [AttentionMistake] {
        let norm = "kv_a_layernorm comes before kv_b_proj, for keys and values alike."
        var list = [
            AttentionMistake(
                "norm-missing-on-keys", .norm, "keys are made of the latent before its norm", norm
            ) { $0.inputs.latent.keysSkipNorm = true },
            AttentionMistake(
                "norm-missing-on-values", .norm, "values are made of the latent before its norm",
                norm
            ) { $0.inputs.latent.valuesSkipNorm = true },
            AttentionMistake(
                "rotary-before-the-norm", .weights, "the latent is turned, before its norm",
                "Only the rotary key is turned: split first."
            ) { $0.inputs.latent.turnsLatentBeforeNorm = true },
            AttentionMistake(
                "input-added", .layout, "the layer's input is added to out",
                "Save what o_proj gives, before the residual is added."
            ) { $0.addsInput = true },
        ]
        if sizes.latent?.model == sizes.queryHeads * sizes.valueWidth {
            list += [
                AttentionMistake(
                    "o-proj-missing", .layout, "o_proj is not applied",
                    "out is the merged heads @ o_proj.T."
                ) { $0.projection = .missing },
                AttentionMistake(
                    "o-proj-transposed", .layout, "o_proj is transposed",
                    "o_proj is [d, n v]: out is the merged heads @ o_proj.T."
                ) { $0.projection = .transposed },
            ]
        }
        return list
    }

    /// Norms with another number beside the mean square.
    static func epsilons(_ form: AttentionForm, hasQueryNorm: Bool) -> [AttentionMistake] {
        guard form == .latentWhole else { return [] }
        return [0, 1e-8, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1].flatMap { epsilon in
            [("", "the latent's"), ("query-", "the query's")].filter {
                hasQueryNorm || $0.0.isEmpty
            }.map { prefix, whose in
                AttentionMistake(
                    "\(prefix)norm-epsilon", .norm,
                    "\(whose) norm has another epsilon: yours is \(short(epsilon))",
                    "DeepSeek's norms add 1e-6 to the mean square.", parameters: 1
                ) {
                    if prefix.isEmpty {
                        $0.inputs.latent.norm = .epsilon(epsilon)
                    } else {
                        $0.inputs.latent.queryNorm = .epsilon(epsilon)
                    }
                }
            }
        }
    }

    /// The norms of the latent and, where they have one, of the queries.
    static func norms(_ c: Int, hasQueryNorm: Bool) -> [AttentionMistake] {
        typealias Place = WritableKeyPath<LatentRule, LatentRule.Norm> & Sendable
        var places: [(String, String, String, Place)] = [
            ("", "the latent's", "kv_a_layernorm", \.norm)
        ]
        if hasQueryNorm { places.append(("query-", "the query's", "q_a_layernorm", \.queryNorm)) }
        let root = "An RMS norm divides by the root of the mean square, once"
        return places.flatMap { prefix, whose, layer, place in
            let kinds: [(String, LatentRule.Norm, String, String)] = [
                (
                    "missing", .missing, "\(whose) norm is missing",
                    prefix.isEmpty
                        ? "kv_a_layernorm comes between the latent and kv_b_proj."
                        : "q_a_layernorm comes between q_a_proj and q_b_proj."
                ),
                (
                    "gain-missing", .withoutGain, "\(whose) norm is without its gain",
                    "\(layer) multiplies by its weight."
                ),
                (
                    "gain-plus-one", .gainPlusOne, "\(whose) norm multiplies by 1 + its weight",
                    "That is Gemma's norm; DeepSeek's \(layer) multiplies by the weight."
                ),
                (
                    "gain-twice", .gainTwice, "\(whose) norm multiplies by its weight twice",
                    "\(layer) multiplies by its weight, once."
                ),
                (
                    "twice", .twice, "\(whose) norm is applied twice",
                    "\(layer) is applied once: perhaps yours is before the cache and after it."
                ),
                (
                    "subtracts-mean", .layerNorm, "\(whose) norm subtracts the mean",
                    "\(layer) is an RMS norm in spite of its name: no mean is subtracted."
                ),
                (
                    "scaled", .byLength, "\(whose) norm divides by the length",
                    root + (prefix.isEmpty ? ": sqrt(\(c)) times less." : ".")
                ),
                (
                    "without-root", .withoutRoot, "\(whose) norm divides by the mean square",
                    root + "."
                ),
                (
                    "root-twice", .rootTwice, "\(whose) norm takes the root twice", root + "."
                ),
                (
                    "over-tokens", .overTokens, "\(whose) norm goes over the tokens",
                    "Each token's \(prefix.isEmpty ? "latent" : "query") is divided by its own root mean "
                        + "square: mean(-1)."
                ),
            ]
            return kinds.map { id, norm, name, advice in
                AttentionMistake("\(prefix)norm-\(id)", .norm, name, advice) {
                    $0.inputs.latent[keyPath: place] = norm
                }
            }
        }
    }
}
