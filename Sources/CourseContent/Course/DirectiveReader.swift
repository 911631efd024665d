import AttentionEngine
import Lessons
import ModelCatalog

/// A lesson's block in braces, understood.
enum StepPart: Hashable, Sendable {
    case setting(SettingChange)
    case widget(WidgetSpec)
    case question(Question)
}

/// The names of the blocks that a lesson may use, each with how it is read.
enum DirectiveReader {
    static let readers:
        [(about: BlockDescription, read: @Sendable (inout AttributeReader) -> StepPart?)] = [
            (.setting, { SettingChange.read(&$0).map(StepPart.setting) }),
            (.sliders, { .widget(.sliders(readSliders(&$0))) }),
            (.heads, { .widget(.heads(readHeads(&$0))) }),
            (.cache, { readCache(&$0).map { .widget(.cache($0)) } }),
            (.memory, { .widget(.memory(readMemory(&$0))) }),
            (.append, { readWords(&$0).map { .widget(.append(AppendSpec(words: $0))) } }),
            (.outputs, { _ in .widget(.outputs) }),
            (.times, { _ in .widget(.times) }),
            (.forms, { _ in .widget(.forms) }),
            (.race, { .widget(.race(readRace(&$0))) }),
            (.perspectives, { readPerspectives(&$0).map { .widget(.perspectives($0)) } }),
            (.ask, { Question.readAsk(&$0).map(StepPart.question) }),
            (.find, { Question.readFind(&$0).map(StepPart.question) }),
        ]

    static func read(_ directive: Directive, findings: inout [Finding]) -> StepPart? {
        guard let reader = readers.first(where: { $0.about.name == directive.name }) else {
            findings.append(
                .unknownDirective(
                    directive.name, known: readers.map(\.about.name), at: directive.place))
            return nil
        }
        var attributes = AttributeReader(directive)
        attributes.allow(reader.about.keys)
        let part = reader.read(&attributes)
        findings += attributes.findings
        return part
    }

    private static func readHeads(_ reader: inout AttributeReader) -> HeadsSpec {
        HeadsSpec(mapping: reader.choice("mapping") ?? .repeat)
    }

    private static func readCache(_ reader: inout AttributeReader) -> CacheSpec? {
        readWords(&reader).map {
            CacheSpec(words: $0, mode: reader.choice("mode") ?? .kept)
        }
    }

    /// The words of a sentence, which the block must have.
    private static func readWords(_ reader: inout AttributeReader) -> [String]? {
        guard let words = reader.texts("words") else {
            if reader.attributes["words"] == nil {
                reader.findings.append(
                    .missingKey("words", in: reader.owner, at: reader.place))
            }
            return nil
        }
        if words.isEmpty || words.count > AppendSpec.mostWords {
            reader.findings.append(
                .badValue(
                    "words", "\(words.count) words", expected: "1 to \(AppendSpec.mostWords) words",
                    at: reader.place(of: "words")))
        }
        return words.prefix(AppendSpec.mostWords).map(\.text)
    }

    private static func readMemory(_ reader: inout AttributeReader) -> MemorySpec {
        var spec = MemorySpec()
        if let names = reader.texts("variants") {
            spec.named = names.compactMap { name, place in
                guard let variant = AttentionVariant(rawValue: name) else {
                    reader.findings.append(
                        .badValue("variants", name, expected: "mha, gqa, mqa or mla", at: place))
                    return nil
                }
                return variant
            }
            if spec.named?.isEmpty == true { spec.named = nil }
        }
        if let names = reader.texts("factors") {
            spec.factors = Set(
                names.compactMap { name, place in
                    if name == "kv" { return .keyAndValue }
                    // The head count is n in the multi-head formula and g in the grouped one.
                    if name == "n" { return .parameter(.keyValueHeads) }
                    guard let parameter = Parameter(rawValue: name) else {
                        reader.findings.append(
                            .badValue(
                                "factors", name, expected: "letters of parameters, or kv",
                                at: place))
                        return nil
                    }
                    return .parameter(parameter)
                })
        }
        spec.showsBars = reader.flag("bars") ?? true
        return spec
    }

    private static func readSliders(_ reader: inout AttributeReader) -> SlidersSpec {
        func parameter(_ letter: String, _ place: SourcePlace) -> Parameter? {
            guard let parameter = Parameter(rawValue: letter) else {
                reader.findings.append(
                    .badSetting(.unknownLetter(letter), at: place))
                return nil
            }
            return parameter
        }
        let shown = (reader.texts("show") ?? []).compactMap { parameter($0.text, $0.place) }
        if shown.isEmpty, reader.attributes["show"] == nil {
            reader.findings.append(.missingKey("show", in: reader.owner, at: reader.place))
        }
        if Set(shown).count < shown.count {
            reader.findings.append(.repeated("a slider", at: reader.place(of: "show")))
        }
        let new = reader.text("new").flatMap { parameter($0, reader.place(of: "new")) }
        var seen: Set<Parameter> = []
        let sliders = shown.filter { seen.insert($0).inserted }.map { parameter in
            readSlider(parameter, isNew: parameter == new, &reader)
        }
        return SlidersSpec(sliders: sliders)
    }

    private static func readSlider(
        _ parameter: Parameter, isNew: Bool, _ outer: inout AttributeReader
    ) -> Slider {
        var slider = Slider(parameter: parameter, isNew: isNew)
        guard let own = outer.attributes[parameter.letter],
            var reader = outer.inner(own, as: parameter.letter)
        else { return slider }
        reader.allow(BlockDescription.sliderStops)
        if let stops = reader.texts("stops") {
            slider.stops = stops.compactMap {
                reader.value(of: parameter, text: $0.text, at: $0.place)
            }.sorted()
        }
        func end(_ key: String) -> Int? {
            reader.text(key).flatMap {
                reader.value(of: parameter, text: $0, at: reader.place(of: key))
            }
        }
        let ends = (low: end("from"), high: end("to"))
        if let low = ends.low, let high = ends.high, low > high {
            reader.findings.append(
                .badValue(
                    "from", slider.text(low), expected: "no more than 'to', \(slider.text(high))",
                    at: reader.place(of: "from")))
        } else if ends.low != nil || ends.high != nil {
            slider.range = (ends.low ?? 0)...(ends.high ?? Int.max)
        }
        outer.findings += reader.findings
        return slider
    }
}

/// What a step changes of its lesson's setting.
struct SettingChange: Hashable, Sendable {
    var model: Model?
    var changes: [Parameter: Int] = [:]
    let place: SourcePlace

    static func read(_ reader: inout AttributeReader) -> SettingChange? {
        var change = SettingChange(place: reader.place)
        if let id = reader.text("model") {
            change.model = Catalog.model(id: id)
            if let model = change.model, model.noSetting != nil {
                reader.findings.append(.noSetting(of: model, at: reader.place(of: "model")))
            } else if change.model == nil {
                reader.findings.append(.unknownModel(id, at: reader.place(of: "model")))
            }
        }
        for parameter in Parameter.allCases {
            guard let text = reader.text(parameter.letter) else { continue }
            change.changes[parameter] = reader.value(
                of: parameter, text: text, at: reader.place(of: parameter.letter))
        }
        return change
    }

    /// The setting after the change.
    func applied(to base: CacheSetting) throws(SettingError) -> CacheSetting {
        let start = try model?.setting(tokens: base.tokens) ?? base
        return try start.setting(changes)
    }
}
