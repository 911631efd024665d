import ForeignText

/// Text while it is typed, one line or several, with a cursor in it: a value that knows keys and no
/// screen.
///
/// The text is kept as characters (extended grapheme clusters), so that the cursor never stands
/// inside one; after each change the whole text decides anew what is a character, as a combining
/// mark joins what it comes to stand behind. Every character takes a column or more. The keys are
/// those of readline and of Emacs, as shells have them. Cost: O(text) for a key or a paste.
package struct TextEditor: Hashable, Sendable {
    /// One element for each place that the cursor moves by.
    package private(set) var characters: [Character] = []
    /// The cursor stands before the character of this index, or behind the last one.
    package private(set) var cursor = 0
    /// The most characters that can be typed; a text that is longer already stays whole.
    package let limit: Int
    /// Whether ends of lines stay, and are no spaces.
    let isMultiline: Bool

    /// A text, cleaned as a paste is, with the cursor at its end.
    package init(_ text: String = "", limit: Int, isMultiline: Bool = false) {
        self.limit = max(0, limit)
        self.isMultiline = isMultiline
        characters = Array(printable(text))
        cursor = characters.count
    }

    /// The text in one piece.
    package var text: String { String(characters) }

    /// Whether nothing is typed.
    package var isEmpty: Bool { characters.isEmpty }

    /// Takes all of it away; the limit stays.
    package mutating func clear() { (characters, cursor) = ([], 0) }

    // MARK: Keys

    /// Does what a key does to a line: types a printable character, moves or erases.
    ///
    /// - Returns: whether the key is one of a line's, also where it changes nothing, as Left at
    ///   the start.
    package mutating func handle(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        case .left, .control("b"): cursor = max(0, cursor - 1)
        case .right, .control("f"): cursor = min(characters.count, cursor + 1)
        case .home, .control("a"): cursor = startOfLine
        case .end, .control("e"): cursor = endOfLine
        case .backspace: erase(max(0, cursor - 1)..<cursor)
        case .delete, .control("d"): erase(cursor..<min(characters.count, cursor + 1))
        case .control("w"): erase(startOfWord..<cursor)
        case .control("u"): erase(startOfLine..<cursor)
        case .control("k"): erase(cursor..<endOfLine)
        default: return false
        }
        return true
    }

    /// Moves the cursor before the character of an index, or as near as there are characters.
    package mutating func move(to index: Int) { cursor = min(max(0, index), characters.count) }

    private var startOfLine: Int { (characters[..<cursor].lastIndex(of: "\n") ?? -1) + 1 }
    private var endOfLine: Int { characters[cursor...].firstIndex(of: "\n") ?? characters.count }

    /// Where the word before the cursor begins; words are parted by spaces alone.
    private var startOfWord: Int {
        let before = characters[..<cursor]
        guard let last = before.lastIndex(where: { !$0.isWhitespace }) else { return 0 }
        return (before[..<last].lastIndex(where: \.isWhitespace) ?? -1) + 1
    }

    // MARK: Changing

    /// Puts a text in at the cursor, of printable characters: tabs as spaces, ends of lines, too,
    /// where there is one line only, nothing for what shows nothing. What the limit leaves no room
    /// for is dropped.
    package mutating func insert(_ text: String) {
        let room = max(0, limit - characters.count)
        let typed = String(characters[..<cursor]) + printable(text)
        let before = Array(typed).prefix(cursor + room)
        rejoin(before, characters[cursor...])
    }

    private mutating func erase(_ range: Range<Int>) {
        rejoin(characters[..<range.lowerBound], characters[range.upperBound...])
    }

    /// Takes what stands before and behind the cursor as the text. Where the two join to one
    /// character, the cursor stands behind it.
    private mutating func rejoin(
        _ before: ArraySlice<Character>, _ after: ArraySlice<Character>
    ) {
        let start = String(before).streamSafe
        characters = Array((start + String(after)).streamSafe)
        cursor = 0
        var scalars = start.unicodeScalars.count
        while scalars > 0 {
            scalars -= characters[cursor].unicodeScalars.count
            cursor += 1
        }
    }

    /// What of a text can be typed at the cursor; at the start nothing stands before a mark that it
    /// could join.
    private func printable(_ text: String) -> String {
        let lines = isMultiline ? text.asLines : text.asOneLine
        return cursor > 0 ? lines : String(lines.drop { columns(of: $0) == 0 })
    }

    // MARK: Showing

    /// What of the line is shown in a number of columns: the whole line where it fits with the
    /// cursor behind it, else the part around the cursor, the cursor in its middle where there is
    /// text enough on both sides.
    ///
    /// - Parameter glyphs: what the text will be drawn with; it decides how wide a character is.
    /// - Returns: whole characters only, `width - 1` columns or fewer, and the column in them
    ///   that the cursor stands at, below `width`.
    package func view(width: Int, glyphs: Glyphs) -> (text: String, cursorColumn: Int) {
        // A column is left for the cursor.
        let room = max(0, width - 1)
        var (start, end, used) = (cursor, cursor, 0)
        func take(_ index: Int, within columns: Int) -> Bool {
            guard characters.indices.contains(index) else { return false }
            let own = glyphs.width(of: characters[index])
            guard used + own <= columns else { return false }
            used += own
            return true
        }
        while take(start - 1, within: room / 2) { start -= 1 }
        while take(end, within: room) { end += 1 }
        while take(start - 1, within: room) { start -= 1 }
        let column = characters[start..<cursor].reduce(0) { $0 + glyphs.width(of: $1) }
        return (String(characters[start..<end]), column)
    }
}
