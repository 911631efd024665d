import AttentionEngine
import CourseContent
import CourseSession
import Lessons
import TerminalCanvas

extension CourseApp {
    /// Shows the app on a canvas of its size; the same app draws the same cells.
    package func draw(on canvas: inout Canvas) {
        if screens.last is BlankScreen { return }
        if isTooSmall { return drawTooSmall(on: &canvas) }
        drawTitle(on: &canvas)
        if let page {
            page.draw(in: Page.area(of: size), on: &canvas)
        } else {
            drawStep(on: &canvas)
        }
        drawFooter(on: &canvas)
        if session.isPresenting {
            canvas.replace(.faint, by: .text)
            drawPressedKey(on: &canvas)
        }
    }

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
        let lines = wrapped(
            [
                Span("Headroom", Style(.title, .bold)),
                Span(
                    " needs \(least.width)x\(least.height); this window is "
                        + "\(size.width)x\(size.height). Enlarge it, or q quits."),
            ], width: size.width, glyphs: glyphs)
        for (row, line) in lines.enumerated() {
            canvas.draw(line, at: Point(column: 0, row: row), in: canvas.area)
        }
    }

    // MARK: Title

    private func drawTitle(on canvas: inout Canvas) {
        let area = canvas.area
        var left: [Span] = [Span(" Headroom", Style(.title, .bold))]
        let dot = " \(glyphs.separator) "
        if session.isExploring {
            left += [Span(dot, Style(.faint)), Span("Explore", Style(.text, .bold))]
        } else if let review = session.review {
            left += [
                Span(dot, Style(.faint)), Span("Review", Style(.text, .bold)),
                Span("\(dot)\(review.index + 1) of \(review.count)", Style(.faint)),
            ]
        } else if let lesson = session.lesson {
            left += [
                Span(dot, Style(.faint)),
                Span("\(session.lessonIndex + 1) \(lesson.title)", Style(.text, .bold)),
                Span("\(dot)\(session.stepIndex + 1) of \(session.stepCount)", Style(.faint)),
            ]
        }
        let end = canvas.draw(left, at: Point(column: 0, row: 0), in: area)
        var right: [Span] = []
        if let followingWords = session.followingWords {
            right.append(Span(followingWords + "  ", Style(.accent, .bold)))
        }
        if session.goesByItself { right.append(Span("by itself  ", Style(.accent, .bold))) }
        // A model is named where something on the step is its.
        let (step, model) = (session.step, session.model)
        let isUsed =
            step.widgets.contains(where: \.usesSetting)
            || step.figures.values.contains { $0.isLive || model == step.model }
        let name = isUsed ? model.map { $0.name + session.foreignWords + "  " } : nil
        var bar: [Span] = []
        if !session.isExploring, session.review == nil, session.stepCount > 0 {
            bar = [
                Span(
                    String(repeating: glyphs.progressDone, count: session.stepIndex + 1),
                    Style(.accent)),
                Span(
                    String(
                        repeating: glyphs.progressLeft,
                        count: session.stepCount - session.stepIndex - 1),
                    Style(.faint)),
            ]
        }
        // The step's number tells what the bar does; a model's name is told nowhere else.
        let named = name.map { [Span($0)] } ?? []
        let choices = [right + named + bar, right + named, right + bar, right]
        if let fitting = choices.first(where: { end + $0.width + 2 <= size.width }) {
            canvas.draw(
                fitting, at: Point(column: size.width - fitting.width - 1, row: 0), in: area)
        }
        canvas.fill(
            Rect(column: 0, row: 1, width: size.width, height: 1), with: glyphs.horizontal,
            style: Style(.faint))
    }

    // MARK: The step

    private func drawStep(on canvas: inout Canvas) {
        let layout = stepLayout
        if let height = layout.flowHeight {
            // Drawn whole beside the screen, then the part in view is copied.
            let body = layout.body
            var column = Canvas(
                size: Size(width: body.width, height: max(height, 1)), glyphs: glyphs)
            draw(layout, firstLine: 0, on: &column)
            let offset = min(scroll, layout.scrollLimit)
            canvas.copy(column, rowsFrom: offset, into: body)
            if let cursor = column.cursor, cursor.row >= offset, cursor.row < offset + body.height {
                canvas.cursor = Point(
                    column: body.column + cursor.column, row: body.row + cursor.row - offset)
            }
            drawScrollMarks(layout, in: body, on: &canvas)
        } else {
            draw(layout, firstLine: min(scroll, layout.scrollLimit), on: &canvas)
            drawScrollMarks(layout, in: layout.prose, on: &canvas)
        }
    }

    private func draw(_ layout: StepLayout, firstLine: Int, on canvas: inout Canvas) {
        let prose = layout.prose
        for row in 0..<prose.height where firstLine + row < layout.lines.count {
            canvas.draw(
                layout.lines[firstLine + row],
                at: Point(column: prose.column, row: prose.row + row), in: prose)
        }
        let scene = scene
        for section in layout.sections {
            switch section.part {
            case .widget(let spec):
                let widget = spec.widget(width: section.area.width, scene: scene, glyphs: glyphs)
                widget.draw(in: section.area, on: &canvas)
            case .question:
                let panel = questionPanel(width: section.area.width).lines()
                for (row, line) in panel.lines.enumerated() {
                    canvas.draw(
                        line, at: Point(column: section.area.column, row: section.area.row + row),
                        in: section.area)
                }
                if let cursor = panel.cursor {
                    canvas.cursor = Point(
                        column: section.area.column + cursor.column,
                        row: section.area.row + cursor.row)
                }
            }
        }
    }

    private func drawScrollMarks(_ layout: StepLayout, in area: Rect, on canvas: inout Canvas) {
        let limit = layout.scrollLimit
        guard limit > 0, !area.isEmpty else { return }
        let offset = min(scroll, limit)
        let column = min(area.endColumn, size.width - 1)
        if offset > 0 {
            canvas.draw(
                String(glyphs.less), at: Point(column: column, row: area.row),
                style: Style(.accent, .bold), in: canvas.area)
        }
        if offset < limit {
            canvas.draw(
                String(glyphs.more), at: Point(column: column, row: area.endRow - 1),
                style: Style(.accent, .bold), in: canvas.area)
        }
    }

    // MARK: What the step is made of

    func proseLines(width: Int) -> WrittenProse {
        let step = session.step
        let title = wrapped(
            [Span(step.title, Style(.title, .bold))], width: width, glyphs: glyphs)
        let file = session.lesson?.lesson.file ?? ""
        let problems = step.problems.flatMap { problem in
            wrapped(
                [
                    Span(
                        "\(glyphs.wrong) \(file):\(problem.place.line): \(problem.message)",
                        Style(.bad, .bold))
                ], width: width, glyphs: glyphs)
        }
        return (title, problems + proseLayout(width: width).lines(step.prose))
    }

    /// How the step's texts are written at a width, without what its open question hides.
    func proseLayout(width: Int) -> ProseLayout {
        let (step, text) = (session.step, session.figureText)
        return ProseLayout(width: width, glyphs: glyphs) { step.figures[$0].flatMap(text) }
    }

    func questionPanel(width: Int) -> QuestionPanel {
        guard let question = session.step.question else {
            preconditionFailure("a question panel is only asked for where there is a question")
        }
        return QuestionPanel(
            question: question, record: session.record ?? AnswerRecord(), answering: answering,
            answer: session.answer, isHintShown: session.isHintShown,
            prose: proseLayout(width: width))
    }
}
