import CourseContent
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

    /// - Parameter width: columns of the whole row.
    init(_ control: Control, value: Int, stops: [Int], isChosen: Bool = false, width: Int) {
        self.control = control
        self.value = value
        self.stops = stops
        self.isChosen = isChosen
        track = SliderTrack(
            labels: stops.map(control.label), width: max(1, width - Self.trackStart))
    }

    /// The row, from the letter on.
    func line(_ glyphs: Glyphs) -> Line {
        let style = isChosen ? Style(.accent, .bold) : .plain
        let text = control.text(value)
        let isNew = if case .slider(let slider) = control { slider.isNew } else { false }
        let room = Self.valueEnd - Self.nameStart - columns(of: text) - 1
        let name = String((control.name + (isNew ? " (new)" : "")).prefix(max(0, room)))
        func gap(_ columns: Int) -> Span { Span(String(repeating: " ", count: max(0, columns))) }
        let valueStart = Self.valueEnd - columns(of: text)
        return [
            Span(control.letter, style), gap(Self.nameStart - columns(of: control.letter)),
            Span(name, style), gap(valueStart - Self.nameStart - columns(of: name)),
            Span(text, style), gap(Self.trackStart - Self.valueEnd),
        ] + track.line(at: stops.firstIndex(of: value) ?? 0, isChosen: isChosen, glyphs: glyphs)
    }

    /// The value that a column of the row means, counted from the letter; nil left of the track, unless
    /// the mouse was dragged there.
    func value(at column: Int, isDragged: Bool) -> Int? {
        let column = column - Self.trackStart
        guard isDragged || column >= -1 else { return nil }
        return stops[track.stop(at: max(column, isDragged ? 0 : -1))]
    }
}
