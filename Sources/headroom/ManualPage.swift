import CoursePlain
import CourseScreens
import Foundation

/// The manual page in roff with the macros of man(7), made from what ArgumentParser knows of the
/// commands.
struct ManualPage {
    let text: String

    /// - Parameter toolInfo: ArgumentParser's description of the program, in JSON.
    init(toolInfo: String, version: String, day: String) throws {
        let root = try JSONDecoder().decode(Tool.self, from: Data(toolInfo.utf8)).command
        let commands = (root.subcommands ?? []).filter { $0.commandName != "help" }
        var lines =
            [
                ".TH HEADROOM 1 \(day) \"headroom \(version)\" \"User Commands\"",
                ".SH NAME",
            ] + Self.filled("headroom - " + (root.abstract ?? ""))
        lines += [
            ".SH SYNOPSIS", ".B headroom", ".RI [ command \" ...]\"",
            ".SH DESCRIPTION", "Without a command it is", "\\fBheadroom learn\\fR.",
        ]
        lines += Self.discussion(root.discussion)
        lines.append(".SH COMMANDS")
        for command in commands { lines += Self.section(command) }
        lines += [".SH OPTIONS"] + Self.general
        lines += Self.terms("KEYS", CourseApp.helpOfKeys.map { ($0.keys, $0.help + ".") })
        lines += Self.terms("PLAIN COMMANDS", PlainCourse.commands.map { ($0.usage, $0.help) })
        lines += Self.prose + Self.environment + Self.files + Self.status
        lines += [".SH SEE ALSO", "\\fBterminfo\\fR(5), \\fBncurses\\fR(3), \\fBasciinema\\fR(1)"]
        text = lines.joined(separator: "\n")
    }

    // MARK: Parts

    private static func section(_ command: Command) -> [String] {
        let arguments = (command.arguments ?? []).filter { $0.shouldDisplay && !$0.isGeneral }
        let synopsis = arguments.map(\.synopsis).joined(separator: " ")
        return [".SS \"headroom \(command.commandName)\""] + filled(command.abstract ?? "")
            + (synopsis.isEmpty
                ? []
                : [".PP"]
                    + filled("\\fBheadroom \(command.commandName)\\fR \(synopsis)", escaped: false))
            + arguments.flatMap { [".TP", $0.heading] + filled($0.sentence) }
            + discussion(command.discussion)
    }

    /// A discussion as it stands in the help, line by line.
    private static func discussion(_ text: String?) -> [String] {
        guard let text, !text.isEmpty else { return [] }
        return [".PP", ".nf"]
            + text.split(separator: "\n", omittingEmptySubsequences: false).map {
                escaped(String($0))
            } + [".fi"]
    }

    private static let general = [
        ".TP", "\\fB\\-h\\fR, \\fB\\-\\-help\\fR", "Show help, also after a command.",
        ".TP", "\\fB\\-\\-version\\fR", "Show the version.",
        ".TP", "\\fB\\-\\-generate\\-completion\\-script\\fR \\fIshell\\fR",
        "Print completions for bash, zsh or fish.",
    ]

    private static let environment = terms(
        "ENVIRONMENT",
        [
            ("HEADROOM_LESSONS", "A folder with another course."),
            (
                "HEADROOM_PLAIN",
                "If set, not empty and not 0, the course is running text, as with --plain."
            ),
            ("HEADROOM_GGUF", "A model's file, for the lesson on a real model."),
            (
                "HF_HUB_CACHE, HF_HOME, LLAMA_CACHE, OLLAMA_MODELS",
                "Where that lesson looks for models' files, besides where programs keep them; "
                    + "the first two also for memory."
            ),
            ("XDG_STATE_HOME", "The folder whose subfolder headroom keeps progress."),
            (
                "XDG_CACHE_HOME",
                "The folder whose subfolder headroom keeps what can be computed again."
            ),
            (
                "HOME",
                "Its .local/state and .cache replace XDG_STATE_HOME and XDG_CACHE_HOME where "
                    + "those are not set."
            ),
            ("VISUAL, EDITOR", "The editor for notes."),
            ("TERM", "The terminal's type."),
            ("LC_ALL, LC_CTYPE, LANG", "Whether characters beyond ASCII are drawn."),
            ("NO_COLOR", "If set and not empty, no colours."),
            (
                "COLORFGBG",
                "The numbers of the foreground's and, last, the background's colour, for a "
                    + "terminal that does not report its background."
            ),
            (
                "ESCDELAY",
                "Milliseconds until Esc counts as a key of its own (default: 25)."
            ),
        ])

