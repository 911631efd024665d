import AttentionEngine
import CourseContent
import TerminalCanvas

/// The sliders of a step, one a row: letter, name, value, track.
struct SliderPanel: Widget {
    let spec: SlidersSpec

    private static let labelWidth = 34

    func heights(width: Int, scene: Scene, glyphs: Glyphs) -> ClosedRange<Int> {
        let count = spec.sliders.count
        return (count <= 3 ? count : 2)...count
    }

    /// The sliders that are in view where not all fit: a stretch around the focused one.
    private func visible(in height: Int, scene: Scene) -> Range<Int> {
        let count = spec.sliders.count
        guard count > height else { return 0..<count }
        let focused = spec.sliders.firstIndex { $0.parameter == scene.focus } ?? 0
        let first = min(max(0, focused - height / 2), count - height)
        return first..<first + height
    }

    func draw(in area: Rect, on canvas: inout Canvas, scene: Scene) {
        let glyphs = canvas.glyphs
        let visible = visible(in: area.height, scene: scene)
        for (line, index) in visible.enumerated() {
            let slider = spec.sliders[index]
            guard let value = scene.setting[slider.parameter] else { continue }
            let row = area.row + line
            let isFocused = slider.parameter == scene.focus
            let style = isFocused ? Style(.accent, .bold) : Style.plain
            func put(_ text: String, _ column: Int, _ style: Style) {
                canvas.draw(
                    text, at: Point(column: area.column + column, row: row), style: style, in: area)
            }
            put(isFocused ? String(glyphs.pointer) : " ", 0, style)
            if slider.parameter != .bytesPerNumber {
                put(slider.parameter.letter, 2, style)
            }
            put(
                slider.parameter.name + (slider.isNew ? " (new)" : ""), 5,
                isFocused ? style : .plain)
            let text = slider.text(value)
            put(text, Self.labelWidth - 3 - text.count, style)
            drawTrack(slider, in: area.rows(line, count: 1), on: &canvas, scene: scene)
            if index == visible.lowerBound, index > 0 {
                put(String(glyphs.less), area.width - 1, Style(.faint))
            }
            if index == visible.upperBound - 1, visible.upperBound < spec.sliders.count {
                put(String(glyphs.more), area.width - 1, Style(.faint))
            }
        }
    }

    private func trackArea(in row: Rect) -> Rect {
        row.inset(left: Self.labelWidth, right: 2)
    }

    private func drawTrack(
        _ slider: Slider, in row: Rect, on canvas: inout Canvas, scene: Scene
    ) {
        let area = trackArea(in: row)
        let stops = slider.stops(at: scene.setting)
        let track = SliderTrack(labels: stops.map(slider.text), width: area.width)
        let glyphs = canvas.glyphs
        let isFocused = slider.parameter == scene.focus
        canvas.fill(
            Rect(column: area.column, row: area.row, width: track.endColumn, height: 1)
                .clipped(to: area),
            with: glyphs.track, style: Style(.faint))
        let current = stops.firstIndex(of: scene.setting[slider.parameter] ?? 0) ?? 0
        if track.isLabelled {
            for (index, label) in track.labels.enumerated() where index != current {
                canvas.draw(
                    label, at: Point(column: area.column + track.column(of: index), row: area.row),
                    style: Style(.faint), in: area)
            }
        }
        if track.hasEnds, let low = track.labels.first, let high = track.labels.last {
            let row = area.row
            canvas.draw(
                low, at: Point(column: area.column, row: row), style: Style(.faint), in: area)
            canvas.draw(
                high, at: Point(column: area.column + track.width - high.count, row: row),
                style: Style(.faint), in: area)
        }
        let style = Style(isFocused ? .accent : .text, .bold)
        canvas.draw(
            track.isLabelled ? track.labels[current] : String(glyphs.knob),
            at: Point(column: area.column + track.column(of: current), row: area.row),
            style: track.isLabelled ? style.with(.reverse) : style, in: area)
    }

    /// The slider and the value that a click at a point asks for; the value is nil beside the track.
    func hit(_ point: Point, in area: Rect, scene: Scene) -> (slider: Slider, value: Int?)? {
        guard area.contains(point) else { return nil }
        let line = point.row - area.row
        let visible = visible(in: area.height, scene: scene)
        guard line < visible.count else { return nil }
        let slider = spec.sliders[visible.lowerBound + line]
        let trackArea = trackArea(in: area.rows(line, count: 1))
        return (slider, value(of: slider, atColumn: point.column, track: trackArea, scene: scene))
    }

    private func value(
        of slider: Slider, atColumn column: Int, track area: Rect, scene: Scene
    ) -> Int? {
        guard column >= area.column - 1, scene.setting[slider.parameter] != nil else { return nil }
        let stops = slider.stops(at: scene.setting)
        let track = SliderTrack(labels: stops.map(slider.text), width: area.width)
        return stops[track.stop(at: column - area.column)]
    }

    /// The value a drag asks for, wherever the mouse went.
    func value(of parameter: Parameter, draggedTo point: Point, in area: Rect, scene: Scene) -> Int?
    {
        guard let slider = spec.sliders.first(where: { $0.parameter == parameter }) else {
            return nil
        }
        let trackArea = trackArea(in: area.rows(0, count: 1))
        return value(
            of: slider, atColumn: max(point.column, trackArea.column), track: trackArea,
            scene: scene)
    }
}
