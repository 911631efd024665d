import Foundation
import TestSupport
import Testing

@Suite("headroom perplexity")
struct PerplexityCommandTests {
    private let folder: TestFolder
    private let small = GGUFParts.smallFile.path
    private let fixture: [String: Any]
    private let text: String

    init() throws {
        folder = try TestFolder()
        let json = GGUFParts.smallFile.deletingLastPathComponent().appending(path: "small.json")
        fixture = try #require(
            JSONSerialization.jsonObject(with: Data(contentsOf: json)) as? [String: Any])
        text = try folder.write(try #require(fixture["text"] as? String), to: "text.txt")
    }

    private func measure(_ arguments: String...) throws -> Program {
        try Program.run(["perplexity", small, "--text", text] + arguments)
    }

    private func object(_ program: Program) throws -> [String: Any] {
        #expect(program.status == 0, "\(program.errors)")
        return try #require(
            JSONSerialization.jsonObject(with: Data(program.output.utf8)) as? [String: Any])
    }

    @Test(
        "the JSON has exactly its documented form, with PyTorch's figures",
        arguments: [
            ([], "predicted", "as built, f32", 96),
            (["--kv-heads", "4"], "predicted", "g = 4, copies, f32", 192),
            (["--kv-heads", "1"], "predicted_mean", "g = 1, mean, f32", 48),
            (["--kv-heads", "1", "--pool", "mean"], "predicted_mean", "g = 1, mean, f32", 48),
        ] as [([String], String, String, Int)])
    func json(arguments: [String], key: String, kept: String, numbers: Int) throws {
        let program = try Program.run(
            [
                "perplexity", small, "--text", text, "--tokens", "194", "--kv-dtype", "f32",
                "--threads", "2", "--json",
            ] + arguments)
        let expected = try #require(fixture[key] as? [String: Any])
        let digits = /[0-9]+\.[0-9]{6}/
        #expect(
            program.output.replacing(digits, with: "R")
                == #"{"schema":1,"model":"Small test model","kept":"\#(kept)","perplexity":R,"#
                + #""nats_per_token":R,"standard_error":R,"tokens":194,"#
                + #""numbers_per_token_and_layer":\#(numbers),"bytes_per_token":\#(4 * numbers),"#
                + #""threads":2}"# + "\n")
        let given = try object(program)
        for name in ["perplexity", "nats_per_token", "standard_error"] {
            let (a, b) = (
                try #require(given[name] as? Double), try #require(expected[name] as? Double)
            )
            #expect(abs(a / b - 1) < 1e-3, "\(name)")
        }
        #expect(program.errors == "")
    }

    @Test("without --json it is one line a measure")
    func lines() throws {
        let program = try measure("--tokens", "100", "--threads", "1")
        let words = program.output.replacing(/[0-9]+\.[0-9]+/, with: "R")
        #expect(
            words == """
                kept        as built
                perplexity  \(program.lines[1].dropFirst(12))
                nats        R a token, standard error R
                tokens      100 predicted
                cache       192 bytes a token: 96 numbers in each of 1 layer
                threads     1

                """)
        #expect(program.errors == "")
        #expect(program.status == 0)
    }

    @Test("a text that is shorter than asked for is measured as far as it goes, which is said")
    func short() throws {
        let program = try measure("--tokens", "500", "--json")
        #expect(try object(program)["tokens"] as? Int == 194)
        #expect(
            program.errors == "headroom: \(text) has 195 tokens: 194 can be predicted\n")
        let two = try folder.write("ab", to: "two.txt")
        let one = try Program.run("perplexity", small, "--text", two, "--json")
        #expect(one.output.contains(#""standard_error":null,"tokens":1,"#))
    }

    @Test("a token that a file asks for stands before the text")
    func firstToken() throws {
        var parts = try GGUFParts.small.get()
        parts.set("tokenizer.ggml.add_bos_token", .flag(true))
        let asking = try parts.write(in: folder)
        let two = try folder.write("ab", to: "two.txt")
        let program = try Program.run("perplexity", asking, "--text", two, "--json")
        #expect(try object(program)["tokens"] as? Int == 2)
    }

    @Test("a sweep has a point for each way to keep, compared with the first at each token")
    func sweep() throws {
        let json = try object(try measure("--sweep", "--json", "--tokens", "194"))
        #expect(Set(json.keys) == ["schema", "model", "points", "threads"])
        let points = try #require(json["points"] as? [[String: Any]])
        let kept = points.compactMap { $0["kept"] as? String }
        #expect(
            kept == [
                "as built", "g = 4, copies", "latent 80", "latent 64", "latent 48", "latent 32",
                "latent 16", "latent 80, weighted", "latent 64, weighted", "latent 48, weighted",
                "latent 32, weighted", "latent 16, weighted", "g = 1, best", "g = 1, mean",
            ])
        for point in points {
            #expect(
                Set(point.keys) == [
                    "kept", "perplexity", "nats_per_token", "standard_error", "tokens",
                    "numbers_per_token_and_layer", "bytes_per_token", "nats_more",
                    "nats_more_standard_error",
                ])
            #expect(point["tokens"] as? Int == 194)
        }
        func more(_ name: String) -> Double? {
            points.first { $0["kept"] as? String == name }?["nats_more"] as? Double
        }
        #expect(more("as built") == 0)
        #expect(more("g = 4, copies") == 0)
        #expect(abs(try #require(more("g = 1, mean")) - 0.0995) < 0.02)
    }

    @Test("a sweep without --json is a table with a line for each point")
    func table() throws {
        let program = try measure("--sweep", "--tokens", "60")
        #expect(program.status == 0, "\(program.errors)")
        let lines = program.lines
        #expect(lines[0].split(separator: " ").first == "kept")
        #expect(lines[1].hasPrefix("as built "))
        #expect(lines.contains { $0.hasPrefix("g = 4, copies ") && $0.contains(" 0.0000  0.0000") })
        #expect(lines.allSatisfy { $0.count <= 80 })
    }

    @Test("any bytes are a text")
    func anyBytes() throws {
        let path = folder.url.appending(path: "any.txt")
        try Data((0..<2_000).map { UInt8(truncatingIfNeeded: $0 * $0 + $0 >> 8) }).write(to: path)
        let program = try Program.run("perplexity", small, "--text", path.path, "--json")
        #expect(try #require(try object(program)["perplexity"] as? Double) > 1)
    }
}
