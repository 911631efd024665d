import AttentionEngine
import CourseContent
import CourseSession
import ModelCatalog
import TerminalCanvas

/// Moving sliders, and what that changes in one sentence.
extension PlainCourse {
    // MARK: Sliders

    mutating func set(_ assignments: String) -> [Passage] {
        var words = Session.assignmentWords(of: assignments)
        if let told = setServing(words) { return told }
        guard !words.isEmpty else {
            return say(
                assignments == "="
                    ? "Type = and the value on one line, as in = 12."
                    : "set needs a letter and a value, as in set g 4. " + slidersHere)
        }
        // "= 12" is about the slider that left and right move.
        if assignments.hasPrefix("="), words.count == 1, let focused = session.focused {
            words.insert(focused.moved.letter, at: 0)
        }
        let before = session
        let values: [(moved: Movable, text: String)]
        do throws(SettingError) { values = try session.assignments(of: words) } catch {
            guard case .notAssignment(let letter) = error else { return say("\(error).") }
            return say("\(letter) needs a value, as in set \(letter) 4.")
        }
        for value in values {
            if let problem = focus(on: value.moved) {
                session = before
                return say(problem)
            }
        }
        if let problem = session.set(values, among: session.step.sliders) {
            session = before
            return say(problem + ".")
        }
        return changed(since: before)
    }

    /// Chooses the slider that left and right move; what is wrong with that, where something is.
    private mutating func focus(on moved: Movable) -> String? {
        session.focus(on: moved)
            ? nil : "No slider here for \(moved.spoken). " + slidersHere
    }

    /// The same by a letter; without one it stays the one that it is.
    private mutating func focus(named letter: String) -> String? {
        if letter.isEmpty { return nil }
        return Movable(letter: letter.lowercased()).map { focus(on: $0) } ?? noSlider(letter)
    }

    private func noSlider(_ letter: String) -> String {
        "\(SettingError.unknownLetter(letter, dials: session.dialNames))."
    }

    private var slidersHere: String {
        let letters = session.step.sliders.map(\.moved.letter).joined(separator: ", ")
        let own = letters.isEmpty ? "Nothing moves on this step" : "This step has \(letters)"
        return own + (session.isExploring ? "." : "; explore frees all sliders.")
    }

    /// - Parameter stops: by how many the chosen slider moves.
    mutating func slide(
        _ letter: String, by stops: (Slider, CacheSetting) -> Int
    ) -> [Passage] {
        if let problem = focus(named: letter) { return say(problem) }
        guard let slider = session.focused else { return say(slidersHere) }
        let before = session
        session.slide(stops(slider, before.setting))
        return session.subject == before.subject ? [] : changed(since: before)
    }

    /// - Parameter by: how many sliders behind the present one, where no letter names one.
    mutating func chooseSlider(_ letter: String, by: Int = 1) -> [Passage] {
        if letter.isEmpty, session.step.sliders.count < 2 { return say(slidersHere) }
        if letter.isEmpty { session.moveFocus(by) }
        let problem = focus(named: letter)
        return say(
            problem
                ?? session.focused?.words(
                    at: session.setting, session.subject.dials, isMoved: true) ?? slidersHere)
    }

    func value(of moved: Movable) -> [Passage] {
        if let slider = session.slider(of: moved),
            let words = slider.words(
                at: session.setting, session.subject.dials, isMoved: slider == session.focused,
                most: 40)
        {
            let onGPUs = session.isExploring && slider.parameter == .keyValueHeads
            return say(
                words + slider.typedWords(at: session.setting)
                    + (onGPUs ? " gpus shows the setting on GPUs." : ""))
        }
        guard case .parameter(let parameter) = moved, let value = session.setting[parameter] else {
            return say("This step has no \(moved.spoken).")
        }
        return say("\(parameter.spoken): \(parameter.text(value)). " + slidersHere)
    }

    // MARK: Other ways to change the setting

