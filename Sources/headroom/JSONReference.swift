/// What the commands write as JSON: the page that `headroom help json` prints, which a test holds
/// against what they write.
struct JSONReference {
    /// What is typed: "memory --json".
    let command: String
    /// The members of the object, or of each object of an array.
    let members: [Member]
    /// Whether it is an array of such objects.
    var isArray = false

    /// A member and what it holds.
    struct Member {
        /// Its name behind those of the objects around it: "per_gpu.bytes". "[]" follows an array
        /// of objects.
        let path: String
        /// What it holds, in words; "null" where it may be that.
        let meaning: String

        init(_ path: String, _ meaning: String) {
            self.path = path
            self.meaning = meaning
        }
    }

    /// All commands that write JSON.
    static let all = [
        memory, models, lessons, notes, classAnswers, lint, bench, race, generate, perplexity,
        sweep, looks,
        comparison, verify,
    ]

    /// The page: the forms that all share, then the members of each.
    static var text: String {
        let head = wrapped(
            "One line, in UTF-8. Names are in snake_case and their order does not matter. Sizes "
                + "are whole bytes, times say their unit. A new version of the program may add "
                + "members; where one of today would come to mean something else, schema rises.",
            width: 76)
        return (head + all.flatMap(\.lines)).joined(separator: "\n")
    }

    private var lines: [String] {
        ["", "headroom \(command)" + (isArray ? "   (an array of these)" : "")]
            + members.flatMap { member -> [String] in
                let depth = member.path.split(separator: ".").count - 1
                let name = member.path.split(separator: ".").last.map(String.init) ?? member.path
                let start = String(repeating: "  ", count: depth + 1) + name
                let column = 30
                let gap = String(repeating: " ", count: max(2, column - start.count))
                return wrapped(
                    member.meaning, width: 79, first: start + gap,
                    indent: String(repeating: " ", count: column))
            }
    }
}

// MARK: Caches

extension JSONReference {
    private static let schema = Member("schema", "1, the number of this form")

