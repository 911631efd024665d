import AttentionEngine
import Lessons

/// Reads a block's attributes as typed values, one finding for each that is not as it should be.
struct AttributeReader {
    let owner: String
    let attributes: Attributes
    let place: SourcePlace
    var findings: [Finding] = []

    init(_ owner: String, _ attributes: Attributes, at place: SourcePlace) {
        self.owner = owner
        self.attributes = attributes
        self.place = place
    }

    init(_ directive: Directive) {
        self.init("{\(directive.name)}", directive.body, at: directive.place)
    }

    /// Reports keys that are none of those described.
    mutating func allow(_ keys: [KeyDescription]) {
        let known = keys.flatMap(\.names)
        for entry in attributes.entries where !known.contains(entry.key) {
            findings.append(
                .unknownKey(entry.key, in: owner, known: known, at: entry.keyPlace))
        }
    }

    func place(of key: String) -> SourcePlace { attributes[key]?.place ?? place }

    /// The text of a scalar; nil where the key is absent or no scalar.
    mutating func text(_ key: String) -> String? {
        guard let attribute = attributes[key] else { return nil }
        guard case .scalar(let text) = attribute.content else {
            findings.append(.wrongType(key, expected: "text", at: attribute.place))
            return nil
        }
        return text
    }

    mutating func neededText(_ key: String) -> String? {
        guard attributes[key] != nil else {
            findings.append(.missingKey(key, in: owner, at: place))
            return nil
        }
        return text(key)
    }

    /// A text with emphasis, code and figures.
    mutating func words(_ key: String) -> Words? {
        text(key).map { words($0, at: place(of: key)) }
    }

    mutating func neededWords(_ key: String) -> Words? {
        neededText(key).map { words($0, at: place(of: key)) }
    }

    mutating func words(_ text: String, at place: SourcePlace) -> Words {
        let (inlines, own) = Inline.parse(text, at: place)
        findings += own
        return Words(inlines)
    }

    mutating func flag(_ key: String) -> Bool? {
        guard let text = text(key) else { return nil }
        switch text {
        case "true": return true
        case "false": return false
        default:
            findings.append(
                .badValue(key, text, expected: "true or false", at: place(of: key)))
            return nil
        }
    }

    mutating func wholeNumber(_ key: String) -> Int? {
        guard let text = text(key) else { return nil }
        guard let value = Int(text.filter { $0 != "_" && $0 != "," }) else {
            findings.append(.badValue(key, text, expected: "a whole number", at: place(of: key)))
            return nil
        }
        return value
    }

    /// One of an enumeration's raw values.
    mutating func choice<Value: RawRepresentable & CaseIterable>(_ key: String) -> Value?
    where Value.RawValue == String {
        guard let text = text(key) else { return nil }
        guard let value = Value(rawValue: text) else {
            let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
            findings.append(
                .badValue(key, text, expected: "one of \(known)", at: place(of: key)))
            return nil
        }
        return value
    }

    mutating func list(_ key: String) -> [Attribute]? {
        guard let attribute = attributes[key] else { return nil }
        guard case .list(let items) = attribute.content else {
            findings.append(.wrongType(key, expected: "a list", at: attribute.place))
            return nil
        }
        return items
    }

    /// A list of scalars, each with its place.
    mutating func texts(_ key: String) -> [(text: String, place: SourcePlace)]? {
        guard let items = list(key) else { return nil }
        return items.compactMap { item in
            guard case .scalar(let text) = item.content else {
                findings.append(.wrongType(key, expected: "a list of plain values", at: item.place))
                return nil
            }
            return (text, item.place)
        }
    }

    /// A reader of a mapping inside this one.
    mutating func inner(_ item: Attribute, as owner: String) -> AttributeReader? {
        guard case .mapping(let attributes) = item.content else {
            findings.append(.wrongType(owner, expected: "a mapping of keys", at: item.place))
            return nil
        }
        return AttributeReader(owner, attributes, at: item.place)
    }

    /// One parameter's value from text; bytes per number in bits.
    mutating func value(of parameter: Parameter, text: String, at place: SourcePlace) -> Int? {
        do throws(SettingError) {
            let value = try CacheSetting.value(of: parameter, text: text.filter { $0 != "," })
            if value < (parameter == .rotaryDimension ? 0 : 1) { throw .tooSmall(parameter, value) }
            return value
        } catch {
            findings.append(.badSetting(error, at: place))
            return nil
        }
    }
}
