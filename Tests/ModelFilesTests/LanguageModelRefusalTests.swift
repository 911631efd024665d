import LanguageModel
import ModelFiles
import TestSupport
import Testing

@Suite("A GGUF file that is no model to be run")
struct LanguageModelRefusalTests {
    private func problem(_ change: (inout GGUFParts) -> Void) throws -> String {
        var parts = try GGUFParts.small.get()
        change(&parts)
        return problem(parts.bytes)
    }

    private func problem(_ bytes: [UInt8]) -> String {
        do {
            _ = try MappedModel(bytes)
            return "nothing is wrong"
        } catch { return "\(error)" }
    }

    private static let refusals: [(String, GGUFParts.Value?, String)] = [
        (
            "general.architecture", .text("qwen2"),
            "is a model of qwen2; only llama models are supported"
        ),
        ("general.architecture", nil, "has no model; looked for general.architecture"),
        (
            "tokenizer.ggml.model", .text("llama"),
            "makes tokens by llama (tokenizer.ggml.model); gpt2, byte-level BPE, is understood"
        ),
        (
            "tokenizer.ggml.pre", .text("qwen2"),
            "splits text by qwen2 (tokenizer.ggml.pre); supported are smollm, llama-bpe and gpt-2"
        ),
        (
            "llama.rope.scaling.type", .text("yarn"),
            "scales its positions by yarn (llama.rope.scaling.type), which is not supported"
        ),
        (
            "llama.rope.scaling.factor", .real(4),
            "scales its positions by 4.0 (llama.rope.scaling.factor), which is not supported"
        ),
        (
            "llama.attention.causal", .flag(false),
            "attends to later tokens (llama.attention.causal), which is not supported"
        ),
        (
            "split.count", .whole(3),
            "is part of a split model (split.count), which is not supported"
        ),
        (
            "llama.expert_count", .whole(8),
            "has 8 experts (llama.expert_count), which are not supported"
        ),
        (
            "llama.attention.value_length", .whole(32),
            "has keys of 24 numbers and values of 32, which is not supported"
        ),
        (
            "llama.rope.dimension_count", .whole(15),
            "rotates 15 of a head's 24 numbers, which are not pairs"
        ),
        (
            "llama.rope.dimension_count", .whole(26),
            "rotates 26 of a head's 24 numbers, which are not pairs"
        ),
        (
            "llama.rope.freq_base", .real(.nan),
            "has a rotary base or a norm's epsilon that is not a number"
        ),
        (
            "llama.rope.freq_base", .text("much"),
            "llama.rope.freq_base is the text \"much\"; expected a number"
        ),
        (
            "llama.attention.layer_norm_rms_epsilon", nil,
            "has no key llama.attention.layer_norm_rms_epsilon"
        ),
        ("llama.block_count", nil, "has no key llama.block_count"),
        ("llama.block_count", .whole(0), "has a number of layers of 0; expected 1 to 1000"),
        (
            "llama.block_count", .whole(2_000),
            "has a number of layers of 2000; expected 1 to 1000"
        ),
        ("llama.block_count", .whole(2), "has no tensor blk.1.attn_norm.weight"),
        (
            "llama.feed_forward_length", .whole(160),
            "has blk.0.ffn_gate of 128 x 256 numbers, where its sizes ask for 160 x 256"
        ),
        (
            "llama.embedding_length", .whole(512),
            "has blk.0.attn_norm.weight of 256 numbers, where its sizes ask for 512"
        ),
        (
            "llama.attention.head_count", .whole(8),
            "has blk.0.attn_q of 96 x 256 numbers, where its sizes ask for 192 x 256"
        ),
        (
            "llama.context_length", .whole(0),
            "has a context of 0; expected 1 to 16777216"
        ),
        (
            "tokenizer.ggml.tokens", .texts(["a", "b"]),
            "names 2 tokens, and has numbers for 70"
        ),
        ("tokenizer.ggml.tokens", nil, "names 0 tokens, and has numbers for 70"),
        (
            "tokenizer.ggml.eos_token_id", .whole(70),
            "tokenizer.ggml.eos_token_id is 70; expected a whole number from 0 to 69"
        ),
        (
            "tokenizer.ggml.merges", .texts(["t qq"]),
            "has a merge, number 0, that names no token"
        ),
    ]

    @Test("because of a key is refused in one line that names it", arguments: refusals)
    func keys(key: String, value: GGUFParts.Value?, message: String) throws {
        #expect(try problem { $0.set(key, value) } == message)
    }

