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
        case .success: "Success."
        case .failure:
            "Something failed; for lint, a lesson has an error; for verify, the attention is wrong."
        case .wrongArgument: "An argument is wrong."
        case .wrongFile: "A file is not valid."
        case .noFile: "A file cannot be opened."
        case .noTerminal: "No terminal that can show a screen, where text will not do."
        case .noResources: "Not enough memory or threads available."
        case .fileNotWritten: "A file cannot be written."
        case .outputNotWritten: "The output cannot be written."
        }
    }

    /// Ends the command without a word, for what was said already.
    var code: ExitCode { ExitCode(rawValue) }
}
