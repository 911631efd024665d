import CourseContent
import TerminalCanvas

/// Passages as lines of text: nothing but printable characters, no line wider than the width.
package struct PlainText {
    let width: Int
    let glyphs: Glyphs

    /// Writes lines of a width in columns, 20 at the least; nil makes each paragraph one line.
    package init(width: Int?, glyphs: Glyphs) {
        // No paragraph is this long.
        self.width = max(20, width ?? 1_000_000)
        self.glyphs = glyphs
    }

    /// Passages one behind the other, blank lines between those that stand apart.
    package func lines(_ passages: [Passage]) -> [String] {
        var lines: [String] = []
        var before: Passage.Kind?
        for passage in passages {
            if let before, isApart(passage.kind, from: before) { lines.append("") }
            lines += self.lines(passage)
            before = passage.kind
        }
        return lines
    }

    /// Rows follow the paragraph that they belong to; everything else stands apart.
    private func isApart(_ kind: Passage.Kind, from before: Passage.Kind) -> Bool {
        kind == .paragraph || kind != before && !(kind == .row && before == .paragraph)
    }

    private func lines(_ passage: Passage) -> [String] {
        if passage.kind == .code {
            // Held together by its spaces, it keeps these, and is cut where it is too wide. It is
            // spelled already.
            let code = glyphs.printable(passage.text).replacing(" ", with: "\u{A0}")
            return wrapped(code, width: width - 2, glyphs: .unicode).map { "  " + plain($0) }
        }
        let text = passage.text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { Self.bound(printable(String($0))) }.joined(separator: "\n")
        return wrapped([Span(text)], behind: Span(passage.mark), width: width, glyphs: glyphs)
            .map(plain)
    }

    private func plain(_ line: Line) -> String {
        var text = line.map(\.text).joined()
        while text.last == " " { text.removeLast() }
        return text
    }

    /// A no-break space stays, for the wrapping to see.
    private func printable(_ text: String) -> String {
        text.split(separator: "\u{A0}", omittingEmptySubsequences: false)
            .map { glyphs.printable(String($0)) }.joined(separator: "\u{A0}")
    }

    private static let units: Set<String> = [
        "B", "kB", "MB", "GB", "TB", "PB", "EB", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "bytes",
        "ms", "%", "million", "billion", "trillion",
    ]

    /// Numbers held together with their units.
    private static func bound(_ text: String) -> String {
        var bound = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            let unit = word.prefix { $0.isLetter || $0 == "%" }
            let isUnit = bound.last?.isNumber == true && units.contains(String(unit))
            bound += (bound.isEmpty ? "" : isUnit ? "\u{A0}" : " ") + word
        }
        return bound
    }
}
