import AttentionEngine
import Foundation
import LanguageModel
import ModelFiles
import TestSupport
import Testing

/// A model read from bytes in memory, which stay for as long as it does.
final class MappedModel {
    let own: GGUFLanguageModel
    private let memory: UnsafeMutableRawBufferPointer

    init(_ bytes: [UInt8]) throws {
        memory = .allocate(byteCount: max(1, bytes.count), alignment: 32)
        memory.copyBytes(from: bytes)
        do {
            own = try GGUFLanguageModel(
                mapped: UnsafeRawBufferPointer(rebasing: memory[..<bytes.count]))
        } catch {
            memory.deallocate()
            throw error
        }
    }

    /// The small model, changed.
    convenience init(changed change: (inout GGUFParts) throws -> Void = { _ in }) throws {
        var parts = try GGUFParts.small.get()
        try change(&parts)
        try self.init(parts.bytes)
    }

    deinit { memory.deallocate() }

    /// log p of every token behind each one read, which are read in parts of so many: [t][v].
    func logProbabilities(
        _ ids: [Int], parts: Int = .max, kept: KeptForm = .heads(.asBuilt),
        format: NumberFormat = .float32, threads: Int = 1
    ) -> [[Double]] {
        var sequence = ModelSequence(
            of: own.model, kept: kept, format: format, threads: threads)
        let size = min(parts, ids.count)
        return stride(from: 0, to: ids.count, by: size).flatMap { start in
            let part = Array(ids[start..<min(ids.count, start + size)])
            let logits = sequence.readAll(part)
            let v = own.model.shape.vocabulary
            return part.indices.map { row in
                let row = logits[row * v..<(row + 1) * v].map(Double.init)
                let top = row.max() ?? 0
                let sum = top + log(row.reduce(0) { $0 + exp($1 - top) })
                return row.map { $0 - sum }
            }
        }
    }
}

/// What `small_model_fixture.py` wrote of the small model.
struct SmallModelFixture: Decodable, Sendable {
    /// How well a text is predicted.
    struct Predicted: Decodable, Sendable {
        let perplexity, natsPerToken, standardError: Double
        let tokens: Int
    }

    let read: [Int]
    let asBuilt: [[Double]]
    let mean: [[Double]]
    let latent: [[Double]]
    let weighted: [[Double]]
    let best: [[Double]]
    let left: [Int]
    let tied: [[Double]]
    let prompt: [Int]
    let greedy: [Int]
    let text: String
    let textIds: [Int]
    let predicted, predictedMean: Predicted

    static let shared = Result {
        let file = GGUFParts.smallFile.deletingLastPathComponent().appending(path: "small.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(SmallModelFixture.self, from: Data(contentsOf: file))
    }
}

/// The largest difference of numbers in rows; infinite where one is none or rows are missing.
func largestDifference(_ a: [[Double]], _ b: [[Double]]) -> Double {
    guard a.map(\.count) == b.map(\.count) else { return .infinity }
    return zip(a.joined(), b.joined()).reduce(0) { largest, pair in
        let difference = abs(pair.0 - pair.1)
        return difference.isNaN ? .infinity : max(largest, difference)
    }
}
