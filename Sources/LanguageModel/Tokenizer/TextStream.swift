/// Text that is shown as it is made: a token may end in the middle of a character, whose bytes wait
/// here for the rest.
///
/// All bytes come out as they went in, those that are no UTF-8 too.
package struct TextStream: Hashable, Sendable {
    private var held: [UInt8] = []

    /// A text without anything.
    package init() {}

    /// Adds a token's bytes, and gives all that can be shown now: everything but the beginning of
    /// a character, of 3 bytes at most, at the end. Cost: O(bytes).
    package mutating func append(_ bytes: [UInt8]) -> [UInt8] {
        var text = held + bytes
        held = []
        for start in (max(0, text.count - 3)..<text.count)
        where UTF8Reading(text, at: start, before: text.count) == .unfinished {
            held = Array(text[start...])
            text.removeLast(held.count)
            break
        }
        return text
    }

    /// Ends the text, and gives what was held back: the beginning of a character that did not come.
    package mutating func finish() -> [UInt8] {
        defer { held = [] }
        return held
    }
}
