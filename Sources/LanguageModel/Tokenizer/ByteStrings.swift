/// Many short strings of bytes in one array, numbered from 0, of which some can be found again.
struct ByteStrings: Sendable {
    private struct Slot {
        /// A string's number; -1 where there is none.
        var number: Int32 = -1
        /// The upper half of its hash, so that others need not be compared with it.
        var hash: UInt32 = 0
    }

    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// Strings where their hash points or, where that place is taken, after it. A power of two, at
    /// least a quarter empty.
    private var slots: [Slot] = []

    /// None, with room for so many that can be found.
    init(room count: Int) {
        var size = 16
        while 3 * size < 4 * count { size *= 2 }
        slots = [Slot](repeating: Slot(), count: size)
    }

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
        let part = range(of: number)
        let (place, hash) = slot(of: bytes, part)
        slots[place] = Slot(number: Int32(number), hash: hash)
    }

    /// The number of the string that is a part of a text; nil where there is none.
    func number(of text: [UInt8], _ part: Range<Int>) -> Int? {
        let number = slots[slot(of: text, part).place].number
        return number < 0 ? nil : Int(number)
    }

    /// Where an equal string stands, or would stand.
    private func slot(of text: [UInt8], _ part: Range<Int>) -> (place: Int, hash: UInt32) {
        text.withUnsafeBytes { text in
            let text = UnsafeRawBufferPointer(rebasing: text[part])
            // Seeded by the process: a file cannot choose strings that collide.
            var hasher = Hasher()
            hasher.combine(bytes: text)
            let bits = UInt(bitPattern: hasher.finalize())
            let hash = UInt32(truncatingIfNeeded: bits >> (UInt.bitWidth / 2))
            var place = Int(bits & UInt(slots.count - 1))
            while slots[place].number >= 0, slots[place].hash != hash || !isEqual(place, text) {
                place = (place + 1) & (slots.count - 1)
            }
            return (place, hash)
        }
    }

    private func isEqual(_ place: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        let range = range(of: Int(slots[place].number))
        guard range.count == text.count else { return false }
        return bytes.withUnsafeBytes { bytes in
            text.indices.allSatisfy { text[$0] == bytes[range.lowerBound + $0] }
        }
    }
}
