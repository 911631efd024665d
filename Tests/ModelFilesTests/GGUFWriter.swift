import ModelFiles

/// Writes GGUF headers for tests, in every version and byte order.
struct GGUFWriter {
    /// A value with its type in the file.
    enum Value: Sendable {
        case u32(Int)
        case u64(Int)
        case flag(Bool)
        case text(String)
        case numbers([Int])
        case flags([Bool])
        case texts([String])
        case real(Float)
    }

    var version = 3
    var isBigEndian = false
    var values: [(key: String, value: Value)] = []
    /// Names of tensors of 32 bytes each.
    var tensors: [String] = []

    var bytes: [UInt8] {
        var out = Array("GGUF".utf8)
        append(version, 4, to: &out)
        append(tensors.count, lengthBytes, to: &out)
        append(values.count, lengthBytes, to: &out)
        for (key, value) in values {
            append(key, to: &out)
            append(value, to: &out)
        }
        for (index, name) in tensors.enumerated() {
            append(name, to: &out)
            append(1, 4, to: &out)
            append(8, lengthBytes, to: &out)
            append(0, 4, to: &out)
            append(index * 32, 8, to: &out)
        }
        if !tensors.isEmpty {
            out += [UInt8](repeating: 0, count: (32 - out.count % 32) % 32 + tensors.count * 32)
        }
        return out
    }

    private var lengthBytes: Int { version == 1 ? 4 : 8 }

    private func append(_ number: Int, _ size: Int, to out: inout [UInt8]) {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        out += isBigEndian ? bytes.reversed() : bytes
    }

    private func append(_ text: String, to out: inout [UInt8]) {
        append(text.utf8.count, lengthBytes, to: &out)
        out += text.utf8
    }

    private func append(_ value: Value, to out: inout [UInt8]) {
        func list(_ type: Int, _ count: Int) {
            append(9, 4, to: &out)
            append(type, 4, to: &out)
            append(count, lengthBytes, to: &out)
        }
        switch value {
        case .u32(let number):
            append(4, 4, to: &out)
            append(number, 4, to: &out)
        case .u64(let number):
            append(10, 4, to: &out)
            append(number, 8, to: &out)
        case .flag(let flag):
            append(7, 4, to: &out)
            append(flag ? 1 : 0, 1, to: &out)
        case .text(let text):
            append(8, 4, to: &out)
            append(text, to: &out)
        case .real(let real):
            append(6, 4, to: &out)
            append(Int(real.bitPattern), 4, to: &out)
        case .numbers(let numbers):
            list(5, numbers.count)
            for number in numbers { append(number, 4, to: &out) }
        case .flags(let flags):
            list(7, flags.count)
            for flag in flags { append(flag ? 1 : 0, 1, to: &out) }
        case .texts(let texts):
            list(8, texts.count)
            for text in texts { append(text, to: &out) }
        }
    }
}

extension ModelFacts {
    /// A GGUF header of our own for this model, with the keys that its family's files have.
    var gguf: GGUFWriter {
        var writer = GGUFWriter()
        let name = architecture
        func add(_ key: String, _ value: GGUFWriter.Value) {
            writer.values.append(("\(name).\(key)", value))
        }
        writer.values.append(("general.architecture", .text(name)))
        writer.values.append(("general.name", .text(id)))
        writer.values.append(("tokenizer.ggml.tokens", .texts(["a", "bc", ""])))
        add("block_count", .u32(layers))
        add("embedding_length", .u32(hiddenSize))
        add("context_length", .u64(4096))
        add("attention.head_count", .u32(queryHeads))
        add("attention.layer_norm_rms_epsilon", .real(1e-5))
        if let latent {
            add("attention.head_count_kv", .u32(1))
            add("attention.kv_lora_rank", .u32(latent.rank))
            add("attention.key_length", .u32(latent.rank + latent.rotary))
            add("attention.value_length", .u32(latent.rank))
            add("attention.key_length_mla", .u32(192))
            add("attention.value_length_mla", .u32(128))
            add("rope.dimension_count", .u32(latent.rotary))
            return writer
        }
        addHeads { key, value in add(key, value) }
        if let window, family != .llama4 { add("attention.sliding_window", .u32(window)) }
        switch family {
        case .gemma4:
            add(
                "attention.sliding_window_pattern",
                .flags((0..<layers).map { ($0 + 1) % every != 0 }))
            if shared > 0 { add("attention.shared_kv_layers", .u32(shared)) }
            add("attention.key_length_swa", .u32(headDimension))
            add("attention.value_length_swa", .u32(headDimension))
        case .qwen3Next: add("full_attention_interval", .u32(4))
        case .lfm2: add("shortconv.l_cache", .u32(3))
        default: break
        }
        writer.tensors = ["token_embd.weight", "output.weight"]
        return writer
    }

    private func addHeads(_ add: (String, GGUFWriter.Value) -> Void) {
        switch family {
        case .gemma4:
            add(
                "attention.head_count_kv",
                .numbers((0..<layers).map { ($0 + 1) % every == 0 ? fullHeads : keyValueHeads }))
            add("attention.key_length", .u32(512))
            add("attention.value_length", .u32(512))
        case .lfm2:
            add(
                "attention.head_count_kv",
                .numbers((0..<layers).map { Self.attending.contains($0) ? keyValueHeads : 0 }))
        default:
            // Files of models without groups leave the key out.
            if keyValueHeads < queryHeads {
                add("attention.head_count_kv", .u32(keyValueHeads))
            }
            if headDimension * queryHeads != hiddenSize {
                add("attention.key_length", .u32(headDimension))
                add("attention.value_length", .u32(headDimension))
            }
        }
    }

    private var architecture: String {
        switch family {
        case .gpt2: "gpt2"
        case .falcon: "falcon"
        case .bigCode: "starcoder"
        case .gemma2: "gemma2"
        case .gemma3: "gemma3"
        case .gemma4: "gemma4"
        case .gptOSS: "gpt-oss"
        case .llama4: "llama4"
        case .qwen3Next: "qwen3next"
        case .qwen35: "qwen35"
        case .lfm2: "lfm2"
        case .deepSeek, .longCat, .kimiVL: "deepseek2"
        default: "llama"
        }
    }
}
