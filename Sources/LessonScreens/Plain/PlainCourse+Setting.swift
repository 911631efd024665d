import AttentionEngine
import CourseContent
import ModelCatalog
import TerminalCanvas

/// Moving sliders, and what that changes in one sentence.
extension PlainCourse {
    // MARK: Sliders

    mutating func set(_ assignments: String) -> [Passage] {
        let words = Self.words(of: assignments)
        if let told = setServing(words) { return told }
        var pairs: [(parameter: Parameter, value: String)] = []
        var index = 0
        if words.isEmpty, assignments == "=" {
            return say("Type = and the value on one line, as in = 12.")
        }
        // "= 12" is about the slider that left and right move.
        if assignments.hasPrefix("="), words.count == 1, let focused = app.focused {
            pairs = [(focused.parameter, words[0])]
            index = 1
        }
        while index < words.count {
            let letter = words[index].lowercased()
            guard let parameter = Parameter(letter: letter) else {
                return say("\(SettingError.unknownLetter(String(letter.prefix(20)))).")
            }
            guard index + 1 < words.count else {
                return say("\(letter) needs a value behind it, as in set \(letter) 4.")
            }
            pairs.append((parameter, words[index + 1]))
            index += 2
        }
        guard !pairs.isEmpty else {
            return say("set needs a letter and a value, as in set g 4. " + slidersHere)
        }
        return changing { course in
            for pair in pairs {
                if let problem = course.set(pair.parameter, to: pair.value) {
                    return course.say(problem)
                }
            }
            return []
        }
    }

    /// "g=4, s = 8,192" as its words: letters and values in turn. A comma parts assignments where a
    /// letter follows, and thousands where a digit does.
    private static func words(of text: String) -> [String] {
        var parts: [String] = []
        for part in text.split(separator: ",") {
            if part.first?.isNumber == true, let last = parts.popLast() {
                parts.append(last + part)
            } else {
                parts.append(String(part))
            }
        }
        return parts.joined(separator: " ").split { $0 == " " || $0 == "=" }.map(String.init)
            .filter { $0.lowercased() != "to" }
    }

    /// Types a value for a slider, as the screen's "=" does; what is wrong with it, where something
    /// is.
    private mutating func set(_ parameter: Parameter, to value: String) -> String? {
        guard focus(parameter) else {
            return "No slider here for \(parameter.spoken). " + slidersHere
        }
        press(.character("="))
        enter(value)
        guard case .entry(_, _, let problem)? = app.overlay else { return nil }
        act { $0.overlay = nil }
        guard let problem else { return "That is no value for \(parameter.spoken)." }
        // "here 12 is the most" does not say of what.
        return (problem.hasPrefix("here") ? "\(parameter.spoken): " : "") + problem + "."
    }

    /// Makes a slider the one that keys move; false where the step has none for the parameter.
    private mutating func focus(_ parameter: Parameter) -> Bool {
        guard let index = app.step.sliders.firstIndex(where: { $0.parameter == parameter }),
            app.setting[parameter] != nil
        else { return false }
        act { $0.focusIndex = index }
        return true
    }

    private var slidersHere: String {
        let letters = app.step.sliders.map(\.parameter.letter).joined(separator: ", ")
        let own = letters.isEmpty ? "Nothing moves on this step" : "This step has \(letters)"
        return own + (app.isExploring ? "." : "; explore frees all sliders.")
    }

    mutating func slide(_ key: Key, _ letter: String) -> [Passage] {
        if let problem = focus(named: letter) { return say(problem) }
        guard let slider = app.focused else { return say(slidersHere) }
        return changing { course in
            let before = course.app.setting
            course.press(key)
            guard course.app.setting == before, let value = before[slider.parameter] else {
                return []
            }
            return course.say(
                "\(slider.parameter.spoken) stays \(slider.text(value)): its end is reached.")
        }
    }

    /// - Parameter key: chooses the next slider or the one before, where no letter names one.
    mutating func chooseSlider(_ letter: String, _ key: Key = .tab) -> [Passage] {
        if letter.isEmpty {
            guard app.step.sliders.count > 1 else { return say(slidersHere) }
            press(key)
        } else if let problem = focus(named: letter) {
            return say(problem)
        }
        return app.focused?.words(at: app.setting, isMoved: true).map(say) ?? say(slidersHere)
    }

