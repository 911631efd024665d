/// Control sequences: Escape, a bracket, numbers and a letter.
extension EscapeSequence {
    static func control(_ rest: ArraySlice<UInt8>) -> InputDecoder.Item {
        let body = rest.dropFirst(2)
        // With Shift, rxvt ends keys by a sign that no answer has behind its first number.
        let digits = body.prefix(3).prefix { (0x30...0x39).contains($0) }.count
        if (1...2).contains(digits), body.dropFirst(digits).first == UInt8(ascii: "$") {
            return .swallowed(3 + digits)
        }
        guard let end = body.prefix(limit).firstIndex(where: { !(0x20...0x3F).contains($0) })
        else { return body.count >= limit ? .longSequence(2 + limit) : .unfinished(.body) }
        let length = end - rest.startIndex + 1
        let final = rest[end]
        // Not a sequence after all; what broke it off is looked at anew.
        guard (0x40...0x7E).contains(final) else { return .swallowed(length - 1) }
        let parameters = body[..<end]
        if parameters.isEmpty, final == UInt8(ascii: "[") {
            // The Linux console's function keys have one letter more.
            guard rest.count > length else { return .unfinished(.body) }
            let number = Int(rest[end + 1]) - 0x40
            return (1...5).contains(number)
                ? .event(.key(.function(number)), length + 1) : .swallowed(length + 1)
        }
        if parameters.isEmpty, final == UInt8(ascii: "M") {
            guard rest.count >= length + 3 else { return .unfinished(.body) }
            let report = rest[(end + 1)...].prefix(3).map { Int($0) - 32 }
            return mouse(report, isRelease: report[0] & 0b11 == 0b11, length: length + 3)
        }
        if parameters.first == UInt8(ascii: "<") {
            guard final == UInt8(ascii: "M") || final == UInt8(ascii: "m"),
                let report = numbers(parameters.dropFirst()), report.allSatisfy({ $0.count == 1 })
            else { return .swallowed(length) }
            return mouse(report.joined(), isRelease: final == UInt8(ascii: "m"), length: length)
        }
        if parameters.first == UInt8(ascii: "?"), final == UInt8(ascii: "c") {
            return .event(.deviceAttributes, length)
        }
        guard let numbers = numbers(parameters) else { return .swallowed(length) }
        if numbers == [[200]], final == UInt8(ascii: "~") { return .pasteBegins(length) }
        guard let key = key(numbers, final) else { return .swallowed(length) }
        return .event(.key(key), length)
    }

    /// Numbers set apart by semicolons, each with what stands behind it after colons; 0 where one
    /// is missing. nil where there is something else.
    private static func numbers(_ parameters: ArraySlice<UInt8>) -> [[Int]]? {
        if parameters.isEmpty { return [] }
        var numbers = [[0]]
        for byte in parameters {
            let last = numbers.count - 1
            switch byte {
            case 0x30...0x39:
                let number = numbers[last].removeLast() * 10 + Int(byte) - 0x30
                numbers[last].append(min(number, 9_999_999))
            case 0x3A: numbers[last].append(0)
            case 0x3B: numbers.append([0])
            default: return nil
            }
        }
        return numbers
    }

    private static func key(_ numbers: [[Int]], _ final: UInt8) -> Key? {
        let modifiers = KeyModifiers(numbers.count > 1 ? numbers[1] : [])
        if modifiers.isRelease || numbers.count > 3 { return nil }
        let first = numbers.first ?? [1]
        if final == UInt8(ascii: "u") {
            return CodedKey.key(first, modifiers, text: numbers.count > 2 ? numbers[2] : [])
        }
        guard first.count == 1 else { return nil }
        if numbers.count > 2 {
            guard first == [27], final == UInt8(ascii: "~") else { return nil }
            return CodedKey.key(numbers[2], modifiers)
        }
        if final == UInt8(ascii: "~") {
            // Clickers begin a show at what is on the screen by Shift-F5.
            let isStart = first == [15] && modifiers.bits == KeyModifiers.shift
            if first == [2] { return modifiers.unbound("Insert") }
            return numbered(first[0]).flatMap {
                modifiers.bits == 0 || isStart ? $0 : modifiers.unbound(KeyNotation.name(of: $0))
            }
        }
        return first == [1] ? letter(final, modifier: modifiers.bits + 1) : nil
    }

    static func letter(_ final: UInt8, modifier: Int) -> Key? {
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
        // With Control or Alt.
        case (UInt8(ascii: "C"), 3), (UInt8(ascii: "C"), 5): .wordRight
        case (UInt8(ascii: "D"), 3), (UInt8(ascii: "D"), 5): .wordLeft
        case (UInt8(ascii: "A")...UInt8(ascii: "D"), 2...), (UInt8(ascii: "F"), 2...),
            (UInt8(ascii: "H"), 2...), (UInt8(ascii: "P")...UInt8(ascii: "S"), 2...):
            letter(final, modifier: 1).flatMap {
                KeyModifiers([modifier]).unbound(KeyNotation.name(of: $0))
            }
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
    private static func mouse(
        _ report: some Sequence<Int>, isRelease: Bool, length: Int
    ) -> InputDecoder.Item {
        let report = Array(report)
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
