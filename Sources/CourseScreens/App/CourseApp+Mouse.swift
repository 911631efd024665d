import CourseSession
import TerminalCanvas

/// The mouse: sliders are pressed and dragged, the wheel scrolls.
extension CourseApp {
    mutating func handle(_ mouse: Mouse) {
        switch mouse.action {
        case .wheelUp: turnWheel(.up)
        case .wheelDown: turnWheel(.down)
        case .release: held = nil
        case .press, .drag:
            session.notice = nil
            guard var screen = screens.popLast() else { return pointAtStep(mouse) }
            screen.point(at: mouse, in: body, of: &self)
            screens.append(screen)
        }
    }

    /// In what is open the wheel does what the arrow keys do there, and nothing where they do
    /// nothing.
    private mutating func turnWheel(_ arrow: Key) {
        if screens.isEmpty {
            session.notice = nil
            scroll += arrow.direction.rows
        } else if let action = action(for: arrow) {
            _ = perform(action, arrow)
        }
    }

    /// Presses or drags a slider of the step.
    private mutating func pointAtStep(_ mouse: Mouse) {
        let layout = stepLayout
        guard let sliders = layout.sliders else { return }
        let panel = SliderPanel(spec: sliders.spec, scene: scene)
        var area = sliders.area
        if layout.flowHeight != nil {
            let corner = body.place(column: area.column, row: area.row - scroll)
            area = Rect(
                column: corner.column, row: corner.row, width: area.width, height: area.height)
        }
        let isDragged = mouse.action == .drag
        if !isDragged {
            let slider = panel.slider(at: mouse.point, in: area)
            if let slider { session.focus(on: slider.parameter) }
            held = slider.map(Control.slider)
        }
        guard case .slider(let slider)? = held else { return }
        if let value = panel.value(of: slider, at: mouse.point, in: area, isDragged: isDragged) {
            session.set(.slider(slider), to: value)
        } else {
            held = nil
        }
    }
}
