import Testing

@testable import TerminalCanvas

@Suite("A text being typed")
struct TextEditorTests {
    /// A line with "|" where the cursor stands: "on|e".
    private func line(_ marked: String, limit: Int = 40) -> TextEditor {
        let parts = marked.split(separator: "|", omittingEmptySubsequences: false)
        var editor = TextEditor(String(parts[0]), limit: limit)
        let cursor = editor.cursor
        editor.insert(parts.count > 1 ? String(parts[1]) : "")
        while editor.cursor > cursor { _ = editor.handle(.left) }
        return editor
    }

    private func marked(_ editor: TextEditor) -> String {
        String(editor.characters[..<editor.cursor]) + "|"
            + String(editor.characters[editor.cursor...])
    }

    @Test(
        "each key moves, erases or types at the cursor",
        arguments: [
            ("on|e", Key.left, "o|ne"), ("|one", .left, "|one"), ("on|e", .control("b"), "o|ne"),
            ("on|e", .right, "one|"), ("one|", .right, "one|"), ("o|ne", .control("f"), "on|e"),
            ("one tw|o", .home, "|one two"), ("one tw|o", .control("a"), "|one two"),
            ("one tw|o", .end, "one two|"), ("one tw|o", .control("e"), "one two|"),
            ("one two|", .wordLeft, "one |two"), ("one t|wo", .wordLeft, "one |two"),
            ("n=12,g|", .wordLeft, "n=12,|g"), ("n=|", .wordLeft, "|n="),
            ("  |a", .wordLeft, "|  a"),
            ("|n=12", .wordRight, "n|=12"), ("n|=12, g", .wordRight, "n=12|, g"),
            ("one|  ", .wordRight, "one  |"), ("|", .wordRight, "|"),
            ("on|e", .backspace, "o|e"), ("|one", .backspace, "|one"),
            ("on|e", .delete, "on|"), ("one|", .delete, "one|"),
            ("o|ne", .control("d"), "o|e"), ("|", .control("d"), "|"),
            ("one two|", .control("w"), "one |"), ("one two  |", .control("w"), "one |"),
            ("one t|wo", .control("w"), "one |wo"), ("one |two", .control("w"), "|two"),
            ("  |two", .control("w"), "|two"), ("|two", .control("w"), "|two"),
            ("one t|wo", .control("u"), "|wo"), ("|two", .control("u"), "|two"),
            ("one t|wo", .control("k"), "one t|"), ("two|", .control("k"), "two|"),
            ("o|e", .character("n"), "on|e"), ("one|two", .character(" "), "one |two"),
            ("|", .character("語"), "語|"), ("a語|b", .backspace, "a|b"),
            ("a|語b", .delete, "a|b"), ("a|語b", .right, "a語|b"),
            ("abe\u{301}|c", .left, "ab|e\u{301}c"), ("abe\u{301}|c", .backspace, "ab|c"),
            ("ab|e\u{301}c", .delete, "ab|c"), ("e|c", .character("\u{301}"), "e\u{301}|c"),
        ])
    func keys(before: String, key: Key, after: String) {
        let old = line(before)
        var editor = old
        let outcome = editor.handle(key)
        #expect(outcome == (editor.text == old.text ? .moved : .changed))
        #expect(marked(editor) == after)
    }

    @Test(
        "other keys are not its own and change nothing",
        arguments: [
            Key.enter, .escape, .tab, .backTab, .up, .down, .shiftLeft, .shiftRight, .pageUp,
            .pageDown, .function(1), .unbound("Insert"), .control("c"), .control("l"),
            .control("\\"),
        ])
    func foreignKeys(key: Key) {
        var editor = line("on|e")
        let outcome = editor.handle(key)
        #expect(outcome == nil)
        #expect(editor == line("on|e"))
    }

    @Test("a line is empty at first and after it was cleared")
    func clearing() {
        var editor = TextEditor(limit: 4)
        #expect(editor.isEmpty && editor.text == "" && editor.cursor == 0)
        editor.insert("one")
        #expect(!editor.isEmpty && editor.text == "one" && editor.cursor == 3)
        editor.clear()
        #expect(editor == TextEditor(limit: 4))
    }

    @Test("a paste is one line of printable characters, at the cursor")
    func pasted() {
        var editor = line("<|>")
        editor.insert("a\r\nb\tc\u{1B}[31m\u{202E}\u{7}\u{2028}語\u{AD}")
        #expect(marked(editor) == "<a b c[31m 語|>")
    }

