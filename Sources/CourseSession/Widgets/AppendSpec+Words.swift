import AttentionEngine
import CourseContent

extension AppendSpec {
    func words(_ scene: Scene) -> [Passage] {
        if let leftOut = Self.leftOut(of: scene.setting) {
            return [.paragraph(leftOut)]
        }
        let (tokens, held) = held(scene)
        let token = ModelCache.bytesPerToken(scene.setting)
        let formula = factors(scene.setting, tokens).map(\.text).joined(separator: " × ")
        let size =
            held.bytes < 1000 || scene.units == .bytes
            ? held.exact : "\(held.exact), \(scene.units.text(held))"
        let next =
            tokens == words.count
            ? "That is the whole sentence; run empties the cache."
            : "run appends the next token, \(words[tokens]): \(token.exact) more."
        let names = words.prefix(tokens).joined(separator: ", ")
        return [
            .paragraph(
                tokens == 0
                    ? "A cache in memory, empty so far."
                    : "A cache in memory: \(counted(tokens, "token")) (\(names)), each with its "
                        + "keys and values."),
            .row("Held: \(size)."),
            .row("Formula: \(formula) = \(grouped(token.bytes * tokens))."), .row(next),
        ]
    }

    /// What the cache holds: tokens, and bytes counted as they were written.
    package func held(_ scene: Scene) -> (tokens: Int, bytes: ByteCount) {
        let experiment = TokensExperiment(setting: scene.setting, words: words.count)
        let status = scene.experiments[experiment]
        return (status?.tokens ?? 0, ByteCount(status?.bytesHeld ?? 0))
    }

    /// "l 12", "n 12", "h 64", "s 3", "2", "2": the factors of tokens' bytes, without factors of
    /// one.
    package func factors(_ setting: CacheSetting, _ tokens: Int) -> [[Phrase]] {
        let heads = setting.shape.groupSize == 1 ? "n" : "g"
        var parts = [("l", setting.layers)]
        if setting.batch > 1 { parts.append(("b", setting.batch)) }
        parts += [(heads, setting.keyValueHeads), ("h", setting.headDimension), ("s", tokens)]
        return parts.map { [Phrase("\($0) "), Phrase(grouped($1), .figure)] }
            + [[Phrase("2", .figure)], [Phrase(setting.numberWidth.bytesText, .figure)]]
    }
}
