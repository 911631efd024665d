import AttentionEngine
import Foundation
import ModelFiles
import Testing

/// The files that make_attention_fixtures.py wrote: inputs, and the outs of programs over them.
struct Programs {
    /// "heads-square-1".
    let name: String
    private let file: SafeTensors

    init(_ name: String) throws {
        self.name = name
        let url = Self.folder.appendingPathComponent("\(name).safetensors")
        file = try SafeTensors(FileBytes([UInt8](Data(contentsOf: url))))
    }

    /// What is said of a file of its own, which is causal.
    static func report(of file: String) throws -> AttentionVerification {
        let url = folder.appendingPathComponent("\(file).safetensors")
        var options = VerificationOptions()
        options.causal = true
        return try AttentionVerification(
            AttentionRecord(SafeTensors(FileBytes([UInt8](Data(contentsOf: url))))), options)
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/Attentions")

    /// "causal/heads-tiled#2", without what goes in.
    var all: [String] {
        let kinds = ["plain", "causal", "decode", "core", "whole"]
        let inputs = [
            "q_nope", "q_rope", "latent", "k_rope", "w_uk", "w_uv", "x", "q_proj",
            "q_a_proj", "q_a_layernorm", "q_b_proj", "kv_a_proj_with_mqa", "kv_a_layernorm",
            "kv_b_proj", "o_proj",
        ]
        return file.tensors.keys.filter { name in
            let parts = name.split(separator: "/")
            return parts.count == 2 && kinds.contains(String(parts[0]))
                && !inputs.contains(String(parts[1]))
        }.sorted()
    }

    /// What is said of a program's out, some of it changed.
    func report(
        _ program: String, _ change: (@Sendable (Int, Double) -> Double)? = nil,
        adding others: [String: String] = [:],
        options: VerificationOptions = VerificationOptions()
    ) throws -> AttentionVerification {
        let kind = String(program.split(separator: "/")[0])
        var parts = ["out": program]
        for name in file.tensors.keys {
            let isOfKind = name.hasPrefix("\(kind)/") && kind == "core" || kind == "whole"
            if !name.contains("/"), kind != "core", kind != "whole" { parts[name] = name }
            if isOfKind, name.hasPrefix("\(kind)/") {
                parts[String(name.dropFirst(kind.utf8.count + 1))] = name
            }
        }
        parts.merge(others) { $1 }
        let saved = parts
        let tensors = saved.compactMapValues { name in
            file.tensors[name].map {
                AttentionRecord.Tensor(shape: $0.shape, format: .float32)
            }
        }
        let record = AttentionRecord(tensors) { (name, range) throws(VerificationProblem) in
            guard let tensor = saved[name].flatMap({ file.tensors[$0] }) else { return [] }
            do throws(FileProblem) {
                let numbers = try file.numbers(of: tensor, in: range)
                guard name == "out", let change else { return numbers }
                return numbers.enumerated().map { change(range.lowerBound + $0, $1) }
            } catch { throw VerificationProblem(error.description) }
        }
        var options = options
        options.causal = options.causal || kind == "causal"
        options.isDecoding = options.isDecoding || kind == "decode"
        return try AttentionVerification(record, options)
    }

    /// Names of mistakes that a program was made with, without the number behind them.
    static func mistakes(_ program: String) -> Set<String> {
        let name = program.split(separator: "/")[1].split(separator: "#")[0]
        return Set(name.split(separator: "+").map(String.init))
    }
}

/// Files whose tensors are "FORMAT/q", and "FORMAT/WAY" for an out, as [n, t, h] or [b, n, t, h].
struct RightPrograms {
    private let file: SafeTensors

    init(_ name: String) throws {
        let url = Programs.folder.appendingPathComponent("\(name).safetensors")
        file = try SafeTensors(FileBytes([UInt8](Data(contentsOf: url))))
    }

    enum Layout: CaseIterable {
        case tokensInside, tokensFirst, merged, tokensInsideOfBatch, tokensFirstOfBatch
        case mergedOfBatch

        var keepsBatch: Bool {
            [.tokensInsideOfBatch, .tokensFirstOfBatch, .mergedOfBatch].contains(self)
        }
    }

    /// "float16/eager".
    var all: [String] {
        file.tensors.keys.filter { !["q", "k", "v"].contains($0.split(separator: "/")[1]) }.sorted()
    }

    /// What is said of a program's out, laid out otherwise; nil where a batch has to be there.
    func report(_ program: String, _ layout: Layout) throws -> AttentionVerification? {
        let format = program.split(separator: "/")[0]
        let formats: [String: FloatFormat] = [
            "F64": .float64, "F32": .float32, "F16": .float16, "BF16": .bfloat16,
            "F8_E4M3": .float8e4m3, "F8_E5M2": .float8e5m2,
        ]
        var tensors: [String: AttentionRecord.Tensor] = [:]
        var numbers: [String: [Double]] = [:]
        var heads = 0
        for (part, name) in [
            ("q", "\(format)/q"), ("k", "\(format)/k"), ("v", "\(format)/v"), ("out", program),
        ] {
            let tensor = try #require(file.tensors[name])
            let shape = tensor.shape
            let (b, n, t, h) = (
                shape.count == 4 ? shape[0] : 1, shape[shape.count - 3], shape[shape.count - 2],
                shape[shape.count - 1]
            )
            if b > 1, !layout.keepsBatch { return nil }
            if part == "q" { heads = n }
            let all = try file.numbers(of: tensor, in: 0..<b * n * t * h)
            func row(_ b: Int, _ i: Int, _ t: Int, _ tokens: Int) -> ArraySlice<Double> {
                let start = ((b * n + i) * tokens + t) * h
                return all[start..<start + h]
            }
            let (laid, rest): ([Double], [Int]) =
                switch layout {
                case .tokensInside, .tokensInsideOfBatch: (all, [n, t, h])
                case .tokensFirst, .tokensFirstOfBatch, .merged, .mergedOfBatch:
                    (
                        (0..<b).flatMap { b in
                            (0..<t).flatMap { place in
                                (0..<n).flatMap { row(b, $0, place, t) }
                            }
                        },
                        layout == .tokensFirst || layout == .tokensFirstOfBatch
                            ? [t, n, h] : [t, n * h]
                    )
                }
            numbers[part] = laid
            tensors[part] = AttentionRecord.Tensor(
                shape: (layout.keepsBatch ? [b] : []) + rest,
                format: try #require(formats[tensor.type]))
        }
        var options = VerificationOptions()
        (options.causal, options.heads) = (true, heads)
        let saved = numbers
        let record = AttentionRecord(tensors) { (name, range) throws(VerificationProblem) in
            Array((saved[name] ?? [])[range])
        }
        return try AttentionVerification(record, options)
    }
}
