import ForeignText

/// The modifiers of a key in a control sequence, and whether the key was pressed.
///
/// One more than a sum of bits, then behind a colon what happened to the key: the form is xterm's,
/// the colon and the locks are of the kitty keyboard protocol.
struct KeyModifiers {
    /// Shift, Alt, Control and four others, without the locks.
    let bits: Int
    let hasCapsLock: Bool
    /// The key was let go.
    let isRelease: Bool

    static let shift = 1
    static let alt = 2
    static let control = 4

    /// A key of this name with them, which does nothing here; nil with modifiers that have no name.
    func unbound(_ name: String) -> Key? {
        guard bits < 8 else { return nil }
        let prefix = [(Self.control, "C-"), (Self.alt, "M-"), (Self.shift, "S-")]
            .filter { bits & $0.0 != 0 }.map(\.1).joined()
        return .unbound(prefix + name)
    }

    /// - Parameter parameter: its numbers; a missing one is 0 or not there.
    init(_ parameter: [Int]) {
        let value = max(parameter.first ?? 0, 1) - 1
        bits = value & ~0b1100_0000
        hasCapsLock = value & 0b0100_0000 != 0
        isRelease = parameter.count > 1 && parameter[1] == 3
    }
}

extension Key {
    /// Alt with a printable character.
    static func alt(_ character: Character) -> Key {
        switch character {
        case "b": .wordLeft
        case "f": .wordRight
        default: .unbound("M-\(character)")
        }
    }
}

/// Keys that come as numbers, "CSI n ; m u" and "CSI 27 ; m ; n ~": nobody asks for them here, but
/// the user, a multiplexer or a program that crashed may have. The numbers are Unicode's, for keys
/// without a character those of the kitty keyboard protocol.
enum CodedKey {
    /// The key of a number; nil where it is none of ours.
    ///
    /// - Parameters:
    ///   - numbers: the key's; then, where they are told, with Shift, and on a Latin keyboard.
    ///   - text: what was typed by it, where that is told.
    static func key(
        _ numbers: [Int], _ modifiers: KeyModifiers, text: [Int] = []
    ) -> Key? {
        let hasShift = modifiers.bits == KeyModifiers.shift
        let number = numbers.first ?? 0
        if modifiers.bits == KeyModifiers.control {
            let isLatin = number < 0x80 || numbers.count < 3
            return controlled(isLatin ? number : numbers[2])
        }
        if modifiers.bits == KeyModifiers.alt, (0x21...0x7E).contains(number) {
            return character(number).map(Key.alt)
        }
        guard modifiers.bits == 0 || hasShift else { return nil }
        if let key = functional(number) { return hasShift ? shifted(key) : key }
        if text.count == 1, let typed = character(text[0]) { return .character(typed) }
        if hasShift, numbers.count > 1, let typed = character(numbers[1]) {
            return .character(typed)
        }
        return character(number).map { plain in
            let upper = plain.uppercased()
            let isUpper = hasShift != modifiers.hasCapsLock && upper.count == 1
            return .character(isUpper ? Character(upper) : plain)
        }
    }

    /// What Control with a key has always been as a byte.
    private static func controlled(_ number: Int) -> Key? {
        guard (0x40...0x7E).contains(number) else { return nil }
        let byte = UInt8(number) & 0x1F
        if byte == 0x1B { return .escape }
        guard case .event(.key(let key), _) = EscapeSequence.ascii(byte) else { return nil }
        return key
    }

    private static func character(_ number: Int) -> Character? {
        // Private characters stand for keys: media, locks, modifiers.
        guard number >= 0x20, !(0xE000...0xF8FF).contains(number),
            let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init),
            Unseen(scalar) != .control
        else { return nil }
        return Character(scalar)
    }

    private static func shifted(_ key: Key) -> Key {
        switch key {
        case .tab: .backTab
        case .left: .shiftLeft
        case .right: .shiftRight
        default: key
        }
    }

    private static func functional(_ number: Int) -> Key? {
        switch number {
        case 8, 127: .backspace
        case 9: .tab
        case 13, 57_414: .enter
        case 27: .escape
        case 57_364...57_375: .function(number - 57_363)
        // The numeric keypad.
        case 57_399...57_408: .character(Character("\(number - 57_399)"))
        case 57_409: .character(".")
        case 57_410: .character("/")
        case 57_411: .character("*")
        case 57_412: .character("-")
        case 57_413: .character("+")
        case 57_415: .character("=")
        case 57_416: .character(",")
        case 57_417: .left
        case 57_418: .right
        case 57_419: .up
        case 57_420: .down
        case 57_421: .pageUp
        case 57_422: .pageDown
        case 57_423: .home
        case 57_424: .end
        case 57_426: .delete
        default: nil
        }
    }
}
