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
    private let valueEnd: Int
    private let trackStart: Int
    /// A narrower row leaves fewer columns between name and value.
    private static let roomyWidth = 64

    /// - Parameter width: columns of the whole row.
    init(_ control: Control, value: Int, stops: [Int], isChosen: Bool = false, width: Int) {
        self.control = control
        self.value = value
        self.stops = stops
        self.isChosen = isChosen
        let isRoomy = width >= Self.roomyWidth
        (valueEnd, trackStart) = isRoomy ? (29, 32) : (25, 27)
        track = SliderTrack(stops, width: width - trackStart, label: control.label)
    }

    /// The row, from the letter on.
    func line(_ glyphs: Glyphs) -> Line {
        let style = isChosen ? Style.bright : .plain
        let text = control.text(value)
        let isNew = if case .slider(let slider) = control { slider.isNew } else { false }
        let room = valueEnd - Self.nameStart - columns(of: text) - 1
        let names = isNew ? [control.name + " (new)", control.name] : [control.name]
        let name =
            names.first { columns(of: $0) <= room }
            ?? [Span(control.name)].shortened(to: max(1, room), glyphs: glyphs)
            .map(\.text).joined()
        let spans = [control.letter, name, text, ""].map { Span($0, style) }
        let current = stops.firstIndex(of: value) ?? 0
        let places: [TabStop] = [
            .from(0), .from(Self.nameStart), .to(valueEnd), .from(trackStart),
        ]
        return Line(spans, at: places)
            + track.line(at: current, isChosen: isChosen, glyphs: glyphs)
    }

    /// The value that a column of the row means, counted from the letter; nil left of the track,
    /// unless the mouse was dragged there.
    func value(at column: Int, isDragged: Bool) -> Int? {
        let column = column - trackStart
        guard isDragged || column >= -1 else { return nil }
        return stops[track.stop(at: max(column, isDragged ? 0 : -1))]
    }
}
