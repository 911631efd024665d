/// The findings of one lesson, as many as anyone reads.
struct FindingList {
    static let limit = 1_000

    private(set) var findings: [Finding] = []

    /// Adds a finding; those past the limit are not even worded.
    mutating func add(_ finding: @autoclosure () -> Finding) {
        if findings.count < Self.limit {
            findings.append(finding())
        } else if findings.count == Self.limit {
            findings.append(.tooManyFindings(limit: Self.limit, at: finding().place))
        }
    }

    /// In the order of the text.
    var sorted: [Finding] { findings.sorted { $0.place < $1.place } }
}
