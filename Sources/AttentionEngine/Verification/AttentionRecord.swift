/// An attention that somebody computed: what went in and what came out, to be checked.
///
///     q    [n, s_q, h]      n query heads, s_q query tokens, h head width
///     k, v [g, s_k, h]      g K/V heads, s_k tokens
///     out  [n, s_q, h]
///
/// or each with the same batch b in front. Numbers stay where they are until a check reads them,
/// one head at a time.
package struct AttentionRecord {
    /// The tensors, by the names they are saved under.
    package enum Part: String, CaseIterable, Sendable {
        /// [n, s_q, h], with the batch b in front of it where there is one, as of all four.
        case queries = "q"
        /// [g, s_k, h].
        case keys = "k"
        /// [g, s_k, h].
        case values = "v"
        /// [n, s_q, h], what is checked.
        case outputs = "out"
    }

    let shape: AttentionShape
    /// b; 1 where the tensors have no batch.
    let batch: Int
    /// s_q.
    let queryTokens: Int
    /// s_k.
    let tokens: Int
    /// What out's numbers are written in: nobody's outputs are nearer than its rounding.
    let format: FloatFormat

    private let shapes: [Part: [Int]]
    private let read: (Part, Range<Int>) throws(VerificationProblem) -> [Double]

    /// `read` gives a range of a tensor's numbers in row-major order. Throws where the shapes are
    /// none of an attention, or ask for more work than a check does.
    package init(
        shapes: [Part: [Int]], format: FloatFormat,
        read: @escaping (Part, Range<Int>) throws(VerificationProblem) -> [Double]
    ) throws(VerificationProblem) {
        let all = try Shapes(shapes)
        do {
            shape = try AttentionShape(
                queryHeads: all.queries[0], keyValueHeads: all.keys[0],
                headDimension: all.queries[2])
        } catch {
            throw VerificationProblem(
                "\(error.description); heads come before tokens, "
                    + "q is [n, s_q, h] and k [g, s_k, h]")
        }
        batch = all.batch
        queryTokens = all.queries[1]
        tokens = all.keys[1]
        self.format = format
        self.shapes = shapes
        self.read = read
        let ofHead = (Double(queryTokens) + Double(tokens)) * Double(shape.headDimension)
        guard ofHead <= Self.mostNumbersOfHead else {
            throw VerificationProblem(
                "is too large to check: (s_q + s_k) h is \(grouped(queryTokens)) and "
                    + "\(grouped(tokens)) tokens by \(grouped(shape.headDimension)), and "
                    + "\(grouped(Int(Self.mostNumbersOfHead))) numbers a head is the limit")
        }
        guard work <= Self.mostWork else {
            throw VerificationProblem(
                "is too much to check, with \(grouped(batch * shape.queryHeads)) heads of "
                    + "\(grouped(queryTokens)) query tokens on \(grouped(tokens)): a few hundred "
                    + "tokens show every mistake")
        }
    }

    /// Of q and k, which are in memory a head at a time, as v and out are.
    static let mostNumbersOfHead = 0x1p24

    /// Some seconds for the check itself. A double, since no file bounds the product of its sizes.
    static let mostWork = 0x1p33
    /// The search for mistakes ends behind as much.
    package static let mostSearchWork = 0x1p32

    /// What a check takes, in multiplications of scores, with what every head takes besides.
    var work: Double {
        Double(batch) * Double(shape.queryHeads)
            * (65_536 + Double(queryTokens) * workOfRow(tokens))
    }

    /// What a row takes that sees some keys: h multiplications for a score and as much as 16 for
    /// its exponential, and what every row takes besides.
    func workOfRow(_ keys: Int) -> Double { 64 + Double(keys) * Double(shape.headDimension + 16) }

    /// The numbers of one head of one sequence: [s_q, h] of q and out, [s_k, h] of k and v.
    func numbers(_ part: Part, batch: Int, head: Int) throws(VerificationProblem) -> [Double] {
        let isOfQueries = part == .queries || part == .outputs
        let heads = isOfQueries ? shape.queryHeads : shape.keyValueHeads
        let count = (isOfQueries ? queryTokens : tokens) * shape.headDimension
        let start = (batch * heads + head) * count
        return try read(part, start..<start + count)
    }

    /// Throws the first number that is none. Cost: reads everything once.
    func requireNumbers(causal: Bool) throws(VerificationProblem) {
        for part in Part.allCases {
            let shape = shapes[part] ?? []
            let count = shape.reduce(1, *)
            for start in stride(from: 0, to: count, by: 1 << 18) {
                let numbers = try read(part, start..<min(count, start + 1 << 18))
                if let index = numbers.firstIndex(where: { !$0.isFinite }) {
                    throw notNumber(numbers[index], part, at: start + index, causal: causal)
                }
            }
        }
    }

    private func notNumber(
        _ value: Double, _ part: Part, at index: Int, causal: Bool
    ) -> VerificationProblem {
        var (rest, place) = (index, [Int]())
        for dimension in (shapes[part] ?? []).reversed() {
            place.insert(rest % dimension, at: 0)
            rest /= dimension
        }
        let name = value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf"
        let query = place[place.count - 2]
        let seesNothing = part == .outputs && causal && query < queryTokens - tokens
        return VerificationProblem(
            "holds \(name) in \(part.rawValue) at \(Shapes.text(place))"
                + (seesNothing
                    ? ": query \(query) sees no key there: expected zeros" : ""))
    }
}

/// Why an attention cannot be checked, as the rest of a sentence that begins with its name.
package struct VerificationProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// The rest of the sentence, without a full stop.
    package init(_ description: String) { self.description = description }
}

/// The four shapes, without their batch, held against each other.
private struct Shapes {
    let batch: Int
    let queries: [Int]
    let keys: [Int]

    init(_ shapes: [AttentionRecord.Part: [Int]]) throws(VerificationProblem) {
        let parts = AttentionRecord.Part.allCases
        let all = parts.map { shapes[$0] ?? [] }
        func problem(_ text: String) -> VerificationProblem {
            let list = zip(parts, all).map { "\($0.rawValue) \(Self.text($1))" }
            return VerificationProblem("\(text): \(list.joined(separator: ", "))")
        }
        let rank = all[0].count
        guard all.allSatisfy({ $0.count == rank }), rank == 3 || rank == 4 else {
            throw problem(
                "wants q, k, v and out of three dimensions (heads, tokens, width), or of four "
                    + "with a batch in front")
        }
        guard all.allSatisfy({ !$0.contains { $0 < 1 } }) else {
            throw problem("has a dimension of 0")
        }
        guard rank == 3 || all.allSatisfy({ $0[0] == all[0][0] }) else {
            throw problem("has batches that differ")
        }
        let (q, k, v, out) = (
            all[0].suffix(3), all[1].suffix(3), all[2].suffix(3), all[3].suffix(3)
        )
        guard q == out else { throw problem("has an out whose shape is not q's") }
        guard k == v else { throw problem("has k and v of different shapes") }
        guard q.last == k.last else { throw problem("has heads of different widths in q and k") }
        batch = rank == 4 ? all[0][0] : 1
        queries = Array(q)
        keys = Array(k)
    }

    /// "[2, 8, 64]", and not all of it where it is long.
    static func text(_ shape: [Int]) -> String {
        "[" + shape.prefix(6).map(String.init).joined(separator: ", ")
            + (shape.count > 6 ? ", ...]" : "]")
    }
}
