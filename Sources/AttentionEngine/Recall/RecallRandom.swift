/// Random numbers: xoshiro256** (Blackman and Vigna 2018, arXiv 1805.01407), its state filled by
/// SplitMix64. The same seed and stream give the same numbers on every machine.
struct RecallRandom {
    /// What the numbers are for; streams of one seed have nothing in common.
    enum Stream: UInt64 {
        case weights, training, curve, questions
    }

    private var a, b, c, d: UInt64

    init(seed: UInt64, stream: Stream) {
        var mixer = SplitMix(state: seed)
        mixer.state = mixer.next() &+ stream.rawValue
        a = mixer.next()
        b = mixer.next()
        c = mixer.next()
        d = mixer.next()
    }

    /// 64 random bits.
    mutating func next() -> UInt64 {
        let product = b &* 5
        let result = (product &<< 7 | product &>> 57) &* 9
        let shifted = b &<< 17
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = d &<< 45 | d &>> 19
        return result
    }

    /// A number from the normal distribution of mean 0 and variance 1, by Marsaglia's polar method.
    mutating func normal() -> Double {
        while true {
            let x = symmetric()
            let y = symmetric()
            let square = x * x + y * y
            if square > 0, square < 1 {
                return x * (-2 * naturalLogarithm(square) / square).squareRoot()
            }
        }
    }

    /// A number between -1 and 1.
    private mutating func symmetric() -> Double { Double(next() &>> 11) * 0x1p-52 - 1 }
}

/// Numbers that look random and are the same for the same state: SplitMix64 (Steele, Lea and Flood
/// 2014, OOPSLA).
package struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    /// The numbers that follow a state.
    package init(state: UInt64) { self.state = state }

    /// 64 random bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ bits &>> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits &>> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits &>> 31
    }
}

/// The natural logarithm of a positive normal number, to about one unit in the last place and the
/// same on every machine, which a system's library does not promise.
func naturalLogarithm(_ x: Double) -> Double {
    var exponent = Double(x.exponent)
    var significand = x.significand
    if significand > 1.414_213_562_373_095 {
        significand /= 2
        exponent += 1
    }
    // ln m = 2 (z + z³/3 + z⁵/5 + …) with z = (m - 1) / (m + 1), at most 0.172.
    let z = (significand - 1) / (significand + 1)
    let square = z * z
    var sum = 0.0
    for odd in stride(from: 21, through: 1, by: -2) { sum = sum * square + 1 / Double(odd) }
    return exponent * 0.693_147_180_559_945_3 + 2 * z * sum
}
