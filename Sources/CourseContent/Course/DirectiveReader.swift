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
        [(about: BlockDescription, read: @Sendable (AttributeReader) -> StepPart?)] =
            [
                (.setting, { .setting(SettingChange($0)) }),
                (.sliders, { .widget(.sliders(sliders($0))) }),
                (.heads, { .widget(.heads(heads($0))) }),
                (
                    .cache,
                    {
                        words($0, most: CacheSpec.mostWords)
                            .map { .widget(.cache(CacheSpec(words: $0))) }
                    }
                ),
                (.head, head),
                (.memory, { .widget(.memory(memory($0))) }),
                (
                    .append,
                    {
                        words($0, most: AppendSpec.mostWords)
                            .map { .widget(.append(AppendSpec(words: $0))) }
                    }
                ),
                (.outputs, { _ in .widget(.outputs) }),
                (.times, { _ in .widget(.times) }),
                (.groups, groups),
                (.forms, { _ in .widget(.forms) }),
                (.grid, { GridSpec.read($0).map { .widget(.grid($0)) } }),
                (.chart, { ChartSpec.read($0).map { .widget(.chart($0)) } }),
                (
                    .clocks,
                    { .widget(.clocks(ClocksSpec(showsGroups: $0.flag("groups") ?? true))) }
                ),
                (.tank, { _ in .widget(.tank) }),
                (.brackets, { _ in .widget(.brackets) }),
                (.race, { .widget(.race(race($0))) }),
                (.perspectives, perspectives),
                (.writing, { .widget(.writing(writing($0))) }),
                (.looks, { _ in .widget(.looks(LooksSpec())) }),
                (.diversity, { _ in .widget(.diversity) }),
                (.losses, { _ in .widget(.losses) }),
                (.ask, { Question.read($0, Question.asked).map(StepPart.question) }),
                (.find, { Question.read($0, Question.table).map(StepPart.question) }),
            ]

    static func read(_ directive: Directive, findings: Findings) -> StepPart? {
        guard let reader = readers.first(where: { $0.about.name == directive.name }) else {
            let suggestion = Finding.suggestion(directive.name, readers.map(\.about.name))
            findings.add(
                Finding(
                    "unknown-directive", at: directive.place,
                    "no block '{\(directive.name)}'" + suggestion))
            return nil
        }
        return reader.read(
            AttributeReader(
                "{\(directive.name)}", directive.body, at: directive.place,
                keys: reader.about.keys, findings: findings))
    }

    private static func heads(_ reader: AttributeReader) -> HeadsSpec {
        HeadsSpec(
            mapping: reader.choice("mapping") ?? .repeat, showsCache: reader.flag("cache") ?? true)
    }

    /// The words of a sentence, which the block must have.
    private static func words(_ reader: AttributeReader, most: Int) -> [String]? {
        reader.needed("words")
        guard let words = reader.texts("words") else { return nil }
        if words.isEmpty || words.count > most {
            reader.findings.add(
                .badValue(
                    "words", "\(words.count) words", expected: "1 to \(most) words",
                    at: reader.place(of: "words")))
        }
        return words.prefix(most).map(\.text)
    }

    @Sendable private static func head(_ reader: AttributeReader) -> StepPart? {
        reader.needed("tokens")
        guard let items = reader.list("tokens") else { return nil }
        let most = HeadSpec.mostTokens
        if items.isEmpty || items.count > most {
            reader.findings.add(
                .badValue(
                    "tokens", "\(items.count) tokens", expected: "1 to \(most) tokens",
                    at: reader.place(of: "tokens")))
        }
        let tokens = items.prefix(most).compactMap { item in
            reader.inner(item, as: "a token", keys: BlockDescription.headToken).flatMap(token)
        }
        return tokens.isEmpty
            ? nil
            : .widget(.head(HeadSpec(tokens: tokens, detail: reader.choice("shows") ?? .all)))
    }

    private static func token(_ reader: AttributeReader) -> HeadSpec.Token? {
        let word = reader.neededText("word")
        let most = HeadSpec.mostOfKey
        reader.needed("key")
        let key = reader.values("key", expected: "numbers from -\(most) to \(most), in tenths") {
            text -> Double? in
            guard let number = Double(text), abs(number) <= most else { return nil }
            let tenths = (10 * number).rounded()
            return abs(10 * number - tenths) < 1e-6 ? tenths / 10 : nil
        }
        if let given = reader.attributes["key"]?.list, given.count != 2 {
            reader.findings.add(
                .badValue(
                    "key", "of \(given.count) numbers", expected: "two numbers, across and up",
                    at: reader.place(of: "key")))
        }
        reader.needed("value")
        let mostOfValue = HeadSpec.mostOfValue
        let value = reader.value(
            "value", expected: "a whole number from -\(mostOfValue) to \(mostOfValue)"
        ) { text in Int(text).flatMap { abs($0) <= mostOfValue ? $0 : nil } }
        guard let word, let key, key.count == 2, let value else { return nil }
        return HeadSpec.Token(word: word, key: key, value: value)
    }

    @Sendable private static func groups(_ reader: AttributeReader) -> StepPart? {
        .widget(
            .groups(
                GroupsSpec(
                    showsUsers: reader.flag("users") ?? true,
                    showsTimes: reader.flag("times") ?? true)))
    }

    private static func memory(_ reader: AttributeReader) -> MemorySpec {
        let named = reader.values(
            "variants", expected: "mha, gqa, mqa or mla", AttentionVariant.init)
        let factors = reader.values("factors", expected: "letters of parameters, or kv") {
            name -> MemorySpec.Factor? in
            switch name {
            case "kv": .keyAndValue
            // The head count is n in the multi-head formula and g in the grouped one.
            case "n": .parameter(.keyValueHeads)
            default: Parameter(rawValue: name).map(MemorySpec.Factor.parameter)
            }
        }
        return MemorySpec(
            named: named?.isEmpty == true ? nil : named, factors: factors.map { Set($0) },
            showsBars: reader.flag("bars") ?? true)
    }

    private static func sliders(_ reader: AttributeReader) -> SlidersSpec {
        func moved(_ letter: String, _ place: SourcePlace) -> Movable? {
            let named = Parameter(rawValue: letter).map(Movable.parameter)
            return reader.findings.known(
                named ?? Dial(rawValue: letter).map(Movable.dial),
                else: .badSetting(
                    .unknownLetter(letter, dials: Dial.allCases.map(\.rawValue)), at: place))
        }
        reader.needed("show")
        let shown = (reader.texts("show") ?? []).compactMap(moved)
        if Set(shown).count < shown.count {
            reader.findings.add(.repeated("a slider", at: reader.place(of: "show")))
        }
        let new = reader.text("new").flatMap { moved($0, reader.place(of: "new")) }
        var seen: Set<Movable> = []
        return SlidersSpec(
            sliders: shown.filter { seen.insert($0).inserted }
                .map { slider($0, isNew: $0 == new, reader) })
    }

    private static func slider(
        _ moved: Movable, isNew: Bool, _ outer: AttributeReader
    ) -> Slider {
        var slider = Slider(moved: moved, isNew: isNew)
        let keys = BlockDescription.sliderStops
        guard let own = outer.attributes[moved.letter],
            let reader = outer.inner(own, as: moved.letter, keys: keys)
        else { return slider }
        slider.stops = reader.texts("stops")?.compactMap {
            reader.value(of: moved, text: $0.text, at: $0.place)
        }.sorted()
        let low = reader.value(of: moved, in: "from")
        let high = reader.value(of: moved, in: "to")
        if let low, let high, low > high {
            reader.findings.add(
                .badValue(
                    "from", slider.text(low), expected: "no more than 'to', \(slider.text(high))",
                    at: reader.place(of: "from")))
        } else if low != nil || high != nil {
            slider.range = (low ?? 0)...(high ?? Int.max)
        }
        return slider
    }

    private static func writing(_ reader: AttributeReader) -> WritingSpec {
        let expected = rawValues(of: WritingSpec.Form.self)
        let forms = reader.values("forms", expected: expected, WritingSpec.Form.init) ?? []
        if forms.count > WritingSpec.mostForms {
            reader.findings.add(
                .badValue(
                    "forms", "\(forms.count) forms",
                    expected: "1 to \(WritingSpec.mostForms) forms", at: reader.place(of: "forms")))
        }
        return forms.isEmpty
            ? WritingSpec() : WritingSpec(forms: Array(forms.prefix(WritingSpec.mostForms)))
    }

    // MARK: The race

    private static func race(_ reader: AttributeReader) -> RaceSpec {
        RaceSpec(
            variants: reader.values("variants", expected: oneOfRaced, raced) ?? RecallVariant.race,
            plot: reader.choice("plot") ?? .points, marksCorner: reader.flag("corner") ?? false,
            marksG: reader.flag("g") ?? false, proposal: reader.choice("proposal"),
            isWidened: reader.flag("widened") ?? false)
    }

    @Sendable private static func perspectives(_ reader: AttributeReader) -> StepPart? {
        reader.needed("variant")
        return reader.value("variant", expected: oneOfRaced, raced).map {
            .widget(.perspectives(PerspectivesSpec(variant: $0)))
        }
    }

    private static func raced(_ name: String) -> RecallVariant? {
        RecallVariant.race.first { $0.id == name }
    }

    private static var oneOfRaced: String { "one of \(BlockDescription.raced)" }
}

/// What a step changes of its lesson's setting.
struct SettingChange: Hashable, Sendable {
    let model: Model?
    var changes: [Parameter: Int] = [:]
    var dials: [Dial: Int] = [:]
    let place: SourcePlace

    init(_ reader: AttributeReader) {
        place = reader.place
        model = reader.model()
        for parameter in Parameter.allCases {
            changes[parameter] = reader.value(of: .parameter(parameter), in: parameter.letter)
        }
        for dial in Dial.allCases {
            dials[dial] = reader.value(of: .dial(dial), in: dial.rawValue)
        }
    }

    /// Its dials in their own order, each with where it was asked for.
    var statedDials: [(dial: Dial, value: Int, place: SourcePlace)] {
        Dial.allCases.compactMap { dial in dials[dial].map { (dial, $0, place) } }
    }

    /// The setting after the change.
    func applied(to base: CacheSetting) throws(SettingError) -> CacheSetting {
        let start = try model?.setting(tokens: base.tokens) ?? base
        return try start.setting(changes)
    }
}
