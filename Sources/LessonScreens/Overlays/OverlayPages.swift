import AttentionEngine
import TerminalCanvas

/// The pages of what can be open above a step.
extension CourseApp {
    /// An entry of the contents: a lesson, or a step of it.
    struct ContentsEntry: Hashable {
        let lesson: Int
        let step: Int?
    }

    func contentsEntries() -> [ContentsEntry] {
        course.lessons.indices.flatMap { lesson in
            [ContentsEntry(lesson: lesson, step: nil)]
                + course.lessons[lesson].steps.indices.map {
                    ContentsEntry(lesson: lesson, step: $0)
                }
        }
    }

    /// Where the present step stands in the contents.
    var contentsIndex: Int {
        contentsEntries().firstIndex(of: ContentsEntry(lesson: lessonIndex, step: stepIndex)) ?? 0
    }

    var isSearchable: Bool {
        switch overlay {
        case .models?, .search?: true
        default: false
        }
    }

    var isSearching: Bool {
        switch overlay {
        case .models(let query, _)?, .search(let query, _)?: !query.isEmpty
        default: false
        }
    }

    var hasHint: Bool {
        answering != nil && overlay == nil && !isHintShown && step.question?.hint != nil
    }

    var hasScrollingOverlay: Bool {
        overlayPage().map { $0.lines.count > $0.rows(in: OverlayPage.area(of: size)) } ?? false
    }

    /// The page of what is open; nil where nothing is, or no page of its own.
    func overlayPage() -> OverlayPage? {
        switch overlay {
        case .contents(let selected): contentsPage(selected)
        case .models(let query, let selected): modelsPage(query, selected)
        case .help(let scroll): helpPage(scroll)
        case .why(let scroll): whyPage(scroll)
        case .setting: settingPage()
        case .note(let editor): notePage(editor)
        case .notes(let selected): notesPage(selected)
        case .search(let query, let selected): searchPage(query, selected)
        case .summary(let scroll): summaryPage(scroll)
        case .gpus(let row, let typed): servingPage(row, typed)
        case .comparison(let text, let answer): comparisonPage(text, answer)
        case .entry, .blank, nil: nil
        }
    }

    private func contentsPage(_ selected: Int) -> OverlayPage {
        let width = OverlayPage.area(of: size).width - 4
        let lines = contentsEntries().map { entry -> Line in
            let lesson = course.lessons[entry.lesson]
            guard let index = entry.step else {
                let seen = lesson.steps.filter {
                    progress.visited.contains("\(lesson.id)/\($0.id)")
                }.count
                return [
                    Span("\(entry.lesson + 1) \(lesson.title)", Style(.accent, .bold)),
                    Span("  \(seen) of \(lesson.steps.count) seen. ", Style(.faint)),
                    Span(
                        shortened(lesson.summary, to: width - columns(of: lesson.title) - 19),
                        Style(.faint)),
                ]
            }
            let step = lesson.steps[index]
            let isSeen = progress.visited.contains("\(lesson.id)/\(step.id)")
            return [
                Span(isSeen ? "  \(glyphs.tick) " : "    ", Style(.good)), Span(step.title),
            ] + guessLine(step, in: lesson)
        }
        return OverlayPage(title: "Contents", lines: lines, selected: selected)
    }

    /// A text cut at the end of a word, where it is too wide.
    func shortened(_ text: String, to width: Int) -> String {
        if columns(of: text) <= width { return text }
        let first = wrapped([Span(text)], width: max(1, width - 2), glyphs: glyphs).first
        return (first?.map(\.text).joined() ?? "") + " \(glyphs.ellipsis)"
    }

    private func helpPage(_ scroll: Int) -> OverlayPage {
        var under = self
        under.overlay = nil
        let keysWidth = 11
        let width = OverlayPage.area(of: size).width - 4 - keysWidth
        let lines = KeyTable.bindings(of: under).flatMap { binding -> [Line] in
            guard let help = binding.help else { return [] }
            let keys =
                binding.action == .lesson ? "1-\(course.lessons.count)" : binding.keysText(glyphs)
            return wrapped([Span(help)], width: width, glyphs: glyphs).enumerated().map {
                [
                    Span(($0 == 0 ? keys : "").padded(to: keysWidth), Style(.accent, .bold))
                ] + $1
            }
        }
        return OverlayPage(title: "Keys that work here", lines: lines, scroll: scroll)
    }

    private func settingPage() -> OverlayPage {
        let width = OverlayPage.area(of: size).width - 4
        let lines: [Line] =
            [
                [Span("This setting as text:", Style(.faint))],
                [Span(setting.text, Style(.accent, .bold))], [],
            ]
            + wrapped(
                [
                    Span(
                        "The command that opens this step with it:", Style(.faint))
                ], width: width, glyphs: glyphs)
            + command.lines(width: width).flatMap {
                wrapped([Span($0, Style(.accent, .bold))], width: width, glyphs: glyphs)
            } + [[]]
            + wrapped(
                [
                    Span(
                        "headroom render takes the same, headroom memory --state the setting. "
                            + "Select it with the mouse (with Shift held, where the mouse is "
                            + "on) to copy it.", Style(.faint))
                ], width: width, glyphs: glyphs)
        return OverlayPage(title: "Setting", lines: lines)
    }
}

/// Moving about in what is open.
extension CourseApp {
    /// Where a key moves to from an entry of a list; nil where it does not move.
    func moved(_ action: Action, from index: Int, count: Int) -> Int? {
        let page = max(1, OverlayPage.area(of: size).height - 4)
        let target: Int
        switch action {
        case .up: target = index - 1
        case .down: target = index + 1
        case .pageUp: target = index - page
        case .pageDown: target = index + page
        case .top: target = 0
        case .bottom: target = count - 1
        default: return nil
        }
        return min(max(0, target), max(0, count - 1))
    }

    /// The first line of the text that is open after a key; nil where the key closes it.
    func scrolled(_ action: Action, _ scroll: Int) -> Int? {
        guard action != .close else { return nil }
        return moved(action, from: scroll, count: overlayScrolls) ?? scroll
    }

    /// How many places the text that is open can be scrolled to.
    var overlayScrolls: Int {
        guard let page = overlayPage() else { return 1 }
        return max(1, page.lines.count - page.rows(in: OverlayPage.area(of: size)) + 1)
    }
}

extension String {
    /// Spaces behind, up to a width in columns.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - columns(of: self)))
    }

    /// Spaces before, up to a width in columns.
    func leading(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - columns(of: self))) + self
    }
}
