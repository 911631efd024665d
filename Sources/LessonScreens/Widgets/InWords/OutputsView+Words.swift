import AttentionEngine

extension OutputsView {
    func words(scene: Scene) -> [Passage] {
        guard let sharing = scene.measured.sharing else { return [] }
        let shape = scene.setting.shape
        let longest = max(
            sharing.largestOutput, sharing.fromMultiHead, sharing.fromMultiQuery, sharing.fromTile)
        func row(_ name: String, _ difference: Float) -> Passage {
            .row(
                difference < 1e-5 * longest
                    ? "From \(name): \(text(difference)), so the same numbers."
                    : "From \(name): \(text(difference)).")
        }
        return [
            .paragraph(
                "Computed here: how far outputs with \(counted(shape.keyValueHeads, "K/V head")), "
                    + "\(counted(shape.groupSize, "query head")) each, differ at the most. The "
                    + "largest output is \(text(sharing.largestOutput))."),
            row("MHA", sharing.fromMultiHead), row("MQA", sharing.fromMultiQuery),
            row("tile order", sharing.fromTile),
        ]
    }
}
