import AttentionEngine
import CourseContent
import ModelCatalog

/// Changing what the figures are about.
extension Session {
    /// Takes a setting; the model stays as long as it describes it.
    mutating func take(_ setting: CacheSetting) {
        position.subject = Subject(setting, of: model, dials: subject.dials)
    }

    /// Changes parameters, or says why it cannot be.
    mutating func change(_ changes: [Parameter: Int]) {
        do throws(SettingError) {
            let next = try setting.setting(changes, wishing: wished)
            keepWish(next, isAsked: changes[.keyValueHeads] != nil)
            // Where g was n it stays n, and where it has no slider nobody asks.
            if changes[.queryHeads] != nil, changes[.keyValueHeads] == nil,
                next.keyValueHeads != setting.keyValueHeads,
                setting.keyValueHeads != setting.queryHeads,
                step.sliders.contains(where: { $0.parameter == .keyValueHeads })
            {
                let heads = grouped(next.keyValueHeads)
                notice =
                    next.keyValueHeads == wish?.keyValueHeads
                    ? "g is \(heads) again"
                    : "g is now \(heads): K/V heads must divide the "
                        + "\(grouped(next.queryHeads)) query heads"
            }
            take(next)
        } catch {
            notice = error.description
        }
    }

    /// Which g was wished, where n does not allow it.
    private var wished: Int? { wish?.at == setting.shape ? wish?.keyValueHeads : nil }

    /// Keeps which g was wished, where n did not allow it.
    private mutating func keepWish(_ next: CacheSetting, isAsked: Bool) {
        if isAsked { wish = nil }
        guard !isAsked, next.queryHeads != setting.queryHeads,
            setting.keyValueHeads != setting.queryHeads || wished != nil
        else { return }
        wish = Wish(keyValueHeads: wished ?? setting.keyValueHeads, at: next.shape)
    }

    /// Sets parameters as the command line asks for them; nothing changes where that throws.
    package mutating func apply(_ changes: [Parameter: Int]) throws(SettingError) {
        take(try setting.setting(changes))
    }

    /// Sets what a text asks for, as `command` writes it: a setting that names everything each
    /// setting has stands for itself, any other changes the step's. Nothing changes where that
    /// throws.
    package mutating func apply(text: String) throws(SettingError) {
        var parts = text.split(separator: ",", omittingEmptySubsequences: false)
        var dials = subject.dials
        for (index, part) in parts.enumerated().reversed() {
            // Blanks as in the rest of the setting, which was perhaps copied in lines.
            let sides = part.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
            guard sides.count == 2, let dial = Dial(rawValue: sides[0]) else { continue }
            let value = try dial.value(text: sides[1])
            try ownStep.check(dial, is: value)
            dials[dial] = value
            parts.remove(at: index)
        }
        if !parts.isEmpty {
            let rest = parts.joined(separator: ",")
            let changes = try CacheSetting.changes(text: rest)
            let isWhole = Self.always.allSatisfy { changes[$0] != nil }
            try take(isWhole ? CacheSetting(text: rest) : setting.setting(changes))
        }
        position.subject?.dials = dials
    }

    private static let always: [Parameter] = [
        .layers, .batch, .queryHeads, .keyValueHeads, .headDimension, .tokens, .bytesPerNumber,
    ]

    /// Moves the chosen slider by some stops, held at its ends, which is said.
    package mutating func slide(_ stops: Int) {
        if let focused { move(.slider(focused), by: stops) }
    }

    /// Pins the setting to compare with, or lets it go.
    package mutating func togglePin() {
        pinned = pinned == setting ? nil : setting
        notice = pinned == nil ? "No setting is pinned." : "Pinned: \(setting.text)"
    }

    /// Writes sizes in the next units.
    package mutating func changeUnits() {
        units = units.next
        notice = "Sizes: \(units.name)"
    }

    /// Shows plots as tables, or tables as plots again.
    package mutating func toggleTable() { showsTable.toggle() }

    // MARK: Models

    /// Sets every slider as the model has it, tokens and batch staying; or says why it cannot be.
    package mutating func take(_ chosen: Model) {
        do throws(SettingError) {
            guard let own = try setting(of: chosen) else {
                notice = chosen.noSetting.map { "\(chosen.name) has no sliders: \($0)" }
                return
            }
            position.subject = Subject(own, of: chosen, dials: subject.dials)
            chosenGPUs.weights = nil
            notice =
                chosen.name + chosen.layersInWords
                + (proseStays.map { "\(foreignWords). \($0)" } ?? ": \(setting.text)")
        } catch {
            notice = "\(chosen.name): \(error.description)"
        }
    }

    /// Takes the values of a model as the command line asks for it; says why it has none.
    package mutating func apply(_ model: Model) -> String? {
        if let obstacle = model.noSetting { return "\(model.name) has no sliders: \(obstacle)" }
        take(model)
        notice = nil
        return self.model == model ? nil : "\(model.name) is too large for this step's values"
    }

    /// That a lesson's text goes on about its own values, and how to have them back.
    private var proseStays: String? {
        guard !isExploring, setting != step.setting else { return nil }
        return step.model.map { "The text is still about \($0.name); 0 brings it back." }
            ?? "The text is for the step's own values; 0 restores them."
    }

    /// The setting of the model it came from, with these tokens, batch and number width; nil
    /// without a model.
    var builtSetting: CacheSetting? { model.flatMap { try? setting(of: $0) } }

    private func setting(of model: Model) throws(SettingError) -> CacheSetting? {
        try model.setting(
            tokens: setting.tokens, batch: setting.batch, numberWidth: setting.numberWidth)
    }

    /// The model, where the setting is the model's in everything.
    var builtModel: Model? { builtSetting == setting ? model : nil }

    /// The model as it was built, where what is shown is no longer that.
    var changedModel: Subject? {
        guard let model, let own = builtSetting, own != setting || foreignVariant != nil, !isVeiled
        else { return nil }
        return Subject(own, of: model)
    }

    /// The variant that the step's formula is about, where the setting itself shares otherwise.
    var foreignVariant: AttentionVariant? { step.memory?.foreignVariant(at: setting) }

    /// " as MHA", where the step's formula makes that of what shares otherwise.
    package var foreignWords: String { foreignVariant.map { " as \($0.shortName)" } ?? "" }

    // MARK: As text

    /// The setting, and the dials that stand elsewhere than where the step has them:
    /// "l=1,…,bytes=2,written=3".
    package var stateText: String { subject.text(from: ownStep.dials) }

    /// The line of shell that opens this lesson, step and setting anywhere, the setting whole, as
    /// the parts that may each stand on a line: "headroom learn", "gqa", "--step 3", "--state
    /// l=96,…". Words that a shell would take apart are quoted by `quote`.
    package func commandParts(quote: (String) -> String) -> [String] {
        var parts = ["headroom learn"]
        if let lesson { parts += [lesson.id, "--step \(stepIndex + 1)"] }
        if isExploring { parts.append("--explore") }
        if let model, model != lessonStep?.model { parts.append("--model \(model.id)") }
        parts.append("--state \(stateText)")
        parts += modelOptions.map { "\($0.name) \(quote($0.value))" }
        if let folder = course.folder { parts.append("--lessons \(quote(folder))") }
        return parts
    }
}

extension Model {
    /// ", 12 of its 48 layers with a cache", where some keep no keys and values.
    package var layersInWords: String {
        guard let kept = (try? setting(tokens: 1))?.layers, kept < layers else { return "" }
        return ", \(grouped(kept)) of its \(grouped(layers)) layers with a cache"
    }
}