    mutating func takeModel(_ name: String) -> [Passage] {
        if session.showsRealModel, name.isEmpty || Int(name) != nil { return files(name) }
        guard session.canTakeModel else {
            return say(Session.veiledWords)
        }
        let matches = name.isEmpty ? Catalog.models : Catalog.search(name)
        guard let model = Catalog.model(id: name) ?? (matches.count == 1 ? matches[0] : nil) else {
            if matches.isEmpty {
                let near = Catalog.nearest(to: name).map { " The nearest is \($0.id)." }
                return say("No model '\(shortened(name))'.\(near ?? "")")
            }
            let models = name.isEmpty ? "Models" : "\(matches.count) models"
            return inParts(
                say("\(models); model and a name takes one's values.")
                    + matches.map { .row(Self.line(of: $0)) })
        }
        let before = session
        session.take(model)
        guard session.model == model else { return changed(since: before) }
        // What changed is told in a sentence.
        session.notice = nil
        return session.setting == before.setting
            ? say("These are the values of \(model.name) already.")
            : changed(since: before, saying: say("The values of \(model.name)."))
    }

    private static func line(of model: Model) -> String {
        let layers = counted(model.growingLayers, "layer")
        let heads = counted(model.queryHeads, "query head")
        let kept =
            model.latent == nil
            ? " on " + counted(model.keyValueHeads, "K/V head") : ", one latent"
        let doubts = model.doubts.map(\.text).joined(separator: " ")
        return "\(model.id): \(model.name), \(model.kind), \(layers), \(heads)\(kept)."
            + (doubts.isEmpty ? "" : " Uncertain: " + doubts)
    }

    mutating func reset() -> [Passage] {
        guard session.canReset else { return say("The step's own values are set already.") }
        session.reset()
        return (session.isExploring ? [] : say("The step as it was.")) + pictures() + question()
    }

    mutating func pin() -> [Passage] {
        guard session.step.memory != nil else { return say("This step shows no size to pin.") }
        session.togglePin()
        return []
    }

    mutating func units() -> [Passage] {
        let before = session
        session.changeUnits()
        return news(since: before)
    }

    func settingText() -> [Passage] {
        var parts = session.commandParts(quote: ShellLine.word)
        parts.insert("--plain", at: 1)
        return say("This setting as text:") + [.code(session.stateText)]
            + (session.settingIsNotCounted ? say(Session.notCountedWords) : [])
            + say("The command that opens this step with it:")
            + ShellLine(parts).lines(width: text.width - 2).map(Passage.code)
    }

    func why(_ what: String) -> [Passage] {
        guard let name = session.unfoldedName else {
            let isHidden = session.isVeiled && session.step.hasWriting
            return say(
                isHidden
                    ? Session.veiledWords
                    : session.tokenBytesWords
                        ?? "This step shows no size; explore shows one for its setting.")
        }
        guard what.isEmpty || what.lowercased() == name else {
            let unfolded = name == "share" ? "the largest share" : "the cache's size"
            return say("why unfolds \(unfolded), and nothing else: why, or why \(name).")
        }
        if session.isVeiled {
            return say(Session.veiledWords)
        }
        guard let unfolding = session.unfolding() else { return [] }
        let lines: [Passage] =
            switch unfolding.content {
            case .layers(let derivation): derivation.lines.map(Self.told)
            case .share(let steps):
                steps.map { .row("\($0.name): \($0.sum) = \(ended($0.result))") }
            case .factors(let factors, let others):
                factors.map(told) + (others.isEmpty ? [] : say("Beside it:"))
                    + others.map {
                        .row("\($0.name): \($0.share), \(session.units.text($0.size)).")
                    }
            }
        return unfolding.isPartial
            ? say("Why, with the factors so far:") + lines
            : say(unfolding.title + ".") + lines + background
    }

    /// "× 8 K/V heads: 2,048 for one layer."
    private func told(_ factor: Unfolding.Factor) -> Passage {
        let sign = factor.isMultiplied ? "\(text.glyphs.times) " : ""
        // Bytes are nobody's; other numbers are somebody's, which some owners say themselves.
        let isSaid = factor.owner == "bytes" || factor.owner.hasPrefix("for ")
        let owner = (isSaid ? "" : "for ") + factor.owner
        return .row("\(sign)\(factor.name): \(grouped(factor.product)) \(owner).")
    }

