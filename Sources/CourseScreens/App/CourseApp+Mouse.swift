import CourseContent
import CourseSession
import TerminalCanvas

/// The mouse: sliders are pressed, dragged and turned, an answer or a cell is pressed once to mark
/// it and again to take it, rows of lists and of the table of every g and the footer's keys are
/// pressed, the wheel scrolls.
extension CourseApp {
    /// Does what the mouse does; the key that it presses, where it presses one.
    mutating func handle(_ mouse: Mouse) -> Key? {
        switch mouse.action {
        case .wheelUp: turnWheel(.up, at: mouse.point)
        case .wheelDown: turnWheel(.down, at: mouse.point)
        case .release:
            held = nil
            defer { isQuitPressed = false }
            if isQuitPressed, let key = footerKey(at: mouse.point) { return key }
        case .press, .drag:
            // What was said before may be a question that the key answers.
            if mouse.action == .press, let key = footerKey(at: mouse.point) {
                // Whoever quits lets go first: the shell would take the report for text.
                isQuitPressed = action(for: key) == .quit
                return isQuitPressed ? nil : key
            }
            session.notice = nil
            if mouse.action == .press, let arrow = scrollMark(at: mouse.point) {
                return turnPage(arrow, at: mouse.point)
            }
            guard var screen = screens.last else { return pointAtStep(mouse) }
            // It stays where it is meanwhile: what is pressed is what was drawn with it.
            defer { screens[screens.endIndex - 1] = screen }
            return screen.point(at: mouse, in: body, of: &self)
        }
        return nil
    }

    /// Over a slider that stays in its place the wheel moves it; a step it scrolls, also while its
    /// question is open. On a page it does what the arrow keys do there, and nothing where they do
    /// nothing; an end is no news to whoever turns it.
    private mutating func turnWheel(_ arrow: Key, at point: Point) {
        session.notice = nil
        if screens.isEmpty, stepLayout.flowHeight == nil, let (panel, area) = sliderPanel,
            let slider = panel.slider(at: point, in: area)
        {
            session.focus(on: slider.moved)
            session.slide(-arrow.direction.rows)
        } else if isStepSeen {
            scroll += arrow.direction.rows
        } else if var gpus = screens.last as? GPUsScreen, gpus.chooses(at: point, in: self) {
            screens[screens.endIndex - 1] = gpus
            _ = perform(.slide, arrow == .up ? .right : .left)
        } else if let action = action(for: arrow) {
            _ = perform(action, arrow)
            session.notice = nil
        }
    }

    /// The way that a mark points which says that there is more, where one is drawn. Text may hold
    /// its letter, but not in the columns of marks.
    private func scrollMark(at point: Point) -> Key? {
        let beside = isStepSeen ? [stepLayout.prose.endColumn, sliderPanel?.area.endColumn] : []
        let isBeside = point.column >= size.width - 3 || beside.contains { $0 == point.column }
        guard isBeside, Rect(size).contains(point) else { return nil }
        return switch canvas()[point.column, point.row].character {
        case glyphs.less: .up
        case glyphs.more: .down
        default: nil
        }
    }

    /// Shows what such a mark is about: the rows of a step or a page, or sliders out of view.
    private mutating func turnPage(_ arrow: Key, at point: Point) -> Key? {
        guard isStepSeen else {
            let key: Key = arrow == .up ? .pageUp : .pageDown
            return action(for: key) == .move ? key : nil
        }
        if sliderPanel?.area.contains(point) == true, let slider = hiddenSlider(arrow) {
            session.focus(on: slider.moved)
        } else {
            scroll += arrow.direction.rows * stepLayout.page
        }
        return nil
    }

    /// The next of the step's sliders that is out of view above or below; nil where none is.
    func hiddenSlider(_ arrow: Key) -> Slider? {
        sliderPanel.flatMap { $0.panel.hiddenSlider(arrow, in: $0.area) }
    }

