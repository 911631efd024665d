import AttentionEngine
import CourseContent

extension AppendView {
    func words(scene: Scene) -> [Passage] {
        let (tokens, held) = held(scene)
        let token = ModelCache.bytesPerToken(scene.setting)
        let formula = factors(scene.setting, tokens, .unicode).map(\.text).joined()
        let size =
            held.bytes < 1000 || scene.units == .bytes
            ? held.exact : "\(held.exact), \(scene.units.text(held))"
        let next =
            tokens == spec.words.count
            ? "That is the whole sentence; run empties the cache."
            : "run appends the next token, \(spec.words[tokens]): \(token.exact) more."
        let names = spec.words.prefix(tokens).joined(separator: ", ")
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
}
