import CNcurses
import TerminalCanvas

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What there is to know about standard input and output where text is only printed line by line.
package enum LineTerminal {
    /// The characters to print: ASCII where the locale or the user wants no more. Takes the
    /// environment's locale for the whole process.
    package static func glyphs(ascii: Bool) -> Glyphs {
        Environment.adoptLocale() && !ascii ? .unicode : .ascii
    }

    /// The columns of the terminal that standard output is; nil where it is none.
    package static var width: Int? { size?.width }

    /// Columns and rows of the terminal that standard output is; nil where it is none.
    package static var size: Size? {
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        var width: Int32 = 0
        var height: Int32 = 0
        return headroom_terminal_size(&width, &height)
            ? Size(width: Int(width), height: Int(height)) : nil
    }

    /// What every command does about signals, to be called first: Ctrl-\ and its signal end the
    /// process, instead of asking for a report of a crash, and a limit on the size of files does
    /// not; what is written beyond it fails.
    package static func settleSignals() { headroom_settle_signals() }

    /// Whether somebody types at a terminal and reads on one.
    package static var isInteractive: Bool {
        isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    }

    /// Waits until something can be read from one of some descriptors, or for so many milliseconds,
    /// without an end where they are negative; from which of them.
    package static func waitToRead(_ descriptors: [Int32], milliseconds: Int32) -> [Bool] {
        let ready = headroom_wait_to_read(descriptors, Int32(descriptors.count), milliseconds)
        return descriptors.indices.map { ready >> $0 & 1 == 1 }
    }

    /// Waits until a descriptor can be written to.
    package static func waitToWrite(_ descriptor: Int32) {
        _ = headroom_wait_to_write(descriptor, -1)
    }
}
