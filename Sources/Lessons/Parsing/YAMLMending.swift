/// What the YAML parser could not read, told to somebody who writes lessons, with the line as it
/// would be read.
struct YAMLMending {
    let lines: [String]
    /// Where the parser stopped, both from 0; perhaps behind the last line.
    let row: Int
    let column: Int
    /// The parser's own words.
    let problem: String

    var sentence: String {
        if let tabbed { return Self.mended("a tab indents this line; write spaces", tabbed) }
        if let indented {
            return Self.mended("this line is indented otherwise than those it belongs to", indented)
        }
        if let quoted {
            return Self.mended("text with a colon, or with signs of YAML, needs quotes", quoted)
        }
        if problem.contains("',' or ']'") || problem.contains("',' or '}'")
            || problem.contains("node content")
        {
            return
                "what stands in [ ] or { } is parted by commas and closed; text that holds one of "
                + ", : [ ] { } needs quotes"
        }
        if problem.contains("unexpected end of stream") {
            return "a quote is opened before here and not closed"
        }
        if problem.contains("expected ':'") || problem.contains("expected key") {
            return
                "a line of \"key: value\" belongs here; text that goes on is indented below its key"
        }
        return "this YAML cannot be read: \(problem)"
    }

    private static func mended(_ reason: String, _ line: String) -> String {
        // A line longer than this is no example.
        line.count <= 100 ? "\(reason): `\(line)`" : reason
    }

    private var line: String? { lines.indices.contains(row) ? lines[row] : nil }

    /// The line with spaces for the tabs before its text; nil where no tab is the matter.
    private var tabbed: String? {
        // The parser may stop at the line before the one with the tab.
        let near = [row, row + 1, row - 1].filter(lines.indices.contains).map { lines[$0] }
        guard problem.contains("tab") || problem.contains("cannot start any token") else {
            return nil
        }
        guard let line = near.first(where: { $0.prefix(while: \.isBlank).contains("\t") }) else {
            return nil
        }
        let indent = line.prefix(while: \.isBlank).map { $0 == "\t" ? "  " : " " }
        return indent.joined() + line.drop(while: \.isBlank)
    }

    /// The line below the one above it, where it begins elsewhere and is no part of a list.
    private var indented: String? {
        guard let line, line.contains(":"), !line.drop(while: \.isBlank).hasPrefix("-"),
            problem.contains("mapping values") || problem.contains("expected key")
                || problem.contains("block end") || problem.contains("document start")
        else { return nil }
        let indent = line.prefix(while: \.isBlank).count
        // Of the first colon of the line nothing can be said to be quoted.
        if problem.contains("mapping values"), colon(in: line) != column { return nil }
        guard let above = lines[..<row].last(where: { !$0.allSatisfy(\.isBlank) }),
            above.prefix(while: \.isBlank).count != indent
        else { return nil }
        return String(above.prefix(while: \.isBlank)) + line.drop(while: \.isBlank)
    }

    /// The line with quotes around its value.
    private var quoted: String? {
        guard let line, problem.contains("mapping values") || problem.contains("any token"),
            let colon = colon(in: line)
        else { return nil }
        let key = line.prefix(colon + 1)
        let value = String(line.dropFirst(colon + 1)).trimmingBlanks
        // Brackets and quotes that are there already need more than quotes around them.
        guard let first = value.first, !"[{\"'".contains(first) else { return nil }
        let mark = value.contains("\"") ? "'" : "\""
        return value.contains(mark) ? nil : "\(key) \(mark)\(value)\(mark)"
    }

    /// Where the first colon stands that ends a key.
    private func colon(in line: String) -> Int? {
        let signs = Array(line)
        return signs.indices.first {
            signs[$0] == ":" && ($0 + 1 == signs.count || signs[$0 + 1].isBlank)
        }
    }
}

extension Character {
    fileprivate var isBlank: Bool { self == " " || self == "\t" }
}

extension String {
    fileprivate var trimmingBlanks: String {
        let start = drop(while: \.isBlank)
        return String(start.reversed().drop(while: \.isBlank).reversed())
    }
}
