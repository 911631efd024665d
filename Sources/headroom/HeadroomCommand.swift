import ArgumentParser
import AttentionEngine
import CArguments
import CursesTerminal
import ForeignText
import Lessons

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The program: one subcommand a file.
@main
struct HeadroomCommand: ParsableCommand {
    static let version = "0.1.0"
    /// The day of that version, as the manual page tells it.
    static let day = "2026-11-30"

    /// "0.1.0 (2ebd959c1a)", without what is not known.
    static let versionAndCommit =
        version + (EmbeddedCourse.commit.isEmpty ? "" : " (\(EmbeddedCourse.commit.prefix(10)))")

    static let configuration = CommandConfiguration(
        commandName: "headroom",
        abstract: "How attention heads share keys and values, measured in your terminal.",
        discussion: """
            EXAMPLES
              headroom                               the course, where you left it
              headroom learn --plain                 as text, for screen readers
              headroom memory                        GPT-3 with 8 K/V heads, 1,024 tokens
              headroom memory --model llama3-8b --tokens 8192
              headroom models deepseek               models whose name contains a text
            """,
        version: versionAndCommit,
        subcommands: [
            LearnCommand.self, LessonsCommand.self, NotesCommand.self, ProgressCommand.self,
            PresentCommand.self, FollowCommand.self, ClassCommand.self, RenderCommand.self,
            RecordCommand.self,
            MemoryCommand.self, ModelsCommand.self, BenchCommand.self,
            RaceCommand.self, GenerateCommand.self, PerplexityCommand.self, LooksCommand.self,
            VerifyCommand.self, NewCommand.self, LintCommand.self, DoctorCommand.self,
            JSONCommand.self, ManualCommand.self,
        ], defaultSubcommand: LearnCommand.self)

    /// Runs the command line. Whatever goes wrong is one line on stderr, never the usage.
    static func main() {
        LineTerminal.settleSignals()
        var command: any ParsableCommand
        do {
            try requireMemory(leastMemory, besides: 1 << 25)
            try Self.checkMarks(Self.arguments)
            try Self.checkLengths(Self.arguments)
            try Self.checkHelp(Self.arguments)
            command = try parseAsRoot(Self.arguments)
        } catch {
            // The parser starts its messages with a capital, which reads oddly behind "headroom:".
            let text = HelpText.spelled(withoutFarName(message(for: error)))
            end(with: error, saying: text.prefix(1).lowercased() + text.dropFirst())
        }
        do {
            try command.run()
            try flushOutput()
        } catch { end(with: error, saying: message(for: error)) }
    }

    /// The words behind the program's name.
    static let arguments: [String] = {
        let kept = (0..<argumentCount()).compactMap { argumentAt($0) }.map { String(cString: $0) }
        return Array((kept.isEmpty ? CommandLine.arguments : kept).dropFirst())
    }()

    /// The parser and the commands look at each argument more than once. Names and numbers are no
    /// longer than a path may be, and keys to render need not be; what generate begins with is.
    private static func checkLengths(_ arguments: [String]) throws {
        guard arguments.count <= mostArguments else {
            throw ValidationError(
                "there are \(grouped(arguments.count)) arguments, and \(grouped(mostArguments)) is "
                    + "the limit")
        }
        var isPrompt = false
        for (index, argument) in arguments.enumerated() {
            isPrompt = isPrompt || argument == "--"
            let isText = arguments[0] == "generate" && (isPrompt || !argument.hasPrefix("-"))
            let count = argument.utf8.count
            guard count <= longestArgument || isText else {
                throw ValidationError(
                    "argument \(index + 1) has \(grouped(count)) bytes, and "
                        + "\(grouped(longestArgument)) is the limit: '\(shortened(argument))'")
            }
        }
    }

    /// What every command may take, but for what it is asked to compute.
    private static let leastMemory = ByteCount(64 << 20)
    private static let mostArguments = 1_000
    private static let longestArgument = 4_096

    /// The parser compares arguments with names, and so do commands.
    private static func checkMarks(_ arguments: [String]) throws {
        if let number = arguments.firstIndex(where: { !$0.isStreamSafe }) {
            throw ValidationError(
                "argument \(number + 1) has more than \(MarkRun.longest) marks on one character")
        }
    }

    /// The parser answers help for a command that there is not with help for all.
    private static func checkHelp(_ arguments: [String]) throws {
        guard arguments.first == "help", let name = arguments.dropFirst().first,
            !name.hasPrefix("-")
        else { return }
        guard names.contains(name) else {
            throw ValidationError(
                "no command '\(name)'; "
                    + (nearest(name, in: names).map { "did you mean '\($0)'?" }
                        ?? "the commands are \(names.joined(separator: ", "))"))
        }
    }

    /// The commands' names.
    static var names: [String] {
        configuration.subcommands.compactMap { $0.configuration.commandName }
    }

    /// The parser's message without the option that it suggests where that is not near what was
    /// typed: it suggests the nearest, however far.
    private static func withoutFarName(_ message: String) -> String {
        let parts = message.split(separator: "'", omittingEmptySubsequences: false).map(String.init)
        func word(_ option: String) -> String { String(option.drop { $0 == "-" }) }
        guard parts.count == 5, parts[2] == ". Did you mean ",
            nearest(word(parts[1]), in: [word(parts[3])]) == nil
        else { return message }
        return "\(parts[0])'\(parts[1])'"
    }

    /// Ends the process: help and version on stdout with status 0, a bad argument as one line with
    /// status 64, an `ExitCode` silently with its own status, anything else as one line with
    /// status 1.
    private static func end(with error: any Error, saying message: String) -> Never {
        let code = exitCode(for: error)
        if code.isSuccess {
            print(CompletionScript.settled(HelpText.settled(fullMessage(for: error))))
        } else if !(error is ExitCode) {
            let line = message.split(whereSeparator: \.isNewline)
                .map { $0.drop(while: \.isWhitespace) }.joined(separator: " ")
            writeErrorLine(line)
        }
        // A lost answer counts more than what it says; it is told once.
        let lost = CommandStatus.outputNotWritten.rawValue
        guard code.rawValue != lost else { exitProcess(lost) }
        do { try flushOutput() } catch { exitProcess(exitCode(for: error).rawValue) }
        exitProcess(code.rawValue)
    }
}