    private static let files =
        terms(
            "FILES",
            [
                (
                    "$XDG_STATE_HOME/headroom/progress.json",
                    "Progress through the course, or ~/.local/state/headroom/progress.json."
                ),
                ("progress-*.json", "Beside it, progress through the courses of folders."),
                ("race.json, race-widened.json", "Beside it, the races trained on this machine."),
                ("class.json", "Beside it, which classes you send answers to, and under which id."),
                (
                    "FILE.answers",
                    "Beside the file of present --share, what students answered: one file each, "
                        + "readable by whoever shares. May be deleted; a class then begins anew."
                ),
                (
                    KeptCopy.allCases.map { "*.\($0.rawValue)-*" }.joined(separator: ", "),
                    "Beside any of these, copies: of what could not be read, what another program "
                        + "has replaced, and what could not be saved, which the next start takes "
                        + "in. May be deleted."
                ),
                (
                    "$XDG_CACHE_HOME/headroom/moments-*",
                    "What texts left in models' layers, for generate and perplexity; or in "
                        + "~/.cache/headroom. May be deleted."
                ),
            ]) + [".PP"] + filled(keeping)

    private static let status =
        terms(
            "EXIT STATUS", CommandStatus.allCases.map { (String($0.rawValue), $0.meaning) }
        ) + [".PP"] + filled(signals)

    /// A section that says what each of some terms is.
    private static func terms(_ title: String, _ terms: [(String, String)]) -> [String] {
        [".SH \(title)"] + terms.flatMap { [".TP", escaped($0)] + filled($1) }
    }

    /// Text that roff fills, in lines that are short where they are edited, too.
    static func filled(_ text: String, escaped isEscaped: Bool = true) -> [String] {
        wrapped(text, width: 70).map { isEscaped ? escaped($0) : $0 }
    }

    /// Text that roff prints as it is: no escapes, no requests, hyphens that can be copied.
    static func escaped(_ text: String) -> String {
        let escaped = text.replacingOccurrences(of: "\\", with: "\\e")
            .replacingOccurrences(of: "-", with: "\\-")
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }
}

// MARK: ArgumentParser's description

private struct Tool: Decodable { let command: Command }

private struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let subcommands: [Command]?
    let arguments: [Argument]?
}

private struct Argument: Decodable {
    struct Name: Decodable {
        let kind: String
        let name: String

        var text: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: String
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let abstract: String?

    /// Said once for all commands.
    var isGeneral: Bool { (names ?? []).contains { ["help", "version"].contains($0.name) } }

    private var option: String {
        (names ?? []).map { "\\fB\(ManualPage.escaped($0.text))\\fR" }.joined(separator: ", ")
    }

    private var value: String { "\\fI\(ManualPage.escaped(valueName ?? "value"))\\fR" }

    /// "[--step N]"
    var synopsis: String {
        let plain =
            switch kind {
            case "positional": value + (isRepeating ? "..." : "")
            case "flag": option
            default: option + " " + value
            }
        return isOptional ? "[\(plain)]" : plain
    }

    var heading: String {
        switch kind {
        case "positional": value
        case "flag": option
        default: option + " " + value
        }
    }

    var sentence: String {
        let text = abstract ?? ""
        guard let defaultValue, kind == "option" else { return text }
        return "\(text) (default: \(defaultValue))"
    }
}
