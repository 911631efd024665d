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
    /// Signals that ask the program to end.
    var interrupts: [Int32] = []

    /// - Parameter bits: as `headroom_take_notices` gives them.
    mutating func record(_ bits: UInt64) {
        for number in Int32(1)...64 where bits >> (number - 1) & 1 == 1 {
            switch number {
            case SIGKILL: isWoken = true
            case SIGWINCH: isResized = true
            case SIGCONT: isContinued = true
            case SIGTSTP: isStopAsked = true
            default: interrupts.append(number)
            }
        }
    }

    /// Drops the signals of keys that were typed at another program.
    mutating func forgetKeys() {
        isStopAsked = false
        interrupts.removeAll { $0 == SIGINT || $0 == SIGQUIT }
    }
}

extension CursesTerminal {
    /// Waits for input, a signal, a wake-up or `alarm`, and tells the first; after `hangUp` there
    /// is nothing more to wait for.
    package func nextEvent() -> Event {
        while true {
            if let event = takeEvent() { return event }
            wait(until: [patience?.end, alarm].compactMap(\.self).min())
        }
    }

    /// Looks without waiting, and holds what it finds for `nextEvent`.
    package var hasPendingEvent: Bool {
        if ahead == nil { ahead = takeEvent() }
        if ahead == nil {
            wait(until: .now)
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
            case nil:
                if isGone {
                    endSignal = endSignal ?? SIGHUP
                    return .hangUp
                }
                renewPatience()
                return nil
            case .key(.control("c")): return .interrupt(signal: SIGINT)
            case .key(.control("\\")): return .interrupt(signal: SIGQUIT)
            case .key(.control("z")): suspend(wholeGroup: true)
            case .deviceAttributes: answersEnd = nil
            case .background(let theme): if adopt(theme) { return .background(theme) }
            case .key(.control("l")): redraw()
            case .mouse(let mouse): return .mouse(clicks.marked(mouse, at: inputTime))
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
            let signal = notices.interrupts.removeFirst()
            endSignal = endSignal ?? signal
            return .interrupt(signal: signal)
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

    /// What is unfinished has its time from its beginning on, and some of it again with each piece.
    private func renewPatience() {
        let awaited = decoder.awaited
        let more = Patience.more(for: awaited, escapeDelay: escapeDelay)
        if patience?.awaited != awaited {
            let first = Patience.first(for: awaited, escapeDelay: escapeDelay)
            patience = first.map { Patience(awaited: awaited, end: .now + $0) }
        } else if let old = patience, hasInput {
            patience = Patience(awaited: awaited, end: max(old.end, .now + more))
        }
        hasInput = false
    }

    /// Waits for input or a notice, if need be to the end of time, and takes in what there is.
    ///
    /// - Parameter most: bytes of input to take in.
    func wait(until end: ContinuousClock.Instant?, atMost most: Int = 4_096) {
        let ready = LineTerminal.waitToRead(
            [headroom_notices(), STDIN_FILENO],
            milliseconds: end.map(Self.milliseconds(until:)) ?? -1)
        if ready[0] { readNotices() }
        if ready[1] { readInput(atMost: most) }
        // Whatever ended the wait; but input that was there in time is in time.
        let now = ContinuousClock.now
        if let end = patience?.end, now >= end, !hasInput {
            ahead = decoder.giveUp()
            patience = nil
        }
        if let time = alarm, now >= time {
            notices.isWoken = true
            alarm = nil
        }
    }

    /// Rounded up, so that nothing is waited for twice.
    private static func milliseconds(until end: ContinuousClock.Instant) -> Int32 {
        let rest = ContinuousClock.now.duration(to: end) / .milliseconds(1)
        return Int32(min(max(rest.rounded(.up), 0), 1e9))
    }

    private func readInput(atMost most: Int) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: most) { buffer in
            let count = read(STDIN_FILENO, buffer.baseAddress, buffer.count)
            if count > 0 {
                decoder.feed(buffer.prefix(count))
                hasInput = true
                inputTime = .now
            } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
                isGone = true
            }
        }
    }

    /// Takes in the signals and wake-ups that arrived.
    func readNotices() { notices.record(headroom_take_notices()) }
}
