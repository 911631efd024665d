import TerminalCanvas

/// A small editor for a note: several lines of text and a cursor in them.
///
/// The text is kept as characters, so that a cursor never stands inside one. Lines are broken at
/// spaces to the width they are shown at; up and down go by those.
struct NoteEditor: Hashable, Sendable {
    /// More characters than this cannot be typed; a text that is longer already stays whole.
    static let longest = 20_000

    private(set) var characters: [Character]
    /// The cursor stands before the character of this index, or at the end.
    private(set) var cursor: Int
    /// What the text was when the editor was opened.
    let original: String

    init(_ text: String) {
        original = text
        characters = Array(Self.cleaned(text))
        cursor = characters.count
    }

    var text: String { String(characters) }

    /// Text as it can stand in a note: line ends as "\n", no other control characters.
    static func cleaned(_ text: String) -> String {
        String(
            text.compactMap { character -> Character? in
                if character.isNewline { return "\n" }
                if character == "\t" { return " " }
                let width = columns(of: character)
                return width > 0 || width == 0 && isMark(character) ? character : nil
            })
    }

    /// Whether it is an accent or the like, for the character before it.
    private static func isMark(_ character: Character) -> Bool {
        character.unicodeScalars.first?.properties.generalCategory == .nonspacingMark
    }

    // MARK: Changing

    mutating func insert(_ text: String) {
        let new = Array(Self.cleaned(text).prefix(max(0, Self.longest - characters.count)))
        let before = characters.count
        // A combining character joins the one before it: the text decides what is a character.
        characters = Array(
            String(characters[..<cursor]) + String(new) + String(characters[cursor...]))
        cursor = min(characters.count, cursor + max(0, characters.count - before))
    }

    mutating func erase() {
        guard cursor > 0 else { return }
        characters.remove(at: cursor - 1)
        cursor -= 1
    }

    mutating func eraseNext() {
        guard cursor < characters.count else { return }
        characters.remove(at: cursor)
    }

    /// Takes the line before the cursor away.
    mutating func eraseLine() {
        let start = (characters[..<cursor].lastIndex(of: "\n") ?? -1) + 1
        characters.removeSubrange(start..<cursor)
        cursor = start
    }

    // MARK: Moving

    mutating func move(_ by: Int) { cursor = min(max(0, cursor + by), characters.count) }

    /// Moves some rows up or down, to the same column where the row is long enough.
    mutating func move(rows count: Int, width: Int, glyphs: Glyphs) {
        let rows = rows(width: width, glyphs: glyphs)
        let place = place(in: rows, glyphs: glyphs)
        let row = rows[min(max(0, place.row + count), rows.count - 1)]
        var column = 0
        cursor = row.lowerBound
        while cursor < row.upperBound, column < place.column {
            column += Self.width(of: characters[cursor], glyphs)
            cursor += 1
        }
    }

    mutating func moveToRowStart(width: Int, glyphs: Glyphs) {
        let rows = rows(width: width, glyphs: glyphs)
        cursor = rows[place(in: rows, glyphs: glyphs).row].lowerBound
    }

    mutating func moveToRowEnd(width: Int, glyphs: Glyphs) {
        let rows = rows(width: width, glyphs: glyphs)
        cursor = rows[place(in: rows, glyphs: glyphs).row].upperBound
    }

    // MARK: Showing

    /// The rows at a width, as ranges of characters; a row's last place is before the space or line
    /// end that parts it from the next. At least one.
    func rows(width: Int, glyphs: Glyphs) -> [Range<Int>] {
        var rows: [Range<Int>] = []
        var start = 0
        var space: Int?
        var used = 0
        var index = 0
        while index < characters.count {
            let character = characters[index]
            if character == "\n" {
                rows.append(start..<index)
                (start, space, used) = (index + 1, nil, 0)
            } else {
                let own = Self.width(of: character, glyphs)
                // A column is left for the cursor.
                if used + own > max(1, width - 1), index > start {
                    // A space at the edge ends the row by itself.
                    let end = character == " " ? index : space ?? index
                    rows.append(start..<end)
                    start = characters[end] == " " ? end + 1 : end
                    (space, used, index) = (nil, 0, start)
                    continue
                }
                if character == " " { space = index }
                used += own
            }
            index += 1
        }
        return rows + [start..<characters.count]
    }

    /// Where the cursor stands.
    func place(in rows: [Range<Int>], glyphs: Glyphs) -> Point {
        let row = rows.lastIndex { $0.lowerBound <= cursor } ?? 0
        let before = characters[rows[row].lowerBound..<max(rows[row].lowerBound, cursor)]
        return Point(column: before.reduce(0) { $0 + Self.width(of: $1, glyphs) }, row: row)
    }

    private static func width(of character: Character, _ glyphs: Glyphs) -> Int {
        character.isASCII ? 1 : max(0, columns(of: glyphs.spelled(String(character))))
    }
}
