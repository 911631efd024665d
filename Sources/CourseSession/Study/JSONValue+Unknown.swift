/// What stands in a file and is unknown to this program: found beside what is known, by where it
/// stands, and put back there.
extension JSONValue {
    /// A way into a value.
    enum Step: Hashable, Sendable {
        /// An object's member, by its name.
        case member(String)
        /// A list's item, by what is known of it, and the how manieth of equal ones it is: of one
        /// that has changed, what was unknown may be true no more.
        case item(JSONValue, Int)
    }

    /// Values by the ways to them.
    typealias Parts = [[Step]: JSONValue]

    /// What stands in a file beside a value that was read from it, and would not be written with
    /// it; nil as `members(missingIn:)` has it.
    static func unknown(beside value: some Encodable, in decoder: any Decoder) throws -> Parts? {
        try JSONValue(from: decoder).members(missingIn: JSONValue(encoding: value))
    }

    /// The members, at any depth, that what is known of this value does not have; nil where it
    /// cannot be told which those are: a list has lost items, a value is of another kind.
    func members(missingIn known: JSONValue) -> Parts? {
        switch (self, known) {
        case (.object(let all), .object(let known)):
            var missing: Parts = [:]
            for (name, value) in all {
                if let known = known[name] {
                    guard let deeper = value.members(missingIn: known) else { return nil }
                    missing.add(deeper, at: .member(name))
                } else {
                    missing[[.member(name)]] = value
                }
            }
            return missing
        case (.list(let all), .list(let known)):
            guard all.count == known.count else { return nil }
            var missing: Parts = [:]
            for (value, step) in zip(all, Self.steps(to: known)) {
                guard case .item(let known, _) = step,
                    let deeper = value.members(missingIn: known)
                else { return nil }
                missing.add(deeper, at: step)
            }
            return missing
        case (.null, _): return [:]
        default: return kind == known.kind ? [:] : nil
        }
    }

    /// The same with more parts where they belong: those of objects that are there and do not have
    /// them.
    func with(_ parts: Parts) -> JSONValue {
        guard !parts.isEmpty else { return self }
        let byStep = parts.reduce(into: [Step: Parts]()) { byStep, part in
            guard let step = part.key.first else { return }
            byStep[step, default: [:]][Array(part.key.dropFirst())] = part.value
        }
        switch self {
        case .object(var members):
            for (step, parts) in byStep {
                guard case .member(let name) = step else { continue }
                members[name] = members[name]?.with(parts) ?? parts[[]]
            }
            return .object(members)
        case .list(let items):
            return .list(
                zip(items, Self.steps(to: items)).map { item, step in
                    byStep[step].map(item.with) ?? item
                })
        default: return self
        }
    }

    /// The ways to all objects and lists in it, and to itself. Cost: each is walked once.
    var containers: Set<[Step]> {
        var ways: Set<[Step]> = []
        func walk(_ value: JSONValue, at way: [Step]) {
            switch value {
            case .object(let members):
                ways.insert(way)
                for (name, value) in members { walk(value, at: way + [.member(name)]) }
            case .list(let items):
                ways.insert(way)
                for (item, step) in zip(items, Self.steps(to: items)) {
                    walk(item, at: way + [step])
                }
            default: break
            }
        }
        walk(self, at: [])
        return ways
    }

    private static func steps(to items: [JSONValue]) -> [Step] {
        var counts: [JSONValue: Int] = [:]
        return items.map { item in
            counts[item, default: 0] += 1
            return .item(item, counts[item] ?? 1)
        }
    }

    private enum Kind { case null, bool, number, text, list, object }

    private var kind: Kind {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int, .large, .number, .exact: .number
        case .text: .text
        case .list: .list
        case .object: .object
        }
    }
}

extension JSONValue.Parts {
    /// Adds the parts of what is one step away.
    mutating func add(_ parts: JSONValue.Parts, at step: JSONValue.Step) {
        for (path, value) in parts { self[[step] + path] = value }
    }
}

/// A value in a file, and whether all that stands there would be written with it.
package struct Understood<Value: Codable>: Decodable {
    /// What was understood.
    package let value: Value
    /// Whether nothing else stands there.
    package let isWhole: Bool

    /// Throws where the value does.
    package init(from decoder: any Decoder) throws {
        value = try Value(from: decoder)
        let unknown = try JSONValue.unknown(beside: value, in: decoder)
        isWhole = unknown?.isEmpty == true && !decoder.isIncomplete
    }
}

extension CodingUserInfoKey {
    /// Whether a decoder's values are not the whole of their file, a `Bool`: marks are missing,
    /// since there were too many in a row, or digits of a number.
    package static let isIncomplete = CodingUserInfoKey(rawValue: "isIncomplete")!
}

extension Decoder {
    var isIncomplete: Bool { userInfo[.isIncomplete] as? Bool == true }
}
