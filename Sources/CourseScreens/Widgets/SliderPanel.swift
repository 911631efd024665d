import CourseContent
import CourseSession
import TerminalCanvas

/// The sliders of a step, one a row: letter, name, value, track.
struct SliderPanel: Widget {
    let spec: SlidersSpec
    let scene: Scene

    /// Columns before a slider's letter.
    private static let start = 2

    var comfortable: Int { heights.upperBound }

    var heights: ClosedRange<Int> {
        let count = spec.sliders.count
        return (count <= 3 ? count : 2)...count
    }

    /// The sliders that are in view where not all fit: a leaf with the focused one, so that one
    /// that is pressed or turned stays where it is.
    private func visible(in height: Int) -> Range<Int> {
        let focused = spec.sliders.firstIndex { $0.moved == scene.focus } ?? 0
        return leaf(holding: focused, of: spec.sliders.count, rows: height)
    }

    func draw(in area: Rect, on canvas: inout Canvas) {
        let glyphs = canvas.glyphs
        let visible = visible(in: area.height)
        for (row, slider) in spec.sliders[visible].enumerated() {
            guard let line = self.row(of: slider, width: area.width)?.line(glyphs) else { continue }
            if slider.moved == scene.focus {
                canvas.draw(String(glyphs.pointer), .bright, row: row, in: area)
            }
            canvas.draw(line, column: Self.start, row: row, in: area)
        }
        let edge = area.width - 1
        if visible.lowerBound > 0 {
            canvas.draw(String(glyphs.less), .faint, column: edge, in: area)
        }
        if visible.upperBound < spec.sliders.count {
            canvas.draw(
                String(glyphs.more), .faint, column: edge, row: visible.count - 1, in: area)
        }
    }

    /// nil where the setting has no such parameter.
    private func row(of slider: Slider, width: Int) -> SliderRow? {
        slider.value(at: scene.setting, scene.dials).map {
            SliderRow(
                .slider(slider), value: $0, stops: slider.stops(at: scene.setting, scene.dials),
                isChosen: slider.moved == scene.focus, width: width - Self.start - 2)
        }
    }

    /// The slider at a point of the area; nil where there is none.
    func slider(at point: Point, in area: Rect) -> Slider? {
        let visible = visible(in: area.height)
        let line = visible.lowerBound + point.row - area.row
        return area.contains(point) && visible.contains(line) ? spec.sliders[line] : nil
    }

    /// The next slider that is out of view above or below.
    func hiddenSlider(_ arrow: Key, in area: Rect) -> Slider? {
        let visible = visible(in: area.height)
        let index = arrow == .up ? visible.lowerBound - 1 : visible.upperBound
        return spec.sliders.indices.contains(index) ? spec.sliders[index] : nil
    }

    /// The value that a press or drag asks for, wherever the mouse went; nil beside the track.
    func value(of slider: Slider, at point: Point, in area: Rect, isDragged: Bool) -> Int? {
        row(of: slider, width: area.width)?
            .value(at: point.column - area.column - Self.start, isDragged: isDragged)
    }
}
