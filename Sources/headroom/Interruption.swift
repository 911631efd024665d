import ArgumentParser

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Ctrl-C, or another signal that ends the process, while something is written: it ends behind the
/// part under way. Sent again it ends the process at once.
enum Interruption {
    /// From now on signals ask only, and what they come into is left; where the parent has one
    /// ignored, it stays so.
    ///
    /// - Parameter descriptor: where a byte is written for whoever waits there; none if negative.
    static func begin(_ signals: [Int32] = [SIGINT], waking descriptor: Int32 = -1) {
        wokenDescriptor = descriptor
        for number in signals {
            let before = signal(number, SIG_IGN)
            guard unsafeBitCast(before, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self)
            else { continue }
            signal(number) { number in
                askedSignal = number
                signal(number, SIG_DFL)
                var byte: UInt8 = 0
                let error = errno
                if wokenDescriptor >= 0 { _ = write(wokenDescriptor, &byte, 1) }
                errno = error
            }
            // What waits is not to go on by itself.
            var action = sigaction()
            sigaction(number, nil, &action)
            action.sa_flags &= ~SA_RESTART
            sigaction(number, &action, nil)
        }
    }

    /// Whether one came.
    static var isAsked: Bool { askedSignal != 0 }

    /// Ends the process by the signal that it was asked to end by, for the shell to see.
    static func end() {
        guard isAsked else { return }
        raise(askedSignal)
    }
}

nonisolated(unsafe) private var askedSignal: sig_atomic_t = 0
nonisolated(unsafe) private var wokenDescriptor: Int32 = -1

/// Work that Ctrl-C has ended before there was anything to show of it.
struct Interrupted: Error {
    /// What was under way.
    let work: String

    /// Says so, and ends the process as `Interruption.end` does.
    func end() -> ExitCode {
        say()
        Interruption.end()
        return ExitCode.failure
    }

    /// Says so.
    func say() { writeErrorLine("stopped while \(work)") }
}
