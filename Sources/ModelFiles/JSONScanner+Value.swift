import AttentionEngine

/// Values of any form, for files whose form is not known beforehand. Foundation's decoders take
/// several times as long and do not say where a text goes wrong, nor that a member appears twice.
extension JSONScanner {
    /// The value that comes next, with the lists and objects that it holds; `depth` of them
    /// surround it. Throws also where they are nested deeper than `JSONValue.deepestNesting`, or
    /// more than `JSONValue.mostValues`.
    mutating func value(depth: Int = 0) throws(FileProblem) -> JSONValue {
        guard depth <= JSONValue.deepestNesting else {
            throw FileProblem(
                "\(complaint): at byte \(position), nesting deeper than "
                    + "\(JSONValue.deepestNesting) levels")
        }
        values += 1
        guard values <= JSONValue.mostValues else {
            throw FileProblem("holds more than \(JSONValue.mostValues) values")
        }
        skipSpace()
        switch next {
        case Self.ascii("{"): return try members(depth: depth + 1)
        case Self.ascii("["): return try items(depth: depth + 1)
        case Self.ascii("\""): return .string(try string())
        case Self.ascii("t"): return try word("true", .bool(true))
        case Self.ascii("f"): return try word("false", .bool(false))
        case Self.ascii("n"): return try word("null", .null)
        case Self.ascii("N") where isTolerant: return try word("NaN", .double(.nan))
        case Self.ascii("I") where isTolerant: return try word("Infinity", .double(.infinity))
        case Self.ascii("-") where isTolerant && bytes[position...].dropFirst().first == 0x49:
            return try word("-Infinity", .double(-.infinity))
        case let byte? where byte == Self.ascii("-") || Self.isDigit(byte): return try number()
        default: throw expected("a value")
        }
    }

    private mutating func members(depth: Int) throws(FileProblem) -> JSONValue {
        var members: [String: JSONValue] = [:]
        try object { (scanner, name) throws(FileProblem) in
            guard members.updateValue(try scanner.value(depth: depth), forKey: name) == nil else {
                throw scanner.expected("no second '\(shortened(name))'")
            }
        }
        return .object(members)
    }

    private mutating func items(depth: Int) throws(FileProblem) -> JSONValue {
        position += 1
        if take("]") { return .array([]) }
        var items: [JSONValue] = []
        while true {
            items.append(try value(depth: depth))
            if take("]") { return .array(items) }
            guard take(",") else { throw expected("',' or ']'") }
            if takeBehindComma("]") { return .array(items) }
        }
    }

    private mutating func word(
        _ word: StaticString, _ value: JSONValue
    ) throws(FileProblem) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            guard next == word.utf8Start[index] else { throw expected("a value") }
            position += 1
        }
        return value
    }

    private mutating func number() throws(FileProblem) -> JSONValue {
        let start = position
        if next == Self.ascii("-") { position += 1 }
        let isNegative = position > start
        let first = position
        var whole: Int? = 0
        while let digit = digit() {
            let (tenfold, tooLarge) = (whole ?? 0).multipliedReportingOverflow(by: 10)
            let (sum, overflow) = tenfold.addingReportingOverflow(isNegative ? -digit : digit)
            whole = whole == nil || tooLarge || overflow ? nil : sum
        }
        let hasLeadingZero = position > first + 1 && bytes[first] == Self.ascii("0")
        guard position > first, !hasLeadingZero else { throw expected("a number") }
        let end = position
        if next == Self.ascii(".") {
            position += 1
            try digits()
        }
        if next == Self.ascii("e") || next == Self.ascii("E") {
            position += 1
            if next == Self.ascii("+") || next == Self.ascii("-") { position += 1 }
            try digits()
        }
        if position == end, let whole { return .int(whole) }
        let spelled = String(decoding: bytes[start..<position], as: UTF8.self)
        // Where Infinity is read, so is a number beyond all: it does no harm where nobody asks.
        guard let double = Double(spelled), double.isFinite || isTolerant else {
            throw expected("a smaller number")
        }
        return Int(exactly: double).map { .int($0) } ?? .double(double)
    }

    private mutating func digits() throws(FileProblem) {
        guard digit() != nil else { throw expected("a digit") }
        while digit() != nil {}
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private mutating func digit() -> Int? {
        guard let byte = next, (Self.ascii("0")...Self.ascii("9")).contains(byte) else {
            return nil
        }
        position += 1
        return Int(byte - Self.ascii("0"))
    }
}
