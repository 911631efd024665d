import AttentionEngine
import Lessons
import ModelCatalog

/// What is wrong with a lesson, gathered by readers that read one inside the other.
final class Findings {
    private(set) var all: [Finding] = []

    func add(_ finding: Finding) { all.append(finding) }

    /// A value that has to be there; a finding where there is none.
    func known<Value>(_ value: Value?, else finding: @autoclosure () -> Finding) -> Value? {
        if value == nil { add(finding()) }
        return value
    }

    /// What the engine takes; a finding where it refuses.
    func taken<Value>(
        at place: SourcePlace, _ read: () throws(SettingError) -> Value?
    ) -> Value? {
        do throws(SettingError) {
            return try read()
        } catch {
            add(.badSetting(error, at: place))
            return nil
        }
    }
}

/// Reads a block's attributes as typed values, one finding for each that is not as it should be.
struct AttributeReader {
    let owner: String
    let attributes: Attributes
    let place: SourcePlace
    let findings: Findings

    /// A reader of these keys, which reports any other.
    init(
        _ owner: String, _ attributes: Attributes, at place: SourcePlace,
        keys: [KeyDescription], findings: Findings
    ) {
        self.owner = owner
        self.attributes = attributes
        self.place = place
        self.findings = findings
        let known = keys.flatMap(\.names)
        for (index, entry) in attributes.entries.enumerated() where !known.contains(entry.key) {
            findings.add(
                Finding(
                    "unknown-key", at: entry.keyPlace,
                    "\(owner) has no key '\(entry.key)'"
                        + (Self.cut(attributes.entries, at: index)
                            ?? Finding.suggestion(entry.key, known))))
        }
    }

    /// What to write where a text in braces was cut at its comma, so that its rest stands there as
    /// a key; nil where that is not so.
    private static func cut(_ entries: [Attributes.Entry], at index: Int) -> String? {
        guard index > 0, entries[index].value.text == "" else { return nil }
        let before = entries[index - 1]
        guard before.keyPlace.line == entries[index].keyPlace.line, let text = before.value.text
        else { return nil }
        return "; a comma in braces ends a text, so put it in quotes: "
            + "`\(before.key): \"\(text), \(entries[index].key)\"`"
    }

    /// A reader of a mapping inside this one.
    func inner(
        _ item: Attribute, as owner: String, keys: [KeyDescription]
    ) -> AttributeReader? {
        held(item.mapping, by: item, as: owner, expected: "a mapping of keys").map {
            AttributeReader(owner, $0, at: item.place, keys: keys, findings: findings)
        }
    }

    func place(of key: String) -> SourcePlace { attributes[key]?.place ?? place }

    /// What a key holds that has to be there.
    @discardableResult func needed(_ key: String) -> Attribute? {
        findings.known(
            attributes[key], else: Finding("missing-key", at: place, "\(owner) needs '\(key)'"))
    }

    private func held<Value>(
        _ value: Value?, by item: Attribute, as key: String, expected: String
    ) -> Value? {
        findings.known(
            value, else: Finding("wrong-type", at: item.place, "'\(key)' must be \(expected)"))
    }

    // MARK: Texts

    func text(of item: Attribute, as key: String, expected: String = "text") -> String? {
        held(item.text, by: item, as: key, expected: expected)
    }

    /// The text of a scalar; nil where the key is absent or no scalar.
    func text(_ key: String) -> String? { attributes[key].flatMap { text(of: $0, as: key) } }

    func neededText(_ key: String) -> String? { needed(key).flatMap { text(of: $0, as: key) } }

    /// A text with emphasis, code and figures.
    func words(_ key: String) -> Words? { text(key).map { words($0, at: place(of: key)) } }

    func neededWords(_ key: String) -> Words? {
        neededText(key).map { words($0, at: place(of: key)) }
    }

    func words(_ text: String, at place: SourcePlace) -> Words {
        let (inlines, own) = Inline.parse(text, at: place)
        own.forEach(findings.add)
        return Words(inlines)
    }

    // MARK: Lists

    func list(of item: Attribute, as key: String, expected: String = "a list") -> [Attribute]? {
        held(item.list, by: item, as: key, expected: expected)
    }

    func list(_ key: String) -> [Attribute]? { attributes[key].flatMap { list(of: $0, as: key) } }

    /// A list of scalars, each with its place.
    func texts(_ key: String) -> [(text: String, place: SourcePlace)]? {
        list(key)?.compactMap { item in
            text(of: item, as: key, expected: "a list of plain values").map { ($0, item.place) }
        }
    }

    // MARK: What texts mean

    /// A text by its meaning; a finding where it has none.
    func value<Value>(
        _ key: String, expected: String, _ meaning: (String) -> Value?
    ) -> Value? {
        text(key).flatMap { text in
            findings.known(
                meaning(text),
                else: .badValue(key, text, expected: expected, at: place(of: key)))
        }
    }

    /// Those of a list's texts that have a meaning; a finding for each of the others.
    func values<Value>(
        _ key: String, expected: String, _ meaning: (String) -> Value?
    ) -> [Value]? {
        texts(key)?.compactMap { text, place in
            findings.known(
                meaning(text), else: .badValue(key, text, expected: expected, at: place))
        }
    }

    func flag(_ key: String) -> Bool? { value(key, expected: "true or false", Bool.init) }

    /// One of an enumeration's raw values.
    func choice<Value: RawRepresentable<String> & CaseIterable>(_ key: String) -> Value? {
        value(key, expected: "one of \(rawValues(of: Value.self))", Value.init)
    }

    /// The model of an id, with findings where there is none or where it cannot set the sliders.
    func model() -> Model? {
        guard let id = text("model") else { return nil }
        let place = place(of: "model")
        let model = findings.known(Catalog.model(id: id), else: .unknownModel(id, at: place))
        if let model, let reason = model.noSetting {
            findings.add(
                Finding("setting", at: place, "\(model.id) cannot set the sliders: \(reason)")
            )
        }
        return model
    }

    /// The value of a parameter or a dial; bytes per number in bits.
    func value(of moved: Movable, in key: String) -> Int? {
        text(key).flatMap { value(of: moved, text: $0, at: place(of: key)) }
    }

    /// The value of a parameter or a dial from text; bytes per number in bits.
    func value(of moved: Movable, text: String, at place: SourcePlace) -> Int? {
        switch moved {
        case .parameter(let parameter): value(of: parameter, text: text, at: place)
        case .dial(let dial):
            findings.taken(at: place) { () throws(SettingError) in try dial.value(text: text) }
        }
    }

    private func value(of parameter: Parameter, text: String, at place: SourcePlace) -> Int? {
        findings.taken(at: place) { () throws(SettingError) in
            let value = try CacheSetting.value(of: parameter, text: text)
            if value < (parameter == .rotaryDimension ? 0 : 1) { throw .tooSmall(parameter, value) }
            return value
        }
    }
}

/// An enumeration's raw values as a list: "points, curves, table".
func rawValues<Value: RawRepresentable<String> & CaseIterable>(of type: Value.Type) -> String {
    type.allCases.map(\.rawValue).joined(separator: ", ")
}
