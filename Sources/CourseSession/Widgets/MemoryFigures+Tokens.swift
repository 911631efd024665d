import AttentionEngine
import CourseContent

extension MemoryFigures {
    /// What the cache takes with so many tokens in it.
    package struct TokenRow: Sendable {
        /// How many.
        package let tokens: Int
        /// What the formula makes of them: bytes, or numbers where it stops before these.
        package let amount: Int
        /// That as it is written; a question mark under an open question.
        package let text: String
        /// Whether the setting has so many.
        package let isHere: Bool
    }

    /// The cache at every stop of the slider of tokens, fewest first; none where the step has no
    /// such slider, compares variants, or does not count tokens yet.
    package var tokenRows: [TokenRow] {
        guard shows(.tokens), scene.tokenStops.count > 1 else { return [] }
        return scene.tokenStops.compactMap { tokens in
            guard let setting = try? scene.setting.setting([.tokens: tokens]),
                let size = size(in: MemoryReport(setting))
            else { return nil }
            let (bytes, count) = product(of: factors(of: size))
            return TokenRow(
                tokens: tokens, amount: bytes?.bytes ?? count,
                text: scene.isVeiled ? "?" : bytes.map(scene.units.short) ?? grouped(count),
                isHere: tokens == scene.setting.tokens)
        }
    }

    /// The same in words; which of them is here says the formula.
    var tokenWords: [Passage] {
        if scene.isVeiled { return [] }
        let rows = tokenRows.map { Passage.row("\(counted($0.tokens, "token")): \($0.text).") }
        return rows.isEmpty ? [] : [.paragraph("By tokens:")] + rows
    }
}
