import Foundation
import Testing

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

    static func lines(_ command: String) throws -> [String] {
        try Program.run(command.isEmpty ? ["--help"] : ["help", command]).lines
    }

    /// The command lines below EXAMPLES, without what is said of them.
    static func examples(_ command: String) throws -> [String] {
        try lines(command).drop { $0.trimmingCharacters(in: .whitespaces) != "EXAMPLES" }
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0 == "headroom" || $0.hasPrefix("headroom ") }
            .map { $0.components(separatedBy: "  ")[0] }
    }

    /// The options that a command's help names.
    static func options(_ command: String) throws -> Set<String> {
        Set(
            try lines(command).filter { $0.hasPrefix("  -") }.flatMap { line in
                line.split { " ,/".contains($0) }.map(String.init).filter { $0.hasPrefix("--") }
            })
    }
}

@Suite("The help of every command")
struct HelpTests {
    @Test("there are commands to be helped with")
    func commands() {
        #expect(
            Set(ProgramHelp.commands).isSuperset(of: [
                "learn", "render", "record", "memory", "models", "bench", "race", "new", "lint",
                "manual",
            ]))
    }

    @Test(
        "has examples, fits 80 columns and is the same behind --help",
        arguments: [""] + ProgramHelp.commands)
    func form(command: String) throws {
        let lines = try ProgramHelp.lines(command)
        // The line of usage is the parser's own.
        let wide = lines.filter { $0.count > 80 && !$0.hasPrefix("USAGE: ") }
        #expect(try !ProgramHelp.examples(command).isEmpty)
        #expect(wide == [])
        if !command.isEmpty { #expect(try Program.run(command, "--help").lines == lines) }
    }

    /// Examples that need neither a terminal nor a file of the reader's own, shortened where they would train or measure for long.
    private static func runnable() throws -> [String] {
        let onScreen: Set<String> = ["learn", "present", "follow"]
        let files = ["config.json", "model.gguf", "mine.safetensors"]
        return try ([""] + ProgramHelp.commands.filter { !onScreen.contains($0) })
            .flatMap(ProgramHelp.examples)
            .filter { line in
                line != "headroom" && !line.hasPrefix("headroom learn")
                    && !files.contains { line.contains($0) }
            }
            .map { line in
                switch line.split(separator: " ")[1] {
                case "race": line + " --steps 5"
                case "bench": line + " --tokens 64 --heads 4"
                default: line.replacingOccurrences(of: "| man -l -", with: "| cat")
                }
            }
    }

    @Test("has only examples that run", arguments: try runnable())
    func examplesRun(line: String) throws {
        let folder = try TestFolder()
        let program = try Program.shell(
            """
            set -eo pipefail
            cd '\(folder.url.path)'
            "$headroom" new lessons > /dev/null
            headroom() { "$headroom" "$@"; }
            \(line)
            """)
        #expect(program.status == 0, "\(line): \(program.errors)")
    }
}

extension RealTerminal {
    @Suite("The examples of headroom learn")
    struct LearnExamples {
        @Test(
            "run",
            arguments: try (ProgramHelp.examples("") + ProgramHelp.examples("learn")).filter {
                $0 == "headroom" || $0.hasPrefix("headroom learn") && !$0.hasSuffix("--plain")
            })
        func run(line: String) throws {
            let folder = try TestFolder()
            let session = try TmuxSession(folder: folder)
            try session.type("cd \(folder.url.path); \"$headroom\" new my-course >/dev/null; clear")
            try session.type("headroom() { \"$headroom\" \"$@\"; }; \(line)")
            try session.waitForHeadroom()
            try session.send("q")
            try session.waitForShell()
        }
    }
}
