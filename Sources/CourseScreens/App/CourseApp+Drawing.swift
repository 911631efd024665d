import CourseSession
import TerminalCanvas

extension CourseApp {
    /// Shows the app on a canvas of its size; the same app draws the same cells.
    package func draw(on canvas: inout Canvas) {
        if screens.last is BlankScreen { return }
        if isTooSmall { return drawTooSmall(on: &canvas) }
        drawTitle(on: &canvas)
        if let page {
            page.draw(in: body, on: &canvas)
        } else {
            drawStep(on: &canvas)
        }
        drawFooter(on: &canvas)
        if session.isPresenting {
            canvas.replace(.faint, by: .text)
            drawPressedKey(on: &canvas)
        }
    }

    /// The area between the header and the footer.
    package var body: Rect { Rect(size).inset(left: 1, top: 2, right: 1, bottom: 1) }

    /// The page in place of the step; nil where the step is in view.
    package var page: Page? { screens.reversed().lazy.compactMap { $0.page(in: self) }.first }

    /// Whether the step is what is seen, be it with an answer or a value being typed.
    package var isStepSeen: Bool { page == nil && !(screens.last is BlankScreen) }

    /// The app's screen as a canvas.
    package func canvas() -> Canvas {
        var canvas = Canvas(size: size, glyphs: glyphs)
        draw(on: &canvas)
        return canvas
    }

    private func drawTooSmall(on canvas: inout Canvas) {
        let least = Self.leastSize
        let words =
            " needs \(least.width)x\(least.height); this window is \(size.width)x\(size.height). "
            + "Enlarge it, or q quits."
        let name = Span("Headroom", Style(.title, .bold))
        canvas.draw(wrapped([name, Span(words)], width: size.width), in: canvas.area)
    }

    // MARK: Title

    private func drawTitle(on canvas: inout Canvas) {
        let area = canvas.area
        var place: [Span] = []
        if session.isExploring {
            place = [Span("Explore", .strong)]
        } else if let review = session.review {
            place = [
                Span("Review", .strong), Span("\(review.index + 1) of \(review.count)", .faint),
            ]
        } else if let lesson = session.lesson {
            place = [
                Span("\(session.lessonIndex + 1) \(lesson.title)", .strong),
                Span("\(session.stepIndex + 1) of \(session.stepCount)", .faint),
            ]
        }
        let dot = Span(" \(glyphs.separator) ", .faint)
        let end = canvas.draw(
            [Span(" " + (session.course.facts.name ?? "Headroom"), Style(.title, .bold))]
                + place.flatMap { [dot, $0] }, in: area)
        let by = session.goesByItself ? "automatic" : nil
        let right = [session.followingWords, by].compactMap { $0 }.map { Span($0 + "  ", .bright) }
        let file = session.openModelHere
        let name =
            file.map { "\($0) is open" }
            ?? session.headedModel.map { $0.name + session.foreignWords }
        // The step's number tells what the bar does; a model's name is told nowhere else.
        let named = right + (name.map { [Span($0 + "  ")] } ?? [])
        let room = size.width - 3 - end - right.width
        let opened = file.map { name -> [Span] in
            let rest = " is open"
            return right + [Span(name)].shortened(to: max(1, room - rest.count), glyphs: glyphs)
                + [Span(rest)]
        }
        // Where all sliders are free one shows the layers.
        let freed = session.isExploring ? session.model : nil
        let layers = freed?.layersInWords
        let inFull = right + (layers.map { [Span((freed?.name ?? "") + $0 + "  ")] } ?? [])
        let (bar, shortBar) = (lessonBar(cells: session.stepCount), lessonBar(cells: 5))
        let choices =
            (layers == nil ? [] : [inFull])
            + [named + bar, named + shortBar, named]
            + (room < 16 ? [] : [opened].compactMap(\.self))
            + [right + bar, right + shortBar, right]
        if let fitting = choices.first(where: { end + $0.width + 2 <= size.width }) {
            canvas.draw(fitting, column: size.width - fitting.width - 1, in: area)
        }
        canvas.fill(area.rows(1, count: 1), with: glyphs.horizontal, style: .faint)
    }

