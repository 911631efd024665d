import CNcurses
import TerminalCanvas

/// What is known of the terminal, and of the characters it may show, without taking it over.
package struct TerminalDescription: Sendable {
    /// What the description of its type says of it.
    package enum Kind: Sendable {
        /// It can show a screen.
        case usable
        /// No description of such a type is installed, or TERM is not set.
        case unknown
        /// It cannot place its cursor.
        case unfit
    }

    /// Its TERM; nil where that is not set.
    package let type: String?
    /// What its description says of it.
    package let kind: Kind
    /// 0 where it has none.
    package let colours: Int
    /// Columns and rows; nil where standard output is no terminal.
    package let size: Size?
    /// Whether the environment's characters are UTF-8.
    package let hasUTF8: Bool

    /// Of the terminal of this process. Takes the environment's locale for the whole process.
    package init() {
        type = Environment.value(of: "TERM")
        kind =
            switch type.map({ headroom_terminal_kind_of($0) }) {
            case headroom_terminal_usable: .usable
            case headroom_terminal_unfit: .unfit
            default: .unknown
            }
        colours = type.map { Int(headroom_terminal_colours_of($0)) } ?? 0
        (size, hasUTF8) = (LineTerminal.size, Environment.adoptLocale())
    }
}
