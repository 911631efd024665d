/// What a number's ratio to the right one gives away: a factor that was left out or counted twice,
/// a unit that was mistaken. Used for a learner's guess and for another program's figure alike; its
/// texts begin with a verb and have no subject.
package struct RatioReading: Hashable, Sendable {
    let ratio: Double
    /// How far a mistake's factor may be from the ratio, as a part of it.
    let tolerance: Double

    /// The number over the right one, and how near a mistake's factor must come to
    /// it, as a part of itself.
    package init(_ ratio: Double, tolerance: Double = 0.01) {
        self.ratio = ratio
        self.tolerance = tolerance
    }

    /// Whether the number is the right one times a factor that is not one.
    package func isOff(by factor: Double) -> Bool {
        abs(factor - 1) > 0.005 && abs(ratio / factor - 1) < tolerance
    }

    // MARK: Products

    /// "forgot the layers, l = 96, or the heads, n = 96".
    package func forgotten(_ product: [CacheFactor], queryHeads: Int?) -> String? {
        let names = product.filter { isOff(by: 1 / $0.amount) }.map { $0.phrase(queryHeads) }
        return names.isEmpty ? nil : "forgot " + names.joined(separator: ", or ")
    }

    /// "counted twice the layers, l = 96".
    package func countedTwice(_ product: [CacheFactor], queryHeads: Int?) -> String? {
        let names = product.filter { isOff(by: $0.amount) }.map { $0.phrase(queryHeads) }
        return names.isEmpty ? nil : "counted twice " + names.joined(separator: ", or ")
    }

    /// "forgot both the 2 for a key and a value and the 2 bytes of a number".
    package func bothTwos(_ product: [CacheFactor], queryHeads: Int?) -> String? {
        let pair = product.filter {
            [.keyAndValue, .parameter(.bytesPerNumber)].contains($0.kind) && $0.amount != 1
        }
        guard pair.count == 2, isOff(by: 1 / (pair[0].amount * pair[1].amount)) else { return nil }
        return "forgot both \(pair[0].phrase(queryHeads)) and \(pair[1].phrase(queryHeads))"
    }

    // MARK: Units

    /// A unit written for another of nearly its size.
    package struct UnitMistake: Hashable, Sendable {
        /// The unit in which the number is right.
        package let right: String
        /// The unit that stands behind the number instead.
        package let written: String
        let factor: Double
    }

    /// The unit that was taken for the one written, where that explains the ratio.
    package func unit(written: String) -> UnitMistake? {
        Self.unitMistakes.first { $0.written == written && isOff(by: $0.factor) }
    }

    static let unitMistakes = [
        UnitMistake(right: "GiB", written: "GB", factor: 1 / 1.073741824),
        UnitMistake(right: "GB", written: "GiB", factor: 1.073741824),
        UnitMistake(right: "MiB", written: "MB", factor: 1 / 1.048576),
        UnitMistake(right: "MB", written: "MiB", factor: 1.048576),
    ]

    /// A step of the scale too many or too few: "a thousand times too much: one unit too large".
    ///
    /// - Parameters:
    ///   - isBinary: whether the units are, where that is known.
    ///   - tolerance: how far the number may be off besides, where not as little as others.
    package func scale(isBinary: Bool? = nil, within tolerance: Double? = nil) -> String? {
        Self.scales.first {
            (isBinary ?? $0.isBinary) == $0.isBinary
                && abs(ratio / $0.factor - 1) < tolerance ?? self.tolerance
        }?.text
    }

    private static let scales: [(factor: Double, isBinary: Bool, text: String)] = [
        (1000, false, "a thousand times too much: one unit too large"),
        (0.001, false, "a thousand times too little: one unit too small"),
        (1024, true, "1,024 times too much: one binary unit too large"),
        (1.0 / 1024, true, "1,024 times too little: one binary unit too small"),
        (1e6, false, "a million times too much: two units too large"),
        (1e-6, false, "a million times too little: two units too small"),
        (1_048_576, true, "1,048,576 times too much: two binary units too large"),
        (1.0 / 1_048_576, true, "1,048,576 times too little: two binary units too small"),
    ]

    /// "eight times as much: those are bits, not bytes".
    package var bits: String? {
        if isOff(by: 8) { return "eight times as much: those are bits, not bytes" }
        return isOff(by: 1.0 / 8) ? "an eighth: bytes were divided by 8" : nil
    }
}

extension CacheFactor {
    /// The factor as a number, bytes per number in bytes.
    var amount: Double {
        kind == .parameter(.bytesPerNumber) ? Double(value) / 8 : Double(value)
    }

    /// The factor in words, "the layers, l = 96"; heads of as many as there are query heads are
    /// called so.
    func phrase(_ queryHeads: Int?) -> String {
        switch kind {
        case .parameter(.bytesPerNumber): "the \(valueText) bytes of a number"
        case .parameter(.keyValueHeads) where value == queryHeads: "the heads, n = \(valueText)"
        case .parameter(let parameter): "the \(parameter.name), \(parameter.letter) = \(valueText)"
        case .keyAndValue: "the 2 for a key and a value"
        case .headCount: "the heads, n = \(valueText)"
        case .latentNumbers: "the latent's \(valueText) numbers"
        case .tokensKeptOverLayers: "the \(valueText) tokens kept over all layers"
        }
    }
}
