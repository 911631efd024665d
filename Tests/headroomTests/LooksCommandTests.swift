import Foundation
import TestSupport
import Testing

@Suite("headroom looks")
struct LooksCommandTests {
    private let small = GGUFParts.smallFile.path

    private func looks(_ arguments: String...) throws -> Program {
        try Program.run(["looks", small, "--threads", "1"] + arguments)
    }

    @Test("of a sentence it prints the asking token's percentages, and JSON has all")
    func sentence() throws {
        let program = try looks(" the heads", "--token", "3")
        #expect(program.status == 0 && program.errors == "")
        #expect(program.lines[0].split(separator: " ") == ["token", "q0", "q1", "q2", "q3"])
        #expect(program.lines.firstIndex(of: "") == 4)
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(try looks(" the heads", "--json").output.utf8))
                as? [String: Any])
        #expect(json["query_heads"] as? Int == 4 && json["kv_heads"] as? Int == 2)
        let attention = try #require(json["attention"] as? [[[[Double]]]])
        let tokens = try #require(json["tokens"] as? [String])
        #expect(tokens.joined() == " the heads")
        #expect(attention.count == 1 && attention[0].count == 4)
        for head in attention[0] {
            #expect(head.map(\.count) == Array(1...tokens.count))
            for row in head { #expect(abs(row.reduce(0, +) - 1) < 1e-3) }
        }
        // The third token's row of the table is the JSON's.
        let shown = program.lines[1].split(separator: " ").suffix(4).map { Int($0) ?? 0 }
        #expect(shown == attention[0].map { Int((100 * $0[2][0]).rounded()) })
    }

    @Test("of a text it compares the heads of each layer, from the 17th token on")
    func comparison() throws {
        let folder = try TestFolder()
        let text = try folder.write(
            String(repeating: "the heads read keys ", count: 4), to: "t.txt")
        let program = try looks("--text", text, "--json")
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(program.output.utf8)) as? [String: Any])
        let layers = try #require(json["layers"] as? [[String: Double]])
        let tokens = try #require(json["tokens"] as? Int)
        #expect(layers.count == 1 && tokens > 16)
        #expect(layers[0].values.allSatisfy { 0...1 ~= $0 } && layers[0].count == 7)
        let table = try looks("--text", text)
        #expect(table.lines[0].hasPrefix("layer  share  apart"))
        #expect(table.output.contains("\(tokens) tokens"))
    }

    @Test(
        "what it cannot look at is refused in a line, with status 64",
        arguments: [
            (["a", "--layer", "1"], "--layer 1: this model's layers are 0 to 0"),
            (["a", "--token", "2"], "--token 2: TEXT has tokens 1 to 1"),
            (["--layer", "0"], "--layer and --token are of a TEXT: write it behind the model"),
            (["a", "--text", "b"], "TEXT is looked at, --text FILE compared: leave out one"),
            ([""], "TEXT has 0 tokens: 1 to 40 are looked at"),
        ])
    func refusals(arguments: [String], message: String) throws {
        let program = try Program.run(["looks", small] + arguments)
        #expect(program.status == 64)
        #expect(program.errors == "headroom: \(message)\n")
    }
}
