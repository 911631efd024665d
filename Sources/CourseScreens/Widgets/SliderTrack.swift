import CourseContent
import CourseSession

/// The line a slider's knob moves on: every stop written out where they fit, else a plain track.
struct SliderTrack {
    let labels: [String]
    let width: Int
    let isLabelled: Bool
    /// The columns the knob moves in on a plain track, between the labels of its ends.
    private let inner: Range<Int>

    init(labels: [String], width: Int) {
        self.labels = labels
        self.width = max(1, width)
        let text = labels.reduce(0) { $0 + $1.count }
        isLabelled = labels.count <= 16 && text + 2 * (labels.count - 1) <= width
        let low = labels.first?.count ?? 0
        let high = labels.last?.count ?? 0
        let between = self.width - low - high
        let hasRoom = between >= 12 && (between >= labels.count || self.width < labels.count)
        inner = hasRoom ? low..<low + between : 0..<self.width
    }

    /// Whether a plain track shows its ends.
    var hasEnds: Bool { !isLabelled && inner.count < width }

    /// The column at which a stop's label (or the knob) starts.
    func column(of stop: Int) -> Int {
        guard labels.count > 1 else { return 0 }
        if isLabelled {
            let gaps = labels.count - 1
            let text = labels.reduce(0) { $0 + $1.count }
            let space = min(width - text, gaps * 4)
            let before = labels[..<stop].reduce(0) { $0 + $1.count }
            return before + space * stop / gaps
        }
        return inner.lowerBound + stop * (inner.count - 1) / (labels.count - 1)
    }

    /// The stop whose label (or knob) is nearest to a column, for the mouse.
    func stop(at column: Int) -> Int {
        func distance(_ stop: Int) -> Int {
            let start = self.column(of: stop)
            let last = start + (isLabelled ? labels[stop].count : 1) - 1
            return max(start - column, column - last, 0)
        }
        return labels.indices.min { distance($0) < distance($1) } ?? 0
    }

    /// Where the track ends.
    var endColumn: Int {
        isLabelled ? column(of: labels.count - 1) + (labels.last?.count ?? 1) : width
    }
}
