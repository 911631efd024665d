import AttentionEngine
import ForeignText
import ModelCatalog

/// The fields of one object of a file, each read with its name at hand, so that whatever is wrong
/// names it.
struct ConfigFields {
    let object: JSONValue
    /// What stands before a field's name in rules and problems: "text_config.".
    let path: String

    /// The largest values that a field may hold: far above any model, and low enough that no
    /// size of one token overflows.
    enum Limit {
        static let layers = 10_000
        static let heads = AttentionShape.maximumQueryHeads
        static let width = 1 << 24
        static let tokens = 1 << 40
        /// A number of a fixed state; no product of them overflows.
        static let state = 1 << 16
    }

    /// A whole number; nil where the field is missing or null.
    func whole(_ key: String, in range: ClosedRange<Int>) throws(FileProblem) -> Int? {
        guard let value = object[key], value != .null else { return nil }
        return try Self.whole(value, path + key, in: range)
    }

    static func whole(
        _ value: JSONValue, _ name: String, in range: ClosedRange<Int>
    ) throws(FileProblem) -> Int {
        guard case .int(let number) = value, range.contains(number) else {
            throw FileProblem(
                "\(name) is \(value.summary); expected a whole number from \(range.lowerBound) to "
                    + "\(grouped(range.upperBound))")
        }
        return number
    }

    func flag(_ key: String) throws(FileProblem) -> Bool? {
        guard let value = object[key], value != .null else { return nil }
        guard case .bool(let flag) = value else {
            throw FileProblem("\(path + key) is \(value.summary); expected true or false")
        }
        return flag
    }

    func text(_ key: String) throws(FileProblem) -> String? {
        guard let value = object[key], value != .null else { return nil }
        guard case .string(let text) = value else {
            throw FileProblem("\(path + key) is \(value.summary); expected a text")
        }
        return text
    }

    /// A list; nil where the field is missing or null.
    func list(_ key: String) throws(FileProblem) -> [JSONValue]? {
        guard let value = object[key], value != .null else { return nil }
        guard case .array(let items) = value else {
            throw FileProblem("\(path + key) is \(value.summary); expected a list")
        }
        return items
    }

    /// A list with one item for each layer.
    func layerList(_ key: String, layers: Int) throws(FileProblem) -> [JSONValue]? {
        guard let items = try list(key) else { return nil }
        guard items.count == layers else {
            throw FileProblem(
                "\(path + key) has \(grouped(items.count)) items; expected one for each of the "
                    + "\(grouped(layers)) layers")
        }
        return items
    }

    /// The fields of a nested object.
    func nested(_ key: String) throws(FileProblem) -> ConfigFields? {
        guard let value = object[key], value != .null else { return nil }
        guard case .object = value else {
            throw FileProblem("\(path + key) is \(value.summary); expected an object")
        }
        return ConfigFields(object: value, path: path + key + ".")
    }

    /// Whether a field is there, and neither null nor an empty list.
    func isSet(_ key: String) -> Bool {
        guard let value = object[key] else { return false }
        return value != .null && value != .array([])
    }

    /// Whether a field says anything: not where it is empty, switched off, 0 or -1.
    func holds(_ key: String) -> Bool {
        guard isSet(key), let value = object[key] else { return false }
        return ![.bool(false), .int(0), .int(-1), .object([:]), .string("")].contains(value)
    }

    /// The same fields with whole numbers that stand in quotes as numbers, which is remarked on.
    func withoutQuotes(_ findings: inout Findings) -> ConfigFields {
        guard case .object(var members) = object else { return self }
        var changed: [String] = []
        for (key, value) in members {
            guard case .string(let text) = value, (1...18).contains(text.utf8.count),
                text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text),
                !Self.texts.contains(key)
            else { continue }
            members[key] = .int(number)
            changed.append(name(plainText(key)))
        }
        guard !changed.isEmpty else { return self }
        findings.remark(
            "Numbers in quotes are read as numbers: "
                + wordList(
                    Array(changed.sorted().prefix(4)) + (changed.count > 4 ? ["others"] : [])) + "."
        )
        return ConfigFields(object: .object(members), path: path)
    }

    /// The fields that are texts.
    private static let texts: Set = [
        "model_type", "torch_dtype", "dtype", "_name_or_path", "hybrid_override_pattern",
    ]

    /// The name of a field as rules and problems give it.
    func name(_ key: String) -> String { path + key }
}

/// What a reader has found so far: values with their rules, and what is to be said about them.
struct Findings {
    var values: [ResolvedValue] = []
    var remarks: [String] = []

    mutating func note(_ field: ResolvedValue.Field, _ number: Int, _ rule: String) {
        values.append(ResolvedValue(field, number, rule))
    }

    mutating func note(_ field: ResolvedValue.Field, _ text: String, _ rule: String) {
        values.append(ResolvedValue(field, .text(text), rule))
    }

    mutating func remark(_ text: String) {
        if !remarks.contains(text) { remarks.append(text) }
    }

    /// Remarks on the states of so many layers, or on why they are not counted: `more` is said
    /// after the one, `problem` of the other.
    mutating func remark(
        on states: FixedStates?, layers: Int, more: String = "", problem: String
    ) {
        let count = counted(layers, "layer")
        guard let states else {
            remark("The fixed states of \(count) are not counted: \(problem).")
            return
        }
        remark(
            "\(count) \(layers == 1 ? "keeps" : "keep") a state of \(states.rule.name) for each "
                + "sequence: \(states.formula)\(more).")
    }
}

/// A number and the field or computation that it comes from.
struct Sourced: Hashable {
    let number: Int
    let rule: String
}

/// A text from a file without what could command a terminal, cut to a line's length. Scalars are
/// counted: a character may be of any number of them.
func plainText(_ text: String, atMost length: Int = 60) -> String {
    let visible = text.dropping([.control, .separator, .format, .joiner]).unicodeScalars.lazy
        .filter { $0.properties.generalCategory != .privateUse }
    return String(String.UnicodeScalarView(visible.prefix(length)))
}

/// "a, b and c".
func wordList(_ words: [String]) -> String {
    words.count < 2
        ? words.joined()
        : words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
}
