import Testing

@Suite("headroom memory --engine")
struct MemoryEngineTests {
    @Test("vLLM's blocks, window and log stand below what attention needs")
    func vllm() throws {
        let program = try Program.run(
            "memory", "gpt-oss-120b", "--tokens", "8192", "--engine", "vllm", "--kv-budget",
            "5.3826GiB")
        let start = try #require(program.lines.firstIndex { $0.hasPrefix("In 5.78 GB") })
        #expect(
            program.lines[start..<min(start + 22, program.lines.count)] == [
                "In 5.78 GB (5.38 GiB) for the cache on each GPU",
                "  this cache           605 MB (577 MiB) as vLLM keeps it, fits", "",
                "vLLM keeps for 1 request of 8,192 tokens",
                "  18 window layers     303 MB (289 MiB), 513 blocks a request, each of 16 tokens",
                "                       and 589,824 bytes",
                "  18 full layers       302 MB (288 MiB), 512 blocks a request, each of 16 tokens",
                "                       and 589,824 bytes",
                "  together             605 MB (577 MiB) = 604,569,600 bytes",
                "  longest context      148,432 tokens at batch 1",
                "  most requests        9.5 of 8,192 tokens",
                "  Before version 0.21 vLLM's log counted blocks / groups: GPU KV cache size:",
                "  78,384 tokens.",
                "  Windows and chunks have room for 8,192 tokens read at once",
                "  (max-num-batched-tokens).",
                "Its log says", "  Available KV cache memory: 5.38 GiB",
                "  GPU KV cache size: 78,307 tokens",
                "  Maximum concurrency for 8,192 tokens per request: 9.56x", "",
                "- The head width is 64, not hidden size / query heads = 45.",
                "- Engines that reserve whole pages in all layers take 73,728 bytes a token.",
            ])
    }

    @Test("llama.cpp's cells and buffers, and states that stand beside, in text and in JSON")
    func llamaCpp() throws {
        let arguments = [
            "memory", "qwen3-next-80b", "--tokens", "8000", "--batch", "4", "--engine",
            "llama.cpp",
        ]
        let program = try Program.run(arguments)
        for line in [
            "       # 12 full    ~ 36 linear",
            "Attention needs      786 MB (750 MiB) = 786,432,000 bytes",
            "Its states take      309 MB (295 MiB) = 309,067,776 bytes",
            "Together             1.10 GB (1.02 GiB) = 1,095,499,776 bytes",
            "llama.cpp keeps for 4 requests of 8,000 tokens",
            "  12 layers            805 MB (768 MiB), 32,768 cells",
            "  states               316 MB (302 MiB), Gated DeltaNet: 4 sequences in 36",
            "  KV buffer size = 768.00 MiB", "  RS buffer size = 301.50 MiB",
        ] {
            #expect(program.lines.contains(line), "\(program.output)")
        }
        let json = try Program.run(arguments + ["--json"]).output
        for part in [
            #""needed_bytes":786432000,"index_bytes":0,"state_bytes":309067776,"#
                + #""total_bytes":1095499776,"#,
            #""engine":{"name":"llama.cpp","options":{},"bytes":1121452032,"parts":[{"name":"#
                + #""12 layers","bytes":805306368,"rule":"32,768 cells"}"#,
            #""log":["KV buffer size = 768.00 MiB","RS buffer size = 301.50 MiB"]"#,
        ] {
            #expect(json.contains(part), "\(json)")
        }
    }

    @Test("An engine makes 16 bits of a format that it does not take from a file, and says so")
    func inheritedFormat() throws {
        let folder = try TestFolder()
        let path = try folder.write(
            """
            {"model_type": "llama", "num_hidden_layers": 2, "num_attention_heads": 4,
             "num_key_value_heads": 2, "head_dim": 64, "hidden_size": 256,
             "torch_dtype": "float32"}
            """, to: "config.json")
        let program = try Program.run("memory", path, "--engine", "vllm", "--explain")
        #expect(program.lines.contains("  bytes per number x         2  f16: as vLLM keeps it"))
        let plain = try Program.run("memory", path, "--explain")
        #expect(plain.lines.contains("  bytes per number x         4  f32: torch_dtype"))
        let state = try Program.run(
            "memory", "--state", "l=2,n=4,g=2,h=64,s=100,bytes=1", "--engine", "llama.cpp")
        #expect(
            state.errors
                == "headroom: llama.cpp keeps no cache of 1 byte a number; it has f32, f16, bf16, "
                + "q8_0, q5_1, q5_0, q4_1, q4_0\n")
    }

    @Test("A GPU's memory is used as far as is said, and the engine has what weights leave")
    func utilization() throws {
        let program = try Program.run(
            "memory", "llama3.1-8b", "--tokens", "8192", "--gpu-memory", "24GiB",
            "--gpu-memory-utilization", "0.9", "--weights", "16GiB", "--engine", "vllm",
            "--engine-option", "block-size=32")
        for line in [
            "  used of it           23.2 GB (21.6 GiB) (--gpu-memory-utilization)",
            "  left                 6.01 GB (5.60 GiB)",
            "  Available KV cache memory: 5.60 GiB", "  GPU KV cache size: 45,856 tokens",
            "  Maximum concurrency for 8,192 tokens per request: 5.60x",
        ] {
            #expect(program.lines.contains(line), "\(program.output)")
        }
    }

    @Test("Without a part that is given, vLLM's own part of a GPU is used, and said")
    func usualUtilization() throws {
        let arguments = ["memory", "llama3.1-8b", "--tokens", "8192", "--engine", "vllm"]
        let card = arguments + ["--gpu-memory", "80GB"]
        let program = try Program.run(card + ["--weights", "16GB"])
        for line in [
            "  used of it           73.6 GB (68.5 GiB) (0.92 is vLLM's default, in earlier",
            "                       versions 0.9)",
            "  left                 57.6 GB (53.6 GiB)",
            "Its log would say, if nothing else took memory",
            "  Available KV cache memory: 53.64 GiB",
        ] {
            #expect(program.lines.contains(line), "\(program.output)")
        }
        let full = try Program.run(card + ["--weights", "80GB"])
        #expect(full.output.contains("nothing: the weights alone do not fit"))
        #expect(!full.output.contains("log") && !full.output.contains("Available"))
        let json = try Program.run(card + ["--weights", "80GB", "--json"]).output
        #expect(
            json.contains(#""log":[]"#) && json.contains(#""utilization":0.92000000"#), "\(json)")
        // llama.cpp takes what the load needs, whatever the card has.
        let cells = try Program.run(
            ["memory", "llama3.1-8b", "--engine", "llama.cpp", "--gpu-memory", "80GB"])
        #expect(cells.lines.contains("Its log says") && !cells.output.contains("used of it"))
    }

    @Test("A state that is not known is null, and the engine's section does not end as if complete")
    func unknownState() throws {
        let arguments = ["memory", "qwen3.5-4b", "--engine", "vllm"]
        let program = try Program.run(arguments)
        #expect(
            program.output.contains("The states of 24 linear layers are not known and not counted"),
            "\(program.output)")
        #expect(!program.output.contains("log says"))
        #expect(try Program.run(arguments + ["--json"]).output.contains(#""state_bytes":null"#))
    }

    @Test("An engine without the format that a file declares says which it took")
    func declaredFormat() throws {
        let folder = try TestFolder()
        let path = try folder.write(
            """
            {"model_type": "llama", "num_hidden_layers": 2, "num_attention_heads": 4,
             "num_key_value_heads": 2, "head_dim": 64, "hidden_size": 256,
             "quantization_config": {"kv_cache_quant_algo": "FP8"}}
            """, to: "config.json")
        let sentence = "llama.cpp keeps no cache in fp8, so f16 was taken."
        let program = try Program.run("memory", path, "--engine", "llama.cpp")
        #expect(program.lines.contains("  " + sentence), "\(program.output)")
        let told = try Program.run(
            "memory", path, "--engine", "llama.cpp", "--kv-dtype", "q8_0")
        #expect(!told.output.contains("was taken"))
    }

    @Test("Requests in JSON are rounded down: 2.99996 are not 3")
    func requestsInJSON() throws {
        // A request takes 2^30 bytes.
        let program = try Program.run(
            "memory", "llama3.1-8b", "--tokens", "8192", "--kv-budget", "3221182516B", "--json")
        #expect(program.output.contains(#""requests":2.9999,"#), "\(program.output)")
    }

    @Test("vLLM reads fewer tokens at once on a small GPU, unless it is told how many")
    func readAtOnce() throws {
        for (memory, options, tokens) in [
            ("24GB", [String](), "2,048"), ("80GB", [], "8,192"),
            ("24GB", ["--engine-option", "max-num-batched-tokens=4096"], "4,096"),
        ] {
            let program = try Program.run(
                ["memory", "gpt-oss-20b", "--engine", "vllm", "--weights", "13GB"]
                    + ["--gpu-memory", memory] + options)
            #expect(
                program.output.contains("have room for \(tokens) tokens read at once"),
                "\(program.output)")
        }
    }

    @Test("A budget alone tells what fits by what is kept, requests with one decimal")
    func budget() throws {
        let program = try Program.run(
            "memory", "qwen3-next-80b", "--tokens", "8192", "--kv-budget", "5GiB")
        for line in [
            "In 5.37 GB (5.00 GiB) for the cache on each GPU",
            "  this cache           279 MB (266 MiB), fits",
            "  of it                states 77.3 MB (73.7 MiB)",
            "  longest context      215,309 tokens at batch 1",
            "  most requests        19.2 requests of 8,192 tokens",
        ] {
            #expect(program.lines.contains(line), "\(program.output)")
        }
    }

    @Test("Requests are rounded down, whatever keeps them: two that do not fit are not told")
    func roundedDown() throws {
        let program = try Program.run(
            "memory", "llama3.1-8b", "--tokens", "4097", "--batch", "2", "--kv-budget", "1GiB")
        for line in [
            "  this cache           1.07 GB (1.00 GiB), does not fit",
            "  most requests        1.9 requests of 4,097 tokens",
        ] {
            #expect(program.lines.contains(line), "\(program.output)")
        }
    }

    @Test("What fits is what fits as the engine keeps it, in text and in JSON")
    func engineFits() throws {
        // Attention needs 613 MB, which would fit.
        let arguments = [
            "memory", "gpt-oss-120b", "--tokens", "8192", "--batch", "2", "--kv-budget", "700MB",
            "--engine", "vllm",
        ]
        let program = try Program.run(arguments)
        for line in [
            "  this cache           1.21 GB (1.13 GiB) as vLLM keeps it, does not fit",
            "  most requests        1.1 of 8,192 tokens",
        ] {
            #expect(program.lines.contains(line), "\(program.output)")
        }
        #expect(!program.output.contains("widest numbers"))
        let json = try Program.run(arguments + ["--json"]).output
        #expect(
            json.contains(
                #""free_bytes":700000000,"fits":false,"max_tokens":4736,"max_batch":1,"#
                    + #""requests":1.1570,"max_kv_heads":null,"widest_kv_dtype":null}"#),
            "\(json)")
    }

    @Test("A budget too small for one request tells what fits of one, not of a batch")
    func oneFits() throws {
        for (arguments, message) in [
            (
                ["llama3-8b", "--kv-budget", "512MiB", "--engine", "vllm"],
                "a budget of 512 MiB holds no request of 8,192 tokens, which takes 1.00 GiB; 4,096 tokens fit"
            ),
            (
                // 52,690,944 bytes of states and 32,768 of each of 4,352 cells.
                ["qwen3.5-9b", "--kv-budget", "200MB", "--engine", "llama.cpp"],
                "a budget of 191 MiB holds no request of 8,192 tokens, which takes 306 MiB; 4,352 tokens fit"
            ),
        ] {
            let program = try Program.run(
                ["memory"] + arguments + ["--tokens", "8192", "--batch", "4"])
            #expect(program.errors == "headroom: \(arguments[0]): \(message)\n")
        }
    }

    @Test(
        "What is wrong is one line on stderr with status 64, and nothing else",
        arguments: [
            (["--engine", "sglang"], "--engine: 'sglang' is not one of vllm, llama.cpp"),
            (["--engine-option", "swa-full"], "--engine-option needs --engine"),
            (
                ["--engine", "vllm", "--engine-option", "swa-full"],
                "--engine-option: 'swa-full' is not an option of vLLM here; they are block-size, "
                    + "max-num-batched-tokens, disable-hybrid-kv-cache-manager, "
                    + "enable-prefix-caching"
            ),
            (
                ["--engine", "vllm", "--engine-option", "block-size=x"],
                "--engine-option: block-size=x: must be a whole number from 1 to 1,048,576, as in block-size=16"
            ),
            (
                ["--engine", "vllm", "--engine-option", "block-size"],
                "--engine-option: block-size=: must be a whole number from 1 to 1,048,576, as in block-size=16"
            ),
            (
                ["--engine", "vllm", "--engine-option", "block-size=17"],
                "--engine-option: block-size=17: must be a multiple of 16, as in block-size=32"
            ),
            (
                ["--engine", "llama.cpp", "--engine-option", "swa-full=2"],
                "--engine-option: swa-full=2: swa-full takes no value"
            ),
            (
                ["--engine", "vllm", "--kv-dtype", "q8_0"],
                "vLLM keeps no cache in q8_0; it has f16, bf16, f32, fp8, fp8_ds_mla"
            ),
            (
                ["--kv-budget", "5.38"],
                "--kv-budget: '5.38' has no unit; write 5.38GB or 5.38GiB"
            ),
            (
                ["--kv-budget", "5GiB", "--gpu-memory", "80GB"],
                "--gpu-memory and --kv-budget exclude each other: give one of them"
            ),
            (
                ["--gpu-memory-utilization", "0.9"],
                "--gpu-memory-utilization needs --gpu-memory"
            ),
            (
                ["--gpu-memory", "80GB", "--gpu-memory-utilization", "1.5"],
                "--gpu-memory-utilization: '1.5' is not a number above 0 and up to 1, as in 0.9"
            ),
            (
                ["--gpu-memory", "80GB", "--gpu-memory-utilization", "-1"],
                "--gpu-memory-utilization: '-1' is not a number above 0 and up to 1, as in 0.9"
            ),
            (
                ["--kv-budget", "1GiB", "--tokens", "16K"],
                "a budget of 1.00 GiB holds no request of 16,384 tokens, which takes 2.00 GiB; 8,192 tokens fit"
            ),
            (
                ["--kv-budget", "1GiB", "--tokens", "16K", "--engine", "vllm"],
                "a budget of 1.00 GiB holds no request of 16,384 tokens, which takes 2.00 GiB; 8,192 tokens fit"
            ),
        ] as [([String], String)])
    func badArguments(arguments: [String], message: String) throws {
        let program = try Program.run(["memory", "llama3.1-8b"] + arguments)
        let lines = program.errors.split(separator: "\n")
        #expect(lines.count == 1 && program.output == "" && program.status == 64)
        #expect(program.errors.hasSuffix(message + "\n"), "\(program.errors)")
    }
}
