@testable import TerminalCanvas

/// What a decoder tells of pieces, between which nothing is given up.
func events(
    _ pieces: [some Sequence<UInt8>], behind decoder: InputDecoder = InputDecoder()
) -> [Event] {
    var decoder = decoder
    return pieces.flatMap { piece -> [Event] in
        decoder.feed(piece)
        var events: [Event] = []
        while let event = decoder.next() { events.append(event) }
        return events
    }
}
