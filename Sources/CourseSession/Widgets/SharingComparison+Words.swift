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
                "Computed here: how far outputs with \(counted(shape.keyValueHeads, "K/V head")), "
                    + "\(counted(shape.groupSize, "query head")) each, differ at the most. "
                    + scale),
            row("MHA", fromMultiHead), row("MQA", fromMultiQuery),
            row("tile order", fromTile),
        ]
    }

    /// Whether a difference is one of rounding only.
    package func isSame(_ difference: Float) -> Bool {
        difference < 1e-5 * largestOfMultiHead
    }

    /// What differences are to be held against.
    package var scale: String {
        let (here, multiHead) = (largestOutput, largestOfMultiHead)
        return here < multiHead && !isSame(multiHead - here)
            ? "Outputs up to \(text(of: multiHead)) (MHA), here \(text(of: here)): means are smaller."
            : "Outputs up to \(text(of: multiHead)), as in MHA."
    }

    /// "0", "0.412", "6e-8".
    package func text(of difference: Float) -> String {
        if difference == 0 { return "0" }
        if difference >= 0.001 { return fixed(Double(difference), decimals: 3) }
        return scientific(Double(difference))
    }
}
