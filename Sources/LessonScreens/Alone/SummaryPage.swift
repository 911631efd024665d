import TerminalCanvas

/// What was measured on this machine, what was learned, what was missed.
extension CourseApp {
    var notebook: Notebook {
        Notebook(
            course: course, progress: progress,
            races: [RaceExperiment.usual, .widened].map { experiments.statuses.race($0).results })
    }

    /// "guessed 2.4 GB, 2 times too little" behind a step of the contents.
    func guessLine(_ step: PreparedStep, in lesson: PreparedLesson) -> [Span] {
        guard let question = step.question,
            let record = progress.answers["\(lesson.id)/\(question.id)"]
        else { return [] }
        let told = AnswerTelling(record, to: question, of: step)
        let room = OverlayPage.area(of: size).width - 10 - columns(of: step.title)
        let mark = told.isMissed ? glyphs.wrong : glyphs.tick
        let isDone = told.isMissed || record.isRight
        // The mark says the end too, where there is no room for it.
        let whole = told.sentence
        let text = columns(of: whole) <= room ? whole : String(whole.prefix { $0 != ";" })
        return [
            Span("  "),
            Span(
                (isDone ? "\(mark) " : "") + shortened(text, to: room),
                Style(told.isMissed ? .bad : record.isRight ? .good : .faint)),
        ]
    }

    func summaryPage(_ scroll: Int) -> OverlayPage {
        let width = OverlayPage.area(of: size).width - 4
        var lines: [Line] = []
        func heading(_ text: String) {
            if !lines.isEmpty { lines.append([]) }
            lines.append([Span(text, Style(.accent, .bold))])
        }
        func item(_ mark: Span, _ spans: [Span]) {
            let rows = wrapped(spans, width: width - columns(of: mark.text), glyphs: glyphs)
            lines += rows.enumerated().map {
                [$0 == 0 ? mark : Span(String(repeating: " ", count: columns(of: mark.text)))] + $1
            }
        }
        let book = notebook
        item(Span(""), [Span(summaryCounts(book))])
        heading("Measured on this machine")
        if book.measurements.isEmpty {
            item(
                Span("  "),
                [Span("Nothing yet: r runs what a step times or trains.", Style(.faint))])
        }
        for measurement in book.measurements {
            let date = measurement.date.map { " (\($0))" } ?? ""
            item(Span("\(glyphs.bullet) "), [Span(measurement.what + date)])
            let rows = measurement.rows.map { "\($0.name): \($0.result)" }.joined(separator: "; ")
            item(Span("    "), [Span(rows, Style(.accent))])
        }
        heading("Learned")
        if book.finished.isEmpty {
            item(Span("  "), [Span("No lesson is seen to its end yet.", Style(.faint))])
        }
        for lesson in book.finished {
            item(
                Span("\(glyphs.tick) ", Style(.good)),
                [Span(lesson.title + ". ", Style(.text, .bold)), Span(lesson.summary)])
        }
        for question in book.learned {
            item(Span("\(glyphs.tick) ", Style(.good)), told(question))
        }
        heading("Missed")
        if book.missed.isEmpty { item(Span("  "), [Span("Nothing so far.", Style(.faint))]) }
        for question in book.missed {
            item(Span("\(glyphs.wrong) ", Style(.bad)), told(question))
        }
        if let proposal = book.proposal {
            heading("Your proposal")
            item(Span("  "), [Span(proposal)])
        }
        return OverlayPage(title: "Summary", lines: lines, scroll: scroll)
    }

    /// "9 of 81 steps seen, 1 of 2 questions right at once, 0 notes"
    func summaryCounts(_ book: Notebook) -> String {
        let right = book.tried.filter { !$0.isMissed && $0.isRight }.count
        return "\(book.seen) of \(counted(book.steps, "step")) seen, "
            + "\(right) of \(counted(book.tried.count, "question")) right at once, "
            + counted(progress.notes.count, "note")
    }

    private func told(_ question: Notebook.Question) -> [Span] {
        [
            Span((question.asked ?? question.id) + " "),
            Span(question.answerBefore, Style(.accent)),
            Span(question.told + question.again + ".", Style(.faint)),
        ]
    }
}
