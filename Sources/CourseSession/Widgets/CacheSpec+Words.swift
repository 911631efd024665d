import AttentionEngine
import CourseContent

extension CacheSpec {
    func words(_ scene: Scene) -> [Passage] {
        guard let newest = words.last else { return [] }
        let count = words.count
        let tokens = "Picture: \(counted(count, "token")): \(words.joined(separator: ", ")). "
        let reading =
            count == 1
            ? "It has a query, a key and a value."
            : "The newest, \(newest), has a query, which meets the keys and values of all \(count)."
        let made =
            mode == .recomputed || count == 1
            ? " Made in this step: \(counted(count, "key")) and \(counted(count, "value"))."
            : " Made in this step: 1 key and 1 value, those of \(newest). Kept in the cache: "
                + "\(count - 1) of each, those of the tokens before."
        return [.paragraph(tokens + reading + made)]
    }
}
