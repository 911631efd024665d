import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// The sliders of a step, one a row: letter, name, value, track.
struct SliderPanel: Widget {
    let spec: SlidersSpec

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
            guard let row = row(of: slider, width: area.width, scene: scene) else { continue }
            func put(_ spans: [Span], _ column: Int) {
                canvas.draw(
                    spans, at: Point(column: area.column + column, row: area.row + line), in: area)
            }
            if slider.parameter == scene.focus {
                put([Span(String(glyphs.pointer), Style(.accent, .bold))], 0)
            }
            put(row.line(glyphs), Self.start)
            let isFirst = index == visible.lowerBound && index > 0
            let isLast = index == visible.upperBound - 1 && index < spec.sliders.count - 1
            if isFirst || isLast {
                put(
                    [Span(String(isLast ? glyphs.more : glyphs.less), Style(.faint))],
                    area.width - 1)
            }
        }
    }

    /// Columns before a slider's letter.
    private static let start = 2

    /// nil where the setting has no such parameter.
    private func row(of slider: Slider, width: Int, scene: Scene) -> SliderRow? {
        scene.setting[slider.parameter].map {
            SliderRow(
                .slider(slider), value: $0, stops: slider.stops(at: scene.setting),
                isChosen: slider.parameter == scene.focus, width: width - Self.start - 2)
        }
    }

    /// The slider at a point of the area; nil where there is none.
    func slider(at point: Point, in area: Rect, scene: Scene) -> Slider? {
        let visible = visible(in: area.height, scene: scene)
        let line = visible.lowerBound + point.row - area.row
        return area.contains(point) && visible.contains(line) ? spec.sliders[line] : nil
    }

    /// The value that a press or drag asks for, wherever the mouse went; nil beside the track.
    func value(
        of slider: Slider, at point: Point, in area: Rect, scene: Scene, isDragged: Bool
    ) -> Int? {
        row(of: slider, width: area.width, scene: scene)?
            .value(at: point.column - area.column - Self.start, isDragged: isDragged)
    }
}
