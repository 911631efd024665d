import AttentionEngine
import Foundation
import Testing

@Suite("headroom race")
struct RaceCommandTests {
    /// Replaces what depends on the machine: decimals that follow `"seconds":`.
    private func withoutSeconds(_ text: String) -> String {
        text.replacing(/"seconds":[0-9]+\.[0-9]{3}/, with: #""seconds":S"#)
    }

    @Test(
        "The JSON has exactly its documented form, on any number of threads", arguments: ["1", "3"])
    func json(threads: String) throws {
        let program = try Program.run(
            "race", "--steps", "30", "--seed", "5", "--variants", "gqa2,mla32", "--threads",
            threads, "--json")
        #expect(
            withoutSeconds(program.output)
                == #"{"schema":1,"inputs":{"steps":30,"seed":5,"variants":["gqa2","mla32"],"#
                + #""match_parameters":false,"threads":\#(min(Int(threads) ?? 1, 2))},"#
                + #""questions":2048,"seconds":S,"rows":["#
                + #"{"variant":"gqa2","cache_numbers_per_token":32,"width":64,"parameters":30720,"#
                + #""accuracy":0.0800,"perspectives":5,"head_divergence_bits":0.0054,"#
                + #""loss":2.7638,"seconds":S},"#
                + #"{"variant":"mla32","cache_numbers_per_token":32,"width":64,"parameters":34816,"#
                + #""accuracy":0.0819,"perspectives":7,"head_divergence_bits":0.0057,"#
                + #""loss":2.7639,"seconds":S}]}"# + "\n")
        #expect(program.errors == "")
        #expect(program.status == 0)
        _ = try JSONSerialization.jsonObject(with: Data(program.output.utf8))
    }

    @Test("A table of the variants in the order named comes before the plot and what it means")
    func table() throws {
        let program = try Program.run(
            "race", "--steps", "1", "--variants", "mqa,mha", "--match-parameters")
        let rows = program.lines.prefix { !$0.isEmpty }.map { $0.split(separator: " ").prefix(4) }
        #expect(
            rows == [
                ["variant", "cached", "width", "parameters"],
                ["MQA", "16", "85", "36,752"], ["MHA", "128", "64", "36,864"],
            ])
        #expect(program.lines.allSatisfy { $0.count <= 80 })
        #expect(program.lines.contains { $0.hasPrefix("Seed 0, steps: 1; measured on 2,048 ") })
        #expect(program.output.contains("mechanism, not what a large model loses."))
        #expect(program.errors == "")
    }

    @Test(
        "A bad argument is one line and status 64",
        arguments: [
            (["--steps", "0"], "--steps 0: steps must be 1 to 1,000,000"),
            (["--threads", "-1"], "--threads -1: threads must be 1 to 256"),
            (["--seed", "-1"], "the value '-1' is invalid for '--seed N'"),
            (["--variants", "mha,mha"], "--variants: 'mha' is given twice"),
            (
                ["--variants", "gqa3"],
                "--variants: no variant 'gqa3'; there are \(RecallVariant.idsInWords)"
            ),
        ])
    func badArguments(arguments: [String], message: String) throws {
        let program = try Program.run(["race"] + arguments)
        #expect(program.errors == "headroom: \(message)\n")
        #expect(program.output == "")
        #expect(program.status == 64)
    }
}
