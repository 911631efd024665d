import AttentionEngine
import TerminalCanvas

/// The mouse: sliders are pressed and dragged, the wheel scrolls.
extension CourseApp {
    mutating func handle(_ mouse: Mouse) {
        if mouse.action == .release { dragged = nil }
        guard overlay == nil, answering == nil, placing == nil else {
            switch mouse.action {
            case .wheelUp: turnWheel(.up)
            case .wheelDown: turnWheel(.down)
            case .press, .drag, .release: break
            }
            return
        }
        notice = nil
        switch mouse.action {
        case .wheelUp: scroll = max(0, scroll - 1)
        case .wheelDown: scroll = min(scroll + 1, scrollLimit)
        case .release: break
        case .press:
            dragged = nil
            guard let (panel, area) = sliderPanel(),
                let hit = panel.hit(mouse.point, in: area, scene: scene)
            else { return }
            focusIndex =
                step.sliders.firstIndex { $0.parameter == hit.slider.parameter } ?? focusIndex
            if let value = hit.value {
                dragged = hit.slider.parameter
                change([hit.slider.parameter: value])
            }
        case .drag:
            guard let dragged, let (panel, area) = sliderPanel(),
                let value = panel.value(
                    of: dragged, draggedTo: mouse.point, in: area, scene: scene)
            else { return }
            change([dragged: value])
        }
    }

    /// In what is open the wheel does what the arrow keys do there, and nothing where they do
    /// nothing.
    private mutating func turnWheel(_ action: Action) {
        guard KeyTable.bindings(of: self).contains(where: { $0.action == action }) else { return }
        _ = performOpen(action)
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
                    row: layout.body.row + area.row - min(scroll, layout.scrollLimit),
                    width: area.width, height: area.height)
            }
            return (SliderPanel(spec: spec), area)
        }
        return nil
    }
}
