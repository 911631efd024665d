import AttentionEngine
import TerminalCanvas

extension CourseApp {
    /// Takes an event and says what the program around must do.
    package mutating func handle(_ event: Event) -> [Effect] {
        defer { updateLayout() }
        switch event {
        case .key(let key):
            let effects = handle(key)
            // A note that is taken on elsewhere still belongs to this screen.
            if !effects.contains(where: { if case .edit = $0 { true } else { false } }) {
                catchUp()
            }
            return effects
        case .mouse(let mouse):
            let from = placeWithoutMeasured
            let before = progress
            handle(mouse)
            letGoWhereMoved(from: from)
            keepSetting()
            return progress == before ? [] : [.save(progress)]
        case .paste(let text):
            paste(text)
            return []
        case .resize(let size):
            self.size = size
            return []
        case .interrupt, .hangUp:
            keepDraft()
            keepOpenNote()
            return [.save(progress), .quit]
        case .wake: return []
        }
    }

    private mutating func handle(_ key: Key) -> [Effect] {
        notice = nil
        pressedKey = key
        if isTooSmall {
            guard key == .character("q") else { return [] }
            keepDraft()
            keepOpenNote()
            return [.save(progress), .quit]
        }
        if overlay == .blank {
            overlay = nil
            return []
        }
        guard let action = KeyTable.action(for: key, in: self) else {
            if isVeiled, overlay == nil, answering == nil, KeyTable.wouldTell(key) {
                notice = "Guess first: that could give the answer away."
            }
            if case .character(let character) = key { type(String(character)) }
            return []
        }
        // Only what the key changes is news.
        keepSetting()
        let before = progress
        let from = placeWithoutMeasured
        defer { if action != .follow { letGoWhereMoved(from: from) } }
        let effects =
            overlay != nil || answering != nil || placing != nil
            ? performOpen(action) : perform(action, key)
        // What could not be run was only said.
        if action == .run || action == .otherLength, !effects.isEmpty || notice == nil { runOwn() }
        keepSetting()
        return progress != before && !effects.contains(.quit)
            ? effects + [.save(progress)] : effects
    }

    // MARK: On a step

    private mutating func perform(_ action: Action, _ key: Key) -> [Effect] {
        switch action {
        case .next: goOn()
        case .back: goBack()
        case .nextLesson: enter(lesson: lessonIndex + 1, step: 0)
        case .previousLesson: enter(lesson: lessonIndex - 1, step: 0)
        case .lesson:
            if case .character(let digit) = key, let number = digit.wholeNumberValue {
                if course.lessons.indices.contains(number - 1) {
                    enter(lesson: number - 1, step: 0)
                } else {
                    notice = "There are \(course.lessons.count) lessons."
                }
            }
        case .contents: overlay = .contents(selected: contentsIndex)
        case .help: overlay = .help(scroll: 0)
        case .why: overlay = .why(scroll: 0)
        case .models: overlay = .models(query: "", selected: 0)
        case .settingText: overlay = .setting
        case .gpus:
            settleGPUs()
            overlay = .gpus(row: 0, typed: nil)
        case .compare: overlay = .comparison(text: "", answer: [])
        case .explore: toggleExplore()
        case .focusNext: moveFocus(1)
        case .focusPrevious: moveFocus(-1)
        case .decrease: slide(-1)
        case .increase: slide(1)
        case .decreaseFar: slide(-(focused?.farStep(at: setting) ?? 1))
        case .increaseFar: slide(focused?.farStep(at: setting) ?? 1)
        case .least: slide(-100_000)
        case .most: slide(100_000)
        case .typeValue:
            if let focused { overlay = .entry(focused.parameter, text: "", problem: nil) }
        case .resetValues:
            if let questionKey, record?.isRevealed == true, step.question?.kind != .free {
                unkeptAnswers[questionKey] = AnswerRecord()
            }
            resetStep()
        case .pin:
            pinned = pinned == setting ? nil : setting
            notice = pinned == nil ? "No setting is pinned." : "Pinned: \(setting.text)"
        case .units:
            units = units.next
            notice = "Sizes: \(units.name)"
        case .run: return runEngine()
        case .stopRun: return stopRace()
        case .otherLength: return runOtherLength()
        case .table: showsTable.toggle()
        case .place:
            startPlacing()
            placeOwn()
        case .follow: followAgain()
        case .stepAgain: showStepAgain()
        case .reveal: revealAnswer()
        case .scrollDown: scroll = min(scroll + 1, scrollLimit)
        case .scrollUp: scroll = max(0, scroll - 1)
        case .answer: openQuestion()
        case .beginGuess:
            openQuestion()
            if case .character(let digit) = key { type(String(digit)) }
        case .blank: overlay = .blank
        case .note: openNote()
        case .notes: overlay = .notes(selected: 0)
        case .search: overlay = .search(query: "", selected: 0)
        case .summary: overlay = .summary(scroll: 0)
        case .review: startReview()
        case .endReview: endReview()
        case .quit:
            keepSetting()
            return [.save(progress), .quit]
        case .hint, .close, .choose, .up, .down, .left, .right, .pageDown, .pageUp, .top,
            .bottom,
            .erase, .eraseAll, .newLine, .eraseNext, .elsewhere:
            break
        }
        return []
    }

