/// Where the learner expects their own way of caching to stand in the race's plot.
package struct Proposal: Hashable, Sendable {
    /// Numbers cached for each token, up to MHA's.
    package var numbers: Int
    /// Accuracy in percent.
    package var percent: Int

    /// A point, held to where the plot goes.
    package init(numbers: Int, percent: Int) {
        self.numbers = min(max(0, numbers), Self.mostNumbers)
        self.percent = min(max(0, percent), 100)
    }

    /// The right end of the plot: what MHA caches for a token.
    package static let mostNumbers = 128
    /// Where it stands before it is moved: nowhere that was measured.
    package static let start = Proposal(numbers: 64, percent: 50)

    /// The share of right answers, from 0 to 1.
    package var accuracy: Double { Double(percent) / 100 }

    /// Moved by some numbers and percents, as far as the plot goes.
    package func moved(numbers: Int = 0, percent: Int = 0) -> Proposal {
        Proposal(numbers: self.numbers + numbers, percent: self.percent + percent)
    }
}

extension Proposal: Codable {
    private enum CodingKeys: String, CodingKey { case numbers, percent }

    /// Takes what an older or damaged file holds to where the plot goes.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            numbers: try values.decode(Int.self, forKey: .numbers),
            percent: try values.decode(Int.self, forKey: .percent))
    }
}
