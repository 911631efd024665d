import ArgumentParser

/// The statuses that the program ends with: those of sysexits.h, and 1.
enum CommandStatus: Int32, CaseIterable {
    case success = 0
    case failure = 1
    case wrongArgument = 64
    case wrongFile = 65
    case noFile = 66
    case noTerminal = 69
    case noResources = 71
    case fileNotWritten = 73
    case outputNotWritten = 74

    /// As a sentence of the manual page.
    var meaning: String {
        switch self {
        case .success: "All is well."
        case .failure:
            "Something failed; of lint, a lesson has an error; of verify, the attention is wrong."
        case .wrongArgument: "An argument is wrong."
        case .wrongFile: "A file is not what it should be."
        case .noFile: "A file cannot be opened."
        case .noTerminal: "No terminal that can show a screen, where no text will do instead."
        case .noResources: "The system gives too little memory, or too few threads."
        case .fileNotWritten: "A file cannot be written."
        case .outputNotWritten: "The output cannot be written."
        }
    }

    /// Ends the command without a word, for what was said already.
    var code: ExitCode { ExitCode(rawValue) }
}