    private mutating func focus(named letter: String) -> String? {
        guard !letter.isEmpty else { return nil }
        guard let parameter = Parameter(letter: letter.lowercased()) else {
            return "\(SettingError.unknownLetter(String(letter.prefix(20))))."
        }
        return focus(parameter) ? nil : "No slider here for \(parameter.spoken). " + slidersHere
    }

    func value(of parameter: Parameter) -> [Passage] {
        if let slider = app.step.sliders.first(where: { $0.parameter == parameter }),
            let words = slider.words(at: app.setting, isMoved: slider == app.focused, most: 40)
        {
            let onGPUs = app.isExploring && parameter == .keyValueHeads
            return say(
                words + slider.typedWords(at: app.setting)
                    + (onGPUs ? " gpus shows the setting on GPUs." : ""))
        }
        guard let value = app.setting[parameter] else {
            return say("This setting has no \(parameter.spoken).")
        }
        return say(
            "\(parameter.spoken): \(Slider(parameter: parameter).text(value)). " + slidersHere)
    }

    // MARK: Other ways to change the setting

    mutating func takeModel(_ name: String) -> [Passage] {
        guard works(.character("m")) else {
            return say("Not while the question is open: answer it, or go on with next.")
        }
        guard !name.isEmpty else {
            return say("Models; model and a name takes one's values.")
                + Catalog.models.map { .row(Self.line(of: $0)) }
        }
        let matches = Catalog.search(name)
        guard let model = Catalog.model(id: name) ?? (matches.count == 1 ? matches[0] : nil) else {
            return matches.isEmpty
                ? say(
                    "No model '\(name.prefix(30))'. The nearest is \(Catalog.nearest(to: name).id)."
                )
                : say("\(matches.count) models; model and a name takes one's values.")
                    + matches.map { .row(Self.line(of: $0)) }
        }
        return changing { course in
            let index = Catalog.search(model.id).firstIndex(of: model) ?? 0
            course.act { $0.overlay = .models(query: model.id, selected: index) }
            let before = course.app.setting
            course.press(.enter)
            if course.app.model == model {
                // What changed is told in a sentence.
                course.app.notice = nil
                return course.say(
                    before == course.app.setting
                        ? "These are the values of \(model.name) already."
                        : "The values of \(model.name).")
            }
            return []
        }
    }

    private static func line(of model: Model) -> String {
        let heads =
            model.latent == nil
            ? "\(counted(model.queryHeads, "query head")) on "
                + counted(model.keyValueHeads, "K/V head")
            : "\(counted(model.queryHeads, "query head")), one latent"
        return
            "\(model.id): \(model.name), \(model.kind), \(counted(model.growingLayers, "layer")), "
            + heads + "."
            + (model.doubts.isEmpty
                ? "" : " Not certain: " + model.doubts.map(\.text).joined(separator: " "))
    }

    mutating func reset() -> [Passage] {
        guard works(.character("0")) else { return say("The step's own values are set already.") }
        press(.character("0"))
        return say("The step as it was.") + pictures() + question()
    }

    mutating func pin() -> [Passage] {
        guard works(.character("a")) else { return say("This step shows no size to pin.") }
        press(.character("a"))
        return []
    }

    mutating func units() -> [Passage] {
        let before = app
        press(.character("u"))
        return news(since: before, prose: false)
    }

    func settingText() -> [Passage] {
        let lesson = app.lesson.map { " \($0.id) --step \(app.stepIndex + 1)" } ?? ""
        return say("This setting as text:") + [.code(app.setting.text)]
            + say("headroom learn --plain\(lesson) --state and this text opens the step with it.")
    }

    func why(_ what: String) -> [Passage] {
        guard what.isEmpty || what.lowercased() == "cache" else {
            return say("why unfolds the cache's size, and nothing else: why, or why cache.")
        }
        guard let spec = app.step.memory else {
            return say("This step shows no size; explore shows one for its setting.")
        }
        if app.isVeiled {
            return say("Guess first: the unfolding would give the answer away.")
        }
        let report = MemoryReport(app.setting)
        guard let size = report[spec.formulaVariant(at: app.setting)] else { return [] }
        let background = spec.factors == nil ? self.background : []
        if spec.factors == nil, let derivation = app.layerDerivation {
            return say(app.whyTitle(size) + ".") + derivation.lines.map(Self.told) + background
        }
        let rows = app.unfolding(of: size, shows: spec.shows).map { row in
            Passage.row("\(row.factor): \(grouped(row.product)) \(Self.owner(row.owner)).")
        }
        guard spec.factors == nil else { return say("Why, with the factors so far:") + rows }
        let others = app.comparison(of: size, report: report).map { other in
            Passage.row("\(other.name): \(other.share), \(app.units.text(other.size)).")
        }
        return say(app.whyTitle(size) + ".") + rows + (others.isEmpty ? [] : say("Beside it:"))
            + others + background
    }

