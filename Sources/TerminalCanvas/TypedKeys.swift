extension Key {
    /// A key by its name in a line, "Left", "pgdn", "shift-tab"; a single character stands for
    /// itself.
    package init?(typed name: String) {
        let spelled = ["shift-": "S-", "ctrl-": "C-", "control-": "C-"]
        let long = spelled.first { name.lowercased().hasPrefix($0.key) }
        let short = long.map { $0.value + name.dropFirst($0.key.count) } ?? name
        guard let keys = try? KeyNotation.keys(from: short), keys.count == 1 else { return nil }
        self = keys[0]
    }
}

/// Keys that were pressed and came as what a terminal sends for them, since a line is no screen.
package enum TypedKeys {
    /// No more of one line are keys.
    private static let most = 20

    /// The keys that a line consists of; none where it holds anything else, or nothing.
    ///
    /// Keys that are text, or that a line is typed and sent with, are not meant: a line of letters
    /// is a command.
    package static func keys(in line: String) -> [Key] {
        var rest = Substring(line)
        while rest.last?.isWhitespace == true, rest.last != "\t" { rest.removeLast() }
        guard let keys = InputDecoder.keys(in: rest), keys.count <= most else { return [] }
        let isText = keys.contains { key in
            switch key {
            case .character, .control, .enter, .backspace: true
            default: false
            }
        }
        return isText ? [] : keys
    }
}
