import Foundation
import TestSupport
import Testing

@Suite("headroom generate")
struct GenerateCommandTests {
    private let folder: TestFolder
    private let small = GGUFParts.smallFile.path

    init() throws { folder = try TestFolder() }

    private func generate(_ arguments: String...) throws -> Program {
        try Program.run(["generate", small] + arguments)
    }

    /// Replaces what depends on the machine.
    private func withoutRates(_ text: String) -> String {
        text.replacing(/_per_second":[0-9]+\.[0-9]/, with: #"_per_second":R"#)
            .replacing(/at [0-9,.]+ a second/, with: "at R a second")
    }

    @Test("the JSON has exactly its documented form, on any number of threads", arguments: [1, 3])
    func json(threads: Int) throws {
        let program = try generate(
            " the heads", "--tokens", "12", "--kv-dtype", "f32", "--threads", "\(threads)",
            "--json")
        #expect(
            withoutRates(program.output)
                == #"{"schema":1,"model":"Small test model","prompt_tokens":[40,50,40,62,20],"#
                + #""tokens":[57,63,46,51,9,43,51,37,59,10,5,51],"#
                + #""text":" h kinonh\#u{FFFD}on9oridon","#
                + #""pieces":[" h"," k","in","on","h","\#u{FFFD}","on","9","or","i","d","on"],"#
                + #""cache":{"bytes_held":6144,"bytes_per_token":384,"#
                + #""numbers_per_token_and_layer":96},"read_per_second":R,"#
                + #""written_per_second":R,"threads":\#(threads)}"# + "\n")
        #expect(program.errors == "")
        #expect(program.status == 0)
        _ = try JSONSerialization.jsonObject(with: Data(program.output.utf8))
    }

    @Test("the text goes to standard output, the figures to standard error")
    func text() throws {
        let program = try generate(" the heads", "--tokens", "5", "--threads", "1")
        #expect(program.output == " h kinonh\n")
        #expect(
            withoutRates(program.errors)
                == """
                Cache: 192 bytes a token (96 numbers in each of 1 layers, bf16), 1.73 kB \
                (1.69 KiB) held for 9 tokens.
                Read 5 tokens at R a second, wrote 5 at R a second, 1 thread.

                """)
        #expect(program.status == 0)
    }

    @Test("copied heads keep more and write the same, means keep less")
    func heads() throws {
        let built = try generate(" the heads", "--kv-dtype", "f32", "--json").output
        let copied = try generate(" the heads", "--kv-dtype", "f32", "--kv-heads", "4", "--json")
            .output
        func part(_ text: String, _ key: String) -> String {
            text.components(separatedBy: "\"\(key)\":").last?
                .components(separatedBy: #","cache"#)[0] ?? ""
        }
        #expect(part(copied, "tokens") == part(built, "tokens"))
        #expect(copied.contains(#""numbers_per_token_and_layer":192"#))
        let mean = try generate(" the heads", "--kv-heads", "1", "--json").output
        #expect(part(mean, "tokens") != part(built, "tokens"))
        #expect(mean.contains(#""bytes_per_token":96,"numbers_per_token_and_layer":48"#))
    }

    @Test("a prompt comes from standard input, without the line ends behind it")
    func standardInput() throws {
        let program = try Program.shell(
            "printf ' the heads\\n\\n' | \"$headroom\" generate '\(small)' --tokens 4")
        #expect(program.output == " h kinon\n")
        #expect(program.status == 0)
        let empty = try Program.shell("\"$headroom\" generate '\(small)' < /dev/null")
        #expect(
            empty.errors == "headroom: the prompt is empty: write the beginning of a text\n")
        #expect(empty.status == 64)
    }

    @Test("the same seed draws the same, another one something else")
    func seeds() throws {
        func drawn(_ seed: String) throws -> String {
            try generate("the", "--temperature", "1", "--top-p", "0.9", "--seed", seed).output
        }
        #expect(try drawn("3") == drawn("3"))
        #expect(try drawn("3") != drawn("4"))
    }

    @Test("at the end of the context it stops and says so")
    func context() throws {
        let program = try generate(" the heads", "--tokens", "100")
        #expect(program.errors.contains("held for 48 tokens.\n"))
        #expect(program.errors.contains(", wrote 44 "))
        #expect(
            program.errors.hasSuffix(
                "This is the end of what the model can read: 48 tokens.\n"))
        #expect(program.status == 0)
    }

    @Test(
        "a bad argument is one line and status 64",
        arguments: [
            (["--tokens", "0"], "--tokens 0: tokens must be 1 to 1,000,000"),
            (["--threads", "-1"], "--threads -1: threads must be 1 to 256"),
            (["--temperature", "-1"], "--temperature -1.0: a temperature must be 0 to 100"),
            (["--top-p", "0"], "--top-p 0.0: a share must be above 0 and at most 1"),
            (["--seed", "-1"], "the value '-1' is invalid for '--seed N'"),
            (["--kv-dtype", "q3"], "--kv-dtype: 'q3' is not one of f32, bf16, q8_0, q4_0"),
            (
                ["--kv-dtype", "q8_0"],
                "--kv-dtype q8_0: blocks of 32 numbers do not fit this model's heads of 24"
            ),
            (
                ["--kv-heads", "3"],
                "--kv-heads 3: this model has 4 query heads on 2 K/V heads, which can become "
                    + "1, 2, 4"
            ),
        ] as [([String], String)])
    func badArguments(arguments: [String], message: String) throws {
        let program = try Program.run(["generate", small, "the"] + arguments)
        #expect(program.errors == "headroom: \(message)\n")
        #expect(program.output == "")
        #expect(program.status == 64)
    }

    @Test("a prompt that is longer than the context is refused with status 64")
    func longPrompt() throws {
        let program = try generate(String(repeating: "x", count: 48))
        #expect(
            program.errors == "headroom: the prompt has 48 tokens, and this model reads up to 48\n")
        #expect(program.status == 64)
    }

    @Test("a file that is not there is status 66, one that is no model 65")
    func files() throws {
        let missing = try Program.run("generate", "/nope.gguf", "the")
        #expect(missing.errors == "headroom: /nope.gguf: no such file or directory\n")
        #expect(missing.status == 66)
        let pipe = try Program.run("generate", "/dev/null", "the")
        #expect(pipe.errors == "headroom: /dev/null: is not a regular file\n")
        #expect(pipe.status == 66)
        let other = try Program.run("generate", #filePath, "the")
        #expect(
            other.errors
                == "headroom: \(#filePath): is not a GGUF file: it does not begin with GGUF and a "
                + "whole header\n")
        #expect(other.status == 65)
        var parts = try GGUFParts.small.get()
        parts.set("general.architecture", .text("qwen2"))
        let qwen = try file(parts)
        let refused = try Program.run("generate", qwen, "the")
        #expect(
            refused.errors
                == "headroom: \(qwen): is a model of qwen2; only llama models are "
                + "supported\n")
        #expect(refused.status == 65)
    }

    @Test("weights that are no numbers are status 65, whatever was written")
    func noNumbers() throws {
        var parts = try GGUFParts.small.get()
        parts.change("output_norm.weight") {
            $0.data.replaceSubrange(0..<4, with: [0, 0, 0xC0, 0x7F])
        }
        let broken = try file(parts)
        let program = try Program.run("generate", broken, "the", "--json")
        #expect(
            program.errors
                == "headroom: \(broken): has weights that compute to something not finite\n")
        #expect(program.output == "")
        #expect(program.status == 65)
    }

    private func file(_ parts: GGUFParts) throws -> String {
        try parts.write(in: folder)
    }
}
