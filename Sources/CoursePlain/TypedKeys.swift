import CourseContent
import CourseSession
import TerminalCanvas

extension Key {
    /// A key by its name in a line, "Left", "pgdn", "shift-tab"; a single character stands for itself.
    init?(typed name: String) {
        let spelled = ["shift-": "S-", "ctrl-": "C-", "control-": "C-"]
        let long = spelled.first { name.lowercased().hasPrefix($0.key) }
        let short = long.map { $0.value + name.dropFirst($0.key.count) } ?? name
        guard let keys = try? KeyNotation.keys(from: short), keys.count == 1 else { return nil }
        self = keys[0]
    }
}

/// Keys that were pressed and came as what a terminal sends for them, since a line is no screen.
enum TypedKeys {
    /// No more of one line are keys.
    private static let most = 20

    /// The keys that a line consists of; none where it holds anything else, or nothing.
    static func keys(in line: String) -> [Key] {
        var rest = Substring(line)
        while rest.last?.isWhitespace == true, rest.last != "\t" { rest.removeLast() }
        var keys: [Key] = []
        while !rest.isEmpty {
            guard keys.count < most,
                let (text, key) = sequences.first(where: { rest.hasPrefix($0.0) })
            else { return [] }
            keys.append(key)
            rest = rest.dropFirst(text.count)
        }
        return keys
    }

    /// The longer first where one begins another.
    private static let sequences: [(String, Key)] = [
        ("\t", .tab), (esc + "[A", .up), (esc + "[B", .down), (esc + "[C", .right),
        (esc + "[D", .left), (esc + "OA", .up), (esc + "OB", .down), (esc + "OC", .right),
        (esc + "OD", .left), (esc + "[H", .home), (esc + "OH", .home), (esc + "[1~", .home),
        (esc + "[7~", .home), (esc + "[F", .end), (esc + "OF", .end), (esc + "[4~", .end),
        (esc + "[8~", .end), (esc + "[5~", .pageUp), (esc + "[6~", .pageDown),
        (esc + "[Z", .backTab), (esc + "[1;2D", .shiftLeft), (esc + "[1;2C", .shiftRight),
        (esc + "OP", .function(1)), (esc + "[11~", .function(1)), (esc, .escape),
    ]
    private static let esc = "\u{1B}"
}
