import CNcurses
import TerminalCanvas

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The terminal the program was started in, driven by ncurses: one at a time, used on one thread.
///
/// From `init` to `close` the terminal shows canvases on its other screen, sends keys as they are
/// typed, and signals arrive as events. However the process ends, the terminal is given back; after
/// SIGKILL alone it is not. What is written to standard error in between is shown after `close`.
package final class CursesTerminal: Terminal {
    /// The characters to draw with: ASCII where the locale or the user wants no more.
    package let glyphs: Glyphs
    /// The colours in use.
    var scheme: ColourScheme
    /// Whether the terminal is to be asked for its background.
    var isToAsk: Bool
    /// When answers of the terminal are waited for no more; nil where none are to come.
    var answersEnd: ContinuousClock.Instant?
    /// Columns and rows, as of the last `resize` event.
    package internal(set) var size: Size
    /// Lets other threads end a wait for events.
    package let waker = Waker()

    let capabilities: Capabilities
    let escapeDelay: Int32
    var decoder: InputDecoder
    /// The canvas on the screen; nil when the screen is to be drawn anew.
    var shown: Canvas?
    /// Whether that canvas has other colours now.
    var isRecoloured = false
    var notices = Notices()
    /// The next event, when somebody asked whether there is one.
    var ahead: Event?
    /// When what is unfinished is given up; nil where nothing is.
    var patience: Patience?
    /// Whether input has come since patience was looked at.
    var hasInput = false
    /// When input came last.
    var inputTime = ContinuousClock.Instant.now
    var clicks = DoubleClicks()
    /// When a wait for events ends with `Event.wake` at the latest; once.
    package var alarm: ContinuousClock.Instant?
    /// The signal that asked the program to end first; a terminal that is gone counts as SIGHUP, a
    /// key that stands for a signal as none.
    var endSignal: Int32?
    /// No key will ever come again.
    var isGone = false
    /// Whether the terminal's colours have no numbers but their red, green and blue.
    let hasDirectColours: Bool
    /// The number of ncurses' colour pair for each colour, in the order of their first use.
    var pairs: [Int: Int16] = [:]
    private let screen: OpaquePointer
    private var isOpen = true

    /// Takes the terminal over.
    ///
    /// Takes the environment's locale for the whole process, and drops LINES and COLUMNS from the
    /// environment.
    package init(_ options: TerminalOptions = TerminalOptions()) throws(TerminalFailure) {
        guard isatty(STDIN_FILENO) == 1 else { throw .inputIsNoTerminal }
        guard isatty(STDOUT_FILENO) == 1 else { throw .outputIsNoTerminal }
        guard let type = Environment.value(of: "TERM") else { throw .noTerminalType }
        let hasUTF8 = Environment.adoptLocale()
        switch headroom_terminal_kind_of(type) {
        case headroom_terminal_usable: break
        case headroom_terminal_unknown: throw .unknownTerminalType(type)
        default: throw .unfitTerminalType(type)
        }
        guard headroom_notices() >= 0 else { throw .noResources }
        glyphs = options.ascii || !hasUTF8 ? .ascii : .unicode
        escapeDelay = Environment.escapeDelay
        Environment.forgetSize()
        headroom_save_modes()
        // Before ncurses, which leaves alone the signals that somebody else handles.
        headroom_catch_signals()
        guard let screen = headroom_open_screen(type) else {
            headroom_release_signals()
            throw .noResources
        }
        self.screen = screen
        headroom_configure_screen()
        hasDirectColours = headroom_has_direct_colours()
        let palette = Self.palette(options.colour, isDirect: hasDirectColours)
        scheme = ColourScheme(palette, on: options.theme ?? Background.assumed)
        isToAsk =
            palette != .none && options.theme == nil
            && Background.canBeAsked(
                type: type, hasXtermSequences: headroom_has_xterm_sequences())
        capabilities = Capabilities(mouse: options.mouse)
        decoder = InputDecoder(sequences: capabilities.keys)
        size = Self.measure()
        resize_term(Int32(size.height), Int32(size.width))
        headroom_capture_errors()
        enterModes()
    }

    deinit { close() }

    /// Gives the terminal back as it was, and shows what was written to standard error meanwhile.
    /// Doing so twice is doing so once.
    package func close() {
        guard isOpen else { return }
        isOpen = false
        awaitAnswers()
        leaveModes()
        headroom_close_screen(screen)
        headroom_restore_modes()
        headroom_release_signals()
        headroom_release_errors()
        // One that came meanwhile.
        readNotices()
        endSignal = endSignal ?? notices.interrupts.first
    }

    /// Where a signal asked for the program's end, ends the process by it, for whoever waits to
    /// see. To be called last, after `close`.
    package func passOnSignal() {
        if let endSignal { headroom_die_of(endSignal) }
    }

    private static func palette(_ wanted: TerminalOptions.Colour, isDirect: Bool) -> Palette {
        let most: Int
        switch wanted {
        case .auto: most = Environment.value(of: "NO_COLOR") == nil ? 256 : 0
        case .never: most = 0
        // Behind the eight of the palette there are no eight bright ones.
        case .palette(.colours16) where isDirect: most = 8
        case .palette(let palette): most = palette.rawValue
        }
        // Once its colours are started, ncurses sets them even where all are the terminal's own.
        if most == 0 { return .none }
        let least = min(most, Int(headroom_start_colours()))
        return Palette.allCases.last { $0.rawValue <= least } ?? .none
    }

    private static func measure() -> Size {
        var width: Int32 = 80
        var height: Int32 = 24
        _ = headroom_terminal_size(&width, &height)
        return Size(width: Int(width), height: Int(height))
    }

    // MARK: The terminal is ours, and the shell's again

    private func enterModes() {
        let farewell = capabilities.farewell
        headroom_arm_crash(farewell, farewell.count)
        headroom_write(capabilities.enter, capabilities.enter.count)
    }

    private func leaveModes() {
        headroom_write(capabilities.leave, capabilities.leave.count)
        headroom_leave_screen()
        headroom_arm_crash(nil, 0)
    }

    /// Takes on the size the terminal has now, and says whether it is another.
    func adoptSize() -> Bool {
        let now = Self.measure()
        guard now != size else { return false }
        size = now
        resize_term(Int32(now.height), Int32(now.width))
        shown = nil
        return true
    }

    /// Gives the terminal to the shell until the process is continued.
    func suspend(wholeGroup: Bool) {
        awaitAnswers()
        leaveModes()
        headroom_restore_modes()
        headroom_stop(wholeGroup)
        readNotices()
        notices.isContinued = false
        takeBack()
    }

    /// Gives the terminal to another program as long as the body runs, and takes it back. Signals
    /// of keys that were typed meanwhile were for that program.
    package func lend(to body: () -> Void) {
        awaitAnswers()
        leaveModes()
        headroom_restore_modes()
        body()
        readNotices()
        notices.forgetKeys()
        if notices.interrupts.isEmpty { headroom_forget_end() }
        takeBack()
    }

    /// Somebody else may have used the terminal: sets every mode again and draws all of it.
    func retake() {
        // A process in the background is stopped here, before it writes on another's screen.
        reset_prog_mode()
        readNotices()
        notices.isContinued = false
        leaveModes()
        takeBack()
    }

    private func takeBack() {
        // Before anything is written: a process in the background is stopped here.
        reset_prog_mode()
        enterModes()
        // While stopped, no signal told of a new size; the event will.
        notices.isResized = true
        redraw()
    }

    /// Draws all of the screen, whatever stands there: the next canvas may be long in coming, and
    /// where the size is the same the last is right.
    func redraw() {
        if let last = shown, Self.measure() == size {
            shown = nil
            present(last)
        } else {
            headroom_forget_screen()
            headroom_refresh()
        }
    }
}

/// Ends a wait for events from any thread; harmless once the terminal is closed.
package struct Waker: Sendable {
    private let end: @Sendable () -> Void

    init() { end = { headroom_wake() } }

    /// A waker for a wait of one's own.
    package init(_ end: @escaping @Sendable () -> Void) { self.end = end }

    /// The wait returns `Event.wake`; many calls in a row may return one.
    package func wake() { end() }
}
