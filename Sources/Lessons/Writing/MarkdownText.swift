import ForeignText

/// Writes blocks and words as Markdown, with the figures computed.
package struct MarkdownText {
    /// What is shown for a figure: its computed text, or nil where it cannot be computed.
    private let figure: (Figure) -> String?
    /// The level of a step's own headings.
    let headingLevel: Int
    /// Whether it is for a cell of a table, where even code is divided at a bar.
    private var isInTable = false

    /// A writer of figures as a function gives them, its headings of a level from 1 to 6.
    package init(figure: @escaping (Figure) -> String?, headingLevel: Int) {
        self.figure = figure
        self.headingLevel = headingLevel
    }

    /// Blocks with blank lines between them.
    package func text(_ blocks: [Block]) -> String {
        blocks.map(text).filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// The blocks of a list's item: a list right below its text has no blank line above it.
    private func itemText(_ blocks: [Block]) -> String {
        blocks.reduce(into: "") { all, block in
            let own = text(block)
            if !all.isEmpty, !own.isEmpty { all += block.isList ? "\n" : "\n\n" }
            all += own
        }
    }

    private func text(_ block: Block) -> String {
        switch block {
        case .paragraph(let inlines, _): Self.guarded(text(inlines))
        case .heading(_, let inlines):
            Self.heading(headingLevel, text(inlines))
        case .list(let start, let items):
            items.enumerated().map { index, item in
                Self.item(start.map { "\($0 + index). " } ?? "- ", itemText(item))
            }.joined(separator: "\n")
        case .quote(let blocks): Self.quoted(text(blocks))
        case .code(let language, let lines, _): Self.code(lines, language: language)
        case .table(let table):
            Self.table(
                header: table.header.map(inTable.text),
                rows: table.rows.map { $0.map(inTable.text) },
                alignments: table.alignments)
        case .directive: ""
        }
    }

    /// The pieces one behind the other.
    package func text(_ inlines: [Inline]) -> String { inlines.map(text).joined() }

    private func text(_ inline: Inline) -> String {
        switch inline {
        case .text(let text, _): Self.escaped(text)
        case .emphasis(let inner): "*\(text(inner))*"
        case .strong(let inner): "**\(text(inner))**"
        case .code(let text, _): codeSpan(text)
        case .figure(let figure):
            Self.escaped(self.figure(figure) ?? "[\(figure.address)?]")
        case .link(let inner, let destination):
            "[\(text(inner))](<\(Self.printable(destination).filter { !"<>\n".contains($0) })>)"
        case .lineBreak: "\\\n"
        }
    }

    /// The same for the cells of a table.
    package var inTable: MarkdownText {
        var copy = self
        copy.isInTable = true
        return copy
    }

    // MARK: Forms

    /// A heading; the text is Markdown already.
    package static func heading(_ level: Int, _ text: String) -> String {
        String(repeating: "#", count: min(max(level, 1), 6)) + " " + text
    }

    /// An item of a list; what follows its first line is indented below it.
    package static func item(_ mark: String, _ text: String) -> String {
        let indent = String(repeating: " ", count: mark.count)
        return mark
            + text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated().map { $0 == 0 || $1.isEmpty ? String($1) : indent + $1 }
            .joined(separator: "\n")
    }

    /// Every line of Markdown quoted.
    package static func quoted(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? ">" : "> \($0)" }.joined(separator: "\n")
    }

    /// A block of code between fences longer than any run of backticks in it.
    package static func code(_ lines: [String], language: String) -> String {
        let text = lines.map(printable).joined(separator: "\n")
        let fence = String(repeating: "`", count: max(3, longestTicks(in: text) + 1))
        let word = language.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        return "\(fence)\(word)\n\(text)\n\(fence)"
    }

    /// A table of cells that are Markdown already; a cell's lines become one.
    package static func table(
        header: [String], rows: [[String]], alignments: [Table.Alignment]
    ) -> String {
        let rule = alignments.map { alignment in
            switch alignment {
            case .left: "---"
            case .right: "---:"
            case .centre: ":---:"
            }
        }
        return ([header, rule] + rows).map { cells in
            "| "
                + cells.map { $0.split(separator: "\n").joined(separator: " ") }
                .joined(separator: " | ") + " |"
        }.joined(separator: "\n")
    }

    // MARK: Escaping

    /// Text whose signs mean only themselves.
    package static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in printable(text) {
            if "\\`*_[]<>|~&".contains(character) { escaped.append("\\") }
            escaped.append(character)
        }
        return escaped
    }

    /// A paragraph whose first signs would begin a heading, a list or a rule, told not to.
    static func guarded(_ text: String) -> String {
        if let first = text.first, "#+-=".contains(first) { return "\\" + text }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let rest = text.dropFirst(digits.count)
        if !digits.isEmpty, let mark = rest.first, mark == "." || mark == ")" {
            return digits + "\\" + rest
        }
        return text
    }

    private func codeSpan(_ text: String) -> String {
        let ticks = String(repeating: "`", count: Self.longestTicks(in: text) + 1)
        let space = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
        let own = Self.printable(text).map { $0 == "|" && isInTable ? "\\|" : String($0) }.joined()
        return ticks + space + own + space + ticks
    }

    /// "?" for every control character but the end of a line, and for what turns a line around.
    private static func printable(_ text: String) -> String {
        text.replacing([.control, .format], keepingNewlines: true)
    }

    private static func longestTicks(in text: String) -> Int {
        var longest = 0
        var run = 0
        for character in text {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}
