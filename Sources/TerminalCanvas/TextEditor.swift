import ForeignText

/// Text while it is typed, one line or several, with a cursor in it: a value that knows keys and no
/// screen.
///
/// The text is kept as characters (extended grapheme clusters), so that the cursor never stands
/// inside one; a change decides anew what is a character where it touches others, as a combining
/// mark joins what it comes to stand behind. Every character takes a column or more, and 128 bytes
/// and 30 marks at the most: what is piled higher is dropped. The keys are those of readline and of
/// Emacs, as shells have them. Cost: O(what is typed or pasted), and moving what stands behind it.
package struct TextEditor: Hashable, Sendable {
    /// One element for each place that the cursor moves by.
    package private(set) var characters: [Character] = []
    /// The cursor stands before the character of this index, or behind the last one.
    package private(set) var cursor = 0
    /// The most characters that can be typed; a text that is longer already stays whole.
    package let limit: Int
    /// Whether what is typed next takes the place of the whole text, as of one that was refused; a
    /// key that moves or erases keeps it.
    package private(set) var isOffered = false
    /// Whether what was put in last had no room for all of it.
    package private(set) var isCut = false
    /// Whether a unit is missing behind what is offered: then a letter is added to it.
    private var lacksUnit = false
    /// What a key erased that takes more than a letter, to be put in again.
    private var erased = ""
    /// Whether ends of lines stay, and are no spaces.
    let isMultiline: Bool

    /// A text, cleaned as a paste is, with the cursor at its end.
    package init(_ text: String = "", limit: Int, isMultiline: Bool = false) {
        self.limit = max(0, limit)
        self.isMultiline = isMultiline
        characters = Self.characters(of: printable(text))
        cursor = characters.count
    }

    /// The text in one piece.
    package var text: String { String(characters) }

    /// Whether nothing is typed.
    package var isEmpty: Bool { characters.isEmpty }

    /// Takes all of it away; the limit stays.
    package mutating func clear() { (characters, cursor, isOffered) = ([], 0, false) }

    /// Offers the text to be changed or replaced.
    /// - Parameter isSize: whether it is to be a size, of which the unit may be typed later.
    package mutating func offer(isSize: Bool = false) {
        isOffered = !isEmpty
        lacksUnit = isSize && characters.last?.isNumber == true
    }

    /// The style to draw the text in: reversed while it is offered.
    package func style(_ style: Style) -> Style { isOffered ? style.with(.reverse) : style }

    // MARK: Keys

    /// What a key of a line's own did.
    package enum Outcome: Hashable, Sendable {
        /// At the most the cursor stands elsewhere.
        case moved
        /// The text is another.
        case changed
    }

    /// Does what a key does to a line: types a printable character, moves or erases.
    ///
    /// - Returns: nil where the key is none of a line's.
    package mutating func handle(_ key: Key) -> Outcome? {
        if case .character(let character) = key { return insert(String(character)) }
        (isOffered, isCut) = (false, false)
        switch key {
        case .left, .control("b"): cursor = max(0, cursor - 1)
        case .right, .control("f"): cursor = min(characters.count, cursor + 1)
        case .wordLeft: cursor = wordBefore
        case .wordRight: cursor = wordBehind
        case .home, .control("a"): cursor = startOfLine
        case .end, .control("e"): cursor = endOfLine
        case .backspace: return erase(max(0, cursor - 1)..<cursor)
        case .delete, .control("d"): return erase(cursor..<min(characters.count, cursor + 1))
        case .control("w"): return keepAndErase(startOfWord..<cursor)
        case .control("u"): return keepAndErase(startOfLine..<cursor)
        case .control("k"): return keepAndErase(cursor..<endOfLine)
        case .control("y"): return insert(erased)
        default: return nil
        }
        return .moved
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

    private static func isOfWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber
    }

    /// Where the letters and digits before the cursor begin, whatever parts them from it.
    private var wordBefore: Int {
        let before = characters[..<cursor]
        guard let last = before.lastIndex(where: Self.isOfWord) else { return 0 }
        return (before[..<last].lastIndex { !Self.isOfWord($0) } ?? -1) + 1
    }

    /// Where those behind it end.
    private var wordBehind: Int {
        let behind = characters[cursor...]
        guard let first = behind.firstIndex(where: Self.isOfWord) else { return characters.count }
        return behind[first...].firstIndex { !Self.isOfWord($0) } ?? characters.count
    }

    // MARK: Changing

    /// Puts a text in at the cursor, of printable characters: tabs as spaces, ends of lines, too,
    /// where there is one line only, nothing for what shows nothing. What the limit leaves no room
    /// for is dropped.
    @discardableResult
    package mutating func insert(_ text: String) -> Outcome {
        if replacesOffered(text) { clear() }
        isOffered = false
        let room = max(0, limit - characters.count)
        // The character before the cursor may be joined by what is typed.
        let start = max(0, cursor - 1)
        let before = Array(characters[start..<cursor])
        let all = Self.characters(of: String(before) + printable(text))
        let typed = all.prefix(before.count + room)
        isCut = typed.count < all.count
        if typed.map(\.utf8.count) == before.map(\.utf8.count) { return .moved }
        replace(start..<cursor, by: Array(typed))
        return .changed
    }

    /// Whether a text takes the place of what is offered. Blanks never do.
    private func replacesOffered(_ text: String) -> Bool {
        guard isOffered, let first = text.first(where: { !$0.isWhitespace }) else { return false }
        return !lacksUnit || first.isNumber
    }

    private mutating func keepAndErase(_ range: Range<Int>) -> Outcome {
        if !range.isEmpty { erased = String(characters[range]) }
        return erase(range)
    }

    private mutating func erase(_ range: Range<Int>) -> Outcome {
        if range.isEmpty { return .moved }
        // What was parted by it may join.
        let start = max(0, range.lowerBound - 1)
        replace(start..<range.upperBound, by: Array(characters[start..<range.lowerBound]))
        return .changed
    }

    /// Puts characters in the place of a range, the cursor behind them. Where the last of them
    /// joins with what follows, the cursor stands behind that, and what follows is divided anew as
    /// far as that reaches: up to an end of a character that stays one.
    private mutating func replace(_ range: Range<Int>, by new: [Character]) {
        // None of these may be a part of the text, which would be copied whole to be changed.
        var new = new
        cursor = range.lowerBound + new.count
        var end = range.upperBound
        while end < characters.count, let last = new.popLast() {
            let parts = Self.characters(of: String([last, characters[end]]))
            if parts.count > 1, parts[0].utf8.count == last.utf8.count {
                new.append(last)
                break
            }
            new += parts
            end += 1
        }
        characters.replaceSubrange(range.lowerBound..<end, with: new)
    }

    /// Bytes of a character at the most: no writing has one as long, and a pile of marks that has
    /// no end costs as much at each key.
    private static let mostBytes = 128

    /// A text's characters. Where one is too long, its end is dropped, which may join others.
    private static func characters(of text: String) -> [Character] {
        var characters = Array(text.streamSafe)
        while characters.contains(where: { $0.utf8.count > mostBytes }) {
            let parts = characters.map(shortened).filter { $0.contains { columns(of: $0) != 0 } }
            characters = Array(parts.joined())
        }
        return characters
    }

    private static func shortened(_ character: Character) -> String {
        var (kept, bytes) = (String.UnicodeScalarView(), 0)
        for scalar in character.unicodeScalars {
            bytes += UTF8.width(scalar)
            if bytes > mostBytes { break }
            kept.append(scalar)
        }
        return String(kept)
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
