import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

extension CourseApp {
    /// Takes an event and says what the program around must do. In a window that is too small
    /// nothing that is not seen is changed.
    package mutating func handle(_ event: Event) -> [Effect] {
        switch event {
        case .key(.character("q")) where isTooSmall: return quit()
        case .key, .mouse, .paste: if isTooSmall { return [] }
        default: break
        }
        let progress = progress
        let from = session.whereabouts
        switch event {
        case .key(let key):
            let effects = handle(key, from: from)
            if effects.contains(.quit) { return effects }
            // A note that is taken on elsewhere still belongs to this screen.
            if !effects.contains(where: { if case .edit = $0 { true } else { false } }) {
                catchUp()
            }
            return effects + saving(unless: progress)
        case .mouse(let mouse):
            if !isMeant(mouse) { return [] }
            if isBlank {
                if mouse.action == .press { screens.removeLast() }
                return []
            }
            if let key = handle(mouse) { return handle(.key(key)) }
            session.letGo(ifMovedFrom: from)
            catchUp()
            return saving(unless: progress)
        // A paste is no command anywhere.
        case .paste(let text): paste(text)
        case .resize(let size): self.size = size
        case .interrupt, .hangUp: return quit()
        case .wake, .background, .deviceAttributes: break
        }
        return []
    }

    private func saving(unless before: CourseProgress) -> [Effect] {
        let progress = progress
        return progress == before ? [] : [.save(progress)]
    }

    /// Keeps what is being written, and quits.
    private mutating func quit() -> [Effect] {
        for screen in screens { screen.keep(in: &self) }
        return [.save(session.progress), .quit]
    }

    private mutating func insert(_ text: String) {
        if !screens.isEmpty { screens[screens.endIndex - 1].insert(text) }
        if let line = (screens.last as? any TypingScreen)?.line, line.isCut {
            session.notice = "No more than \(grouped(line.limit)) characters are taken here."
        }
    }

    private mutating func paste(_ text: String) {
        insert(text)
        if !isBlank, !(screens.last is any TypingScreen) {
            session.notice = "Nothing is typed here; what was pasted is dropped."
        }
    }

    private mutating func handle(_ key: Key, from: Session.Whereabouts?) -> [Effect] {
        lastNotice = session.notice
        session.notice = nil
        pressedKey = key
        if isBlank {
            screens.removeLast()
            return []
        }
        guard let action = action(for: key) else {
            session.notice = whyNothing(key)
            if case .character(let character) = key { insert(String(character)) }
            return []
        }
        let effects = perform(action, key)
        if action != .follow { session.letGo(ifMovedFrom: from) }
        return effects
    }

    // MARK: Keys

    private var keys: [KeyBinding] { screens.last?.keys(in: self) ?? KeyBinding.step }

    /// The keys of some kind that work now, in the footer's order.
    func bindings(where isMeant: (KeyBinding) -> Bool = { _ in true }) -> [KeyBinding] {
        keys.filter { isMeant($0) && $0.works(self) }
    }

    /// What a key does now; nil where it does nothing.
    func action(for key: Key) -> Action? {
        keys.first { $0.keys.contains(key) && $0.works(self) }?.action
    }

    /// Does what a key asks for in what is open, or else on the step. Help, hints and units are the
    /// step's wherever they are asked for.
    mutating func perform(_ action: Action, _ key: Key) -> [Effect] {
        guard ![.help, .hint, .units].contains(action), var screen = screens.popLast() else {
            return performOnStep(action, key)
        }
        var next = Next.stays
        if action == .edit {
            screen.edit(key)
        } else {
            next = screen.perform(action, key, in: &self)
        }
        switch next {
        case .stays: screens.append(screen)
        case .covers(let other): screens += [screen, other]
        case .asks(let effects): return effects
        case .opens(let other, let effects):
            screens.append(other)
            return effects
        case .closes: return performOnStep(action, key)
        }
        return []
    }

