import Foundation
import Testing

/// A shell in a real terminal of its own, looked at by its screen.
///
/// Each session has its own server, so that tests never meet. Nothing here waits for a time: keys
/// are sent, and the screen is looked at whenever it has changed, until it is as expected.
final class TmuxSession {
    private let name = "t"
    private let folder: TestFolder
    private let control: TmuxControl

    init(columns: Int = 80, rows: Int = 24, environment: [String: String] = [:], folder: TestFolder)
        throws
    {
        self.folder = folder
        let shell =
            ["env", "-i"]
            + folder.environment.merging(["TERM": "tmux-256color", "PS1": "$ "]) { $1 }
            .merging(environment) { $1 }.map { "\($0)=\($1)" }
            + ["bash", "--norc", "--noprofile", "-i"]
        control = try TmuxControl(
            ["new-session", "-x", "\(columns)", "-y", "\(rows)", "-s", name] + shell,
            server: name,
            environment: folder.environment.merging(["TMUX_TMPDIR": folder.url.path]) { $1 })
        try wait("a prompt") { $0.first == "$" }
    }

    // MARK: Keys

    /// Types a line at the prompt.
    func type(_ line: String) throws {
        try control.run(["send-keys", "-t", name, "-l", line])
        try send("Enter")
    }

    /// Presses keys by tmux's names.
    func send(_ keys: String...) throws {
        try control.run(["send-keys", "-t", name] + keys)
    }

    /// Sends bytes in one write, as a terminal would.
    func send(bytes: some Sequence<UInt8>) throws {
        try control.run(["send-keys", "-t", name, "-H"] + bytes.map { String($0, radix: 16) })
    }

    // MARK: Screen

    /// The rows without the blanks at their ends and without the empty ones at the end.
    func screen() throws -> [String] {
        Self.trimmed(try control.run(["capture-pane", "-p", "-t", name]))
    }

    static func trimmed(_ lines: [String]) -> [String] {
        var lines = lines.map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }
        while lines.last == "" { lines.removeLast() }
        return lines
    }

    /// Looks until the screen is as it should be.
    @discardableResult
    func wait(
        _ what: String, seconds: Double = 30, sourceLocation: SourceLocation = #_sourceLocation,
        until condition: ([String]) -> Bool
    ) throws -> [String] {
        let end = Date(timeIntervalSinceNow: seconds)
        var last = try screen()
        while !condition(last) {
            try #require(
                Date() < end, "\(what); the screen was:\n\(last.joined(separator: "\n"))",
                sourceLocation: sourceLocation)
            control.waitForNews()
            last = try screen()
        }
        return last
    }

    /// The screen once it stays as it is.
    func settled() throws -> [String] {
        var last = try screen()
        while true {
            control.waitForNews()
            let next = try screen()
            if next == last { return last }
            last = next
        }
    }

    /// Looks until the screen is the one that `headroom render` prints.
    func wait(
        forRender arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try wait(
            for: Rendered.screen(arguments), "render \(arguments.joined(separator: " "))",
            sourceLocation: sourceLocation)
    }

    /// Looks until the screen is this one.
    func wait(
        for screen: String, _ what: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let expected = Self.trimmed(
            screen.split(
                separator: "\n", omittingEmptySubsequences: false
            ).map(String.init))
        try #require(!expected.isEmpty, sourceLocation: sourceLocation)
        try wait("\(what):\n\(screen)", sourceLocation: sourceLocation) { $0 == expected }
    }

    /// Looks until the program is on the screen.
    @discardableResult
    func waitForHeadroom(sourceLocation: SourceLocation = #_sourceLocation) throws -> [String] {
        try wait("the program's title", sourceLocation: sourceLocation) {
            $0.first?.contains("Headroom") == true
        }
    }

    /// Looks until the shell answers again, and the terminal is as a shell wants it.
    func waitForShell(sourceLocation: SourceLocation = #_sourceLocation) throws {
        try wait("the prompt", sourceLocation: sourceLocation) { $0.last == "$" }
        #expect(try isGivenBack(), sourceLocation: sourceLocation)
    }

    // MARK: Terminal

    func resize(columns: Int, rows: Int) throws {
        try control.run(["resize-window", "-t", name, "-x", "\(columns)", "-y", "\(rows)"])
    }

    /// Other screen left, mouse off, cursor visible, keypad and cursor keys as ever.
    func isGivenBack() throws -> Bool {
        try flags(
            "alternate_on", "mouse_any_flag", "mouse_sgr_flag", "cursor_flag",
            "keypad_cursor_flag", "keypad_flag") == ["0", "0", "0", "1", "0", "0"]
    }

    func flags(_ names: String...) throws -> [String] {
        let format = names.map { "#{\($0)}" }.joined(separator: " ")
        return try control.run(["display-message", "-p", "-t", name, format]).joined(separator: " ")
            .split(whereSeparator: \.isWhitespace).map(String.init)
    }
}
