import Foundation
import Testing

@Suite("headroom memory")
struct MemoryCommandTests {
    @Test(
        "The JSON begins with its inputs and variants, keys in order",
        arguments: [
            (
                ["--json"],
                #"{"inputs":{"layers":96,"batch":1,"query_heads":96,"kv_heads":8,"head_dim":128,"#
                    + #""tokens":1024,"bytes_per_number":2},"variants":{"#
                    + #""mha":{"kv_heads":96,"bytes_per_token":4718592,"bytes":4831838208},"#
                    + #""gqa":{"kv_heads":8,"bytes_per_token":393216,"bytes":402653184},"#
                    + #""mqa":{"kv_heads":1,"bytes_per_token":49152,"bytes":50331648}}}"#
            ),
            (
                ["--json", "--state", "l=61,n=128,g=8,h=128,s=100000,bytes=0.5,c=512,r=64"],
                #"{"inputs":{"layers":61,"batch":1,"query_heads":128,"kv_heads":8,"head_dim":128,"#
                    + #""tokens":100000,"bytes_per_number":0.5,"latent":512,"rotary":64},"#
                    + #""variants":{"#
                    + #""mha":{"kv_heads":128,"bytes_per_token":999424,"bytes":99942400000},"#
                    + #""gqa":{"kv_heads":8,"bytes_per_token":62464,"bytes":6246400000},"#
                    + #""mqa":{"kv_heads":1,"bytes_per_token":7808,"bytes":780800000},"#
                    + #""mla":{"latent":512,"rotary":64,"bytes_per_token":17568,"#
                    + #""bytes":1756800000}}}"#
            ),
            (
                ["--json", "--model", "gpt-oss-20b", "--tokens", "8192", "--batch", "32"],
                #"{"inputs":{"layers":24,"batch":32,"query_heads":64,"kv_heads":8,"head_dim":64,"#
                    + #""tokens":8192,"bytes_per_number":2,"window_layers":12,"window":128},"#
                    + #""variants":{"#
                    + #""mha":{"kv_heads":64,"bytes_per_token":393216,"bytes":52344913920},"#
                    + #""gqa":{"kv_heads":8,"bytes_per_token":49152,"bytes":6543114240},"#
                    + #""mqa":{"kv_heads":1,"bytes_per_token":6144,"bytes":817889280}}}"#
            ),
            (
                ["--json", "--model", "gemma4-31b", "--tokens", "32,768"],
                #"{"inputs":{"layers":60,"batch":1,"query_heads":32,"kv_heads":null,"#
                    + #""head_dim":null,"tokens":32768,"bytes_per_number":2,"layer_runs":["#
                    + #"{"layers":50,"kv_heads":16,"head_dim":256,"window":1024},"#
                    + #"{"layers":10,"kv_heads":4,"head_dim":512}]},"variants":{"#
                    + #""gqa":{"bytes_per_token":901120,"bytes":3523215360}}}"#
            ),
            (
                ["--json", "--model", "longcat-flash", "--bytes", "1"],
                #"{"inputs":{"layers":56,"batch":1,"query_heads":64,"kv_heads":64,"#
                    + #""head_dim":null,"tokens":1024,"bytes_per_number":1,"latent":512,"#
                    + #""rotary":64},"variants":{"mla":{"latent":512,"rotary":64,"#
                    + #""bytes_per_token":32256,"bytes":33030144}}}"#
            ),
        ])
    func json(arguments: [String], expected: String) throws {
        let program = try Program.run(["memory"] + arguments)
        #expect(program.output.hasPrefix(expected.dropLast() + ",\"kv_dtype\":"))
        #expect(program.errors == "")
        #expect(program.status == 0)
        _ = try JSONSerialization.jsonObject(with: Data(program.output.utf8))
    }