    private mutating func performOnStep(_ action: Action, _ key: Key) -> [Effect] {
        switch action {
        case .next: goOn()
        case .back: if scroll > 0 { scroll -= stepLayout.page } else { session.goBack() }
        case .nextLesson: session.leap(lessons: 1)
        case .previousLesson: session.leap(lessons: -1)
        case .contents: screens.append(ContentsScreen(in: self))
        case .help: screens.append(HelpScreen())
        case .why: screens.append(WhyScreen())
        case .models: screens.append(ModelsScreen())
        case .files:
            screens.append(FilesScreen())
            return session.lookForModels()
        case .words:
            if let words = session.ownWords {
                screens.append(WordsScreen(name: words.name, text: words.text))
            }
        case .settingText: screens.append(SettingScreen())
        case .gpus:
            session.tellFewerGPUs(than: session.chosenGPUs.count)
            screens.append(GPUsScreen())
        case .compare: screens.append(ComparisonScreen())
        case .explore: session.toggleExplore()
        case .focusBelow, .focusAbove:
            let slider = hiddenSlider(action == .focusBelow ? .down : .up)
            if let slider { session.focus(on: slider.moved) }
        case .focusNext, .focusPrevious:
            session.moveFocus(action == .focusNext ? 1 : -1)
            bringSlidersIntoView()
        case .slide:
            session.slide(key.stops(far: session.focused?.farStep(at: session.setting) ?? 1))
            bringSlidersIntoView()
        case .typeValue:
            if let focused = session.focused { screens.append(ValueScreen(.slider(focused))) }
        case .resetValues:
            session.reset()
        case .pin: session.togglePin()
        case .units: session.changeUnits()
        case .run:
            if session.needsModel {
                screens.append(FilesScreen())
            } else if let question = session.lengthQuestion, !isAsked(question) {
                return []
            }
            defer { bringRunIntoView() }
            return session.run()
        case .stopRun: return session.stopTraining()
        case .stopWriting: return session.stopWriting()
        case .otherLength:
            if let question = session.longerQuestion, !isAsked(question) { return [] }
            return session.runOtherLength()
        case .table:
            session.toggleTable()
            bringTableIntoView()
        case .place: screens.append(PlaceScreen(session.startPlacing()))
        case .follow: if let screen = session.followAgain() { show(screen) }
        case .stepAgain:
            if session.isExploring { session.toggleExplore() }
            scroll = 0
        case .hint: session.showHint()
        case .reveal: session.reveal()
        case .scrollDown: scroll += key.rows(ofPage: stepLayout.page)
        case .scrollUp: scroll -= key.rows(ofPage: stepLayout.page)
        case .answer: openQuestion()
        case .beginGuess:
            openQuestion()
            if let action = self.action(for: key) { return perform(action, key) }
            if case .character(let digit) = key { insert(String(digit)) }
        case .blank: screens.append(BlankScreen())
        case .spread: screens.append(SpreadScreen())
        case .note:
            screens.append(NoteScreen(session.noteHere.text, again: session.erasedText))
        case .notes: screens.append(NotesScreen())
        case .search: screens.append(SearchScreen())
        case .summary: screens.append(SummaryScreen())
        case .review:
            screens = []
            session.startReview()
        case .endReview:
            if key == .escape, !isAsked(Session.leavingReviewQuestion) { return [] }
            session.endReview()
        case .quit:
            if let question = session.leavingQuestion(key: "q"), !isAsked(question) { return [] }
            return quit()
        case .close, .choose, .move, .erase, .newLine, .elsewhere, .edit: break
        }
        return []
    }

    /// Whether a question was asked just before the key, which then answers it; asks it where not.
    private mutating func isAsked(_ question: String) -> Bool {
        if lastNotice == question { return true }
        session.notice = question
        return false
    }

    /// Reads on, goes on, and at the end says what was done.
    private mutating func goOn() {
        if hasMoreBelow {
            scroll += stepLayout.page
        } else if session.goOn() {
            return
        } else if session.isPresenting {
            session.notice = "That was the last step."
        } else {
            screens.append(SummaryScreen(isEnd: true))
            session.notice = "That was the last step. Here is what you did; q quits."
        }
    }

    /// Where everything scrolls as one, the sliders come into view when they are used, and what
    /// they move as far as there is room.
    private mutating func bringSlidersIntoView() {
        let layout = stepLayout
        guard layout.flowHeight != nil, let area = layout.sliders?.area else { return }
        let ends = layout.sections.map(\.area.endRow).filter {
            area.endRow...area.row + body.height ~= $0
        }
        bringIntoView(area.row..<(ends.max() ?? area.endRow))
    }

    /// Where everything scrolls as one, the picture comes into view of what was begun to run.
    mutating func bringRunIntoView() {
        let layout = stepLayout
        guard layout.flowHeight != nil, let begun = session.begun else { return }
        let shown = session.widgets(of: begun)
        let area = layout.sections.first { section in
            if case .widget(let spec) = section.part { shown.contains(spec) } else { false }
        }?.area
        if let area { bringIntoView(area.row..<area.endRow) }
    }

    /// Where everything scrolls as one, what was made a table or unfolded comes into view, as much
    /// of it as there is room for.
    private mutating func bringTableIntoView() {
        let layout = stepLayout
        guard layout.flowHeight != nil else { return }
        let area = layout.sections.first { section in
            guard case .widget(let spec) = section.part else { return false }
            return spec.hasTable(glyphs) || section.widget is WritingView
        }?.area
        if let area { bringIntoView(area.row..<min(area.endRow, area.row + body.height)) }
    }

    private mutating func bringIntoView(_ rows: Range<Int>) {
        let nearest = max(min(scroll, rows.lowerBound), rows.upperBound - body.height)
        if nearest != scroll { scroll = nearest }
    }

    /// Begins an answer to the step's question.
    mutating func openQuestion() {
        switch session.step.question?.kind {
        case .number?: screens.append(AnswerScreen(untried: session.takeUntriedGuess()))
        case .free?: screens.append(AnswerScreen(session.record?.draft ?? ""))
        case .choice?: screens.append(ChoiceScreen())
        case .find?: screens.append(MistakesScreen(in: self))
        case nil: return
        }
        let layout = stepLayout
        if layout.flowHeight != nil,
            let section = layout.sections.first(where: { $0.part == .question })
        {
            scroll = section.area.row
        }
    }
}
