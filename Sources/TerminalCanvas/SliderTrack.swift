/// The line a slider's knob moves on: every stop written out where they fit, else a plain track.
package struct SliderTrack {
    private let count: Int
    /// Of all stops, or of the first and the last where not all are written out.
    private let labels: [String]
    /// Where the labels of all stops start and what they take; none where not all are written out.
    private let places: [Range<Int>]
    private let width: Int
    /// The columns the knob moves in on a plain track, between the labels of its ends.
    private let inner: Range<Int>

    var isLabelled: Bool { !places.isEmpty }

    /// A track of a width for stops, one or more, with labels.
    package init<Stop>(_ stops: [Stop], width: Int, label: (Stop) -> String) {
        count = stops.count
        // More are never all written out.
        let shown = count <= 16 ? stops[...] : [stops[0], stops[count - 1]]
        labels = shown.map(label)
        self.width = max(1, width)
        let widths = labels.map { columns(of: $0) }
        places = Self.places(ofLabels: widths, of: count, in: width)
        let (low, high) = (widths.first ?? 0, widths.last ?? 0)
        let between = self.width - low - high
        // What the ends are is worth more than a column for each stop.
        inner = between >= 12 ? low..<low + between : 0..<self.width
    }

    /// At most four columns of the line lie between two labels, and two at least.
    private static func places(
        ofLabels widths: [Int], of count: Int, in width: Int
    ) -> [Range<Int>] {
        let (text, gaps) = (widths.reduce(0, +), count - 1)
        guard widths.count == count, text + 2 * gaps <= width else { return [] }
        let space = min(width - text, gaps * 4)
        var before = 0
        return widths.enumerated().map { stop, own in
            defer { before += own }
            let start = before + (gaps > 0 ? space * stop / gaps : 0)
            return start..<start + own
        }
    }

    /// The column at which a stop's label (or the knob) starts.
    func column(of stop: Int) -> Int {
        if isLabelled { return places[stop].lowerBound }
        return count > 1 ? inner.lowerBound + stop * (inner.count - 1) / (count - 1) : 0
    }

    /// The stop whose label (or knob) is nearest to a column, for the mouse.
    package func stop(at column: Int) -> Int {
        func distance(_ stop: Int) -> Int {
            let start = self.column(of: stop)
            let end = isLabelled ? places[stop].upperBound : start + 1
            return max(start - column, column - end + 1, 0)
        }
        return (0..<count).min { distance($0) < distance($1) } ?? 0
    }

    /// Where the track ends.
    var endColumn: Int {
        places.last?.upperBound ?? width
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
                put(high, width - columns(of: high))
            }
            put(String(glyphs.knob), column(of: current), knob)
        }
        return spans(of: cells[...])
    }
}
