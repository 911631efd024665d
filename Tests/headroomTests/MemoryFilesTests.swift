import Foundation
import Testing

@Suite("headroom memory on files")
struct MemoryFilesTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func write(_ text: String, _ name: String = "config.json") throws -> String {
        try write(Data(text.utf8), name)
    }

    private func write(_ data: Data, _ name: String) throws -> String {
        let url = folder.url.appendingPathComponent(name)
        try data.write(to: url)
        return url.path
    }

    private static let llama = """
        {"model_type": "llama", "_name_or_path": "meta/Own-8B", "num_hidden_layers": 32, "num_attention_heads": 32,
         "num_key_value_heads": 8, "head_dim": 128, "max_position_embeddings": 131072,
         "torch_dtype": "bfloat16"}
        """

    @Test("A config.json is sized, explained, spread, fitted and compared")
    func everything() throws {
        let path = try write(Self.llama)
        let program = try Program.run(
            "memory", "--config", path, "--tokens", "8192", "--explain", "--gpus", "4",
            "--gpu-memory", "24GB", "--weights", "16GB", "--compare", "8.0GiB")
        #expect(program.status == 0 && program.errors == "")
        #expect(
            program.output == """
                Own-8B: GQA, 32 layers, 32 query heads on 8 K/V heads of 128
                8,192 tokens, batch 1, bf16 (bytes per number 2)

                Attention needs      1.07 GB (1.00 GiB) = 1,073,741,824 bytes
                A token takes        131 kB (128 KiB) in all layers

                     K/V heads  total               times less
                MHA         32  4.29 GB (4.00 GiB)           1
                GQA          8  1.07 GB (1.00 GiB)           4  <- this model
                MQA          1  134 MB (128 MiB)            32

                How it is computed
                  layers                        32  num_hidden_layers
                  K/V heads        x             8  num_key_value_heads
                  head width       x           128  head_dim
                  key and value    x             2  each K/V head keeps both
                  bytes per number x             2  bf16: torch_dtype
                  a token          =       131,072  bytes in all layers
                  tokens           x         8,192  --tokens
                  batch            x             1  default of --batch
                  all              = 1,073,741,824  bytes

                Each of 4 GPUs holds  268 MB (256 MiB) = 268,435,456 bytes
                  2 of 8 K/V heads on each.
                  Together 1.07 GB (1.00 GiB).

                In 24.0 GB (22.4 GiB) on each GPU
                  weights              4.00 GB (3.73 GiB) (--weights, on 4 GPUs)
                  left                 20.0 GB (18.6 GiB)
                  this cache           268 MB (256 MiB), fits
                  longest context      610,351 tokens at batch 1; the model's ends at 131,072
                  most requests        74.5 requests of 8,192 tokens
                  largest g that fits  32 of 32, MHA
                  widest numbers       f32 (4 bytes)

                The other figure, 8.59 GB (8.00 GiB), is 8 times ours.
                  It counted the 32 query heads as K/V heads, where there are 8, and took 4
                    bytes per number, not 2.

                """)
    }

    @Test("The JSON adds what was resolved, kept, spread and fitted, and the layers")
    func json() throws {
        let path = try write(
            """
            {"model_type": "gpt_oss", "num_hidden_layers": 2, "num_attention_heads": 4,
             "num_key_value_heads": 2, "hidden_size": 64, "head_dim": 64, "sliding_window": 8, "layer_types":
             ["sliding_attention", "full_attention"], "torch_dtype": "float16"}
            """)
        let program = try Program.run(
            "memory", "--config", path, "--tokens", "16", "--gpus", "4", "--gpu-memory", "1MB",
            "--json")
        #expect(
            program.output
                == #"{"inputs":{"layers":2,"batch":1,"query_heads":4,"kv_heads":2,"head_dim":64,"#
                + #""tokens":16,"bytes_per_number":2,"window_layers":1,"window":8},"variants":{"#
                + #""mha":{"kv_heads":4,"bytes_per_token":2048,"bytes":24576},"#
                + #""gqa":{"kv_heads":2,"bytes_per_token":1024,"bytes":12288},"#
                + #""mqa":{"kv_heads":1,"bytes_per_token":512,"bytes":6144}},"kv_dtype":"f16","#
                + #""resolved":[{"field":"layers","value":2,"rule":"num_hidden_layers"},"#
                + #"{"field":"query_heads","value":4,"rule":"num_attention_heads"},"#
                + #"{"field":"kv_heads","value":2,"rule":"num_key_value_heads"},"#
                + #"{"field":"head_dim","value":64,"rule":"head_dim"},"#
                + #"{"field":"layer_kinds","value":"1 full, 1 window","rule":"layer_types"},"#
                + #"{"field":"window","value":8,"rule":"sliding_window"},"#
                + #"{"field":"kv_dtype","value":"f16","rule":"torch_dtype"}],"#
                + #""needed_bytes":12288,"index_bytes":0,"state_bytes":0,"#
                + #""total_bytes":12288,"per_gpu":{"gpus":4,"kv_heads":1,"#
                + #""copies":2,"bytes":6144,"total_bytes":24576},"fits":{"memory_bytes":1000000,"utilization":1.0000,"#
                + #""weights_bytes":null,"free_bytes":1000000,"fits":true,"max_tokens":3898,"#
                + #""max_batch":162,"requests":162.7604,"max_kv_heads":4,"widest_kv_dtype":"f32"},"engine":null,"#
                + #""schema":1,"model":"\#(folder.url.lastPathComponent)","unknown_family":null,"layers":["window","full"],"remarks":[]}"#
                + "\n")
    }

    @Test("A folder is read by its config.json, and its weights by their header")
    func folderWithWeights() throws {
        _ = try write(Self.llama)
        let header = #"{"w":{"dtype":"F16","shape":[500],"data_offsets":[0,1000]}}"#
        var data = Data([UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0])
        data += Data(header.utf8) + Data(count: 1000)
        _ = try write(data, "model.safetensors")
        let program = try Program.run(
            "memory", "--config", folder.url.path, "--gpu-memory", "1GB")
        #expect(program.status == 0)
        #expect(
            program.lines.contains(
                "  weights              1.00 kB (1,000 B) (header of model.safetensors)"))
        _ = try write(
            #"{"metadata": {"total_size": 5000000000}, "weight_map": {"w": "x"}}"#,
            "model.safetensors.index.json")
        let indexed = try Program.run(
            "memory", "--config", folder.url.path, "--gpu-memory", "1GB")
        #expect(
            indexed.lines.contains("  left                 nothing: the weights alone do not fit"))
    }

    @Test("Weights that cannot be read are a remark, and a refused index tells no size")
    func refusedWeights() throws {
        _ = try write(Self.llama)
        _ = try write(Data(repeating: 0x50, count: 100), "model.safetensors")
        let single = try Program.run("memory", "--config", folder.url.path, "--json")
        #expect(single.status == 0)
        #expect(
            single.output.contains(
                "Its weights are not known: model.safetensors is not a safetensors file"))
        _ = try write(
            #"{"metadata": {"total_size": 5000000000}, "weight_map": {"w": "../x"}}"#,
            "model.safetensors.index.json")
        let indexed = try Program.run("memory", "--config", folder.url.path, "--json")
        #expect(indexed.status == 0)
        #expect(
            indexed.output.contains(
                "Its weights are not known: model.safetensors.index.json places 'w' in no file"))
        #expect(!indexed.output.contains("5000000000"))
    }

    @Test("A GGUF header of any version and byte order is read", arguments: [false, true])
    func gguf(isBigEndian: Bool) throws {
        var bytes = Array("GGUF".utf8)
        func number(_ value: Int, _ size: Int) {
            let own = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
            bytes += isBigEndian ? own.reversed() : own
        }
        func text(_ text: String) {
            number(text.utf8.count, 8)
            bytes += text.utf8
        }
        number(3, 4)
        number(0, 8)
        number(5, 8)
        text("general.architecture")
        number(8, 4)
        text("llama")
        for (key, value) in [
            ("block_count", 32), ("embedding_length", 4096), ("attention.head_count", 32),
            ("attention.head_count_kv", 8),
        ] {
            text("llama.\(key)")
            number(4, 4)
            number(value, 4)
        }
        let path = try write(Data(bytes), "model.gguf")
        let program = try Program.run("memory", "--gguf", path, "--tokens", "8192")
        #expect(
            program.lines.first
                == "model.gguf: GQA, 32 layers, 32 query heads on 8 K/V heads of 128")
        #expect(program.lines.contains { $0.hasSuffix("= 1,073,741,824 bytes") })
    }

    @Test(
        "What is wrong with a file is one line with its name and field, and status 65",
        arguments: [
            ("", "is empty; JSON was expected"),
            (
                #"{"num_hidden_layers": 32, "num_att"#,
                "is not JSON: at byte 34, the end of a text was expected"
            ),
            (
                String(repeating: "[", count: 10_000),
                "is not JSON: at byte 513, nesting deeper than 512 levels"
            ),
            (
                #"{"num_hidden_layers": "many"}"#,
                #"num_hidden_layers is the text "many"; expected a whole number from 1 to "#
                    + "10,000"
            ),
            (
                #"{"num_hidden_layers": -1}"#,
                "num_hidden_layers is -1; expected a whole number from 1 to 10,000"
            ),
            (
                #"{"num_hidden_layers": 1.5}"#,
                "num_hidden_layers is 1.5; expected a whole number from 1 to 10,000"
            ),
            (
                #"{"num_hidden_layers": 1e99}"#,
                "num_hidden_layers is 1e+99; expected a whole number from 1 to 10,000"
            ),
        ])
    func badConfigs(text: String, message: String) throws {
        let path = try write(text)
        let program = try Program.run("memory", "--config", path)
        #expect(program.errors == "headroom: \(path): \(message)\n")
        #expect(program.output == "" && program.status == 65)
    }

    @Test("A GGUF file that counts to 2^60 takes no memory on its word")
    func hugeCount() throws {
        var bytes = Array("GGUF".utf8) + [3, 0, 0, 0]
        bytes += [UInt8](repeating: 0, count: 15) + [0x10]
        let path = try write(Data(bytes), "huge.gguf")
        let program = try Program.run("memory", "--gguf", path)
        #expect(
            program.errors
                == "headroom: \(path): says it holds 1152921504606846976 values, which cannot fit "
                + "in its 24 bytes\n")
        #expect(program.status == 65)
    }

    @Test("A JSON of 200 MB is refused unread")
    func largeFile() throws {
        let path = try write("{")
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.truncate(atOffset: 200_000_000)
        try file.close()
        let program = try Program.run("memory", "--config", path)
        #expect(
            program.errors
                == "headroom: \(path): holds 200000000 bytes; up to 33554432 of JSON are read\n")
        #expect(program.status == 65)
    }

    @Test("A file that cannot be opened is one line with status 66")
    func notOpened() throws {
        let missing = folder.url.appendingPathComponent("none.json").path
        let pipe = folder.url.appendingPathComponent("pipe").path
        #expect(mkfifo(pipe, 0o600) == 0)
        for (arguments, message) in [
            (["--config", missing], "\(missing): no such file or directory"),
            (["--gguf", missing], "\(missing): no such file or directory"),
            (
                ["--config", folder.url.path],
                "\(folder.url.path)/config.json: no such file or directory"
            ), (["--gguf", folder.url.path], "\(folder.url.path): is a folder"),
            (["--config", pipe], "\(pipe): is not a regular file"),
        ] {
            let program = try Program.run(["memory"] + arguments)
            #expect(program.errors == "headroom: \(message)\n")
            #expect(program.output == "" && program.status == 66)
        }
    }

    @Test("A file without permission is one line with status 66", .enabled(if: getuid() != 0))
    func forbidden() throws {
        let path = try write(Self.llama)
        #expect(chmod(path, 0) == 0)
        let program = try Program.run("memory", "--config", path)
        #expect(program.errors == "headroom: \(path): permission denied\n")
        #expect(program.status == 66)
    }

    @Test("No text of a file reaches the terminal as a command")
    func noCommands() throws {
        let path = try write(
            #"{"_name_or_path": "a\u001b[2Jb\u202ec", "num_hidden_layers": 2, "#
                + #""num_attention_heads": 4, "head_dim": 64}"#)
        let program = try Program.run("memory", "--config", path)
        #expect(program.lines.first?.hasPrefix("a[2Jbc: MHA, 2 layers") == true)
        let bad = try write(#"{"num_hidden_layers": "\u001b[2J\n3"}"#)
        let refused = try Program.run("memory", "--config", bad)
        #expect(!refused.errors.unicodeScalars.contains { $0.value == 0x1B })
        #expect(refused.errors.split(separator: "\n").count == 1)
    }
}
