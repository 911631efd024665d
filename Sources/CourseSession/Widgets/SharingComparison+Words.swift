import AttentionEngine
import CourseContent

extension SharingComparison {
    /// The differences in words, at the shape that they are of.
    func words(_ shape: AttentionShape) -> [Passage] {
        func row(_ name: String, _ difference: Float) -> Passage {
            .row(
                isSame(difference)
                    ? "From \(name): \(text(of: difference)), so the same numbers."
                    : "From \(name): \(text(of: difference)).")
        }
        return [
            .paragraph(
                "Computed here: how far outputs with \(shape.groupsInWords), differ at the most. "
                    + scale),
            row("MHA", fromMultiHead), row("MQA", fromMultiQuery),
        ]
    }
}
