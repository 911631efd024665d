import AttentionEngine
import CourseContent

extension CachePicture {
    func words(scene: Scene) -> [Passage] {
        guard let newest = spec.words.last else { return [] }
        let count = spec.words.count
        let tokens = "Picture: \(counted(count, "token")): \(spec.words.joined(separator: ", ")). "
        let reading =
            count == 1
            ? "It has a query, a key and a value."
            : "The newest, \(newest), has a query, which meets the keys and values of all \(count)."
        let made =
            spec.mode == .recomputed || count == 1
            ? " Made in this step: \(counted(count, "key")) and \(counted(count, "value"))."
            : " Made in this step: 1 key and 1 value, those of \(newest). Kept in the cache: "
                + "\(count - 1) of each, those of the tokens before."
        return [.paragraph(tokens + reading + made)]
    }
}
