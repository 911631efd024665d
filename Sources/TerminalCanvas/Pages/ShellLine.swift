/// A line of shell to copy: a program's name and its options, each option with its value.
package struct ShellLine: Hashable, Sendable {
    let parts: [String]

    /// The parts between which a line may be broken, quoted already where they need it (`word`).
    package init(_ parts: [String]) { self.parts = parts }

    /// All of it in one line.
    package var text: String { parts.joined(separator: " ") }

    /// All of it in lines that a shell reads as one, broken between parts where they are wider than
    /// this, and in a part that is wider alone behind its option's name, then behind commas.
    package func lines(width: Int) -> [String] {
        if columns(of: text) <= width { return [text] }
        let pieces = parts.flatMap { part in
            columns(of: part) + 2 <= width || !part.hasPrefix("--")
                ? [[part]]
                : part.split(separator: " ", maxSplits: 1).map {
                    Self.lines(of: String($0), width: width - 2)
                }
        }
        return pieces.reduce(into: []) { lines, piece in
            guard let last = lines.last else {
                lines = piece
                return
            }
            if columns(of: last) + 1 + columns(of: piece[0]) + 2 <= width {
                lines[lines.count - 1] += " " + piece[0]
            } else {
                lines[lines.count - 1] += " \\"
                lines.append(piece[0])
            }
            lines += piece.dropFirst()
        }
    }

    /// Values between commas, "l=12,b=1,…", as they are where they fit, else as one quoted word in
    /// lines behind commas.
    ///
    /// A shell keeps the end of a line inside quotes, and the blanks that are copied from a screen
    /// with it; whoever reads the values drops both. A backslash there would leave two words.
    package static func lines(of values: String, width: Int) -> [String] {
        if columns(of: values) <= width || values.contains("'") || !values.contains(",") {
            return [values]
        }
        return brokenBehindCommas("'\(values)'", width: width)
    }

    /// A text as one word of a POSIX shell.
    package static func word(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && !text.hasPrefix("-")
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-./".contains($0)) }
        if isPlain { return text }
        let parts = text.split(separator: "'", omittingEmptySubsequences: false)
        return "'" + parts.joined(separator: "'\\''") + "'"
    }
}

/// A text without blanks, "l=12,b=1,…", in pieces as wide as may be that end with a comma; one that
/// has none for longer is wider.
private func brokenBehindCommas(_ text: String, width: Int) -> [String] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return parts.enumerated().reduce(into: [""]) { pieces, part in
        let piece = part.element + (part.offset < parts.count - 1 ? "," : "")
        let last = pieces.count - 1
        if pieces[last].isEmpty || columns(of: pieces[last] + piece) <= width {
            pieces[last] += piece
        } else {
            pieces.append(piece)
        }
    }
}
