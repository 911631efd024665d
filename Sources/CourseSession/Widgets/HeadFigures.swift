import AttentionEngine
import CourseContent

/// A head that is computed by hand: what one query, or two over the same keys, make of its tokens.
package struct HeadFigures {
    /// One that asks.
    package struct Query {
        /// What it is called: "query", "second".
        package let name: String
        /// Where it points, in degrees.
        package let degrees: Int
        /// Its two numbers.
        package let numbers: [Double]
        /// Its attention over the tokens that are seen.
        fileprivate let steps: AttentionInSteps
    }

    private let spec: HeadSpec
    /// All tokens, those that come later among them.
    package let tokens: [HeadSpec.Token]
    /// How many of them the token that asks sees: those before it and itself.
    package let seen: Int
    /// One query, or two.
    package let queries: [Query]
    private let isVeiled: Bool

    /// Of a picture as its dials stand.
    package init(_ spec: HeadSpec, _ scene: Scene) {
        self.spec = spec
        tokens = spec.tokens
        isVeiled = scene.isVeiled
        let seen = max(1, min(scene.dials[.token], tokens.count))
        self.seen = seen
        let second = scene.dials[.second]
        let directions =
            [("query", scene.dials[.query])]
            + (second == HeadSpec.noSecond ? [] : [("second", second)])
        queries = directions.map { name, degrees in
            let numbers = Self.query(degrees: degrees)
            let met = spec.tokens.prefix(seen)
            let steps = AttentionInSteps(
                query: numbers, keys: met.map(\.key), values: met.map { Double($0.value) })
            return Query(name: name, degrees: degrees, numbers: numbers, steps: steps)
        }
    }

    /// Where the tips of queries may be.
    package static let queryTips = HeadSpec.directions.map { degrees in
        let numbers = query(degrees: degrees)
        return (x: numbers[0], y: numbers[1])
    }

    /// The query that points somewhere: as long as 2, its numbers in tenths, so that what is
    /// computed of them can be followed on paper.
    static func query(degrees: Int) -> [Double] {
        let quarter = [20, 19, 17, 14, 10, 5, 0]
        func cosine(_ degrees: Int) -> Double {
            let turned = abs((degrees + 540) % 360 - 180)
            let tenths =
                turned <= 90
                ? quarter[turned / HeadSpec.turn] : -quarter[(180 - turned) / HeadSpec.turn]
            return Double(tenths) / 10
        }
        return [cosine(degrees), cosine(degrees - 90)]
    }

    // MARK: What is shown

    /// The token that asks.
    package var asking: String { tokens[seen - 1].word }

    /// What a query makes of a token's key; nil where it does not see the token, and while that is
    /// asked.
    package func score(_ token: Int, _ query: Query) -> AttentionInSteps.Score? {
        token < seen && !isVeiled ? query.steps.scores[token] : nil
    }

    /// The values mixed; nil while that is asked.
    package func output(_ query: Query) -> Double? { isVeiled ? nil : query.steps.output }

    /// "3.91", or a question mark for what is asked.
    package func outputText(_ query: Query) -> String { output(query).map(Self.text) ?? "?" }

    /// A number in hundredths.
    package static func text(_ value: Double) -> String {
        let text = fixed(value, decimals: 2)
        return text == "-0.00" ? "0.00" : text
    }

    /// "(0.5, 2.4)"
    package static func text(_ numbers: [Double]) -> String {
        "(\(numbers.map { fixed($0, decimals: 1) }.joined(separator: ", ")))"
    }

    // MARK: In words

    var told: [Passage] {
        let later = tokens.count - seen
        return [
            .paragraph(
                "Picture: \(counted(tokens.count, "token")), each with a key that is an arrow. "
                    + "\(asking) asks"
                    + (later == 0
                        ? "."
                        : "; \(counted(later, "token")) after it "
                            + (later == 1 ? "is" : "are") + " not seen."))
        ] + queries.flatMap(told)
    }

    private func told(_ query: Query) -> [Passage] {
        let name = query.name == "query" ? "The query" : "The second query"
        let head = "\(name) points at \(query.degrees) degrees, \(Self.text(query.numbers)). "
        return [.paragraph(head + "It reads " + ended(outputText(query)))]
            + tokens.indices.map { .row(told($0, query)) }
    }

    private func told(_ index: Int, _ query: Query) -> String {
        let token = tokens[index]
        let start = "\(token.word): key \(Self.text(token.key)), value \(token.value)"
        if index >= seen { return start + ", not seen." }
        guard let score = score(index, query) else { return start + ", share ?." }
        let scores =
            spec.detail == .share ? "" : ", score \(Self.text(score.dotProduct))"
        let scaled = spec.detail == .all ? ", scaled \(Self.text(score.scaled))" : ""
        return start + scores + scaled + ", share \(Self.text(score.share))."
    }
}

extension HeadFigures {
    /// A step from a query's and a key's numbers to the key's share.
    package struct Step: Sendable {
        /// What is done: "score: added".
        package let name: String
        /// The sum as one would write it: "3.25 / 1.4142".
        package let sum: String
        /// What it makes: "2.298".
        package let result: String
    }

    /// The largest share of the first query, from the numbers on.
    var unfolded: UnfoldedFigure {
        let query = queries[0]
        let scores = query.steps.scores
        let index = scores.indices.max { scores[$0].share < scores[$1].share } ?? 0
        let (score, token) = (scores[index], tokens[index])
        let root = Double(token.key.count).squareRoot()
        let sum = threeDigits(query.steps.sumOfPowers)
        let names = ["first numbers", "second numbers"]
        let products = zip(names, zip(query.numbers, token.key)).map { name, factors in
            Step(
                name: name,
                sum: [factors.0, factors.1].map { fixed($0, decimals: 1) }
                    .joined(separator: " × "),
                result: Self.text(factors.0 * factors.1))
        }
        let steps = [
            Step(
                name: "score: their sum",
                sum: score.products.map { Self.text($0) }.joined(separator: " + "),
                result: Self.text(score.dotProduct)),
            Step(
                name: "scaled: by sqrt(h)",
                sum: "\(Self.text(score.dotProduct)) / \(fixed(root, decimals: 4))",
                result: fixed(score.scaled, decimals: 3)),
            Step(
                name: "e to that power", sum: "e^\(fixed(score.scaled, decimals: 3))",
                result: threeDigits(score.power)),
            Step(
                name: "sum over all seen",
                sum: scores.map { threeDigits($0.power) }.joined(separator: " + "), result: sum),
            Step(
                name: "share", sum: "\(threeDigits(score.power)) / \(sum)",
                result: Self.text(score.share)),
        ]
        return UnfoldedFigure(
            title: "Why \(Self.text(score.share)): query \(Self.text(query.numbers)), "
                + "key of \(token.word) \(Self.text(token.key))",
            content: .share(products + steps), isPartial: false)
    }
}
