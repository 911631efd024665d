import ForeignText

/// Reads JSON (RFC 8259) from left to right. Where its form is known beforehand, what does not
/// have that form is refused at the first byte that differs, and nothing is kept of it.
///
/// Every method throws where it is and what was expected there. No text in it has more marks in a
/// row than `MarkRun` lets it, so that comparing it is quick. Cost: O(the text), once.
struct JSONScanner {
    let bytes: [UInt8]
    var position = 0
    /// What a text is that does not have the form: "is not JSON".
    let complaint: String
    /// The values of any form that were read.
    var values = 0
    /// Whether comments, commas behind the last item and numbers without end are read, too.
    var isTolerant = false
    /// What was read of these, in words.
    var oddities: Set<String> = []

    init(_ bytes: [UInt8], complaint: String) {
        self.bytes = bytes
        self.complaint = complaint
    }

    /// An object; `member` is given each name in turn and must read its value.
    mutating func object(
        _ member: (inout JSONScanner, String) throws(FileProblem) -> Void
    ) throws(FileProblem) {
        guard take("{") else { throw expected("'{'") }
        if take("}") { return }
        while true {
            let name = try string()
            guard take(":") else { throw expected("':'") }
            try member(&self, name)
            if take("}") { return }
            guard take(",") else { throw expected("',' or '}'") }
            if takeBehindComma("}") { return }
        }
    }

    /// A list of whole numbers from 0 to the largest `Int`; at most so many.
    mutating func wholeNumbers(atMost limit: Int) throws(FileProblem) -> [Int] {
        guard take("[") else { throw expected("'['") }
        if take("]") { return [] }
        var numbers: [Int] = []
        while true {
            numbers.append(try wholeNumber())
            if take("]") { return numbers }
            guard numbers.count < limit else { throw expected("']' after \(limit) numbers") }
            guard take(",") else { throw expected("',' or ']'") }
        }
    }

    /// A text with its escapes resolved.
    mutating func string() throws(FileProblem) -> String {
        guard take("\"") else { throw expected("a text in quotes") }
        var text = ""
        var start = position
        while let byte = next {
            switch byte {
            case Self.ascii("\""):
                text = text.isEmpty ? try part(from: start) : text + (try part(from: start))
                guard text.isStreamSafe else {
                    throw FileProblem(
                        "has more than \(MarkRun.longest) marks on one character in the text that "
                            + "ends at byte \(position)")
                }
                position += 1
                return text
            case Self.ascii("\\"):
                text += try part(from: start)
                position += 1
                text.unicodeScalars.append(try escapedScalar())
                start = position
            case ..<0x20: throw expected("no control character in a text")
            default: position += 1
            }
        }
        throw expected("the end of a text")
    }

    /// The bytes from a place up to here as text.
    private func part(from start: Int) throws(FileProblem) -> String {
        let text = bytes.withUnsafeBufferPointer { bytes in
            String(
                validating: UnsafeBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
        }
        guard let text else { throw expected("a text in UTF-8 before it") }
        return text
    }

    /// Nothing but white space may be left.
    mutating func end() throws(FileProblem) {
        skipSpace()
        if position < bytes.count { throw expected("nothing more") }
    }

    // MARK: Parts

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    static func ascii(_ scalar: Unicode.Scalar) -> UInt8 { UInt8(ascii: scalar) }

    mutating func skipSpace() {
        while let byte = next {
            if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
                position += 1
            } else if !(isTolerant && byte == Self.ascii("/") && skipComment()) {
                return
            }
        }
    }

    /// Passes over "// to the end of the line" or "/* to */"; false where neither begins.
    private mutating func skipComment() -> Bool {
        guard position + 1 < bytes.count else { return false }
        let isLine = bytes[position + 1] == Self.ascii("/")
        guard isLine || bytes[position + 1] == Self.ascii("*") else { return false }
        position += 2
        while let byte = next {
            position += 1
            if isLine, byte == 0x0A { break }
            if !isLine, byte == Self.ascii("*"), next == Self.ascii("/") {
                position += 1
                break
            }
        }
        oddities.insert("comments")
        return true
    }

    /// Whether a list or object ends behind a comma, which is read where the scanner is tolerant.
    mutating func takeBehindComma(_ end: Unicode.Scalar) -> Bool {
        guard isTolerant, take(end) else { return false }
        oddities.insert("commas behind the last item")
        return true
    }

    /// Whether this is what comes next behind white space; it is taken then.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == Self.ascii(scalar) else { return false }
        position += 1
        return true
    }

    private mutating func wholeNumber() throws(FileProblem) -> Int {
        skipSpace()
        let start = position
        var value = 0
        while let byte = next, (0x30...0x39).contains(byte) {
            let (tenfold, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = tenfold.addingReportingOverflow(Int(byte) - 0x30)
            if tooLarge || overflow { throw expected("a number below 2^63") }
            value = sum
            position += 1
        }
        let hasLeadingZero = position > start + 1 && bytes[start] == 0x30
        guard position > start, !hasLeadingZero else { throw expected("a whole number") }
        return value
    }

    private mutating func escapedScalar() throws(FileProblem) -> Unicode.Scalar {
        guard let byte = next else { throw expected("the end of a text") }
        position += 1
        switch Unicode.Scalar(byte) {
        case "\"", "\\", "/": return Unicode.Scalar(byte)
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u":
            let unit = try codeUnit()
            if let scalar = Unicode.Scalar(unit) { return scalar }
            // Half of a pair that makes one scalar.
            if unit < 0xDC00, next == Self.ascii("\\") {
                position += 1
                if next == Self.ascii("u") {
                    position += 1
                    let low = try codeUnit()
                    if 0xDC00...0xDFFF ~= low,
                        let scalar = Unicode.Scalar(
                            0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
                    {
                        return scalar
                    }
                }
            }
            throw expected("a whole character")
        default:
            position -= 1
            throw expected("an escape that JSON has")
        }
    }

    private mutating func codeUnit() throws(FileProblem) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw expected("four hexadecimal digits")
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }

    func expected(_ what: String) -> FileProblem {
        FileProblem("\(complaint): at byte \(position), \(what) was expected")
    }
}
