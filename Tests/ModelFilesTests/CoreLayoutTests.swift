import AttentionEngine
import Foundation
import ModelFiles
import Testing

/// The core of mla-small-1, or of a file whose latent is as wide as its values.
private struct Core {
    var tensors: [String: (shape: [Int], numbers: [Double])] = [:]

    init(_ out: String = "right-expanded") throws {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/Attentions/mla-small-1.safetensors")
        let file = try SafeTensors(FileBytes([UInt8](Data(contentsOf: url))))
        for part in ["q_nope", "q_rope", "latent", "k_rope", "w_uk", "w_uv", "out"] {
            let tensor = try #require(file.tensors["core/" + (part == "out" ? out : part)])
            let count = tensor.shape.reduce(1, *)
            tensors[part] = (tensor.shape, try file.numbers(of: tensor, in: 0..<count))
        }
    }

    /// Puts a dimension of 1 into a shape.
    mutating func widen(_ name: String, at place: Int) {
        tensors[name]?.shape.insert(1, at: place)
    }

    /// [n, rows, columns] as [n, columns, rows].
    mutating func transpose(_ name: String) {
        guard let (shape, numbers) = tensors[name] else { return }
        let (rows, columns) = (shape[1], shape[2])
        let moved = numbers.indices.map { index in
            let (head, column, row) = (
                index / (rows * columns), index / rows % columns, index % rows
            )
            return numbers[(head * rows + row) * columns + column]
        }
        tensors[name] = ([shape[0], columns, rows], moved)
    }

    func report() throws -> AttentionVerification {
        let saved = tensors
        let record = AttentionRecord(
            saved.mapValues { AttentionRecord.Tensor(shape: $0.shape, format: .float32) }
        ) { (name, range) throws(VerificationProblem) in
            Array((saved[name]?.numbers ?? [])[range])
        }
        return try AttentionVerification(record, VerificationOptions())
    }
}

@Suite("The layouts of an MLA core")
struct CoreLayoutTests {
    @Test("may have a dimension for the one head of latent and rotary key, which is told")
    func oneHead() throws {
        for (batched, place, text) in [
            (true, 1, "k_rope [1, 1, 6, 4]"), (true, 2, "k_rope [1, 6, 1, 4]"),
            (false, 0, "k_rope [1, 6, 4]"), (false, 1, "k_rope [6, 1, 4]"),
        ] {
            var core = try Core()
            if batched {
                for name in ["q_nope", "q_rope", "latent", "k_rope", "out"] {
                    core.widen(name, at: 0)
                }
            }
            core.widen("k_rope", at: place)
            let report = try core.report()
            #expect(report.isMatch && report.sizes.tokens == 6, "\(text)")
            #expect(report.remarks.contains { $0.hasPrefix(text + " is read as") }, "\(text)")
        }
    }

    @Test("may have weights with the latent's numbers first, which is told")
    func turnedWeights() throws {
        for (name, rest) in [("w_uv", "v"), ("w_uk", "h")] {
            var core = try Core()
            core.transpose(name)
            let report = try core.report()
            #expect(report.isMatch && report.remarks == ["\(name) is read as [n, c, \(rest)]."])
        }
        var wrong = try Core("scale-of-nope")
        wrong.transpose("w_uv")
        #expect(
            try wrong.report().explanations.map { $0.map(\.id) }
                == [["scale-of-nope"], ["scale-of-model-width"]])
    }
}
