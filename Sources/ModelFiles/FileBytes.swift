import ForeignText

/// A file's bytes, read where they are asked for: what a reader of headers needs of a file without
/// knowing the disk, so that no memory is taken on a file's own word.
package struct FileBytes: Sendable {
    /// The file's real length in bytes.
    package let count: Int
    private let readRange: @Sendable (Range<Int>) throws(FileProblem) -> [UInt8]

    /// `read` is only asked for ranges inside `0..<count`.
    package init(
        count: Int, read: @escaping @Sendable (Range<Int>) throws(FileProblem) -> [UInt8]
    ) {
        self.count = count
        readRange = read
    }

    /// Bytes that are in memory already.
    package init(_ bytes: [UInt8]) {
        self.init(count: bytes.count) { range in Array(bytes[range]) }
    }

    /// The bytes of a range, all of them; throws where the range leaves the file. Cost: O(its
    /// length).
    package func read(_ range: Range<Int>) throws(FileProblem) -> [UInt8] {
        guard range.lowerBound >= 0, range.upperBound <= count else {
            throw FileProblem(
                "is \(count) bytes long; expected bytes \(range.lowerBound) to \(range.upperBound)")
        }
        let bytes = try readRange(range)
        guard bytes.count == range.count else {
            throw FileProblem("changed while being read")
        }
        return bytes
    }
}

/// What is wrong with a file, as the rest of a sentence that begins with its name; on one line,
/// whatever names of the file's own stand in it.
package struct FileProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// The rest of the sentence, without a full stop.
    package init(_ description: String) {
        self.description = description.replacing([.control, .separator], by: "\u{FFFD}")
    }
}
