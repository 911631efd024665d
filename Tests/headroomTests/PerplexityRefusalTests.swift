import AttentionEngine
import Foundation
import TestSupport
import Testing

@Suite("What headroom perplexity refuses")
struct PerplexityRefusalTests {
    private let folder: TestFolder
    private let small = GGUFParts.smallFile.path
    private let text: String

    init() throws {
        folder = try TestFolder()
        text = try folder.write("the heads", to: "text.txt")
    }

    @Test(
        "a bad argument is one line and status 64",
        arguments: [
            (["--tokens", "0"], "--tokens 0: tokens must be 1 to 1,000,000"),
            (["--tokens", "1000001"], "--tokens 1000001: tokens must be 1 to 1,000,000"),
            (["--threads", "0"], "--threads 0: threads must be 1 to 256"),
            (
                ["--kv-dtype", "q3"],
                "--kv-dtype: 'q3' is not one of "
                    + NumberFormat.allCases.map(\.rawValue).joined(separator: ", ")
            ),
            (
                ["--kv-dtype", "q8_0"],
                "--kv-dtype q8_0: blocks of 32 numbers do not fit this model's heads of 24"
            ),
            (
                ["--kv-dtype", "q4_0", "--latent", "48"],
                "--kv-dtype q4_0: blocks of 32 numbers do not fit a latent of 48"
            ),
            (["--pool", "worst"], "--pool: 'worst' is neither mean nor best"),
            (
                ["--pool", "mean"],
                "--pool says how heads are joined: it needs --kv-heads below this model's 2"
            ),
            (
                ["--pool", "best", "--kv-heads", "4"],
                "--pool says how heads are joined: it needs --kv-heads below this model's 2"
            ),
            (
                ["--kv-heads", "3"],
                "--kv-heads 3: this model has 4 query heads on 2 K/V heads, which can become "
                    + "1, 2, 4"
            ),
            (
                ["--latent", "16", "--kv-heads", "1"],
                "--latent stands for all heads: leave out --kv-heads and --pool"
            ),
            (
                ["--latent", "97"],
                "--latent 97: this model keeps 96 numbers of a token in each layer; a latent can "
                    + "have 1 to as many"
            ),
            (["--weighted"], "--weighted says how a latent is made: it needs --latent"),
            (
                ["--calibration", "/dev/null"],
                "--calibration: 'as built' needs no calibration; --latent and --pool best do"
            ),
            (
                ["--sweep", "--kv-heads", "1"],
                "--sweep sets its own ways to keep: leave out --kv-heads"
            ),
            (
                ["--sweep", "--kv-dtype", "f32"],
                "--sweep sets its own ways to keep: leave out --kv-dtype"
            ),
        ] as [([String], String)])
    func badArguments(arguments: [String], message: String) throws {
        let program = try Program.run(["perplexity", small, "--text", text] + arguments)
        #expect(program.errors == "headroom: \(message)\n")
        #expect(program.output == "")
        #expect(program.status == 64)
    }

    @Test("a text of fewer than two tokens, one that is none and one too large are one line")
    func texts() throws {
        let empty = try folder.write("", to: "empty.txt")
        let none = try Program.run("perplexity", small, "--text", empty)
        #expect(
            none.errors
                == "headroom: \(empty) has 0 tokens: a second one is needed to be "
                + "predicted\n")
        #expect(none.status == 64)
        let folderPath = folder.url.path
        let other = try Program.run("perplexity", small, "--text", folderPath)
        #expect(other.errors == "headroom: \(folderPath): is a folder\n")
        #expect(other.status == 66)
        let large = try folder.write("", to: "large.txt")
        #expect(truncate(large, off_t(1 << 24 + 1)) == 0)
        let refused = try Program.run("perplexity", small, "--text", large)
        #expect(
            refused.errors
                == "headroom: \(large): is larger than 16 MiB, the limit for a text\n")
        #expect(refused.status == 65)
    }

    @Test(
        "weights that are no numbers are status 65, of a sweep too", arguments: [[], ["--sweep"]])
    func noNumbers(arguments: [String]) throws {
        var parts = try GGUFParts.small.get()
        parts.change("output_norm.weight") {
            $0.data.replaceSubrange(0..<4, with: [0, 0, 0xC0, 0x7F])
        }
        let broken = try parts.write(in: folder)
        let program = try Program.run(["perplexity", broken, "--json"] + arguments)
        #expect(
            program.errors
                == "headroom: \(broken): has weights that compute to something not finite\n")
        #expect(program.output == "")
        #expect(program.status == 65)
    }
}
