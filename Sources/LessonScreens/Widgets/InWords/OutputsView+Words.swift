import AttentionEngine
import CourseContent

extension OutputsView {
    func words(scene: Scene) -> [Passage] {
        guard let sharing = scene.sharing else { return [] }
        let shape = scene.setting.shape
        func row(_ name: String, _ difference: Float) -> Passage {
            .row(
                isSame(difference, in: sharing)
                    ? "From \(name): \(text(difference)), so the same numbers."
                    : "From \(name): \(text(difference)).")
        }
        return [
            .paragraph(
                "Computed here: how far outputs with \(counted(shape.keyValueHeads, "K/V head")), "
                    + "\(counted(shape.groupSize, "query head")) each, differ at the most. "
                    + scale(of: sharing)),
            row("MHA", sharing.fromMultiHead), row("MQA", sharing.fromMultiQuery),
            row("tile order", sharing.fromTile),
        ]
    }
}