    @Test("because of a tensor is refused in one line that names it")
    func tensors() throws {
        #expect(try problem { _ in } == "nothing is wrong")
        let query = "blk.0.attn_q.weight"
        #expect(try problem { $0.remove(query) } == "has no tensor blk.0.attn_q.weight")
        #expect(
            try problem { $0.remove("token_embd.weight") }
                == "has no table of tokens; looked for token_embd.weight")
        for name in [
            "blk.0.attn_q.bias", "blk.1.attn_q.weight", "blk.-1.attn_q.weight",
            "blk.00.attn_q.weight", "blk.0.rope_freqs.weight", "other",
        ] {
            let extra = GGUFParts.Tensor(
                name: name, extents: [1], data: [UInt8](repeating: 0, count: 4))
            #expect(
                try problem { $0.tensors.append(extra) }
                    == "has a tensor \(name), which is not supported")
        }
        #expect(
            try problem { $0.tensors.append($0.tensors[0]) }
                == "holds the tensor \(GGUFParts.small.get().tensors[0].name) twice")
        #expect(
            try problem { $0.change(query) { $0.extents = [96, 256] } }
                == "has blk.0.attn_q.weight of 256 x 96 numbers in Q4_K, which the file does not "
                + "hold")
        #expect(
            try problem { $0.change(query) { $0.extents = [256, 48] } }
                == "has blk.0.attn_q of 48 x 256 numbers, where its sizes ask for 96 x 256")
        #expect(
            try problem { $0.change(query) { $0.extents = [256] } }
                == "has blk.0.attn_q.weight of 1 dimensions, where 2 were expected")
        #expect(
            try problem { $0.change(query) { $0.type = 10 } }
                == "has blk.0.attn_q.weight in the format of number 10; supported are F32, F16, BF16, "
                + "Q8_0, Q4_0, Q4_1, Q4_K and Q6_K")
        for offset in [1 << 20, 1 << 59] {
            #expect(
                try problem { $0.change(query) { $0.offset = offset } }
                    == "has blk.0.attn_q.weight of 96 x 256 numbers in Q4_K, which the file does "
                    + "not hold")
        }
        #expect(
            try problem { $0.change(query) { $0.offset = -1 } }
                == "has a tensor at 18446744073709551615, beyond any file")
        // Products that overflow.
        for extents in [
            [1 << 59, 1 << 59], [256, 1 << 59], [1 << 40, 1 << 40], [0, 96], [256, 0],
        ] {
            #expect(
                try problem { $0.change(query) { $0.extents = extents } }
                    == "has blk.0.attn_q.weight of \(extents[1]) x \(extents[0]) numbers in Q4_K, "
                    + "which the file does not hold")
        }
        #expect(
            try problem { $0.change("output_norm.weight") { $0.extents = [1 << 59] } }
                == "has output_norm.weight of \(1 << 59) numbers, where its sizes ask for 256")
        #expect(
            try problem { $0.change("output_norm.weight") { $0.offset = 1 << 30 } }
                == "has output_norm.weight of 256 numbers in F32, which the file does not hold")
        #expect(
            try problem { $0.change("rope_freqs.weight") { $0.data[3] = 0xFF } }
                == "has rope_freqs that cannot be divided by")
        #expect(
            try problem { $0.change("token_embd.weight") { $0.extents[1] = 1_000_000_000 } }
                == "has a vocabulary of 1000000000; expected 1 to 4194304")
    }

    @Test("in big endian is refused, and so is what is no GGUF file")
    func order() throws {
        var bytes = try GGUFParts.small.get().bytes
        bytes.replaceSubrange(4..<8, with: [0, 0, 0, 3])
        #expect(problem(bytes).hasPrefix("says it holds "))
        var writer = GGUFWriter()
        writer.isBigEndian = true
        writer.values = [("general.architecture", .text("llama"))]
        #expect(
            problem(writer.bytes + [0])
                == "stores its weights big-endian, which is not supported")
        #expect(problem([]) == "is empty; a GGUF file was expected")
    }

    @Test("which is cut off is refused wherever that is")
    func prefixes() throws {
        let bytes = try GGUFParts.small.get().bytes
        var accepted: [Int] = []
        for length in stride(from: 0, to: bytes.count - 32, by: SlowTests.extent(3_001, of: 173))
        where problem(Array(bytes[..<length])) == "nothing is wrong" {
            accepted.append(length)
        }
        #expect(accepted == [])
    }
}