    @Test("no more characters go in than the limit allows, and what stands there stays")
    func limit() {
        var editor = line("ab|yz", limit: 6)
        editor.insert("cdef")
        #expect(marked(editor) == "abcd|yz")
        _ = editor.handle(.character("e"))
        #expect(marked(editor) == "abcd|yz")
        // A mark takes no room of its own.
        _ = editor.handle(.character("\u{301}"))
        #expect(marked(editor) == "abcd\u{301}|yz")
        var none = TextEditor(limit: -1)
        none.insert("any")
        #expect(none.text == "")
        // What was longer already is not lost; nothing more goes in.
        var long = TextEditor("seven days", limit: 5)
        long.insert("!")
        #expect(long.text == "seven days")
    }

    @Test("a mark with nothing before it is dropped, and one behind a character joins it")
    func marks() {
        #expect(TextEditor("\u{301}\u{302}a", limit: 9).characters == ["a"])
        #expect(TextEditor("a\u{301}\u{302}", limit: 9).characters == ["a\u{301}\u{302}"])
        var editor = line("ae|b")
        editor.insert("\u{301}c")
        #expect(marked(editor) == "ae\u{301}c|b")
    }

    @Test("marks without end are dropped, typed or pasted, and cost no more than others")
    func piles() {
        var editor = TextEditor("a", limit: 9)
        for _ in 0..<200_000 { editor.insert("\u{301}") }
        #expect(editor.characters.map(\.utf8.count) == [61])
        #expect(editor.insert("\u{301}") == .moved)
        #expect(editor.insert("b") == .changed)
        editor.insert(String(repeating: "\u{301}\u{323}", count: 200_000) + "c")
        #expect(editor.characters.map(\.utf8.count) == [61, 61, 1])
        // Also where what is dropped parted others: vowels between consonants of Hangul.
        let letters = String(repeating: "\u{1100}", count: 42) + "\u{1161}"
        let text = TextEditor(String(repeating: letters, count: 9), limit: 99)
        #expect(text.characters.map(\.scalars) == text.text.map(\.scalars))
        #expect(text.characters.allSatisfy { $0.utf8.count <= 128 })
        // A picture of a family is one character, and stays.
        let family = "👨🏽\u{200D}👩🏽\u{200D}👧🏽\u{200D}👦🏽"
        #expect(TextEditor(family, limit: 9).text == family)
    }

    @Test("a key costs no more in a long text than in a short one")
    func length() {
        var editor = TextEditor(limit: 1_000_000, isMultiline: true)
        for index in 0..<300_000 { _ = editor.handle(.character(index % 9 == 0 ? " " : "é")) }
        for _ in 0..<100 { _ = editor.handle(.left) }
        for _ in 0..<100_000 { _ = editor.handle(.backspace) }
        #expect(editor.characters.count == 200_000)
        #expect(editor.cursor == 199_900)
    }

    @Test("a character takes thirty marks, pasted at once or typed one by one, and no more")
    func manyMarks() {
        // Comparing a character of so many with another takes an hour.
        let marks = String(repeating: "\u{301}\u{323}", count: 250_000)
        var pasted = TextEditor("a" + marks, limit: 9)
        pasted.insert("b" + marks + "c")
        #expect(pasted.characters.map(\.unicodeScalars.count) == [31, 31, 1])
        #expect(pasted.cursor == 3)
        var typed = line("a|b")
        for _ in 0..<100 { typed.insert("\u{301}") }
        #expect(typed.characters.map(\.unicodeScalars.count) == [31, 1])
        #expect(typed.cursor == 1)
        // Lines of marks alone that come to stand behind each other.
        var lines = TextEditor("a", limit: 200, isMultiline: true)
        for _ in 0..<50 { lines.insert("\n" + String(marks.unicodeScalars.prefix(30))) }
        for _ in 0..<100 { _ = lines.handle(.left) }
        for _ in 0..<100 { _ = lines.handle(.delete) }
        #expect(lines.text.unicodeScalars.count <= 31)
    }

    @Test("letters that meet become one character, and the cursor stands behind it")
    func meeting() {
        // Two letters of a flag, parted by a sign that is taken away.
        var flag = line("\u{1F1E9}-|\u{1F1EA}")
        _ = flag.handle(.backspace)
        #expect(flag.characters == ["\u{1F1E9}\u{1F1EA}"])
        #expect(flag.cursor == 1)
        // A letter of Hangul put in front of its vowel.
        var syllable = line("|\u{1161}")
        _ = syllable.handle(.character("\u{1112}"))
        #expect(syllable.characters == ["\u{1112}\u{1161}"])
        #expect(syllable.cursor == 1)
    }

