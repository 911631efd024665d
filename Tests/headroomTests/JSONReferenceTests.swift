import AttentionEngine
import CourseContent
import Foundation
import ModelCatalog
import TestSupport
import Testing

@testable import CourseSession
@testable import headroom

@Suite("The reference of what is written as JSON")
struct JSONReferenceTests {
    private let folder: TestFolder
    private let small = GGUFParts.smallFile.path

    init() throws { folder = try TestFolder() }

    /// The members of what was written, as the reference names them.
    private func members(_ texts: [String]) throws -> Set<String> {
        var found: Set<String> = []
        func walk(_ value: Any, _ path: String) {
            if let object = value as? [String: Any] {
                for (key, inner) in object {
                    let name =
                        ["variants": "VARIANT", "engine.options": "OPTION"][path] ?? key
                    let own = (path.isEmpty ? "" : path + ".") + name
                    let isList = (inner as? [Any])?.first is [String: Any]
                    found.insert(isList ? own + "[]" : own)
                    walk(inner, isList ? own + "[]" : own)
                }
            } else if let items = value as? [Any] {
                for item in items { walk(item, path) }
            }
        }
        for text in texts {
            walk(try JSONSerialization.jsonObject(with: Data(text.utf8)), "")
        }
        return found
    }

    /// Lists of objects that are empty, or null, in what was written are known by their members.
    private func expectSame(_ reference: JSONReference, _ texts: [String]) throws {
        let named = Set(reference.members.map(\.path))
        let lists = Set(named.filter { $0.hasSuffix("[]") }.map { String($0.dropLast(2)) })
        let written = try members(texts).subtracting(lists)
        #expect(named.count == reference.members.count, "a name stands twice")
        #expect(written.subtracting(named) == [], "\(reference.command) writes these, too")
        #expect(named.subtracting(written) == [], "\(reference.command) does not write these")
    }

    private func run(_ arguments: String...) throws -> String {
        let program = try Program.run(arguments)
        #expect(!program.output.isEmpty, "\(arguments): \(program.errors)")
        return program.output
    }

    @Test("has every member that memory writes, and no other")
    func memory() throws {
        let config = try folder.write(
            """
            {"model_type": "mimo_v2_flash", "num_hidden_layers": 4, "num_attention_heads": 8,
             "num_key_value_heads": 2, "head_dim": 64, "v_head_dim": 32, "hidden_size": 512,
             "hybrid_layer_pattern": [0, 1, 1, 1], "sliding_window_size": 128}
            """, to: "config.json")
        try expectSame(
            .memory,
            [
                run("memory", "--json"), run("memory", "--model", "deepseek-v3", "--json"),
                run(
                    "memory", "--model", "gpt-oss-20b", "--json", "--explain", "--compare", "1GB",
                    "--gpus", "2", "--gpu-memory", "80GB", "--engine", "vllm", "--engine-option",
                    "block-size=32"),
                run("memory", "--model", "qwen3-next-80b", "--json"),
                run("memory", "--model", "gemma4-31b", "--json"),
                run("memory", "--config", config, "--json"),
                run("memory", "--model", "longcat-flash", "--json"),
                mixed(),
            ])
    }

    /// A model some of whose layers keep a latent and others a window of heads.
    private func mixed() throws -> String {
        let shape = ModelShape(
            name: "mixed", queryHeads: 8, headDimension: nil, hiddenSize: nil,
            stack: LayerStack([
                LayerRun(
                    layers: 1,
                    cache: .full(.latent(LatentWidths(latentRank: 8, rotaryDimension: 4)))),
                LayerRun(layers: 1, cache: .window(.heads(2, 64), tokens: 8)),
            ]), maximumTokens: nil, format: .f16, weights: nil, resolved: [], remarks: [])
        let load = try CacheLoad(tokens: 16)
        return try MemoryAnswer(
            subject: MemorySubject(shape: shape, place: "", source: .file("")),
            request: MemoryRequest(
                load: load, gpus: 1, isSpread: false, memory: nil, stated: nil, isExplained: false,
                rules: Derivation.Rules(tokens: "", batch: "", format: ""))
        ).json.text
    }

    @Test("has every member that lists write, and no other")
    func lists() throws {
        try expectSame(.models, [run("models", "--json")])
        try expectSame(.lessons, [run("lessons", "--json")])
        _ = try Program.run("new", folder.url.appending(path: "own").path)
        let lesson = try folder.write("# no lesson", to: "own/01-a.md")
        try expectSame(
            .lint, [run("lint", URL(filePath: lesson).deletingLastPathComponent().path, "--json")])
    }

