import ArgumentParser
import CursesTerminal
import ForeignText

/// The program: one subcommand a file.
@main
struct HeadroomCommand: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "headroom",
        abstract: "How attention heads share keys and values, measured in your terminal.",
        discussion: """
            EXAMPLES
              headroom memory                        GPT-3 with 8 K/V heads, 1,024 tokens
              headroom memory --model llama3-8b --tokens 8192
              headroom models deepseek               models whose name holds a text
            """,
        version: version,
        subcommands: [
            LearnCommand.self, NotesCommand.self, PresentCommand.self, FollowCommand.self,
            RenderCommand.self,
            RecordCommand.self, MemoryCommand.self, ModelsCommand.self, BenchCommand.self,
            RaceCommand.self, GenerateCommand.self, PerplexityCommand.self, VerifyCommand.self,
            NewCommand.self, LintCommand.self, ManualCommand.self,
        ], defaultSubcommand: LearnCommand.self)

    /// Runs the command line. Whatever goes wrong is one line on stderr, never the usage.
    static func main() {
        LineTerminal.allowQuitting()
        var command: any ParsableCommand
        do {
            try Self.checkMarks(CommandLine.arguments)
            try Self.checkHelp(Array(CommandLine.arguments.dropFirst()))
            command = try parseAsRoot()
        } catch {
            // The parser starts its messages with a capital, which reads oddly behind "headroom:".
            let text = message(for: error)
            end(with: error, saying: text.prefix(1).lowercased() + text.dropFirst())
        }
        do {
            try command.run()
            try flushOutput()
        } catch { end(with: error, saying: message(for: error)) }
    }

    /// The parser compares arguments with names, and so do commands.
    private static func checkMarks(_ arguments: [String]) throws {
        if let number = arguments.firstIndex(where: { !$0.isStreamSafe }) {
            throw ValidationError(
                "argument \(number) has more than \(MarkRun.longest) marks on one character")
        }
    }

    /// The parser answers help for a command that there is not with help for all.
    private static func checkHelp(_ arguments: [String]) throws {
        guard arguments.first == "help", let name = arguments.dropFirst().first,
            !name.hasPrefix("-")
        else { return }
        let names = configuration.subcommands.compactMap { $0.configuration.commandName }
        guard names.contains(name) else {
            throw ValidationError(
                "no command '\(name)'; the commands are \(names.joined(separator: ", "))")
        }
    }

    /// Ends the process: help and version on stdout with status 0, a bad argument as one line with
    /// status 64, an `ExitCode` silently with its own status, anything else as one line with
    /// status 1.
    private static func end(with error: any Error, saying message: String) -> Never {
        let code = exitCode(for: error)
        if code.isSuccess {
            print(fullMessage(for: error))
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
