import Foundation
import TestSupport
import Testing

@testable import headroom

/// What the program says of itself: its commands, and the help of each.
enum ProgramHelp {
    /// The commands that `headroom --help` lists.
    static let commands: [String] = {
        let lines = (try? Program.run("--help").lines) ?? []
        return lines.drop { $0 != "SUBCOMMANDS:" }.compactMap { line in
            // A command stands two spaces in; what is said of it goes on deeper.
            guard line.hasPrefix("  "), !line.hasPrefix("   ") else { return nil }
            return line.split(separator: " ").first.map(String.init)
        }.filter { $0 != "See" && $0 != "help" }
    }()

    /// The lines of every command's help, and of the program's own under "".
    private static let all: [String: [String]] = Dictionary(
        uniqueKeysWithValues: ([""] + commands).map { command in
            let arguments = command.isEmpty ? ["--help"] : ["help", command]
            return (command, (try? Program.run(arguments).lines) ?? [])
        })

    static func lines(_ command: String) -> [String] { all[command] ?? [] }

    /// The command lines below EXAMPLES, without what is said of them.
    static func examples(_ command: String) -> [String] {
        lines(command).drop { $0.trimmingCharacters(in: .whitespaces) != "EXAMPLES" }
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0 == "headroom" || $0.hasPrefix("headroom ") || $0.contains("| headroom ") }
            .map { $0.components(separatedBy: "  ")[0] }
    }

    /// The options that a command's help names.
    static func options(_ command: String) -> Set<String> {
        Set(
            lines(command).filter { $0.hasPrefix("  -") }.flatMap { line in
                // Behind two spaces stands what is said of it, which may name others.
                line.dropFirst(2).components(separatedBy: "  ")[0].split { " ,/".contains($0) }.map(
                    String.init
                ).filter { $0.hasPrefix("--") }
            })
    }
}

@Suite("The help of every command")
struct HelpTests {
    @Test("there are commands to be helped with")
    func commands() {
        #expect(
            Set(ProgramHelp.commands).isSuperset(of: [
                "learn", "render", "record", "memory", "models", "bench", "race", "generate",
                "perplexity", "new", "lint", "manual",
            ]))
    }

    @Test(
        "has examples, fits 80 columns and is the same behind --help",
        arguments: [""] + ProgramHelp.commands)
    func form(command: String) throws {
        let lines = ProgramHelp.lines(command)
        #expect(ProgramHelp.examples(command) != [])
        #expect(lines.filter { $0.count > 80 || $0.contains(/<[A-Za-z]/) } == [])
        if !command.isEmpty { #expect(try Program.run(command, "--help").lines == lines) }
    }

    /// Every example, those of a command with files or of long work made to run here.
    fileprivate static func examples(needTerminal: Bool) -> [String] {
        Set(([""] + ProgramHelp.commands).flatMap(ProgramHelp.examples)).sorted().filter {
            let words = $0.split(separator: " ").map(String.init)
            let isOnTerminal =
                words.count == 1
                || words[0] == "headroom" && ["learn", "present", "follow"].contains(words[1])
                    && !words.contains("--plain")
            return isOnTerminal == needTerminal
        }.map { line in
            if line.hasPrefix("headroom race") { return line + " --steps 5" }
            if line.hasPrefix("headroom bench") { return line + " --tokens 64 --heads 4" }
            return line.replacingOccurrences(of: "| man -l -", with: "| cat")
                .replacingOccurrences(of: "--gguf model.gguf", with: "--model llama3-8b")
                .replacingOccurrences(of: "/tmp/class", with: "class")
                .replacingOccurrences(of: "lessons --watch", with: "lessons")
        }
    }

    @Test("has only examples that run", arguments: examples(needTerminal: false))
    func examplesRun(line: String) throws {
        let folder = try TestFolder()
        let config = """
            {"model_type": "llama", "num_hidden_layers": 32, "hidden_size": 4096,
            "num_attention_heads": 32, "num_key_value_heads": 8}
            """
        try config.write(
            to: folder.url.appendingPathComponent("config.json"), atomically: true, encoding: .utf8)
        let attention = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/right-f32-causal.safetensors")
        try FileManager.default.copyItem(
            at: attention, to: folder.url.appendingPathComponent("mine.safetensors"))
        try FileManager.default.copyItem(
            at: GGUFParts.smallFile, to: folder.url.appendingPathComponent("model.gguf"))
        try " the heads".write(
            to: folder.url.appendingPathComponent("prompt.txt"), atomically: true, encoding: .utf8)
        // Whoever listens by line listens until the course that is shared is over.
        if line.hasPrefix("headroom follow") {
            let over = #"{"lesson":"gqa","step":"x","units":"both","scroll":0,"isOver":true}"#
            try Data(over.utf8).write(to: folder.url.appending(path: "class"))
        }
        if line.hasPrefix("headroom class") {
            try Data("{}".utf8).write(to: folder.url.appending(path: "class"))
            _ = try AnswersFolder.make(beside: folder.url.appending(path: "class").path)
        }
        let program = try Program.shell(
            """
            set -eo pipefail
            cd '\(folder.url.path)'
            export HOME="$PWD/home"
            \(line.contains("lessons") ? "\"$headroom\" new lessons > /dev/null" : "")
            headroom() { "$headroom" "$@"; }
            \(line)
            """)
        // An attention that is checked with the wrong mask is a mistake that is named: 1.
        let isRight = program.status == 0 || program.status == 1 && line.contains(" verify ")
        #expect(isRight, "\(line): \(program.errors)")
    }
}