    @Test("Without arguments it is GPT-3 with 8 K/V heads and 1,024 tokens, as a table")
    func table() throws {
        let program = try Program.run("memory")
        #expect(
            program.output == """
                GPT-3 175B as in the lessons
                l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2

                     g x n/g  per token  total               times less
                MHA   96 x 1    4.72 MB  4.83 GB (4.50 GiB)           1
                GQA   8 x 12     393 kB  403 MB (384 MiB)            12
                MQA   1 x 96    49.2 kB  50.3 MB (48.0 MiB)          96

                g x n/g: K/V heads x query heads on each.

                      l * b * g * h * s * 2 (K and V) * bytes per number
                MHA = 96 * 1 * 96 * 128 * 1,024 * 2 * 2 = 4,831,838,208 bytes
                GQA = 96 * 1 * 8 * 128 * 1,024 * 2 * 2 = 402,653,184 bytes
                MQA = 96 * 1 * 1 * 128 * 1,024 * 2 * 2 = 50,331,648 bytes

                """)
        #expect(program.errors == "")
    }

    @Test("A model with windows is drawn, sized and compared, with doubts and sources")
    func modelTable() throws {
        let program = try Program.run("memory", "--model", "gpt-oss-20b", "--tokens", "8192")
        #expect(
            program.output == """
                gpt-oss-20b: GQA+window, 24 layers, 64 query heads on 8 K/V heads of 64
                8,192 tokens, batch 1, bytes per number 2

                    0  w#w#w#w#w#w#w#w#w#w#w#w#
                       # 12 full    w 12 window of 128 tokens

                Attention needs      204 MB (195 MiB) = 204,472,320 bytes
                A token takes        49.2 kB (48.0 KiB) while no window is full

                     K/V heads  total               times less
                MHA         64  1.64 GB (1.52 GiB)           1
                GQA          8  204 MB (195 MiB)             8  <- this model
                MQA          1  25.6 MB (24.4 MiB)          64

                - The head width is 64, not hidden size / query heads = 45.
                - Doubtful: The parameter count has no source here.
                - Source:
                  vllm-project/vllm:tests/config/base_model_arch_groundtruth.json@1ac8cdb4c760;
                  huggingface.co cryptonaut/AltiMind-sft/config.json

                """)
    }

    @Test("Of two mistakes as likely the one that gives the very figure comes first")
    func likelierMistake() throws {
        let program = try Program.run(
            "memory", "--model", "gpt-oss-20b", "--tokens", "8192", "--batch", "32",
            "--compare", "12GiB")
        let line = try #require(program.lines.firstIndex { $0.hasPrefix("The other figure") })
        #expect(
            program.lines[(line + 1)...(line + 2)] == [
                "  It ignored that 12 layers keep a window only.",
                "  Or it took 4 bytes per number, not 2.",
            ])
    }

    @Test("A model of two layer shapes is sized, and says why it is not compared")
    func twoShapes() throws {
        let program = try Program.run("memory", "--model", "gemma4-31b", "--tokens", "32768")
        #expect(
            program.lines.prefix(12) == [
                "Gemma-4-31B: GQA+window, 60 layers, 32 query heads on 16 K/V heads of 256 or 4",
                "  K/V heads of 512", "32,768 tokens, batch 1, bytes per number 2", "",
                "    0  " + String(repeating: "wwwww#", count: 10),
                "       # 10 full    w 50 window of 1,024 tokens", "",
                "Attention needs      3.52 GB (3.28 GiB) = 3,523,215,360 bytes",
                "A token takes        901 kB (880 KiB) while no window is full", "",
                "No comparison with MHA and MQA: its layers do not all have the same K/V heads.",
                "",
            ])
    }

    @Test("Numbers beyond the model's context are given, and said to be beyond it")
    func beyondContext() throws {
        let program = try Program.run("memory", "--model", "gpt2", "--tokens", "2048")
        #expect(
            program.lines.prefix(11) == [
                "GPT-2 small: MHA, 12 layers, 12 query heads on 12 K/V heads of 64",
                "2,048 tokens, batch 1, bytes per number 2", "",
                "Attention needs      75.5 MB (72.0 MiB) = 75,497,472 bytes",
                "A token takes        36.9 kB (36.0 KiB) in all layers", "",
                "     K/V heads  total               times less",
                "MHA         12  75.5 MB (72.0 MiB)           1  <- this model",
                "MQA          1  6.29 MB (6.00 MiB)          12", "",
                "- Its context ends at 1,024 tokens.",
            ])
    }

    @Test("A model may be named alone, and tokens and sizes by their letters")
    func shortly() throws {
        let long = try Program.run(
            "memory", "--model", "llama3.1-8b", "--tokens", "131072", "--gpu-memory", "24GiB")
        for name in ["llama3.1-8b", "meta-llama/Llama-3.1-8B-Instruct"] {
            let short = try Program.run(
                "memory", name, "--tokens", "128K", "--gpu-memory", "24G")
            #expect(short.status == 0 && short.output == long.output, "\(short.errors)")
        }
        #expect(long.output.contains("131,072 tokens") && long.output.contains("24.0 GiB"))
    }

    @Test("No table is wider than 80 columns, whatever the numbers")
    func narrow() throws {
        let wild = "l=999999,b=9,n=65536,g=4096,h=99,s=999,bytes=0.5,c=9999,r=999,wl=888888,w=99"
        for arguments in [
            ["--state", wild], ["--state", "l=1,n=1,h=1,s=1"],
            ["--model", "deepseek-v3", "--tokens", "100000"], ["--model", "gemma4-31b"],
            ["--model", "longcat-flash"], ["--model", "qwen3-next-80b", "--explain"],
            ["--state", wild, "--explain", "--gpus", "4096", "--gpu-memory", "80GB"],
            [
                "--model", "gemma4-31b", "--explain", "--gpus", "8", "--gpu-memory", "80GB",
                "--compare", "13.34GiB",
            ],
        ] {
            let program = try Program.run(["memory"] + arguments)
            #expect(program.status == 0)
            #expect(program.lines.map(\.count).max() ?? 0 <= 80, "\(arguments)")
        }
    }

    @Test(
        "What is wrong is one line on stderr with status 64, and nothing else",
        arguments: [
            (
                ["--model", "lama3-8b"],
                "no model 'lama3-8b'; the nearest is 'llama3-8b' (headroom models lists them)"
            ),
            (
                ["--model", "gpt2", "--state", "l=1"],
                "--model and --state exclude each other: give one of them"
            ),
            (
                ["--state", "l=96,n=96,g=7,h=128,s=1"],
                "--state: g=7: K/V heads must divide the 96 query heads "
                    + "(1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 96)"
            ),
            (
                ["--state", "l=96,n=96,s=1"],
                "--state: h (head width) is missing; a whole setting is "
                    + "l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2"
            ),
            (
                ["--state", "l=96,k=1"],
                "--state: 'k' is not a parameter; they are l, b, n, g, h, s, bytes, c, r, wl, w"
            ),
            (["--state", ""], "--state: '' is not of the form letter=number, as in g=8"),
            (
                ["--state", "l=1\nn=2"],
                "--state: 'l=1 n=2' is not of the form letter=number, as in g=8"
            ),
            (["--tokens", "many"], "--tokens: s=many: tokens must be a whole number"),
            (["--tokens", "0"], "--tokens 0: tokens must be 1 or more"),
            (["--tokens", "-5"], "--tokens -5: tokens must be 1 or more"),
            (["--model", "gpt2", "--batch", "0"], "--batch 0: batch must be 1 or more"),
            (["gpt2", "--gpus", "1,02"], "gpus=1,02: GPUs must be a whole number below 1,048,576"),
            (["gpt2", "--gpus", "-1"], "--gpus -1: GPUs must be 1 or more"),
            (["gpt2", "--weights", "5GB"], "--weights needs --gpu-memory"),
            (["--bytes", "3"], "--bytes: bytes=3: bytes per number must be 4, 2, 1 or 0.5"),
            (
                ["--tokens", "9223372036854775807"],
                "these numbers multiply to a cache of more than 1,152 petabytes"
            ),
            (
                ["--model", "gemma4-31b", "--tokens", "9223372036854775807"],
                "gemma4-31b: these numbers multiply to a cache of more than 1,152 petabytes"
            ),
            (
                ["--kv-dtype", "q3"],
                "--kv-dtype: 'q3' is not one of auto, f32, f16, bf16, fp8, int8, int4, q8_0, "
                    + "q5_1, q5_0, q4_1, q4_0, fp8_ds_mla, bfloat16, float16, float32, fp8_e4m3, fp8_e5m2, half"
            ),
            (
                ["--kv-dtype", "f16", "--bytes", "2"],
                "--bytes and --kv-dtype exclude each other: give one of them"
            ),
            (
                ["--model", "phi-2", "--kv-dtype", "q8_0"],
                "phi-2: q8_0 packs 32 numbers at a time, which do not divide a row of 80"
            ),
            (
                ["--model", "llama3-8b", "--gpus", "3"],
                "llama3-8b: 3 GPUs can neither split 8 K/V heads evenly nor keep "
                    + "whole copies of each; a number that divides 8 or is a multiple of it can"
            ),
            (
                ["--gpus", "0.5"], "gpus=0.5: GPUs must be a whole number below 1,048,576"
            ),
            (
                ["--gpu-memory", "80"],
                "--gpu-memory: '80' has no unit; write 80GB or 80GiB"
            ),
            (
                ["--compare", "13.34"],
                "--compare: '13.34' has no unit; write 13.34GB or 13.34GiB"
            ),
            (["--tokens", "128Q"], "--tokens: s=128Q: tokens must be a whole number"),
            (
                ["no/such-model"],
                "'no/such-model' is no file here, no model of 'headroom models' and none in the "
                    + "Hugging Face cache"
            ),
            (["gpt2", "--model", "gpt2"], "NAME and --model exclude each other: give one of them"),
            (
                ["--compare", "much"],
                "--compare: 'much' is not a size; write 80GB or 13.34GiB"
            ),
            (["--tokens"], "missing value for '--tokens N'"),
            (["--wide"], "unknown option '--wide'"),
            (["--modle", "gpt2"], "unknown option '--modle'. Did you mean '--model'?"),
            (["gpt2", "gpt2"], "unexpected argument 'gpt2'"),
        ] as [([String], String)])
    func badArguments(arguments: [String], message: String) throws {
        let program = try Program.run(["memory"] + arguments)
        #expect(program.errors == "headroom: \(message)\n")
        #expect(program.output == "")
        #expect(program.status == 64)
    }
}
