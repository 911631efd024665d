import ForeignText

/// What a run of bytes from a terminal is, read from its beginning.
enum EscapeSequence {
    /// Bytes after which an unfinished control sequence is taken for a hostile one.
    private static let limit = 64

    static func item(_ rest: ArraySlice<UInt8>) -> InputDecoder.Item {
        let first = rest[rest.startIndex]
        return first == 0x1B ? escape(rest) : first < 0x80 ? ascii(first) : character(rest)
    }

    private static func ascii(_ byte: UInt8) -> InputDecoder.Item {
        let key: Key
        switch byte {
        case 0x09: key = .tab
        case 0x0A, 0x0D: key = .enter
        case 0x08, 0x7F: key = .backspace
        case 0x01...0x1A: key = .control(Character(Unicode.Scalar(byte + 0x60)))
        case 0x1C: key = .control("\\")
        case 0x20...0x7E: key = .character(Character(Unicode.Scalar(byte)))
        default: return .swallowed(1)
        }
        return .event(.key(key), 1)
    }

    /// A character of several bytes in UTF-8; what is not UTF-8 is dropped.
    private static func character(_ rest: ArraySlice<UInt8>) -> InputDecoder.Item {
        let length: Int
        switch rest[rest.startIndex] {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return .swallowed(1)
        }
        let encoded = rest.prefix(length)
        if let bad = encoded.dropFirst().firstIndex(where: { $0 & 0xC0 != 0x80 }) {
            return .swallowed(bad - rest.startIndex)
        }
        if encoded.count < length { return .unfinished(.sequence) }
        var bytes = encoded.makeIterator()
        var decoder = UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&bytes),
            Unseen(scalar) != .control
        else { return .swallowed(length) }
        return .event(.key(.character(Character(scalar))), length)
    }

    private static func escape(_ rest: ArraySlice<UInt8>) -> InputDecoder.Item {
        guard rest.count > 1 else { return .unfinished(.afterEscape) }
        let second = rest[rest.startIndex + 1]
        switch second {
        case 0x1B: return .event(.key(.escape), 1)
        case UInt8(ascii: "["): return control(rest)
        case UInt8(ascii: "O"): return singleShift(rest)
        case UInt8(ascii: "P"), UInt8(ascii: "]"), UInt8(ascii: "X"), UInt8(ascii: "^"),
            UInt8(ascii: "_"):
            return .string(2)
        default: break
        }
        // Alt and a key is Escape and that key: none of ours.
        if second < 0x80 { return .swallowed(2) }
        switch character(rest.dropFirst()) {
        case .event(_, let length), .swallowed(let length): return .swallowed(1 + length)
        default: return .unfinished(.sequence)
        }
    }

    // MARK: Escape O

    private static func singleShift(_ rest: ArraySlice<UInt8>) -> InputDecoder.Item {
        var parameters = 0
        for byte in rest.dropFirst(2).prefix(limit) {
            let length = 3 + parameters
            switch byte {
            // Old terminals put a modifier before the letter.
            case 0x30...0x3B: parameters += 1
            case 0x40...0x7E:
                guard parameters == 0, let key = keypad(byte) ?? letter(byte, modifier: 1) else {
                    return .swallowed(length)
                }
                return .event(.key(key), length)
            default: return .swallowed(length - 1)
            }
        }
        return parameters == limit ? .longSequence(2 + limit) : .unfinished(.sequence)
    }

    /// The numeric keypad, where a terminal tells its keys from the others.
    private static func keypad(_ byte: UInt8) -> Key? {
        switch byte {
        case UInt8(ascii: "M"): .enter
        case UInt8(ascii: "X"): .character("=")
        case UInt8(ascii: "j")...UInt8(ascii: "y"):
            .character(Character(Unicode.Scalar(byte - 0x40)))
        default: nil
        }
    }

    // MARK: Escape [

    private static func control(_ rest: ArraySlice<UInt8>) -> InputDecoder.Item {
        let body = rest.dropFirst(2)
        guard let end = body.prefix(limit).firstIndex(where: { !(0x20...0x3F).contains($0) })
        else { return body.count >= limit ? .longSequence(2 + limit) : .unfinished(.sequence) }
        let length = end - rest.startIndex + 1
        let final = rest[end]
        // Not a sequence after all; what broke it off is looked at anew.
        guard (0x40...0x7E).contains(final) else { return .swallowed(length - 1) }
        let parameters = body[..<end]
        if parameters.isEmpty, final == UInt8(ascii: "[") {
            // The Linux console's function keys have one letter more.
            guard rest.count > length else { return .unfinished(.sequence) }
            let number = Int(rest[end + 1]) - 0x40
            return (1...5).contains(number)
                ? .event(.key(.function(number)), length + 1) : .swallowed(length + 1)
        }
        if parameters.isEmpty, final == UInt8(ascii: "M") {
            guard rest.count >= length + 3 else { return .unfinished(.sequence) }
            let report = rest[(end + 1)...].prefix(3).map { Int($0) - 32 }
            return mouse(report, isRelease: report[0] & 0b11 == 0b11, length: length + 3)
        }
        if parameters.first == UInt8(ascii: "<") {
            guard final == UInt8(ascii: "M") || final == UInt8(ascii: "m"),
                let report = numbers(parameters.dropFirst())
            else { return .swallowed(length) }
            return mouse(report, isRelease: final == UInt8(ascii: "m"), length: length)
        }
        guard let numbers = numbers(parameters) else { return .swallowed(length) }
        if numbers == [200], final == UInt8(ascii: "~") { return .pasteBegins(length) }
        guard let key = key(numbers, final) else { return .swallowed(length) }
        return .event(.key(key), length)
    }

    /// Numbers set apart by semicolons; nil where there is something else.
    private static func numbers(_ parameters: ArraySlice<UInt8>) -> [Int]? {
        if parameters.isEmpty { return [] }
        var numbers = [0]
        for byte in parameters {
            switch byte {
            case 0x30...0x39:
                numbers[numbers.count - 1] =
                    min(numbers[numbers.count - 1] * 10 + Int(byte) - 0x30, 99_999)
            case 0x3B: numbers.append(0)
            default: return nil
            }
        }
        return numbers
    }

    private static func key(_ numbers: [Int], _ final: UInt8) -> Key? {
        let modifier = numbers.count > 1 ? numbers[1] : 1
        if numbers.count > 2 { return nil }
        if final == UInt8(ascii: "~") {
            guard modifier == 1, let number = numbers.first else { return nil }
            return numbered(number)
        }
        return (numbers.first ?? 1) == 1 ? letter(final, modifier: modifier) : nil
    }

    private static func letter(_ final: UInt8, modifier: Int) -> Key? {
        switch (final, modifier) {
        case (UInt8(ascii: "A"), 1): .up
        case (UInt8(ascii: "B"), 1): .down
        case (UInt8(ascii: "C"), 1): .right
        case (UInt8(ascii: "D"), 1): .left
        case (UInt8(ascii: "C"), 2), (UInt8(ascii: "c"), 1): .shiftRight
        case (UInt8(ascii: "D"), 2), (UInt8(ascii: "d"), 1): .shiftLeft
        case (UInt8(ascii: "H"), 1): .home
        case (UInt8(ascii: "F"), 1): .end
        case (UInt8(ascii: "Z"), 1...2): .backTab
        case (UInt8(ascii: "P")...UInt8(ascii: "S"), 1): .function(Int(final) - 0x4F)
        default: nil
        }
    }

    private static func numbered(_ number: Int) -> Key? {
        switch number {
        case 1, 7: .home
        case 4, 8: .end
        case 3: .delete
        case 5: .pageUp
        case 6: .pageDown
        case 11...15: .function(number - 10)
        case 17...21: .function(number - 11)
        case 23, 24: .function(number - 12)
        default: nil
        }
    }

    // MARK: Mouse

    /// A report of a button with its modifiers, a column and a row, both counted from 1.
    private static func mouse(_ report: [Int], isRelease: Bool, length: Int) -> InputDecoder.Item {
        guard report.count == 3, report[1] >= 1, report[2] >= 1 else { return .swallowed(length) }
        let action: Mouse.Action
        switch (report[0] & ~0b1_1100, isRelease) {
        case (0, false): action = .press
        case (32, false): action = .drag
        case (0, true), (3, true): action = .release
        case (64, false): action = .wheelUp
        case (65, false): action = .wheelDown
        default: return .swallowed(length)
        }
        let point = Point(column: report[1] - 1, row: report[2] - 1)
        return .event(.mouse(Mouse(action, at: point)), length)
    }
}
