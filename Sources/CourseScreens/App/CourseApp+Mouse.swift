import CourseContent
import CourseSession
import TerminalCanvas

/// The mouse: sliders are pressed and dragged, the wheel scrolls.
extension CourseApp {
    mutating func handle(_ mouse: Mouse) {
        if mouse.action == .release { held = nil }
        switch mouse.action {
        case .wheelUp: turnWheel(.up)
        case .wheelDown: turnWheel(.down)
        case .release: break
        case .press, .drag:
            session.notice = nil
            guard var screen = screens.popLast() else { return pointAtStep(mouse) }
            screen.point(at: mouse, in: Page.area(of: size), of: &self)
            screens.append(screen)
        }
    }

    /// In what is open the wheel does what the arrow keys do there, and nothing where they do
    /// nothing.
    private mutating func turnWheel(_ action: Action) {
        if screens.isEmpty {
            session.notice = nil
            scroll += action == .up ? -1 : 1
        } else if let binding = bindings.first(where: { $0.action == action }) {
            _ = performOpen(binding.action, binding.keys[0])
        }
    }

    /// Presses or drags a slider of the step.
    private mutating func pointAtStep(_ mouse: Mouse) {
        guard let (panel, area) = sliderPanel() else { return }
        let isDragged = mouse.action == .drag
        if !isDragged {
            let slider = panel.slider(at: mouse.point, in: area)
            if let slider { session.focus(on: slider.parameter) }
            held = slider.map(Control.slider)
        }
        guard case .slider(let slider)? = held else { return }
        if let value = panel.value(
            of: slider, at: mouse.point, in: area, isDragged: isDragged)
        {
            session.set(.slider(slider), to: value)
        } else {
            held = nil
        }
    }

    /// The sliders and their area on the screen, where there are any in view.
    private func sliderPanel() -> (SliderPanel, Rect)? {
        let layout = stepLayout
        for section in layout.sections {
            guard case .widget(.sliders(let spec)) = section.part else { continue }
            var area = section.area
            if layout.flowHeight != nil {
                area = Rect(
                    column: layout.body.column + area.column,
                    row: layout.body.row + area.row - scroll, width: area.width,
                    height: area.height)
            }
            return (SliderPanel(spec: spec, scene: scene), area)
        }
        return nil
    }
}