    @Test("has every member that experiments write, and no other")
    func experiments() throws {
        try expectSame(
            .bench, [run("bench", "--heads", "2", "--head-dim", "16", "--tokens", "16", "--json")])
        try expectSame(.race, [run("race", "--steps", "1", "--variants", "mqa", "--json")])
    }

    @Test("has every member that a real model's commands write, and no other")
    func models() throws {
        try expectSame(.generate, [run("generate", small, "heads", "--tokens", "2", "--json")])
        let text = try folder.write(
            String(repeating: "the heads read keys ", count: 12), to: "text.txt")
        try expectSame(.perplexity, [run("perplexity", small, "--text", text, "--json")])
        try expectSame(
            .sweep, [run("perplexity", small, "--text", text, "--sweep", "--json")])
        try expectSame(.looks, [run("looks", small, "the heads", "--json")])
        try expectSame(.comparison, [run("looks", small, "--text", text, "--json")])
    }

    @Test("has every member that verify writes, and no other")
    func verify() throws {
        let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/no-scale.safetensors").path
        try expectSame(
            .verify, [run("verify", fixture, "--json"), run("verify", latent(), "--json")])
    }

    /// An MLA of zeros.
    private func latent() throws -> String {
        let shapes = [
            ("q_nope", [2, 3, 4]), ("q_rope", [2, 3, 2]), ("latent", [3, 5]), ("k_rope", [3, 2]),
            ("w_uk", [2, 4, 5]), ("w_uv", [2, 4, 5]),
            ("out", [2, 3, 4]),
        ]
        var (start, entries) = (0, [String]())
        for (name, shape) in shapes {
            let end = start + shape.reduce(4, *)
            entries.append(
                #""\#(name)":{"dtype":"F32","shape":\#(shape),"data_offsets":[\#(start),\#(end)]}"#)
            start = end
        }
        let header = Array("{\(entries.joined(separator: ","))}".utf8)
        let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
        let file = folder.url.appending(path: "latent.safetensors")
        try Data(length + header + [UInt8](repeating: 0, count: start)).write(to: file)
        return file.path
    }

    @Test("has every member that class writes, and no other")
    func classAnswers() throws {
        let file = try folder.write("{}", to: "class")
        let record = AnswerRecord(
            given: "1 MB", tries: 2, first: "2 MB", date: "2026-11-23 17:20")
        let question = QuestionID(lesson: "gqa", part: "half-of-g")
        try AnswersFolder.make(beside: file).write(
            StudentAnswers(name: "Ada", answers: [question: record]), of: AnswersFolder.randomID())
        try expectSame(.classAnswers, [run("class", file, "--format", "json")])
    }

    @Test("has every member that notes write, and no other")
    func notes() throws {
        _ = try folder.learn(
            "go kv-cache 5", "predict 12", "note a thought", "go gqa 5",
            "set g 4")
        let text = try String(contentsOf: folder.progressFile, encoding: .utf8)
        var progress = try #require(
            JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        progress["reviews"] = [
            "kv-cache/numbers-of-a-token": ["times": 1, "isRight": true, "given": "1"]
        ]
        progress["measurements"] = [
            "steps": ["what": "steps", "rows": [["name": "g 1", "result": "2 ms"]]]
        ]
        try JSONSerialization.data(withJSONObject: progress).write(to: folder.progressFile)
        try expectSame(.notes, [folder.shell("\"$headroom\" notes --format json").output])
    }

    @Test("is the page of 'headroom help json', in which no line is wider than 80 columns")
    func page() throws {
        let help = try run("help", "json")
        #expect(help.contains(JSONReference.text))
        #expect(try run("json") == JSONReference.text + "\n")
        for reference in JSONReference.all {
            #expect(help.contains("\nheadroom \(reference.command)"))
        }
    }

    @Test("All names are in snake_case, and each has its meaning")
    func spelling() {
        for reference in JSONReference.all {
            for member in reference.members {
                let names = member.path.split(separator: ".").filter {
                    $0 != "VARIANT" && $0 != "OPTION"
                }
                #expect(
                    names.allSatisfy { $0.wholeMatch(of: /[a-z][a-z0-9_]*(\[\])?/) != nil },
                    "\(member.path)")
                #expect(!member.meaning.isEmpty)
            }
        }
    }
}
