import CursesTerminal

extension TerminalFailure {
    /// What is wrong and what would be right, in one line.
    var message: String {
        switch self {
        case .inputIsNoTerminal:
            "the course needs a terminal to read keys from; 'headroom render' prints a screen"
        case .outputIsNoTerminal:
            "the course needs a terminal to draw on; 'headroom learn --plain' prints it as text"
        case .noTerminalType:
            "TERM is not set; set it to your terminal's type, as in TERM=xterm-256color"
        case .unknownTerminalType(let name):
            "no terminal of type '\(name)' is known here; try TERM=xterm-256color"
        case .unfitTerminalType(let name):
            "a terminal of type '\(name)' cannot show the course's screens"
        case .noResources: "the terminal could not be opened"
        }
    }

    /// Where the course goes on as text: what is said about it on stderr. Whoever gives commands
    /// from a pipe or file knows, and is told nothing. nil where the course ends instead: without a
    /// screen to read on, nobody would know that it waits for commands.
    var plainNotice: String? {
        switch self {
        case .inputIsNoTerminal: ""
        case .noTerminalType, .unknownTerminalType, .unfitTerminalType:
            "\(message); the course goes on as text"
        case .outputIsNoTerminal, .noResources: nil
        }
    }
}