    /// The steps of the lesson that are behind and to come: a cell a step, or fewer. The last is
    /// filled on the last step, and one from the first on.
    private func lessonBar(cells: Int) -> [Span] {
        let (number, count) = (session.stepIndex + 1, session.stepCount)
        guard !session.isExploring, session.review == nil, count > 0 else { return [] }
        let cells = min(cells, count)
        let done = max(1, number * cells / count)
        return [
            Span(String(repeating: glyphs.progressDone, count: done), .accent),
            Span(String(repeating: glyphs.progressLeft, count: cells - done), .faint),
        ]
    }

    // MARK: The step

    private func drawStep(on canvas: inout Canvas) {
        let layout = stepLayout
        guard let height = layout.flowHeight else {
            draw(layout, firstLine: scroll, on: &canvas)
            return drawScrollMarks(of: layout, beside: layout.prose, on: &canvas)
        }
        // Drawn whole beside the screen, then the part in view is copied.
        var column = Canvas(size: Size(width: body.width, height: max(height, 1)), glyphs: glyphs)
        draw(layout, firstLine: 0, on: &column)
        canvas.copy(column, rowsFrom: scroll, into: body)
        if let cursor = column.cursor, (scroll..<scroll + body.height).contains(cursor.row) {
            canvas.cursor = body.place(column: cursor.column, row: cursor.row - scroll)
        }
        drawScrollMarks(of: layout, beside: body, on: &canvas)
    }

    private func draw(_ layout: StepLayout, firstLine: Int, on canvas: inout Canvas) {
        let prose = layout.prose
        canvas.draw(layout.lines.dropFirst(firstLine).prefix(prose.height), in: prose)
        for section in layout.sections {
            let area = section.area
            if let widget = section.widget {
                widget.draw(in: area, on: &canvas)
                continue
            }
            let panel = questionPanel(in: area).lines()
            canvas.draw(panel.lines, in: area)
            if let cursor = panel.cursor {
                canvas.cursor = area.place(column: cursor.column, row: cursor.row)
            }
        }
    }

    private func drawScrollMarks(
        of layout: StepLayout, beside area: Rect, on canvas: inout Canvas
    ) {
        let column = min(area.endColumn, size.width - 1)
        canvas.drawScrollMarks(
            above: scroll > 0, below: scroll < layout.scrollLimit, style: .bright,
            in: Rect(column: column, row: area.row, width: 1, height: area.height))
    }

    // MARK: What the step is made of

    func proseLines(width: Int, isRoomy: Bool) -> WrittenProse {
        let step = session.step
        let file = session.lesson?.lesson.file ?? ""
        let problems = step.problems.flatMap { problem in
            wrapped(
                "\(glyphs.wrong) \(file):\(problem.place.line): \(problem.message)",
                Style(.bad, .bold), width: width)
        }
        return (
            wrapped(step.title, Style(.title, .bold), width: width),
            problems + proseLayout(width: width, isRoomy: isRoomy).lines(step.prose)
        )
    }

    /// How the step's texts are written at a width, without what its open question hides.
    func proseLayout(width: Int, isRoomy: Bool = false) -> ProseLayout {
        let (step, text) = (session.step, session.figureText)
        return ProseLayout(width: width, isRoomy: isRoomy, glyphs: glyphs) {
            step.figures[$0].flatMap(text)
        }
    }

    /// The question in its roomy form or in the close one.
    func questionPanel(width: Int, isRoomy: Bool) -> QuestionPanel {
        guard let question = session.step.question else {
            preconditionFailure("a question panel is only asked for where there is a question")
        }
        return QuestionPanel(
            question: question, record: session.record ?? .untried, answering: answering,
            answer: session.answer, isHintShown: session.isHintShown,
            earlierAnswer: session.earlierAnswer,
            prose: proseLayout(width: width, isRoomy: isRoomy))
    }

    /// The question in the roomiest form that an area holds.
    func questionPanel(in area: Rect) -> QuestionPanel {
        let roomy = questionPanel(width: area.width, isRoomy: true)
        return roomy.lines().lines.count <= area.height
            ? roomy : questionPanel(width: area.width, isRoomy: false)
    }
}
