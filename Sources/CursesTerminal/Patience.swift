import TerminalCanvas

/// Until when what is unfinished of the input may still grow.
struct Patience {
    let awaited: InputDecoder.Awaited
    let end: ContinuousClock.Instant

    /// How long something is waited for; nil where nothing is.
    ///
    /// - Parameter escapeDelay: milliseconds until Escape alone counts as a key.
    static func first(for awaited: InputDecoder.Awaited, escapeDelay: Int32) -> Duration? {
        switch awaited {
        case .nothing: nil
        case .afterEscape: .milliseconds(escapeDelay)
        case .tail: .milliseconds(300)
        // Sequences come in one piece, or in the pieces of a connection as slow as the user says.
        case .sequence: .milliseconds(max(500, escapeDelay))
        case .lateBody: .milliseconds(500)
        case .body, .paste: .seconds(2)
        case .pasteRest: .seconds(10)
        }
    }

    /// How long it is waited for at the least when a piece more of it has come.
    static func more(for awaited: InputDecoder.Awaited, escapeDelay: Int32) -> Duration {
        switch awaited {
        // Whoever types may not have to wait for ever.
        case .tail, .lateBody: .zero
        case .pasteRest: .milliseconds(500)
        default: first(for: awaited, escapeDelay: escapeDelay) ?? .zero
        }
    }
}