    /// "x K/V heads: 8, num_key_value_heads."
    private static func told(_ line: Derivation.Line) -> Passage {
        let rule = line.rule.isEmpty ? "" : ", \(line.rule)"
        let text = "\(line.name): \(line.value)\(rule)."
        return switch line.kind {
        case .heading: .paragraph("\(line.name): \(line.rule).")
        case .first: .row(text)
        case .factor: .row("times " + text)
        case .result: .row("makes, " + text)
        }
    }

    /// Where the chosen model's values were read, and what is not certain of them.
    private var background: [Passage] {
        guard let model = session.model else { return [] }
        return say("\(model.name):") + model.background.map { .row($0.text) }
    }

    // MARK: The sentence

    /// What was done to the setting, after what there is to say of it.
    private func changed(since before: Session, saying said: [Passage] = []) -> [Passage] {
        guard let sentence = sentence(since: before) else {
            return said.isEmpty && session.notice == nil ? say("That is its value already.") : said
        }
        let hasMemory = session.step.memory != nil
        return said + say(sentence)
            + news(since: before, prose: true) { spec in
                switch spec {
                case .sliders, .memory, .groups: false
                case .heads(let heads): !hasMemory || heads.mapping != .repeat
                default: true
                }
            }
    }

    /// "K/V heads 8 → 4, 24 query heads each: cache 403 MB → 201 MB (192 MiB), 1/24 of MHA."
    private func sentence(since old: Session) -> String? {
        // With a K/V head for each query head there is no g to speak of.
        let isMultiHead = [old.setting, session.setting].allSatisfy { $0.shape.groupSize == 1 }
        let changed = Parameter.allCases.filter {
            old.setting[$0] != session.setting[$0] && !(isMultiHead && $0 == .keyValueHeads)
        }
        let (before, dials) = (old.subject.dials, session.subject.dials)
        let moved = Dial.allCases.filter { before[$0] != dials[$0] }.map {
            "\($0.name) \($0.text(before[$0])) → \($0.text(dials[$0]))"
        }
        guard !changed.isEmpty else {
            return moved.isEmpty ? nil : (moved.joined(separator: ", ") + ".").capitalised
        }
        func text(_ parameter: Parameter, _ setting: CacheSetting) -> String {
            setting[parameter].map(parameter.text) ?? "none"
        }
        var parts =
            changed.map {
                "\($0.name) \(text($0, old.setting)) → \(text($0, session.setting))"
            } + moved
        if !isMultiHead, changed.contains(.queryHeads) || changed.contains(.keyValueHeads) {
            parts.append("\(counted(session.setting.shape.groupSize, "query head")) each")
        }
        return (parts.joined(separator: ", ") + sizes(since: old) + ".").capitalised
    }

    /// "users that fit 59 → 119", where the step has a table of them and they are others.
    private func users(since old: Session) -> [String] {
        guard let spec = session.step.groups, spec.showsUsers else { return [] }
        let before = GroupFigures(spec, old.scene()).usersHere
        let now = GroupFigures(spec, session.scene()).usersHere
        return before == now ? [] : ["users that fit \(before) → \(now)"]
    }

    private func sizes(since old: Session) -> String {
        guard let spec = session.step.memory else { return "" }
        if session.isVeiled { return "; the cache's size is hidden until you answer" }
        let figures = MemoryFigures(spec, session.scene())
        let oldFigures = MemoryFigures(spec, old.scene())
        guard spec.factors == nil else {
            return ": \(oldFigures.resultInWords) → \(figures.resultInWords)"
        }
        let before = MemoryReport(old.setting)[spec.formulaVariant(at: old.setting)]?.size
        let now = MemoryReport(session.setting)[spec.formulaVariant(at: session.setting)]?.size
        let from = before == now ? "still" : (before.map(old.units.short) ?? "none") + " →"
        let own = ": cache \(from) \(figures.resultInWords)"
        let bars = oldFigures.bars
        let others = figures.bars.compactMap { row -> String? in
            guard !row.isHere, row.name != "pin",
                let bar = bars.first(where: { $0.name == row.name }), bar.size != row.size
            else { return nil }
            return "\(row.name) \(old.units.short(bar.size)) → \(session.units.short(row.size))"
        }
        return ([own] + others + users(since: old)).joined(separator: "; ")
    }
}
