/// The parser's help with one spelling of what is to be filled in, as in the examples, and with a
/// usage that fits 80 columns.
enum HelpText {
    /// - Parameter text: what the parser prints for help or a version.
    static func settled(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let usage = lines.firstIndex(where: { $0.hasPrefix(mark) }) else { return text }
        return
            (lines[..<usage] + self.usage(named(lines[usage])) + lines[(usage + 1)...].map(named))
            .joined(separator: "\n")
    }

    private static let mark = "USAGE: "

    /// A message with what is to be filled in spelled as in the help: "missing value for
    /// '--step N'". What the user wrote stays as it is.
    static func spelled(_ message: String) -> String {
        message.replacing(
            /(missing expected argument|missing value for|is invalid for) '(--[a-z-]+ )?<([A-Za-z.-]+)>/
                .ignoresCase()
        ) { match in
            "\(match.1) '\(match.2 ?? "")\(placeholder(match.3))"
        }
    }

    /// In capitals unless it has its own.
    private static func placeholder(_ name: Substring) -> String {
        name.contains(where: \.isUppercase) ? String(name) : name.uppercased()
    }

    /// "--size <WxH>" as "--size WxH", <file> as FILE; what stands behind stays in its column.
    private static func named(_ line: String) -> String {
        line.replacing(/<([A-Za-z.-]+)>( *)/) { match in
            let gap = match.2.count > 1 ? match.2 + "  " : match.2
            return placeholder(match.1) + gap
        }
    }

    /// Over as many lines as it takes, none of which ends inside brackets.
    private static func usage(_ line: String) -> [String] {
        guard line.count > 80 else { return [line] }
        let words = line.dropFirst(mark.count).split(separator: " ")
        var parts: [String] = []
        for word in words.dropFirst(2) {
            let isInside = parts.last.map { $0.hasPrefix("[") && !$0.hasSuffix("]") } ?? false
            if isInside { parts[parts.count - 1] += " " + word } else { parts.append(String(word)) }
        }
        let start = mark + words.prefix(2).joined(separator: " ")
        var lines = [start]
        for part in parts {
            if lines[lines.count - 1].count + 1 + part.count > 80 {
                lines.append(String(repeating: " ", count: start.count))
            }
            lines[lines.count - 1] += " " + part
        }
        return lines
    }
}
