import ArgumentParser

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Ctrl-C while something is written: it ends behind the part under way. Pressed again it ends the
/// process at once.
enum Interruption {
    /// From now on Ctrl-C asks only; where the parent has it ignored, it stays so.
    static func begin() {
        let before = signal(SIGINT, SIG_IGN)
        guard unsafeBitCast(before, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self) else {
            return
        }
        signal(SIGINT) { _ in
            isAskedFlag = 1
            signal(SIGINT, SIG_DFL)
        }
    }

    /// Whether it was pressed.
    static var isAsked: Bool { isAskedFlag != 0 }

    /// Ends the process by the signal that it was asked to end by, for the shell to see.
    static func end() {
        guard isAsked else { return }
        raise(SIGINT)
    }
}

nonisolated(unsafe) private var isAskedFlag: sig_atomic_t = 0

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
