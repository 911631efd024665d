import ArgumentParser
import CursesTerminal
import TerminalCanvas

/// How a terminal is used by the commands that take it over.
struct ScreenOptions: ParsableArguments {
    @Flag(help: "Draw with plain ASCII.")
    var ascii = false

    @Option(help: "How many colours.")
    var color = ColourChoice.auto

    @Option(help: "The background; auto is as the terminal reports.")
    var theme = ThemeChoice.auto

    @Option(help: "Whether the mouse moves sliders.")
    var mouse = MouseChoice.on

    @Flag(help: "Report what runs only when it begins and ends.")
    var reduceMotion = false

    /// Takes the terminal over; where there is none that can show the course, says so and ends
    /// with status 69.
    func terminal() throws -> CursesTerminal {
        do throws(TerminalFailure) { return try open() } catch { throw end(for: error) }
    }

    /// Takes the terminal over. Throws why there is none.
    func open() throws(TerminalFailure) -> CursesTerminal {
        try CursesTerminal(
            TerminalOptions(
                colour: color.colour, theme: theme.theme, mouse: mouse == .on, ascii: ascii))
    }

    /// Says why there is no terminal, for ending with status 69.
    func end(for failure: TerminalFailure) -> ExitCode {
        writeErrorLine(failure.message)
        return CommandStatus.noTerminal.code
    }
}

enum ColourChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, never
    case eight = "8"
    case sixteen = "16"
    case many = "256"

    var colour: TerminalOptions.Colour {
        switch self {
        case .auto: .auto
        case .never: .never
        case .eight: .palette(.colours8)
        case .sixteen: .palette(.colours16)
        case .many: .palette(.colours256)
        }
    }
}

enum ThemeChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, dark, light

    /// The background; nil where it is not said.
    var theme: Theme? {
        switch self {
        case .auto: nil
        case .dark: .dark
        case .light: .light
        }
    }
}

enum MouseChoice: String, ExpressibleByArgument, CaseIterable {
    case on, off
}
