import Testing

@testable import TerminalCanvas

struct KeyNotationTests {
    @Test("words are keys by tmux's names, and a single character is itself")
    func words() throws {
        #expect(
            try KeyNotation.keys(from: "Right  Space S-Left\tC-c PageDown g G = 1 Enter F12 é") == [
                .right, .character(" "), .shiftLeft, .control("c"), .pageDown, .character("g"),
                .character("G"), .character("="), .character("1"), .enter, .function(12),
                .character("é"),
            ])
        #expect(try KeyNotation.keys(from: "") == [])
    }

    @Test(
        "other names of a key, and any case, are the same key",
        arguments: [
            ("PPage pgup PAGEUP", Key.pageUp), ("NPage PgDn pagedown", .pageDown),
            ("Escape esc", .escape), ("BTab S-Tab", .backTab), ("BSpace Backspace", .backspace),
            ("DC Delete", .delete), ("c-C C-c", .control("c")), ("f1 F1", .function(1)),
            ("C-Left M-Left M-b c-left", .wordLeft), ("C-Right M-Right M-f", .wordRight),
            ("Insert insert IC", .unbound("Insert")), ("C-Up c-up", .unbound("C-Up")),
            ("M-PageDown M-PgDn", .unbound("M-PgDn")), ("M-x", .unbound("M-x")),
        ])
    func aliases(text: String, key: Key) throws {
        let keys = try KeyNotation.keys(from: text)
        #expect(keys == Array(repeating: key, count: keys.count))
    }

    @Test(
        "a word that is no key is named",
        arguments: ["Rigth", "F0", "F13", "C-", "C-1", "M-", "C-S-", "12", "M-Rigth"])
    func unknown(word: String) {
        #expect(throws: KeyNotationError.unknownKey(word)) {
            try KeyNotation.keys(from: "Right \(word) Left")
        }
    }

    @Test("keys come back from the words that stand for them")
    func roundTrip() throws {
        let keys: [Key] =
            [
                .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right,
                .shiftLeft, .shiftRight, .pageUp, .pageDown, .home, .end, .character(" "),
                .control("\\"), .wordLeft, .wordRight, .unbound("Insert"), .unbound("M-x"),
                .unbound("C-S-Left"), .unbound("S-F5"),
            ] + (1...12).map(Key.function)
            + (0x21...0x7E).map { .character(Character(Unicode.Scalar($0))) }
            + "abcdefghijklmnopqrstuvwxyz".map(Key.control)
        #expect(try KeyNotation.keys(from: KeyNotation.text(keys)) == keys)
    }

    @Test("the words that are written are those of keyboards and of the footer")
    func written() {
        #expect(
            KeyNotation.text([
                .right, .character(" "), .backTab, .backspace, .pageUp, .delete, .control("z"),
            ])
                == "Right Space S-Tab Backspace PgUp Delete C-z")
    }
}
