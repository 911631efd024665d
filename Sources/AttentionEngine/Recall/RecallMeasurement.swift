/// What was measured on a trained layer with questions it had not seen.
package struct RecallMeasurement: Equatable, Sendable {
    /// Questions asked, of eight parts each.
    package let questions: Int
    /// The share of parts answered rightly.
    package let accuracy: Double
    /// The mean cross-entropy of an answer, in nats.
    package let loss: Double
    /// How differently the heads look: the Jensen-Shannon divergence between two heads' attention,
    /// the mean over pairs of heads and questions, in bits. 0 where all look at the same.
    package let headDivergenceBits: Double
    /// The share of a head's attention that is on the item an attribute asks about, the mean over
    /// questions: `following[head][attribute]`. A head that looks everywhere has an eighth.
    let following: [[Double]]

    /// The attribute that each head follows more than any other; of equals the first.
    package var followed: [Int] { Self.followed(following) }

    /// How many of the attributes some head follows more than any other attribute.
    package var perspectives: Int { Self.perspectives(following) }

    /// How many different attributes are the one that a head follows most; of equals the first.
    static func perspectives(_ following: [[Double]]) -> Int {
        Set(followed(following)).count
    }

    private static func followed(_ following: [[Double]]) -> [Int] {
        following.compactMap { shares in
            shares.indices.max { shares[$0] < shares[$1] || shares[$0] == shares[$1] && $0 > $1 }
        }
    }

    /// The mean Jensen-Shannon divergence, in bits, between two rows of `attention`: one row a
    /// head, each the shares of its attention on the items. 0 where there are fewer than two.
    ///
    /// The entropy of the mean of two distributions less the mean of their entropies (Lin 1991).
    static func headDivergenceBits(_ attention: [[Double]]) -> Double {
        let entropies = attention.map(entropyBits)
        var sum = 0.0
        var pairs = 0.0
        for first in attention.indices {
            for second in attention.indices.prefix(first) {
                let middle = zip(attention[first], attention[second]).map { ($0 + $1) / 2 }
                sum += entropyBits(middle) - (entropies[first] + entropies[second]) / 2
                pairs += 1
            }
        }
        return pairs == 0 ? 0 : sum / pairs
    }

    private static func entropyBits(_ shares: [Double]) -> Double {
        var nats = 0.0
        for share in shares where share >= .leastNormalMagnitude {
            nats -= share * naturalLogarithm(share)
        }
        return nats / 0.693_147_180_559_945_3
    }
}
