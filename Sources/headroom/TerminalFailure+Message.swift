import CursesTerminal

extension TerminalFailure {
    /// What is wrong and what would be right, in one line.
    var message: String {
        switch self {
        case .inputIsNoTerminal:
            "the course needs a terminal to read keys from; 'headroom render' prints a screen"
        case .outputIsNoTerminal:
            "the course needs a terminal to draw on; 'headroom render' prints a screen"
        case .noTerminalType: "TERM is not set; set it to your terminal's type, as in TERM=xterm"
        case .unknownTerminalType(let name):
            "no terminal of type '\(name)' is known here; set TERM to one that is, as in TERM=xterm"
        case .unfitTerminalType(let name):
            "a terminal of type '\(name)' cannot show the course; 'headroom render' prints a screen"
        case .noResources: "the terminal could not be opened"
        }
    }
}
