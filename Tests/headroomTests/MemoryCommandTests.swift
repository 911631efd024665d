import Foundation
import Testing

@Suite("headroom memory")
struct MemoryCommandTests {
    @Test(
        "The JSON has exactly its documented form, keys in order",
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
                #"{"inputs":{"layers":28,"batch":1,"query_heads":64,"kv_heads":64,"#
                    + #""head_dim":null,"tokens":1024,"bytes_per_number":1,"latent":512,"#
                    + #""rotary":64},"variants":{"mla":{"latent":512,"rotary":64,"#
                    + #""bytes_per_token":16128,"bytes":16515072}}}"#
            ),
        ])
    func json(arguments: [String], expected: String) throws {
        let program = try Program.run(["memory"] + arguments)
        #expect(program.output == expected + "\n")
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

    @Test("A model's table marks its own row and says what is doubtful and where it was read")
    func modelTable() throws {
        let program = try Program.run("memory", "--model", "gpt-oss-20b", "--tokens", "8192")
        #expect(
            program.output == """
                gpt-oss-20b
                l=24,b=1,n=64,g=8,h=64,s=8192,bytes=2,wl=12,w=128

                     g x n/g  per token  total               times less
                MHA   64 x 1     393 kB  1.64 GB (1.52 GiB)           1
                GQA    8 x 8    49.2 kB  204 MB (195 MiB)             8  <- this model
                MQA   1 x 64    6.14 kB  25.6 MB (24.4 MiB)          64

                g x n/g: K/V heads x query heads on each.
                Per token: while no window is full.

                      b * g * h * kept * 2 (K and V) * bytes per number, where
                      kept = 12 * 8,192 + 12 * 128 = 99,840 tokens over all layers
                MHA = 1 * 64 * 64 * 99,840 * 2 * 2 = 1,635,778,560 bytes
                GQA = 1 * 8 * 64 * 99,840 * 2 * 2 = 204,472,320 bytes
                MQA = 1 * 1 * 64 * 99,840 * 2 * 2 = 25,559,040 bytes

                - The head width is 64, not hidden size / query heads = 45.
                - Doubtful: The parameter count has no source here.
                - Source:
                  vllm-project/vllm:tests/config/base_model_arch_groundtruth.json@1ac8cdb4c760;
                  huggingface.co cryptonaut/AltiMind-sft/config.json

                """)
    }

    @Test("A model of two layer shapes is sized by its runs of layers")
    func runsTable() throws {
        let program = try Program.run("memory", "--model", "gemma4-31b", "--tokens", "32768")
        #expect(
            program.lines.prefix(11) == [
                "Gemma-4-31B", "32,768 tokens, batch 1, bytes per number 2", "",
                "layers  keep          g x n/g  width  numbers kept per token",
                "    50  1,024 tokens   16 x 2    256                 409,600",
                "    10  every token     4 x 8    512                  40,960", "",
                "GQA per token  901 kB (880 KiB)",
                "GQA total      3.52 GB (3.28 GiB) = 3,523,215,360 bytes", "",
                "No comparison with MHA and MQA: its window layers and its full layers have",
            ])
    }

    @Test("Numbers beyond the model's context are given, and said to be beyond it")
    func beyondContext() throws {
        let program = try Program.run("memory", "--model", "gpt2", "--tokens", "2048")
        #expect(program.lines.contains("- Its context ends at 1,024 tokens."))
    }

    @Test("No table is wider than 80 columns, whatever the numbers")
    func narrow() throws {
        let wild = "l=999999,b=9,n=65536,g=4096,h=99,s=999,bytes=0.5,c=9999,r=999,wl=888888,w=99"
        for arguments in [
            ["--state", wild], ["--state", "l=1,n=1,h=1,s=1"],
            ["--model", "deepseek-v3", "--tokens", "100000"], ["--model", "gemma4-31b"],
            ["--model", "longcat-flash"], ["--model", "qwen3-next-80b"],
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
                "--state: 'k' is no parameter; they are l, b, n, g, h, s, bytes, c, r, wl, w"
            ),
            (["--state", ""], "--state: '' is not of the form letter=number, as in g=8"),
            (
                ["--state", "l=1\nn=2"],
                "--state: 'l=1 n=2' is not of the form letter=number, as in g=8"
            ),
            (["--tokens", "many"], "--tokens: s=many: tokens must be a whole number"),
            (["--tokens", "0"], "s=0: tokens must be 1 or more"),
            (["--tokens", "-5"], "s=-5: tokens must be 1 or more"),
            (["--model", "gpt2", "--batch", "0"], "gpt2: b=0: batch must be 1 or more"),
            (["--bytes", "3"], "--bytes: bytes=3: bytes per number must be 4, 2, 1 or 0.5"),
            (
                ["--tokens", "9223372036854775807"],
                "these numbers multiply to a cache of more than 1,152 petabytes"
            ),
            (
                ["--model", "gemma4-31b", "--tokens", "9223372036854775807"],
                "gemma4-31b: these numbers multiply to a cache of more than 1,152 petabytes"
            ),
            (["--tokens"], "missing value for '--tokens <N>'"),
            (["--wide"], "unknown option '--wide'. Did you mean '--model'?"),
            (["gpt2"], "unexpected argument 'gpt2'"),
        ] as [([String], String)])
    func badArguments(arguments: [String], message: String) throws {
        let program = try Program.run(["memory"] + arguments)
        #expect(program.errors == "headroom: \(message)\n")
        #expect(program.output == "")
        #expect(program.status == 64)
    }
}
