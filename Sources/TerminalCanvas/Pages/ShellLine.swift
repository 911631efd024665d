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
                ? [part] : part.split(separator: " ", maxSplits: 1).map(String.init)
        }
        let lines = pieces.reduce(into: [String]()) { lines, part in
            guard let last = lines.last else {
                lines = [part]
                return
            }
            if columns(of: last) + 1 + columns(of: part) + 2 <= width {
                lines[lines.count - 1] += " " + part
            } else {
                lines[lines.count - 1] += " \\"
                lines.append(part)
            }
        }
        // A shell joins what a backslash parts, where nothing is quoted.
        return lines.flatMap { line in
            if columns(of: line) <= width || line.contains("'") { return [line] }
            let pieces = brokenBehindCommas(line, width: width - 1)
            return pieces.dropLast().map { $0 + "\\" } + pieces.suffix(1)
        }
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
package func brokenBehindCommas(_ text: String, width: Int) -> [String] {
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