    mutating func goOn() {
        if hasMoreBelow {
            scroll = min(scroll + stepLayout.page, scrollLimit)
        } else if review != nil {
            goOnInReview()
        } else if stepIndex + 1 < stepCount {
            enter(lesson: lessonIndex, step: stepIndex + 1)
        } else if lessonIndex + 1 < course.lessons.count {
            enter(lesson: lessonIndex + 1, step: 0)
        } else if isPresenting {
            notice = "That was the last step."
        } else {
            overlay = .summary(scroll: 0)
            notice = "That was the last step. This is what you did."
        }
    }

    private mutating func goBack() {
        if scroll > 0 {
            scroll = max(0, scroll - stepLayout.page)
        } else if stepIndex > 0 {
            enter(lesson: lessonIndex, step: stepIndex - 1)
        } else if lessonIndex > 0 {
            enter(lesson: lessonIndex - 1, step: course.lessons[lessonIndex - 1].steps.count - 1)
        }
    }

    mutating func toggleExplore() {
        if let place = exploredFrom {
            exploredFrom = nil
            setting = place.setting
            model = place.model
            focusIndex = place.focusIndex
            scroll = place.scroll
        } else {
            exploredFrom = Place(
                setting: setting, model: model, focusIndex: focusIndex, scroll: scroll)
            let parameter = focused?.parameter ?? .keyValueHeads
            focusIndex = 0
            scroll = 0
            focusIndex = step.sliders.firstIndex { $0.parameter == parameter } ?? 0
        }
    }

    private mutating func moveFocus(_ by: Int) {
        let count = step.sliders.count
        guard count > 0 else { return }
        focusIndex = (focusIndex + by + count) % count
        showSliders()
    }

    /// Where everything scrolls as one, the sliders come into view when they are used.
    private mutating func showSliders() {
        let layout = stepLayout
        guard layout.flowHeight != nil,
            let area = layout.sections.first(where: {
                if case .widget(.sliders) = $0.part { true } else { false }
            })?.area
        else { return }
        let height = layout.body.height
        if area.row < scroll { scroll = area.row }
        if area.endRow > scroll + height { scroll = area.endRow - height }
    }

    private mutating func slide(_ steps: Int) {
        guard let slider = focused, let value = slider.stop(steps, from: setting) else { return }
        change([slider.parameter: value])
        showSliders()
    }

    // MARK: In what is open

    mutating func performOpen(_ action: Action) -> [Effect] {
        if action == .help {
            overlay = .help(scroll: 0)
        } else if overlay == nil, let placing {
            performPlacing(action, from: placing)
        } else if overlay == nil {
            performAnswering(action)
        } else {
            return performOverlay(action)
        }
        return []
    }

    private mutating func performOverlay(_ action: Action) -> [Effect] {
        switch overlay {
        case .note(let editor): return performNote(action, editor)
        case .notes(let selected): performNotes(action, selected)
        case .search(let query, let selected): performSearch(action, query, selected)
        case .summary(let scroll):
            if action == .review {
                startReview()
            } else {
                overlay = scrolled(action, scroll).map { .summary(scroll: $0) }
            }
        case .contents(let selected): performContents(action, selected)
        case .models(let query, let selected): performModels(action, query, selected)
        case .help(let scroll):
            overlay = scrolled(action, scroll).map { .help(scroll: $0) }
        case .why(let scroll): overlay = scrolled(action, scroll).map { .why(scroll: $0) }
        case .setting, .blank: overlay = nil
        case .entry(let parameter, let text, _): performEntry(action, parameter, text)
        case .gpus(let row, let typed): performServing(action, row: row, typed: typed)
        case .comparison(let text, let answer): performComparison(action, text, answer)
        case nil: break
        }
        return []
    }

    private mutating func performContents(_ action: Action, _ selected: Int) {
        let entries = contentsEntries()
        if let index = moved(action, from: selected, count: entries.count) {
            overlay = .contents(selected: index)
        } else if action == .review {
            overlay = nil
            startReview()
        } else if action == .summary {
            overlay = .summary(scroll: 0)
        } else {
            overlay = nil
            if action == .choose, entries.indices.contains(selected) {
                enter(lesson: entries[selected].lesson, step: entries[selected].step ?? 0)
            }
        }
    }
}
