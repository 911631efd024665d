import CNcurses
import TerminalCanvas

/// What the terminal's description says, and what is written by hand where descriptions are silent.
struct Capabilities {
    /// Bytes that turn the modes on that ncurses does not know, or that it turns on again after
    /// `endwin` for those alone who read keys by it.
    let enter: [UInt8]
    /// Bytes that turn them off again.
    let leave: [UInt8]
    /// Bytes that give the terminal back whole, when ncurses can no longer be asked to.
    let farewell: [UInt8]
    /// What its keys send.
    let keys: [[UInt8]: Key]

    init(mouse: Bool) {
        // Only with its keypad on do a terminal's keys send what its description says.
        var on = Self.string("smkx")
        var off = Self.string("rmkx")
        // Private modes are only for terminals that speak control sequences at all.
        if Self.string("cup").starts(with: Array("\u{1B}[".utf8)) {
            // Pastes are bracketed.
            on += "\u{1B}[?2004h".utf8
            off += "\u{1B}[?2004l".utf8
            if mouse, !Self.string("kmous").isEmpty {
                // Presses, then drags (which ncurses never asks for), in decimal numbers.
                on += "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h".utf8
                off += "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l".utf8
            }
        }
        enter = on
        leave = off
        let otherScreen = Self.string("rmcup")
        farewell =
            leave + Self.string("sgr0") + Self.string("cnorm")
            + (otherScreen.isEmpty ? Array("\r\n".utf8) : otherScreen)
        let names: [(String, Key)] =
            [
                ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right),
                ("kLFT", .shiftLeft), ("kRIT", .shiftRight), ("khome", .home), ("kend", .end),
                ("kpp", .pageUp), ("knp", .pageDown), ("kdch1", .delete), ("kcbt", .backTab),
            ] + (1...12).map { ("kf\($0)", .function($0)) }
        keys = Dictionary(
            names.map { (Self.string($0.0), $0.1) }, uniquingKeysWith: { first, _ in first })
    }

    /// A capability without its padding, "$<5>", which only hardware terminals needed.
    private static func string(_ name: String) -> [UInt8] {
        guard let value = headroom_capability(name) else { return [] }
        var bytes: [UInt8] = []
        while value[bytes.count] != 0 { bytes.append(UInt8(bitPattern: value[bytes.count])) }
        while let start = bytes.indices.dropLast().first(where: {
            bytes[$0] == UInt8(ascii: "$") && bytes[$0 + 1] == UInt8(ascii: "<")
        }), let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) {
            bytes.removeSubrange(start...end)
        }
        return bytes
    }
}
