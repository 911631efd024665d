/// Many short strings of bytes in one array, numbered from 0, of which some can be found again.
struct ByteStrings: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// Numbers of strings where their hash points or, where that place is taken, after it; -1 where
    /// there is none. A power of two, at least half empty.
    private var slots: [Int32] = []

    /// None, with room for so many that can be found.
    init(room count: Int) {
        var size = 16
        while size < 2 * count { size *= 2 }
        slots = [Int32](repeating: -1, count: size)
    }

    /// How many there are.
    var count: Int { ends.count }

    /// Where a string lies in `bytes`.
    private func range(of number: Int) -> Range<Int> {
        (number == 0 ? 0 : ends[number - 1])..<ends[number]
    }

    /// A string.
    subscript(number: Int) -> [UInt8] { Array(bytes[range(of: number)]) }

    /// Adds a string as the next number.
    mutating func append(_ string: [UInt8]) {
        bytes += string
        ends.append(bytes.count)
    }

    /// Lets a string be found, before any other that is equal. At most `room` times.
    mutating func index(_ number: Int) {
        slots[slot(of: bytes, range(of: number))] = Int32(number)
    }

    /// The number of the string that is a part of a text; nil where there is none.
    func number(of text: [UInt8], _ part: Range<Int>) -> Int? {
        let number = slots[slot(of: text, part)]
        return number < 0 ? nil : Int(number)
    }

    /// Where an equal string stands, or would stand.
    private func slot(of text: [UInt8], _ part: Range<Int>) -> Int {
        // Seeded by the process: a file cannot choose strings that collide.
        var hasher = Hasher()
        text.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0[part])) }
        var slot = hasher.finalize() & (slots.count - 1)
        while slots[slot] >= 0 {
            if bytes[range(of: Int(slots[slot]))].elementsEqual(text[part]) { break }
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }
}
