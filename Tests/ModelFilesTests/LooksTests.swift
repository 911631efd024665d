import AttentionEngine
import Foundation
import TestSupport
import Testing

@testable import LanguageModel

@Suite("Where a model's heads look")
struct LooksTests {
    /// [n][t][s] of the small model's only layer, read in parts.
    private func looks(_ sequence: ModelSequence, _ ids: [Int], parts: Int) -> [[[Double]]] {
        var (sequence, rows) = (sequence, [[[Double]]](repeating: [], count: 4))
        for start in stride(from: 0, to: ids.count, by: parts) {
            let part = Array(ids[start..<min(ids.count, start + parts)])
            sequence.read(part) { _, weights in
                let seen = start + part.count
                for row in 0..<4 * part.count {
                    rows[row / part.count].append(
                        weights[row * seen..<(row + 1) * seen].map(Double.init)
                            + Array(repeating: 0, count: ids.count - seen))
                }
            }
        }
        return rows
    }

    /// The same from queries and keys before turning, in loops and in double precision.
    private func plain(_ model: LanguageModel, _ ids: [Int]) -> [[[Double]]] {
        var (queries, keys) = ([Float](), [Float]())
        var sequence = ModelSequence(of: model)
        sequence.read(ids) { _, q, k, _ in (queries, keys) = (q, k) }
        let width = model.shape.attention.headDimension
        func turned(_ numbers: [Float], _ row: Int, _ position: Int) -> [Double] {
            var row = numbers[row * width..<(row + 1) * width].map(Double.init)
            for (pair, frequency) in model.frequencies.enumerated() {
                let angle = Double(position) * Double(frequency)
                let (x, y) = (row[2 * pair], row[2 * pair + 1])
                row[2 * pair] = x * cos(angle) - y * sin(angle)
                row[2 * pair + 1] = x * sin(angle) + y * cos(angle)
            }
            return row
        }
        let t = ids.count
        return (0..<4).map { head in
            (0..<t).map { asking in
                let query = turned(queries, head * t + asking, asking)
                let powers = (0...asking).map { seen in
                    let key = turned(keys, head / 2 * t + seen, seen)
                    return exp(
                        zip(query, key).reduce(0) { $0 + $1.0 * $1.1 } / Double(width).squareRoot())
                }
                let sum = powers.reduce(0, +)
                return powers.map { $0 / sum } + Array(repeating: 0, count: t - 1 - asking)
            }
        }
    }

    private func difference(_ one: [[[Double]]], _ other: [[[Double]]]) -> Double {
        largestDifference(Array(one.joined()), Array(other.joined()))
    }

    @Test(
        "is what queries and turned keys give in plain loops, in any parts", arguments: [16, 5, 1])
    func plainLoops(parts: Int) throws {
        let (model, ids) = (try MappedModel(), try SmallModelFixture.shared.get().read)
        let own = looks(ModelSequence(of: model.own.model), ids, parts: parts)
        #expect(difference(own, plain(model.own.model, ids)) < 1e-4)
    }

    @Test("is the same over copied heads, and another over their mean")
    func sharing() throws {
        let (model, ids) = (try MappedModel(), try SmallModelFixture.shared.get().read)
        let built = looks(ModelSequence(of: model.own.model), ids, parts: 16)
        func kept(_ sharing: HeadSharing) -> [[[Double]]] {
            looks(ModelSequence(of: model.own.model, kept: .heads(sharing)), ids, parts: 16)
        }
        #expect(difference(kept(.copied(times: 2)), built) == 0)
        #expect(difference(kept(.mean(of: 2)), built) > 0.1)
    }

    @Test("Heads differ by what of their attention does not overlap, pair by pair")
    func diversity() {
        // Two heads on one K/V head, two on another; one token asks, four are seen.
        let weights: [Float] = [
            0.5, 0.5, 0, 0,
            0.5, 0, 0.5, 0,
            0.5, 0, 0, 0.5,
            0.5, 0, 0, 0.5,
        ]
        var diversity = HeadDiversity()
        diversity.add(weights, queryHeads: 4, groupSize: 2, queryTokens: 1)
        #expect(diversity.all.sharing == 0.25)
        #expect(diversity.all.apart == 0.5)
        #expect(diversity.withoutFirst.sharing == 0.5)
        #expect(diversity.withoutFirst.apart == 1)
        #expect(diversity.sameTarget.sharing == 0.5)
        #expect(diversity.sameTarget.apart == 0)
        #expect(diversity.onFirst == 0.5)
        // A token at which all look alike halves them.
        diversity.add(
            Array(repeating: 0.25, count: 16), queryHeads: 4, groupSize: 2, queryTokens: 1)
        #expect(diversity.tokens == 2)
        #expect(diversity.all.sharing == 0.125 && diversity.all.apart == 0.25)
        // Tokens before the start are not counted.
        diversity.add(weights, queryHeads: 4, groupSize: 2, queryTokens: 1, from: 1)
        #expect(diversity.tokens == 2)
    }
}