    /// "x K/V heads: 8, num_key_value_heads."
    private static func told(_ line: Derivation.Line) -> Passage {
        let rule = line.rule.isEmpty ? "" : ", \(line.rule)"
        switch line.kind {
        case .heading: return .paragraph("\(line.name): \(line.rule).")
        case .first: return .row("\(line.name): \(line.value)\(rule).")
        case .factor: return .row("times \(line.name): \(line.value)\(rule).")
        case .result: return .row("makes, \(line.name): \(line.value)\(rule).")
        }
    }

    /// Where the chosen model's values were read, and what is not certain of them.
    private var background: [Passage] {
        guard let model = app.model else { return [] }
        return say("\(model.name):") + app.background(of: model).map { .row($0.text) }
    }

    /// Whose numbers a product counts: "for one layer", and at the end "bytes".
    private static func owner(_ owner: String) -> String {
        owner == "bytes" || owner.hasPrefix("for ") ? owner : "for \(owner)"
    }

    // MARK: The sentence

    /// Does something to the setting, and tells what that changed.
    private mutating func changing(_ change: (inout PlainCourse) -> [Passage]) -> [Passage] {
        let before = app
        let said = change(&self)
        guard let sentence = sentence(since: before) else {
            return said.isEmpty && app.notice == nil ? say("That is its value already.") : said
        }
        let hasMemory = app.step.memory != nil
        return said + say(sentence)
            + news(since: before, prose: true) { spec in
                switch spec {
                case .sliders, .memory: false
                case .heads(let heads): !hasMemory || heads.mapping != .repeat
                default: true
                }
            }
    }

    /// "K/V heads 8 → 4, 24 query heads each: cache 403 MB → 201 MB (192 MiB), 1/24 of MHA."
    private func sentence(since old: CourseApp) -> String? {
        // With a K/V head for each query head there is no g to speak of.
        let isMultiHead = [old.setting, app.setting].allSatisfy { $0.shape.groupSize == 1 }
        let changed = Parameter.allCases.filter {
            old.setting[$0] != app.setting[$0] && !(isMultiHead && $0 == .keyValueHeads)
        }
        guard !changed.isEmpty else { return nil }
        func text(_ parameter: Parameter, _ setting: CacheSetting) -> String {
            setting[parameter].map(Slider(parameter: parameter).text) ?? "none"
        }
        var parts = changed.map {
            "\($0.name) \(text($0, old.setting)) → \(text($0, app.setting))"
        }
        if !isMultiHead, changed.contains(.queryHeads) || changed.contains(.keyValueHeads) {
            parts.append("\(counted(app.setting.shape.groupSize, "query head")) each")
        }
        let sentence = parts.joined(separator: ", ") + sizes(since: old) + "."
        return sentence.prefix(1).uppercased() + sentence.dropFirst()
    }

    private func sizes(since old: CourseApp) -> String {
        guard let spec = app.step.memory else { return "" }
        if app.isVeiled { return "; the cache's size is hidden until you answer" }
        let view = MemoryView(spec: spec)
        guard spec.factors == nil else {
            return ": \(view.result(old.scene)) → \(view.result(app.scene))"
        }
        let before = MemoryReport(old.setting)[spec.formulaVariant(at: old.setting)]?.size
        let now = MemoryReport(app.setting)[spec.formulaVariant(at: app.setting)]?.size
        let size = before.map(old.units.short) ?? "none"
        let own =
            before == now
            ? ": cache still \(view.result(app.scene))"
            : ": cache \(size) → \(view.result(app.scene))"
        guard spec.showsBars else { return own }
        let bars = view.barRows(old.scene)
        let others = view.barRows(app.scene).compactMap { row -> String? in
            guard !row.isHere, row.name != "pin",
                let bar = bars.first(where: { $0.name == row.name }), bar.size != row.size
            else { return nil }
            return "\(row.name) \(old.units.short(bar.size)) → \(app.units.short(row.size))"
        }
        return ([own] + others).joined(separator: "; ")
    }
}
