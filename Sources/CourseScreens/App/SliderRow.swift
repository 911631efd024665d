import CourseSession
import TerminalCanvas

/// Something that can be moved, as a row of a screen: letter, name, value, track; and which of its
/// stops a column means.
struct SliderRow {
    private let control: Control
    private let value: Int
    private let stops: [Int]
    private let isChosen: Bool
    private let track: SliderTrack

    // Columns of the row.
    private static let nameStart = 3
    private static let valueEnd = 29
    private static let trackStart = 32
    private static let places: [TabStop] = [
        .from(0), .from(nameStart), .to(valueEnd), .from(trackStart),
    ]

    /// - Parameter width: columns of the whole row.
    init(_ control: Control, value: Int, stops: [Int], isChosen: Bool = false, width: Int) {
        self.control = control
        self.value = value
        self.stops = stops
        self.isChosen = isChosen
        track = SliderTrack(stops, width: width - Self.trackStart, label: control.label)
    }

    /// The row, from the letter on.
    func line(_ glyphs: Glyphs) -> Line {
        let style = isChosen ? Style.bright : .plain
        let text = control.text(value)
        let isNew = if case .slider(let slider) = control { slider.isNew } else { false }
        let room = Self.valueEnd - Self.nameStart - columns(of: text) - 1
        let name = String((control.name + (isNew ? " (new)" : "")).prefix(max(0, room)))
        let spans = [control.letter, name, text, ""].map { Span($0, style) }
        let current = stops.firstIndex(of: value) ?? 0
        return Line(spans, at: Self.places)
            + track.line(at: current, isChosen: isChosen, glyphs: glyphs)
    }

    /// The value that a column of the row means, counted from the letter; nil left of the track,
    /// unless the mouse was dragged there.
    func value(at column: Int, isDragged: Bool) -> Int? {
        let column = column - Self.trackStart
        guard isDragged || column >= -1 else { return nil }
        return stops[track.stop(at: max(column, isDragged ? 0 : -1))]
    }
}
