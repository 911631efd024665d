import CourseContent
import CourseSession
import TerminalCanvas

/// Passages as lines of text: nothing but printable characters, no line wider than the width.
package struct PlainText {
    let width: Int
    let glyphs: Glyphs

    /// Writes lines of a width in columns, 20 at the least.
    package init(width: Int, glyphs: Glyphs) {
        self.width = max(20, width)
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
        switch passage.kind {
        case .code: return cut(passage.text).map { "  " + $0 }
        case .paragraph, .row:
            let mark = passage.kind == .row ? passage.mark : ""
            let indent = String(repeating: " ", count: mark.count)
            let text = passage.text.split(separator: "\n", omittingEmptySubsequences: false)
                .map { Self.bound(printable(String($0))) }.joined(separator: "\n")
            return wrapped([Span(text)], width: width - mark.count, glyphs: glyphs).enumerated()
                .map { index, line in
                    trimmed((index == 0 ? mark : indent) + line.map(\.text).joined())
                }
        }
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

    /// Code keeps its spaces, so it is cut where it is too wide.
    private func cut(_ text: String) -> [String] {
        var lines = [""]
        var used = 0
        for character in glyphs.printable(text) {
            let own = columns(of: character)
            if used + own > width - 2 {
                lines.append("")
                used = 0
            }
            lines[lines.count - 1].append(character)
            used += own
        }
        return lines.map(trimmed)
    }

    private func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }
}
