import Foundation
import Testing

@Suite("headroom memory takes a model")
struct MemoryInputTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func write(_ data: Data, _ name: String) throws -> String {
        let url = folder.url.appendingPathComponent(name)
        try data.write(to: url)
        return url.path
    }

    private static let llama = """
        {"model_type": "llama", "_name_or_path": "meta/Own-8B", "num_hidden_layers": 32,
         "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 128,
         "max_position_embeddings": 131072, "torch_dtype": "bfloat16"}
        """

    @Test("A config.json is read from standard input, too")
    func standardInput() throws {
        let path = try folder.write(Self.llama, to: "config.json")
        for option in ["--config -", "-"] {
            let program = try Program.shell(
                "cat '\(path)' | \"$headroom\" memory \(option) --tokens 8192")
            #expect(program.errors == "" && program.status == 0)
            #expect(program.lines.first?.hasPrefix("Own-8B: GQA, 32 layers") == true)
        }
        let gguf = try Program.run("memory", "--gguf", "-")
        #expect(
            gguf.errors
                == "headroom: --gguf: GGUF is read by its path alone, not from standard input\n")
        let empty = try Program.shell("\"$headroom\" memory - < /dev/null")
        #expect(empty.errors == "headroom: standard input: is empty; JSON was expected\n")
        #expect(empty.status == 65)
    }

    @Test("A model in the Hub's cache is found by its id and its folder, and called by its name")
    func hubCache() throws {
        let root = folder.url.appending(path: "hub/models--own--Small-1B")
        let snapshot = root.appending(path: "snapshots/0123abcd")
        let refs = root.appending(path: "refs")
        for new in [snapshot, refs] {
            try FileManager.default.createDirectory(at: new, withIntermediateDirectories: true)
        }
        try Data("0123abcd".utf8).write(to: refs.appending(path: "main"))
        try Data(Self.llama.replacing("\"_name_or_path\": \"meta/Own-8B\", ", with: "").utf8)
            .write(to: snapshot.appending(path: "config.json"))
        try Data(#"{"quantization": {"kv_cache_quant_algo": "FP8"}}"#.utf8)
            .write(to: snapshot.appending(path: "hf_quant_config.json"))
        for name in [
            "own/Small-1B", "--config own/Small-1B", root.path, snapshot.path,
            "\(snapshot.path)/config.json",
        ] {
            let program = try Program.shell(
                "HF_HUB_CACHE='\(folder.url.path)/hub' \"$headroom\" memory \(name)")
            #expect(
                program.lines.first
                    == "Small-1B: GQA, 32 layers, 32 query heads on 8 K/V heads of 128",
                "\(name): \(program.errors)")
            #expect(program.output.contains("fp8 (bytes per number 1)"))
        }
        let wide = try Program.shell(
            "\"$headroom\" memory '\(snapshot.path)' --kv-dtype bfloat16")
        #expect(wide.output.contains("bf16 (bytes per number 2)"))
    }

    @Test("Where nothing says which of several snapshots or GGUF files is meant, one is asked for")
    func severalInCache() throws {
        let hub = folder.url.appending(path: "hub")
        func make(_ path: String, _ files: [String]) throws -> String {
            let new = hub.appending(path: path)
            try FileManager.default.createDirectory(at: new, withIntermediateDirectories: true)
            for file in files { try Data("GGUF".utf8).write(to: new.appending(path: file)) }
            return new.path
        }
        let first = try make("models--own--A/snapshots/aaa", [])
        _ = try make("models--own--A/snapshots/bbb", [])
        let second = try make(
            "models--own--B/snapshots/ccc", ["m-Q4.gguf", "m-Q8.gguf", "mmproj-m.gguf"])
        let third = try make(
            "models--own--C/snapshots/ddd",
            ["m-00001-of-00002.gguf", "m-00002-of-00002.gguf", "mmproj-m.gguf"])
        for (name, message, status) in [
            (
                "own/A",
                "models--own--A has 2 snapshots and no refs/main; give the path of one, as \(first)",
                64
            ),
            (
                "own/B",
                "\(second) holds 2 GGUF models; give the path of one, as \(second)/m-Q4.gguf", 64
            ),
            (
                "own/C",
                "\(third)/m-00001-of-00002.gguf: is not a GGUF file: it does not begin with GGUF "
                    + "and a whole header", 65
            ),
        ] as [(String, String, Int32)] {
            for place in [name, hub.path + "/models--" + name.replacing("/", with: "--")] {
                let program = try Program.shell(
                    "HF_HUB_CACHE='\(hub.path)' \"$headroom\" memory '\(place)'")
                #expect(program.errors == "headroom: \(message)\n")
                #expect(program.status == status)
            }
        }
    }

    @Test("Tokens may be counted in parts of K, formats and sizes written in any case")
    func spellings() throws {
        for (arguments, part) in [
            (["--tokens", "1.5K"], "1,536 tokens"), (["--kv-dtype", "FP8"], ", fp8 (bytes"),
            (["--gpu-memory", "24gb"], "In 24.0 GB (22.4 GiB)"),
        ] {
            let program = try Program.run(["memory", "llama3-8b"] + arguments)
            #expect(program.output.contains(part), "\(program.output)\(program.errors)")
        }
        for (arguments, message) in [
            (["--tokens", "1.3K"], "--tokens: s=1.3K: tokens must be a whole number"),
            (
                ["--gpu-memory", "24Gb"],
                "--gpu-memory: '24Gb' may be bits or bytes; write 24GB for bytes"
            ),
            (
                ["--compare", "1.5Mib"],
                "--compare: '1.5Mib' may be bits or bytes; write 1.5MiB for bytes"
            ),
        ] {
            let program = try Program.run(["memory", "llama3-8b"] + arguments)
            #expect(program.errors == "headroom: \(message)\n")
        }
    }

    @Test("A comma parts thousands, and is refused with the right form where it cannot")
    func commas() throws {
        let right = try Program.run("memory", "llama3-8b", "--tokens", "131,072")
        #expect(right.lines.contains("131,072 tokens, batch 1, bytes per number 2"))
        let rule = "a comma stands before groups of three digits only"
        for (option, text, form) in [
            ("--kv-budget", "5,38GiB", "write 5.38GiB"), ("--compare", "1,5GiB", "write 1.5GiB"),
            ("--tokens", "1,5K", "write 1.5K"), ("--bytes", "0,5", "write 0.5"),
            ("--compare", "0,538GiB", "write 0.538GiB"),
            ("--gpu-memory", "1,,5GiB", "as in 1,024 or 1.5"),
            ("--tokens", "1,0,2,4", "as in 1,024 or 1.5"), ("--batch", "1,6", "write 1.6"),
        ] {
            let program = try Program.run("memory", "llama3-8b", option, text)
            #expect(program.errors == "headroom: \(option): '\(text)': \(rule); \(form)\n")
            #expect(program.status == 64 && program.output == "")
        }
        let option = try Program.run(
            "memory", "gpt2", "--engine", "vllm", "--engine-option", "block-size=1,6")
        #expect(option.status == 64 && option.errors.contains("block-size=1,6: must be"))
    }

    @Test(
        "Another figure is held against every size that is shown, and the one it is is named",
        arguments: [
            ("deepseek-v3.2", "642MB", [], "all that is kept, with its index keys", "total_bytes"),
            ("qwen3.5-27b", "8.74GB", [], "all that is kept, with its states", "total_bytes"),
            (
                "llama3.1-8b", "256MiB", ["--gpus", "4"], "what each of 4 GPUs holds",
                "per_gpu.bytes"
            ),
            (
                "llama3.1-8b", "2.00GiB", ["--gpus", "16"], "what 16 GPUs hold together",
                "per_gpu.total_bytes"
            ),
            (
                "gpt-oss-20b", "384MiB", ["--engine", "vllm"], "what vLLM keeps", "engine.bytes"
            ),
            ("llama3.1-8b", "1.00GiB", ["--gpus", "4"], "the same", "needed_bytes"),
        ])
    func otherSizes(
        model: String, figure: String, options: [String], words: String, member: String
    ) throws {
        let tokens = model == "qwen3.5-27b" ? "131072" : "8192"
        let arguments = ["memory", model, "--tokens", tokens, "--compare", figure] + options
        let program = try Program.run(arguments)
        let verdict = try #require(program.lines.first { $0.hasPrefix("The other figure") })
        #expect(verdict.contains("), is \(words)"), "\(verdict)")
        #expect(!program.output.contains("No common mistake"))
        let json = try Program.run(arguments + ["--json"]).output
        #expect(json.contains(#""agrees":true,"agrees_with":"\#(member)","causes":[]"#))
    }

    @Test("A figure of few digits is no agreement where it is more than 1 % off, which is said")
    func roundedFigures() throws {
        for (tokens, figure, lines) in [
            (
                "8192", "1GB",
                [
                    "The other figure, 1.00 GB (954 MiB), is 6.87 % less than ours.",
                    "  It wrote GB for GiB.",
                    "  Rounded to 1 digit ours is that figure, too: more digits would tell.",
                ]
            ),
            (
                "8000", "1GiB",
                [
                    "The other figure, 1.07 GB (1.00 GiB), is 2.40 % more than ours.",
                    "Rounded to 1 digit ours is that figure, too: more digits would tell.",
                ]
            ),
            (
                "8192", "1.07GB",
                ["The other figure, 1.07 GB (1,020 MiB), is the same, rounded to 3 digits."]
            ),
            ("8192", "1GiB", ["The other figure, 1.07 GB (1.00 GiB), is the same."]),
        ] {
            let program = try Program.run(
                "memory", "llama3.1-8b", "--tokens", tokens, "--compare", figure)
            let start = try #require(program.lines.firstIndex { $0.hasPrefix("The other") })
            #expect(Array(program.lines[start...].prefix(lines.count)) == lines)
            #expect(program.lines[start + lines.count] == "", "\(program.output)")
        }
    }

    @Test("A config file of another name is called by it, and config.json by its folder")
    func ownName() throws {
        let text = Self.llama.replacing("\"_name_or_path\": \"meta/Own-8B\", ", with: "")
        for (file, name) in [
            ("q3next.json", "q3next"), ("mine", "mine"),
            ("config.json", folder.url.lastPathComponent),
        ] {
            let program = try Program.run("memory", "--config", try folder.write(text, to: file))
            #expect(program.lines.first?.hasPrefix("\(name): GQA, 32 layers") == true)
        }
    }

    @Test("Index keys of sparse attention are a line of their own, and in the total")
    func indexKeys() throws {
        let path = try folder.write(
            """
            {"model_type": "deepseek_v32", "num_hidden_layers": 61, "num_attention_heads": 128,
             "hidden_size": 7168, "kv_lora_rank": 512, "qk_rope_head_dim": 64,
             "index_topk": 2048, "torch_dtype": "bfloat16"}
            """, to: "config.json")
        let program = try Program.run("memory", path, "--tokens", "32K")
        // 61 layers of 132 bytes, and 1,152 of latents.
        for line in [
            "Attention needs      2.30 GB (2.14 GiB) = 2,302,672,896 bytes",
            "Its index keys take  264 MB (252 MiB) = 263,847,936 bytes",
            "Together             2.57 GB (2.39 GiB) = 2,566,520,832 bytes",
        ] {
            #expect(program.lines.contains(line), "\(program.output)")
        }
        let long = try Program.run(
            "memory", path, "--tokens", "32K", "--explain", "--gpu-memory", "80GB")
        for line in [
            "    index keys       =   263,847,936  bytes",
            "    together         = 2,566,520,832  bytes",
            "  this cache           2.57 GB (2.39 GiB), fits",
            "  of it                index keys 264 MB (252 MiB)",
        ] {
            #expect(long.lines.contains(line), "\(long.output)")
        }
        let json = try Program.run("memory", path, "--tokens", "32K", "--json").output
        #expect(json.contains(#""needed_bytes":2302672896,"#))
        #expect(
            json.contains(#""index_bytes":263847936,"state_bytes":0,"total_bytes":2566520832,"#))
    }

    @Test("The parts of a split GGUF file are summed")
    func splitFile() throws {
        func part(_ number: Int) -> Data {
            var bytes = Array("GGUF".utf8)
            func append(_ value: Int, _ size: Int) {
                bytes += (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
            }
            func append(_ text: String) {
                append(text.utf8.count, 8)
                bytes += text.utf8
            }
            let values = [
                ("split.no", number), ("split.count", 2), ("llama.block_count", 2),
                ("llama.embedding_length", 64), ("llama.attention.head_count", 2),
            ]
            append(3, 4)
            append(1, 8)
            append(values.count + 1, 8)
            append("general.architecture")
            append(8, 4)
            append("llama")
            for (key, value) in values {
                append(key)
                append(4, 4)
                append(value, 4)
            }
            append("part\(number)")
            append(1, 4)
            append(8, 8)
            append(0, 4)
            append(0, 8)
            bytes += [UInt8](repeating: 0, count: (32 - bytes.count % 32) % 32 + 500)
            return Data(bytes)
        }
        let path = try write(part(0), "own-00001-of-00002.gguf")
        let alone = try Program.run("memory", path, "--gpu-memory", "1GB")
        #expect(alone.output.contains("Part 1 of 2: the weights of the others are not known."))
        let misnamed = try write(part(0), "own-00001-of-00003.gguf")
        let other = try Program.run("memory", misnamed)
        #expect(
            other.output.contains(
                "Its name says part 1 of 3, split.count 2: its weights are not known."))
        _ = try write(part(1), "own-00002-of-00002.gguf")
        let both = try Program.run("memory", path, "--gpu-memory", "1GB")
        #expect(
            both.lines.contains {
                $0.hasPrefix(
                    "  weights              1.00 kB (1,000 B) (the bytes after the headers")
            }, "\(both.output)")
    }
}
