/// A lesson's text as lines of Unicode scalars.
///
/// Scalars, because Markdown is defined on them and an array of them is indexed in constant time.
struct SourceText {
    /// Never empty; line `i` has the number `i + 1`.
    let lines: [SourceLine]

    /// Takes LF and CRLF and drops a byte order mark; any other control character but the tab is
    /// reported and becomes U+FFFD, so that none reaches a screen or the YAML reader.
    init(_ text: String, findings: inout FindingList) {
        var lines: [SourceLine] = []
        var scalars: [Unicode.Scalar] = []
        var controls: [Int] = []
        func endLine() {
            let line = SourceLine(number: lines.count + 1, scalars: scalars, controls: controls)
            for index in controls {
                findings.add(.controlCharacter(scalars[index], at: line.place(index)))
            }
            lines.append(line)
            scalars.removeAll(keepingCapacity: true)
            controls.removeAll(keepingCapacity: true)
        }
        for (index, scalar) in text.unicodeScalars.enumerated() {
            if scalar == "\n" {
                if scalars.last == "\r" {
                    scalars.removeLast()
                    controls.removeLast()
                }
                endLine()
            } else if index > 0 || scalar != "\u{FEFF}" {
                if scalar.isControlCharacter { controls.append(scalars.count) }
                scalars.append(scalar)
            }
        }
        if !scalars.isEmpty || lines.isEmpty { endLine() }
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

    init(number: Int, scalars: [Unicode.Scalar], controls: [Int] = []) {
        var clean = scalars
        for index in controls { clean[index] = "\u{FFFD}" }
        self.number = number
        self.scalars = clean
        guard clean.contains(where: { !$0.isASCII }) else {
            characters = []
            return
        }
        var characters: [Int] = []
        characters.reserveCapacity(clean.count + 1)
        var count = 0
        for character in String(scalars: clean) {
            for _ in character.unicodeScalars { characters.append(count) }
            count += 1
        }
        characters.append(count)
        self.characters = characters
    }

    /// The place of the scalar at `index`; indices outside the line give its ends.
    func place(_ index: Int) -> SourcePlace {
        let index = min(max(index, 0), scalars.count)
        return SourcePlace(
            line: number, column: (characters.isEmpty ? index : characters[index]) + 1)
    }

    var isBlank: Bool { scalars.allSatisfy(\.isSpaceOrTab) }
}