    /// The step's sliders and where they are on the screen.
    var sliderPanel: (panel: SliderPanel, area: Rect)? {
        let layout = stepLayout
        return layout.sliders.map {
            (SliderPanel(spec: $0.spec, scene: scene), onScreen($0.area, of: layout))
        }
    }

    /// Where an area of a layout is on the screen.
    private func onScreen(_ area: Rect, of layout: StepLayout) -> Rect {
        guard layout.flowHeight != nil else { return area }
        let corner = body.place(column: area.column, row: area.row - scroll)
        return Rect(column: corner.column, row: corner.row, width: area.width, height: area.height)
    }

    /// What of the step's question is at a place of the screen; nil where nothing of it is.
    func questionTarget(at point: Point) -> QuestionPanel.Target? {
        let layout = stepLayout
        guard let section = layout.sections.first(where: { $0.part == .question }) else {
            return nil
        }
        let area = onScreen(section.area, of: layout)
        guard area.contains(point), body.contains(point) else { return nil }
        let place = Point(column: point.column - area.column, row: point.row - area.row)
        return questionPanel(in: section.area).target(at: place)
    }

    /// The g of the row at a place of the screen, where the step has a table of every g.
    func keyValueHeads(at point: Point) -> Int? {
        let layout = stepLayout
        guard body.contains(point) else { return nil }
        return layout.sections.lazy.compactMap { section in
            (section.widget as? GroupsView)?.keyValueHeads(
                at: point, in: onScreen(section.area, of: layout))
        }.first
    }

    /// Presses or drags a slider of the step, or presses its question or a row of its table.
    private mutating func pointAtStep(_ mouse: Mouse) -> Key? {
        let isDragged = mouse.action == .drag
        if !isDragged, session.isQuestionOpen, let target = questionTarget(at: mouse.point) {
            return press(target)
        }
        if !isDragged, let heads = keyValueHeads(at: mouse.point),
            session.choose(keyValueHeads: heads)
        {
            return nil
        }
        guard let (panel, area) = sliderPanel else {
            tellPressed(mouse, besides: session.isQuestionOpen ? "the question" : nil)
            return nil
        }
        if !isDragged {
            let slider = panel.slider(at: mouse.point, in: area)
            if let slider { session.focus(on: slider.moved) }
            held = slider.map(Control.slider)
        }
        guard case .slider(let slider)? = held else {
            tellPressed(mouse, besides: "a slider")
            return nil
        }
        if let value = panel.value(of: slider, at: mouse.point, in: area, isDragged: isDragged) {
            session.set(.slider(slider), to: value)
        } else {
            held = nil
            session.notice = "Arrows move it; click its scale to set it."
        }
        return nil
    }

    /// Opens the question where it was pressed, which marks what was pressed there.
    private mutating func press(_ target: QuestionPanel.Target) -> Key? {
        switch target {
        case .text: return .enter
        case .choice(let index):
            openQuestion()
            screens[screens.endIndex - 1] = ChoiceScreen(marked: index)
            tellMarked()
        case .cell(_, column: 0) where session.step.question?.namesRows == true: return .enter
        case .cell(let row, let column):
            openQuestion()
            screens[screens.endIndex - 1] = MistakesScreen(at: (row, column), in: self)
            tellMarked()
        }
        return nil
    }

    /// Says what answers with what a press has marked.
    mutating func tellMarked() {
        session.notice =
            isTableAsked
            ? "Click again or press Enter to mark it as wrong."
            : "Marked. Click again or press Enter to answer."
    }

    /// The key of the footer at a place of the screen.
    private func footerKey(at point: Point) -> Key? { footerItem(at: point)?.key }

    /// What that key does.
    func footerBinding(at point: Point) -> KeyBinding? { footerItem(at: point)?.binding }

    private func footerItem(at point: Point) -> (binding: KeyBinding, key: Key)? {
        guard point.row == size.height - 1, !isBlank else { return nil }
        return footerItems.lazy.compactMap { item in
            item.binding.key(at: point.column - item.column, of: item.width, glyphs)
                .map { (item.binding, $0) }
        }.first
    }

    var isBlank: Bool { screens.last is BlankScreen }
}