extension RealTerminal {
    @Suite("The examples that take a terminal")
    struct TerminalExamples {
        @Test("run", arguments: HelpTests.examples(needTerminal: true))
        func run(line: String) throws {
            let folder = try TestFolder()
            let session = try TmuxSession(folder: folder)
            let course = line.contains("my-course") ? "\"$headroom\" new my-course >/dev/null;" : ""
            try session.type("cd \(folder.url.path); \(course) clear")
            try session.type("headroom() { \"$headroom\" \"$@\"; }; \(line)")
            try session.wait("its footer") { $0.last?.contains("q quit") == true }
            try session.send("q")
            try session.waitForShell()
        }
    }
}

@Suite("What is not there")
struct MissingThingsTests {
    @Test(
        "is one line with the status that the manual gives it",
        arguments: [
            (
                ["help", "zzzz"], 64,
                "no command 'zzzz'; the commands are "
                    + ProgramHelp.commands.joined(separator: ", ")
            ),
            (["help", "memroy"], 64, "no command 'memroy'; did you mean 'memory'?"),
            (["lern"], 64, "no lesson or command 'lern'; did you mean 'learn'?"),
            (["learn", "gqq"], 64, "no lesson or command 'gqq'; did you mean 'gqa'?"),
            (
                ["render", "gqa", "--step", "half-a-g"], 64,
                "--step half-a-g: lesson 'gqa' has steps 1 to 14; did you mean 'half-of-g'?"
            ),
            (["learn", "--ver"], 64, "unknown option '--ver'"),
            (["learn", "--pace", "2"], 64, "--pace needs --auto"),
            (["lint", "/nope"], 66, "/nope: not a folder of lessons: no such file or directory"),
            (
                ["learn", "--lessons", "/nope"], 66,
                "/nope: not a folder of lessons: no such file or directory"
            ),
            (
                ["lint", "/etc/passwd"], 66,
                "/etc/passwd: not a folder of lessons: not a directory"
            ),
            (["new", "/dev/null/x"], 73, "'/dev/null/x' cannot be created: not a directory"),
            (
                ["render", "--", "-9223372036854775808"], 64,
                "no lesson or command '-9223372036854775808'; the lessons are start, kv-cache, "
                    + "mha, mqa, gqa, compare, question, mla, real; 'headroom --help' lists the commands"
            ),
            (
                ["learn", "gqa", "--model", "nope"], 64,
                "no model 'nope' (headroom models lists them)"
            ),
        ] as [([String], Int32, String)])
    func statuses(arguments: [String], status: Int32, words: String) throws {
        let program = try Program.run(arguments)
        #expect(program.status == status, "\(arguments)")
        #expect(program.errors == "headroom: \(words)\n")
        #expect(program.output == "")
    }
}
