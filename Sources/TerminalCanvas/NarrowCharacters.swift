/// The characters of a text of which each is drawn alone, in one column. Read from the text's
/// bytes, as most of what is drawn is.
struct NarrowCharacters: Sequence, IteratorProtocol {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0

    /// The characters of a text in UTF-8, to be read once `columns` was found.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// How many they are, and so their columns; nil where the text has others.
    func columns(isASCII: Bool) -> Int? {
        var (place, count) = (0, 0)
        while place < bytes.count {
            let length = length(at: place)
            let isAlone =
                length == 1
                ? 0x20..<0x7F ~= bytes[place]
                : !isASCII && place + length <= bytes.count
                    && Unicode.Scalar(value(at: place, length: length)).map(isDrawnAlone) == true
            guard isAlone else { return nil }
            place += length
            count += 1
        }
        return count
    }

    /// Bytes of the scalar that begins there; of four none is drawn alone.
    private func length(at place: Int) -> Int {
        bytes[place] < 0x80 ? 1 : bytes[place] < 0xE0 ? 2 : bytes[place] < 0xF0 ? 3 : 4
    }

    private func value(at place: Int, length: Int) -> UInt32 {
        func bits(_ offset: Int) -> UInt32 { UInt32(bytes[place + offset] & 0x3F) }
        switch length {
        case 2: return UInt32(bytes[place] & 0x1F) << 6 | bits(1)
        case 3: return UInt32(bytes[place] & 0x0F) << 12 | bits(1) << 6 | bits(2)
        default: return 0
        }
    }

    mutating func next() -> CharacterBytes? {
        guard place < bytes.count else { return nil }
        let length = length(at: place)
        defer { place += length }
        return CharacterBytes(bytes[place..<place + length])
    }
}
