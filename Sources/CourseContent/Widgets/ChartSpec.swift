/// Published figures as bars, hidden while the step's question is open, as a lesson asks for them.
package struct ChartSpec: Hashable, Sendable {
    /// What was measured of one thing, in the order of the series.
    package struct Row: Hashable, Sendable {
        /// What the figures are of: "BLEU, test set".
        package let name: String
        /// The figures as numbers, at most 1e15 either way.
        package let values: [Double]
        /// The figures as the lesson writes them.
        package let texts: [String]
        /// Whether they are hidden while the step's question is open.
        package var isHidden = true

        /// The figures as they are seen; "?" where they are hidden.
        package func seen(isVeiled: Bool) -> [String] {
            isVeiled && isHidden ? texts.map { _ in "?" } : texts
        }
    }

    /// What is counted, and which way is better: "BLEU, higher is better".
    package var title: String
    /// What is compared, a bar each; at least one.
    package var series: [String]
    /// What it is compared by; as many figures each as there are series.
    package var rows: [Row]
    /// Where the bars begin.
    package var from = 0.0
    /// Whether each row has a scale of its own, since rows count different things.
    package var isApart = false

    /// As many bars as a lesson may ask for.
    package static let mostBars = 24

    /// How long a bar is, a share of the longest: of all, or of its row's where rows are apart.
    package func share(of value: Double, in row: Row) -> Double {
        let values = isApart ? row.values : rows.flatMap(\.values)
        let most = (values.max() ?? 0) - from
        return most <= 0 ? 0 : min(1, max(0, (value - from) / most))
    }
}
