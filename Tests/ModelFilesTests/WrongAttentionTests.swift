import AttentionEngine
import Foundation
import ModelFiles
import TestSupport
import Testing

/// The files that make_attention_fixtures.py wrote: inputs, and the outs of programs over them.
private struct Programs {
    /// "heads-square-1".
    let name: String
    private let file: SafeTensors

    init(_ name: String) throws {
        self.name = name
        let url = Self.folder.appendingPathComponent("\(name).safetensors")
        file = try SafeTensors(FileBytes([UInt8](Data(contentsOf: url))))
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/Attentions")

    /// "causal/heads-tiled#2", without what goes in.
    var all: [String] {
        let kinds = ["plain", "causal", "decode", "core", "whole"]
        let inputs = [
            "q_nope", "q_rope", "latent", "k_rope", "w_uk", "w_uv", "x", "q_proj",
            "kv_a_proj_with_mqa", "kv_a_layernorm", "kv_b_proj", "o_proj",
        ]
        return file.tensors.keys.filter { name in
            let parts = name.split(separator: "/")
            return parts.count == 2 && kinds.contains(String(parts[0]))
                && !inputs.contains(String(parts[1]))
        }.sorted()
    }

    /// What is said of a program's out.
    func report(_ program: String) throws -> AttentionVerification {
        let kind = String(program.split(separator: "/")[0])
        var parts = ["out": program]
        for name in file.tensors.keys {
            let isOfKind = name.hasPrefix("\(kind)/") && kind == "core" || kind == "whole"
            if !name.contains("/"), kind != "core", kind != "whole" { parts[name] = name }
            if isOfKind, name.hasPrefix("\(kind)/") {
                parts[String(name.dropFirst(kind.utf8.count + 1))] = name
            }
        }
        let tensors = parts.compactMapValues { name in
            file.tensors[name].map {
                AttentionRecord.Tensor(shape: $0.shape, format: .float32)
            }
        }
        let record = AttentionRecord(tensors) { (name, range) throws(VerificationProblem) in
            guard let tensor = parts[name].flatMap({ file.tensors[$0] }) else { return [] }
            do throws(FileProblem) {
                return try file.numbers(of: tensor, in: range)
            } catch { throw VerificationProblem(error.description) }
        }
        var options = VerificationOptions()
        options.causal = kind == "causal"
        options.isDecoding = kind == "decode"
        return try AttentionVerification(record, options)
    }

    /// Names of mistakes that a program was made with, without the number behind them.
    static func mistakes(_ program: String) -> Set<String> {
        let name = program.split(separator: "/")[1].split(separator: "#")[0]
        return Set(name.split(separator: "+").map(String.init))
    }
}

@Suite("Programs in Python, right and with a mistake or two")
struct WrongAttentionTests {
    private static let files: [String] = {
        let shapes = [
            "heads-square", "heads-wide", "heads-batch", "decode-small", "decode-wide",
            "decode-mqa", "mla-small", "mla-other", "mla-equal",
        ]
        let seeds = SlowTests.extent([1], of: [1, 2, 3])
        return seeds.flatMap { seed in shapes.map { "\($0)-\(seed)" } }
    }()

    @Test("are told from each other: no right one rejected, no wrong one accepted, most named")
    func named() throws {
        var (count, named) = (0, 0)
        var rejected: [String] = []
        var accepted: [String] = []
        var unnamed: [String] = []
        for name in Self.files {
            let programs = try Programs(name)
            for program in programs.all {
                let report = try programs.report(program)
                let mistakes = Programs.mistakes(program)
                if mistakes.contains(where: { $0.hasPrefix("right-") }) {
                    if !report.isMatch { rejected.append("\(name) \(program)") }
                    continue
                }
                if report.wrongNumbers == 0 {
                    // What no number tells is no mistake of this file.
                    continue
                }
                count += 1
                if report.isMatch { accepted.append("\(name) \(program)") }
                if report.explanations.contains(where: { Set($0.map(\.id)) == mistakes }) {
                    named += 1
                } else {
                    let found = report.explanations.prefix(3).map {
                        $0.map(\.id).joined(separator: "+")
                    }
                    unnamed.append("\(name) \(program): \(found)")
                }
            }
        }
        print("\(named) of \(count) wrong programs are named")
        #expect(rejected == [])
        #expect(accepted == [])
        #expect(Double(named) >= 0.95 * Double(count), "\(unnamed.joined(separator: "\n"))")
        if !unnamed.isEmpty { print(unnamed.joined(separator: "\n")) }
    }
    @Test("are right in four formats and six layouts, in 16 bits with what was kept in them")
    func right() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Programs.folder.path)
            .filter { $0.hasPrefix("right-") }.sorted()
        #expect(names.count == 24)
        var rejected: [String] = []
        for name in names {
            let bytes = try Data(contentsOf: Programs.folder.appendingPathComponent(name))
            var options = VerificationOptions()
            options.causal = true
            options.heads = 4
            let report = try AttentionVerification(
                AttentionRecord(SafeTensors(FileBytes([UInt8](bytes)))), options)
            let isNarrow = name.contains("float16")
            if !report.isMatch || isNarrow != (report.remarks.count == 1) { rejected.append(name) }
        }
        #expect(rejected == [])
    }

    @Test("are told what a layer's cache should hold, where it holds something else")
    func caches() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Programs.folder.path)
            .filter { $0.hasPrefix("cache-") }.sorted()
        #expect(names.count == 9)
        for name in names {
            let bytes = try Data(contentsOf: Programs.folder.appendingPathComponent(name))
            let report = try AttentionVerification(
                AttentionRecord(SafeTensors(FileBytes([UInt8](bytes)))), VerificationOptions())
            let mistake = String(name.dropFirst(6).dropLast(".safetensors".utf8.count))
            let isRight = mistake.hasPrefix("right")
            #expect(report.isMatch == isRight && report.form == .latentWhole)
            #expect(report.explanations.map { $0.map(\.id) } == (isRight ? [] : [[mistake]]))
        }
    }
}
