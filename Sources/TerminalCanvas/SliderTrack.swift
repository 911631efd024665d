/// The line a slider's knob moves on: every stop written out where they fit, else a plain track.
package struct SliderTrack {
    private let count: Int
    /// Of all stops, or of the first and the last where not all are written out.
    private let labels: [String]
    private let width: Int
    let isLabelled: Bool
    /// The columns the knob moves in on a plain track, between the labels of its ends.
    private let inner: Range<Int>

    /// A track of a width for stops, one or more, with labels.
    package init<Stop>(_ stops: [Stop], width: Int, label: (Stop) -> String) {
        count = stops.count
        // More are never all written out.
        let shown = count <= 16 ? stops[...] : [stops[0], stops[count - 1]]
        labels = shown.map(label)
        self.width = max(1, width)
        let text = labels.reduce(0) { $0 + $1.count }
        isLabelled = labels.count == count && text + 2 * (count - 1) <= width
        let low = labels.first?.count ?? 0
        let high = labels.last?.count ?? 0
        let between = self.width - low - high
        // What the ends are is worth more than a column for each stop.
        inner = between >= 12 ? low..<low + between : 0..<self.width
    }

    /// The column at which a stop's label (or the knob) starts.
    func column(of stop: Int) -> Int {
        guard count > 1 else { return 0 }
        if isLabelled {
            let gaps = count - 1
            let text = labels.reduce(0) { $0 + $1.count }
            let space = min(width - text, gaps * 4)
            let before = labels[..<stop].reduce(0) { $0 + $1.count }
            return before + space * stop / gaps
        }
        return inner.lowerBound + stop * (inner.count - 1) / (count - 1)
    }

    /// The stop whose label (or knob) is nearest to a column, for the mouse.
    package func stop(at column: Int) -> Int {
        func distance(_ stop: Int) -> Int {
            let start = self.column(of: stop)
            let last = start + (isLabelled ? labels[stop].count : 1) - 1
            return max(start - column, column - last, 0)
        }
        return (0..<count).min { distance($0) < distance($1) } ?? 0
    }

    /// Where the track ends.
    var endColumn: Int {
        isLabelled ? column(of: count - 1) + (labels.last?.count ?? 1) : width
    }

    /// The track with its knob at a stop, which stands out more where it is the one that is moved.
    package func line(at current: Int, isChosen: Bool, glyphs: Glyphs) -> Line {
        var cells = Array(repeating: Cell(glyphs.track, .faint), count: min(endColumn, width))
        func put(_ text: String, _ column: Int, _ style: Style = .faint) {
            for (offset, character) in text.enumerated()
            where cells.indices.contains(column + offset) {
                cells[column + offset] = Cell(character, style)
            }
        }
        let knob = Style(isChosen ? .accent : .text, .bold)
        if isLabelled {
            for (stop, label) in labels.enumerated() { put(label, column(of: stop)) }
            put(labels[current], column(of: current), knob.with(.reverse))
        } else {
            if inner.count < width, let low = labels.first, let high = labels.last {
                put(low, 0)
                put(high, width - high.count)
            }
            put(String(glyphs.knob), column(of: current), knob)
        }
        return spans(of: cells[...])
    }
}
