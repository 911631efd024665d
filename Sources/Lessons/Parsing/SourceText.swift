import ForeignText

/// A lesson's text as lines of Unicode scalars.
///
/// Scalars, because Markdown is defined on them and an array of them is indexed in constant time.
struct SourceText {
    /// Never empty; line `i` has the number `i + 1`.
    let lines: [SourceLine]

    /// Takes LF and CRLF and drops a byte order mark; any other control character but the tab is
    /// reported and becomes U+FFFD, so that none reaches a screen or the YAML reader, and so does a
    /// mark that is one too many.
    init(_ text: String, findings: inout FindingList) {
        let scalars = Array(text.unicodeScalars)
        var lines: [SourceLine] = []
        var start = scalars.first == "\u{FEFF}" ? 1 : 0
        repeat {
            let newline = scalars[start...].firstIndex(of: "\n") ?? scalars.count
            let isWindows =
                newline < scalars.count && newline > start && scalars[newline - 1] == "\r"
            let line = SourceLine(
                number: lines.count + 1,
                scalars: Array(scalars[start..<(isWindows ? newline - 1 : newline)]),
                findings: &findings)
            lines.append(line)
            start = newline + 1
        } while start < scalars.count
        self.lines = lines
    }
}

/// One line of a lesson without its line end.
struct SourceLine {
    let number: Int
    let scalars: [Unicode.Scalar]
    /// The index of the character each scalar belongs to and, last, the number of characters;
    /// empty where every scalar is a character, which is so in ASCII.
    private let characters: [Int]

    init(number: Int, scalars: [Unicode.Scalar], findings: inout FindingList) {
        let controls = scalars.indices.filter { scalars[$0].isControlCharacter }
        var run = MarkRun()
        let marks = scalars.indices.filter { !run.takes(scalars[$0]) }
        var clean = scalars
        for index in controls + marks { clean[index] = "\u{FFFD}" }
        self.number = number
        self.scalars = clean
        characters = Self.characters(of: clean)
        for index in controls {
            findings.add(.controlCharacter(scalars[index], at: place(index)))
        }
        // A row of them is one finding.
        for (before, index) in zip([-1] + marks, marks) where before < 0 || before + 1 < index {
            findings.add(.tooManyMarks(at: place(index)))
        }
    }

    private static func characters(of scalars: [Unicode.Scalar]) -> [Int] {
        guard scalars.contains(where: { !$0.isASCII }) else { return [] }
        var characters: [Int] = []
        characters.reserveCapacity(scalars.count + 1)
        var count = 0
        for character in String(scalars: scalars) {
            for _ in character.unicodeScalars { characters.append(count) }
            count += 1
        }
        characters.append(count)
        return characters
    }

    /// The place of the scalar at `index`; indices outside the line give its ends.
    func place(_ index: Int) -> SourcePlace {
        let index = min(max(index, 0), scalars.count)
        return SourcePlace(
            line: number, column: (characters.isEmpty ? index : characters[index]) + 1)
    }

    var isBlank: Bool { scalars.allSatisfy(\.isSpaceOrTab) }
}
