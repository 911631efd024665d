import Lessons

/// What stands between two pauses of a step, or before the first or behind the last.
package struct Portion: Hashable, Sendable {
    /// The blocks of prose that are seen with it and those before it.
    let blocks: Int
    /// The places of the pictures that are seen then among the step's.
    let widgets: Set<Int>
    /// Whether the step's question is seen then.
    let asks: Bool
    /// What the teacher wants to remember at this portion alone.
    package let notes: [String]
}

extension PreparedStep {
    /// The step as it stands before a pause, of so many portions from 1 on; whole where it has no
    /// more.
    package func showing(portions count: Int) -> PreparedStep {
        guard count < portions.count else { return self }
        let last = portions[max(0, count - 1)]
        var step = self
        step.prose = Array(prose.prefix(last.blocks))
        step.widgets = widgets.indices.filter(last.widgets.contains).map { widgets[$0] }
        if !last.asks { step.question = nil }
        return step
    }

    /// What the teacher wants to remember where so many portions are shown: of a step without
    /// pauses all of it.
    package func notes(showing count: Int) -> [String] {
        portions.isEmpty ? notes : portions[min(max(1, count), portions.count) - 1].notes
    }
}
