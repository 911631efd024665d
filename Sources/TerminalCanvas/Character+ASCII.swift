extension Character {
    /// Its byte where it is one of ASCII's, and a line's end of two; nil of all others. Cost: O(1),
    /// where the library's own property normalises, in the square of the marks on a letter.
    var asciiByte: UInt8? {
        var scalars = unicodeScalars.makeIterator()
        guard let first = scalars.next(), first.isASCII else { return nil }
        guard let second = scalars.next() else { return UInt8(first.value) }
        return first == "\r" && second == "\n" ? 0x0A : nil
    }

    /// Whether it is a scalar without marks. Cost: O(1), where `==` normalises.
    func isOnly(_ scalar: Unicode.Scalar) -> Bool {
        var scalars = unicodeScalars.makeIterator()
        return scalars.next() == scalar && scalars.next() == nil
    }
}
