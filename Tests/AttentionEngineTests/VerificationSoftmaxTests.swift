import AttentionEngine
import Testing

/// Attention whose weights a closure makes of a head's scores, [queries][keys], nil where a key is
/// hidden.
private struct Weighed {
    let heads = 4
    let keyHeads = 2
    let tokens = 6
    let width = 8
    var causal = true
    var readsKeys = false
    /// Each sequence's keys that are seen.
    var seen: [Range<Int>] = [0..<6]
    /// What attention_mask says.
    var mask: [Range<Int>]?
    /// The values' places that a step's query at a place reads.
    var values: (Int, Int) -> Int = { $1 }
    var keys: (Int, Int) -> Int = { $1 }

    typealias Saved = [String: (shape: [Int], numbers: [Double])]

    func saved(_ weights: ([[Double?]]) -> [[Double]]) -> Saved {
        var random = SeededGenerator(seed: 8)
        func take(_ heads: Int) -> [Double] {
            random.numbers(seen.count * heads * tokens * width, times: 2).map(Double.init)
        }
        let (q, k, v) = (take(heads), take(keyHeads), take(keyHeads))
        func row(_ all: [Double], _ head: Int, _ token: Int) -> [Double] {
            Array(all[(head * tokens + token) * width..<(head * tokens + token + 1) * width])
        }
        func score(_ head: Int, _ own: Int, _ i: Int, _ j: Int) -> Double {
            let (query, key) = (row(q, head, i), row(k, own, keys(i, j)))
            return zip(query, key).map(*).reduce(0, +) / Double(width).squareRoot()
        }
        var out: [Double] = []
        for batch in seen.indices {
            for head in 0..<heads {
                let own = batch * keyHeads + head / (heads / keyHeads)
                let scores = (0..<tokens).map { i in
                    (0..<tokens).map { j -> Double? in
                        guard !causal || j <= i, seen[batch].contains(j) else { return nil }
                        return score(batch * heads + head, own, i, j)
                    }
                }
                for (i, row_) in weights(scores).enumerated() {
                    for place in 0..<width {
                        let sum = row_.enumerated().reduce(0.0) { sum, weight in
                            let read = readsKeys ? k : v
                            let value = row(read, own, values(i, weight.offset))[place]
                            return sum + weight.element * value
                        }
                        out.append(Double(Float(sum)))
                    }
                }
            }
        }
        let batch = seen.count > 1 ? [seen.count] : []
        var file: Saved = [
            "q": (batch + [heads, tokens, width], q), "k": (batch + [keyHeads, tokens, width], k),
            "v": (batch + [keyHeads, tokens, width], v),
            "out": (batch + [heads, tokens, width], out),
        ]
        if let mask {
            file["attention_mask"] = (
                [mask.count, tokens],
                mask.flatMap { there in (0..<tokens).map { there.contains($0) ? 1 : 0 } }
            )
        }
        return file
    }

    func names(
        decode: Bool = false, adding others: Saved = [:],
        _ weights: ([[Double?]]) -> [[Double]]
    ) throws -> [[String]] {
        var options = VerificationOptions(causal: causal && !decode)
        options.isDecoding = decode
        let file = saved(weights).merging(others) { $1 }
        return try AttentionVerification(AttentionRecord(file), options).names
    }
}

private func softmax(_ scores: [Double]) -> [Double] {
    func exponential(_ x: Double) -> Double {
        if x < -600 { return 0 }
        if abs(x) > 0.25 {
            let half = exponential(x / 2)
            return half * half
        }
        return (1...14).reversed().reduce(1.0) { 1 + x / Double($1) * $0 }
    }
    let most = scores.max() ?? 0
    let powers = scores.map { exponential($0 - most) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
}

private let low = -1e30

private func filled(_ row: [Double?], _ fill: Double = low) -> [Double] { row.map { $0 ?? fill } }

@Suite("A softmax that is none")
struct SoftmaxMistakeTests {
    @Test("is named: taken twice, not divided, or of the keys' values")
    func others() throws {
        let twice = try Weighed().names { $0.map { softmax(softmax(filled($0))) } }
        #expect(twice == [["softmax-twice"]])
        let undivided = try Weighed().names {
            $0.map { row in
                let weights = softmax(filled(row))
                let most = weights.max() ?? 1
                return weights.map { $0 / most }
            }
        }
        #expect(undivided == [["not-normalised"]])
        var keys = Weighed()
        keys.readsKeys = true
        #expect(try keys.names { $0.map { softmax(filled($0)) } } == [["values-are-keys"]])
    }

    @Test("is a logarithm though hidden scores are a low number")
    func logarithms() throws {
        for fill in [-1e4, -1e9, -3.402_823_466_385_288_6e38] {
            let names = try Weighed().names { rows in
                rows.map { row in
                    let all = filled(row, fill)
                    let most = all.max() ?? 0
                    // The largest weight is 1 / Σ exp(s - most).
                    let sum = 1 / (softmax(all).max() ?? 1)
                    return all.map { $0 - most - logarithm(sum) }
                }
            }
            #expect(names == [["log-softmax"]], "\(fill)")
        }
    }

    /// By its series in (x - 1) / (x + 1), of a number between 1 and 10.
    private func logarithm(_ x: Double) -> Double {
        let y = (x - 1) / (x + 1)
        return 2
            * (0..<200).reduce(0.0) { sum, step in
                let odd = 2 * step + 1
                return sum + (0..<odd).reduce(1.0) { power, _ in power * y } / Double(odd)
            }
    }

    @Test(
        "of an inverted attention_mask is named once, also where rows that see nothing take the mean"
    )
    func invertedPadding() throws {
        var attention = Weighed()
        attention.mask = [0..<6, 2..<6, 4..<6]
        attention.seen = [6..<6, 0..<2, 0..<4]
        let names = try attention.names { $0.map { softmax(filled($0)) } }
        #expect(names == [["padding-inverted"]])
    }

    @Test("in a loop whose values are overwritten, or whose keys are not appended, names the cache")
    func overwritten() throws {
        var attention = Weighed()
        attention.values = { step, _ in step }
        var options = VerificationOptions()
        options.isDecoding = true
        let values = try AttentionVerification(
            AttentionRecord(attention.saved { $0.map { softmax(filled($0)) } }), options)
        // A row of equal values is that value, whatever the weights.
        #expect(
            Set(values.names) == [
                ["values-overwritten"], ["only-newest-kept"], ["concatenated-along-heads"],
            ])
        #expect(!values.isCertain)
        attention = Weighed()
        attention.keys = { _, _ in 0 }
        let keys = try attention.names(decode: true) { $0.map { softmax(filled($0)) } }
        #expect(keys.first == ["keys-not-appended"])
    }

    @Test("of a q that was saved before its transpose is right, and that is told")
    func transposedQueries() throws {
        let attention = Weighed()
        var file = attention.saved { $0.map { softmax(filled($0)) } }
        let (n, t, h) = (attention.heads, attention.tokens, attention.width)
        let q = file["q"]?.numbers ?? []
        file["q"] = (
            [t, n, h],
            (0..<t * n * h).map { q[($0 / h % n * t + $0 / (n * h)) * h + $0 % h] }
        )
        let report = try AttentionVerification(
            AttentionRecord(file), VerificationOptions(causal: true))
        #expect(report.isMatch && report.remarks.contains { $0.hasPrefix("q lies as [t, n, h]") })
    }
}