    static let memory = JSONReference(
        command: "memory --json",
        members: [
            schema, Member("model", "its name"),
            Member(
                "unknown_family", "the model_type or architecture whose rules are not known; null"),
            Member("inputs", "what was asked of what"),
            Member("inputs.layers", "all layers"),
            Member("inputs.growing_layers", "those whose cache grows, where not all"),
            Member("inputs.batch", "requests at once"), Member("inputs.query_heads", "n"),
            Member("inputs.kv_heads", "g; null where layers differ"),
            Member("inputs.head_dim", "h; null where layers differ or it is not known"),
            Member("inputs.tokens", "of each request"),
            Member("inputs.bytes_per_number", "of the cache"),
            Member("inputs.latent", "c, of latent attention"),
            Member("inputs.rotary", "r, of latent attention"),
            Member("inputs.window_layers", "layers that keep a window or a chunk"),
            Member("inputs.window", "the tokens that those keep"),
            Member("inputs.layer_runs[]", "where layers differ, those of each kind"),
            Member("inputs.layer_runs[].layers", "how many"),
            Member("inputs.layer_runs[].kv_heads", "their K/V heads"),
            Member("inputs.layer_runs[].head_dim", "the width of their heads, or of their keys"),
            Member("inputs.layer_runs[].value_dim", "of their values, where another"),
            Member("inputs.layer_runs[].latent", "c, of latent attention"),
            Member("inputs.layer_runs[].rotary", "r, of latent attention"),
            Member("inputs.layer_runs[].window", "the tokens that they keep"),
            Member("variants", "the same layers as mha, gqa, mqa and mla, where they can be sized"),
            Member("variants.VARIANT", "one of them"),
            Member("variants.VARIANT.kv_heads", "its K/V heads"),
            Member("variants.VARIANT.latent", "c, of mla"),
            Member("variants.VARIANT.rotary", "r, of mla"),
            Member("variants.VARIANT.bytes_per_token", "while no window is full"),
            Member("variants.VARIANT.bytes", "of all tokens and requests"),
            Member("kv_dtype", "how the cache's numbers are written"),
            Member("resolved[]", "each value of the model with the rule that gave it"),
            Member("resolved[].field", "what it is"),
            Member("resolved[].value", "a number or a text"),
            Member("resolved[].rule", "the field or computation that it is from"),
            Member("needed_bytes", "what attention needs: keys and values"),
            Member("index_bytes", "the index keys of sparse attention"),
            Member(
                "state_bytes", "what layers keep of a sequence of any length; null where not known"),
            Member("total_bytes", "needed_bytes and what is known to be kept beside"),
            Member("per_gpu", "the share of each GPU"), Member("per_gpu.gpus", "how many"),
            Member("per_gpu.kv_heads", "on each; null where layers differ or keep a latent"),
            Member("per_gpu.copies", "of each K/V head, over all GPUs"),
            Member("per_gpu.bytes", "of all that is kept on each"),
            Member("per_gpu.total_bytes", "on all GPUs together"),
            Member(
                "fits",
                "what fits into --gpu-memory or --kv-budget, as --engine keeps it; null without "
                    + "them"
            ),
            Member("fits.memory_bytes", "of each GPU; null where only the budget is known"),
            Member("fits.utilization", "the part of it that is used"),
            Member("fits.weights_bytes", "on each; null where not known"),
            Member("fits.free_bytes", "what the weights leave, or --kv-budget"),
            Member("fits.fits", "whether the cache does"),
            Member("fits.max_tokens", "the longest context that fits; null for no limit"),
            Member("fits.max_batch", "the most requests that fit; null for no limit"),
            Member("fits.requests", "the same with decimals, rounded down; null for no limit"),
            Member(
                "fits.max_kv_heads", "the largest g that fits; null for latents and with --engine"),
            Member(
                "fits.widest_kv_dtype",
                "the widest numbers that fit; null where none do and with --engine"),
            Member("engine", "what --engine keeps; null without it"),
            Member("engine.name", "vllm or llama.cpp"),
            Member("engine.options", "those that were set, under their names with low lines"),
            Member("engine.options.OPTION", "a number; 1 for a flag"),
            Member("engine.bytes", "all that it keeps"),
            Member("engine.parts[]", "what that consists of"),
            Member("engine.parts[].name", "the layers or what else"),
            Member("engine.parts[].bytes", "of them"),
            Member("engine.parts[].rule", "in its own units, as text"),
            Member(
                "engine.cache_tokens",
                "that it has room for; null for llama.cpp, which does not count them"),
            Member("engine.max_tokens", "the longest context; null without a limit"),
            Member(
                "engine.requests", "at once, with decimals, rounded down; null without a limit"),
            Member(
                "engine.log",
                "an array of the lines that it logs, with --gpu-memory those that vLLM would if "
                    + "nothing else took memory; empty where that cannot be told"),
            Member("engine.remarks", "an array of sentences"),
            Member("engine.source", "where its rules were read"),
            Member(
                "layers",
                "an array with the kind of each layer: full, window, chunked, linear, shared or "
                    + "none; null above 10,000 layers"),
            Member("remarks", "an array of sentences: fallbacks, notes, doubts"),
            Member("derivation[]", "the lines of --explain"),
            Member("derivation[].name", "what is counted"),
            Member("derivation[].value", "how much, as text"),
            Member("derivation[].rule", "where it is from"),
            Member("compare", "of --compare"), Member("compare.stated_bytes", "the other figure"),
            Member("compare.factor", "it over needed_bytes"),
            Member("compare.agrees", "whether they are the same"),
            Member("compare.agrees_with", "the member that it is; null where it is none"),
            Member("compare.causes", "an array of mistakes that give that factor"),
        ])

    static let models = JSONReference(
        command: "models --json",
        members: [
            Member("id", "what --model takes"), Member("name", "for people"),
            Member("kind", "as in the table, \"GQA+window\""), Member("layers", "all layers"),
            Member("query_heads", "n"), Member("kv_heads", "g; n for latent attention"),
            Member("head_dim", "h; null where not published"),
            Member("hidden_size", "the width of the model"), Member("latent", "c"),
            Member("rotary", "r"), Member("window_layers", "layers that keep a window or a chunk"),
            Member("window", "the tokens that those keep"),
            Member("linear_layers", "layers that keep a state of fixed size"),
            Member("shared_layers", "the last ones, which read an earlier one's cache"),
            Member("full_layer_kv_heads", "g of the layers that keep every token, where another"),
            Member("full_layer_head_dim", "h of those"),
            Member("max_tokens", "the longest context"),
            Member("native_format", "of the published weights; null where not verified"),
            Member("parameters", "how many, as text"),
            Member("numbers_per_token", "cached, while no window is full"),
            Member("bytes_per_token", "at 2 bytes per number"),
            Member("bytes_at_32768", "the cache of 32,768 tokens"),
            Member("sources", "an array of where that was read"),
            Member("notes", "an array of sentences"), Member("doubts", "an array of sentences"),
        ], isArray: true)
}
