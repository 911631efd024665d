import TerminalCanvas

/// What the user wants of the terminal.
package struct TerminalOptions: Hashable, Sendable {
    /// How many colours may be used.
    package enum Colour: Hashable, Sendable {
        /// As many as the terminal has; none where NO_COLOR is set to something.
        case auto
        /// None, whatever the terminal has.
        case never
        /// These, or what the terminal has where that is less.
        case palette(Palette)
    }

    var colour: Colour
    /// The background; nil where the terminal is asked for it.
    var theme: Theme?
    /// Whether mouse reports are asked for. While they are, the terminal's own selection needs
    /// Shift held down.
    var mouse: Bool
    /// Plain ASCII also where the locale has more.
    var ascii: Bool

    /// What a terminal gives by itself, where nothing else is asked for.
    package init(
        colour: Colour = .auto, theme: Theme? = nil, mouse: Bool = true, ascii: Bool = false
    ) {
        self.colour = colour
        self.theme = theme
        self.mouse = mouse
        self.ascii = ascii
    }
}

/// Why there is no terminal to draw on. Nothing has been written when one of these is thrown.
package enum TerminalFailure: Error, Hashable, Sendable {
    /// Keys would come from a file or a pipe.
    case inputIsNoTerminal
    /// Screens would go to a file or a pipe.
    case outputIsNoTerminal
    /// TERM is not set, or empty.
    case noTerminalType
    /// No terminal of this name is known here.
    case unknownTerminalType(String)
    /// A terminal of this type cannot place its cursor: "dumb", or one that prints on paper.
    case unfitTerminalType(String)
    /// The system gave no pipe, or ncurses no screen.
    case noResources
}