    @Test(
        "a window is the whole line where it fits, else the part around the cursor",
        arguments: [
            ("one|", 4, "one", 3), ("o|ne", 4, "one", 1), ("|", 1, "", 0),
            ("abcdefghij|", 5, "ghij", 4), ("|abcdefghij", 5, "abcd", 0),
            ("a|bcdefghij", 5, "abcd", 1), ("abcde|fghij", 5, "defg", 2),
            ("abcdefgh|ij", 5, "ghij", 2), ("abcdefghi|j", 5, "ghij", 3),
            ("語語語語|", 5, "語語", 4), ("|語語語語", 5, "語語", 0), ("語語|語語", 5, "語語", 2),
            ("語語語語|", 6, "語語", 4), ("a語|語語b", 6, "a語語", 3), ("語|", 2, "", 0),
            ("abe\u{301}|", 3, "be\u{301}", 2), ("one|", 1, "", 0), ("one|", 0, "", 0),
            ("one|", -3, "", 0),
        ])
    func window(line marked: String, width: Int, text: String, column: Int) {
        let view = line(marked).view(width: width, glyphs: .unicode)
        #expect(view == (text, column))
    }

    @Test("a window counts a character that is spelled in ASCII by its spelling")
    func spelledWindow() {
        #expect(line("a→|b").view(width: 5, glyphs: .ascii) == ("a→b", 3))
        #expect(line("a→→|").view(width: 5, glyphs: .ascii) == ("→→", 4))
        #expect(line("a→→|").view(width: 4, glyphs: .ascii) == ("→", 2))
        #expect(line("a→→|").view(width: 4, glyphs: .unicode) == ("a→→", 3))
    }

    @Test(
        "whatever is typed, the cursor stands between characters, none unseen or halved by a window",
        arguments: 0..<8)
    func law(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let limit = Int.random(in: 0...12, using: &random)
        var editor = TextEditor(limit: limit)
        for _ in 0..<400 {
            let before = editor
            if Int.random(in: 0..<4, using: &random) == 0 {
                editor.insert(
                    (0..<4).map { _ in Self.pieces.randomElement(using: &random)! }.joined())
            } else {
                _ = editor.handle(Self.keys.randomElement(using: &random)!)
            }
            let width = Int.random(in: 0...9, using: &random)
            let isWhole =
                (0...editor.characters.count).contains(editor.cursor)
                && editor.characters.count <= limit
                && editor.characters.map(\.scalars) == editor.text.map(\.scalars)
                && editor.characters.allSatisfy { columns(of: $0) > 0 }
                && [.unicode, .ascii].allSatisfy { Self.fits(editor, width: width, glyphs: $0) }
            if !isWhole {
                Issue.record("from \(before) to \(editor), \(width) columns")
                return
            }
        }
    }

    private static func fits(_ editor: TextEditor, width: Int, glyphs: Glyphs) -> Bool {
        let (text, column) = editor.view(width: width, glyphs: glyphs)
        var canvas = Canvas(size: Size(width: 1, height: 1), glyphs: glyphs)
        let end = canvas.draw(text, at: Point(column: 0, row: 0), in: canvas.area)
        return end <= max(0, width - 1) && (0...end).contains(column)
    }

    private static let pieces = [
        "a", " ", "語", "\u{301}", "e\u{301}", "\u{1F1E9}", "\u{200D}", "👩", "👩\u{200D}💻",
        "\u{1112}",
        "\u{1161}", "\u{11A8}", "\r\n", "\t", "\u{1B}", "\u{202E}", "→", "☺\u{FE0F}", "\u{20DD}",
        "\u{600}", "क", "\u{94D}", "\u{1F3FD}", "\u{E0067}",
    ]

    private static let keys: [Key] =
        [
            .left, .right, .home, .end, .backspace, .delete, .enter, .control("w"), .control("u"),
            .control("k"),
        ] + Array(repeating: [Key.left, .right, .backspace, .delete], count: 5).flatMap { $0 }
        + pieces.filter { $0.count == 1 }.map { .character(Character($0)) }
}

extension Character {
    fileprivate var scalars: [Unicode.Scalar] { Array(unicodeScalars) }
}

/// The same numbers from the same seed (SplitMix64).
private struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
