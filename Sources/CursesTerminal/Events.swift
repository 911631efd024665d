import CNcurses
import TerminalCanvas

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What happened to the process and its terminal and has not been told yet.
struct Notices {
    var isResized = false
    var isWoken = false
    /// Somebody sent us the signal that Ctrl-Z stands for.
    var isStopAsked = false
    /// The process was stopped, whether it had a say in it or not, and runs again.
    var isContinued = false
    /// Signals that ask the program to end, in the order of their arrival.
    var interrupts: [Int32] = []

    mutating func record(_ number: Int32) {
        switch number {
        case 0: isWoken = true
        case SIGWINCH: isResized = true
        case SIGCONT: isContinued = true
        case SIGTSTP: isStopAsked = true
        default: interrupts.append(number)
        }
    }
}

extension CursesTerminal {
    public func nextEvent() -> Event {
        while true {
            if let event = takeEvent() { return event }
            wait(milliseconds: patience)
        }
    }

    public var hasPendingEvent: Bool {
        if ahead == nil { ahead = takeEvent() }
        if ahead == nil {
            wait(milliseconds: 0)
            ahead = takeEvent()
        }
        return ahead != nil
    }

    private func takeEvent() -> Event? {
        if let event = ahead {
            ahead = nil
            return event
        }
        repeat {
            if let event = takeNotice() { return event }
            switch decoder.next() {
            case nil: return isGone ? .hangUp : nil
            case .key(.control("c")): return .interrupt(signal: SIGINT)
            case .key(.control("\\")): return .interrupt(signal: SIGQUIT)
            case .key(.control("z")): suspend(wholeGroup: true)
            case let event: return event
            }
        } while true
    }

    private func takeNotice() -> Event? {
        if notices.isStopAsked {
            notices.isStopAsked = false
            suspend(wholeGroup: false)
        }
        if notices.isContinued {
            notices.isContinued = false
            retake()
        }
        if !notices.interrupts.isEmpty {
            return .interrupt(signal: notices.interrupts.removeFirst())
        }
        if notices.isResized {
            notices.isResized = false
            if adoptSize() { return .resize(size) }
        }
        if notices.isWoken {
            notices.isWoken = false
            return .wake
        }
        return nil
    }

    /// Milliseconds that what is unfinished may still grow; -1 for as long as it takes.
    private var patience: Int32 {
        switch decoder.awaited {
        case .nothing: -1
        case .afterEscape: escapeDelay
        // Sequences come in one piece, or in the pieces of a slow connection.
        case .sequence: 500
        case .paste: 2_000
        }
    }

    /// Waits for input or a notice, and takes in what there is.
    private func wait(milliseconds: Int32) {
        var watched = [
            pollfd(fd: headroom_notices(), events: Int16(POLLIN), revents: 0),
            pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
        ]
        let count = poll(&watched, 2, milliseconds)
        if count == 0, milliseconds > 0 { ahead = decoder.giveUp() }
        guard count > 0 else { return }
        if watched[0].revents != 0 { readNotices() }
        if watched[1].revents != 0 { readInput() }
    }

    private func readInput() {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4_096) { buffer in
            let count = read(STDIN_FILENO, buffer.baseAddress, buffer.count)
            if count > 0 {
                decoder.feed(buffer.prefix(count))
            } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
                isGone = true
            }
        }
    }

    /// Takes in the signals and wake-ups that arrived.
    func readNotices() {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 512) { buffer in
            let count = read(headroom_notices(), buffer.baseAddress, buffer.count)
            for number in buffer.prefix(max(0, count)) { notices.record(Int32(number)) }
        }
    }
}
