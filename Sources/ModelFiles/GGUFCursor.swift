import ForeignText

/// Reads a GGUF file from front to back.
struct GGUFCursor {
    private let file: FileBytes
    private(set) var position: Int
    var isBigEndian = false
    /// The bytes of a length: 4 in version 1, 8 since.
    var lengthBytes = 8
    var budget = GGUFBudget()
    private var piece: [UInt8] = []
    private var pieceStart = 0

    private static let pieceSize = 1 << 16

    init(file: FileBytes, position: Int) {
        self.file = file
        self.position = position
    }

    private var left: Int { file.count - position }

    mutating func byte() throws(FileProblem) -> UInt8 {
        if position < pieceStart || position >= pieceStart + piece.count {
            guard position < file.count else { throw endsEarly("a number") }
            pieceStart = position
            piece = try file.read(position..<min(file.count, position + Self.pieceSize))
        }
        position += 1
        return piece[position - 1 - pieceStart]
    }

    /// An unsigned number.
    mutating func whole(bytes: Int) throws(FileProblem) -> UInt64 {
        var value: UInt64 = 0
        for index in 0..<bytes {
            let byte = UInt64(try byte())
            value = isBigEndian ? value << 8 | byte : value | byte << (8 * UInt64(index))
        }
        return value
    }

    /// A count of things that take at least so many bytes each, so that no file counts more than
    /// it can hold.
    mutating func count(_ things: String, atLeast size: Int) throws(FileProblem) -> Int {
        let count = try whole(bytes: lengthBytes)
        guard count <= UInt64(left / size) else {
            throw FileProblem(
                "says it holds \(count) \(things), which cannot fit in its \(file.count) bytes")
        }
        return Int(count)
    }

    mutating func skip(_ bytes: Int) throws(FileProblem) {
        guard bytes <= left else { throw endsEarly("\(bytes) bytes") }
        position += bytes
    }

    /// A text of at most so many bytes, with no more marks in a row than `MarkRun` lets it; throws
    /// where it is another.
    mutating func text(_ what: String, atMost limit: Int) throws(FileProblem) -> String {
        let length = try count("bytes of \(what)", atLeast: 1)
        guard length <= limit else {
            throw FileProblem("has \(what) of \(length) bytes; up to \(limit) are supported")
        }
        let bytes = try file.read(position..<position + length)
        position += length
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FileProblem("has \(what) that is not UTF-8")
        }
        guard text.isStreamSafe else {
            throw FileProblem(
                "has \(what) with more than \(MarkRun.longest) marks on one character")
        }
        return text
    }

    private func endsEarly(_ what: String) -> FileProblem {
        FileProblem("ends after \(file.count) bytes, where \(what) was expected")
    }

    // MARK: Values

    /// The value of a key; nil where it is a text or a list too long to keep.
    mutating func value(
        type: UInt64, key: String, longestText: Int, longestList: Int, depth: Int = 0
    ) throws(FileProblem) -> JSONValue? {
        switch type {
        case 8:
            let start = position
            let length = try count("bytes of a text", atLeast: 1)
            guard length <= longestText, depth == 0 else {
                try skip(length)
                return nil
            }
            position = start
            try budget.keepEntry(of: length)
            return .string(try text("a text", atMost: longestText))
        case 9:
            guard depth < 4 else {
                throw FileProblem("\(plainText(key)) holds lists within lists, too deep")
            }
            let inner = try whole(bytes: 4)
            let size = Self.size(ofType: inner) ?? (inner == 9 ? lengthBytes + 4 : lengthBytes)
            let count = try count("items of \(plainText(key))", atLeast: size)
            guard depth == 0, count <= longestList, Self.size(ofType: inner) != nil else {
                if let fixed = Self.size(ofType: inner) {
                    try skip(count * fixed)
                    return nil
                }
                try budget.passItems(count)
                for _ in 0..<count {
                    _ = try value(
                        type: inner, key: key, longestText: 0, longestList: 0, depth: depth + 1)
                }
                return nil
            }
            try budget.keepNumbers(count)
            var items: [JSONValue] = []
            items.reserveCapacity(count)
            for _ in 0..<count { items.append(try number(type: inner, key: key)) }
            return .array(items)
        default: return try number(type: type, key: key)
        }
    }

    /// Bytes of a value of a type; nil for texts, lists and unknown types.
    private static func size(ofType type: UInt64) -> Int? {
        switch type {
        case 0, 1, 7: 1
        case 2, 3: 2
        case 4, 5, 6: 4
        case 10, 11, 12: 8
        default: nil
        }
    }

    private mutating func number(type: UInt64, key: String) throws(FileProblem) -> JSONValue {
        guard let size = Self.size(ofType: type) else {
            throw FileProblem("\(plainText(key)) is of type \(type), which GGUF does not have")
        }
        let bits = try whole(bytes: size)
        switch type {
        case 1: return .int(Int(Int8(truncatingIfNeeded: bits)))
        case 3: return .int(Int(Int16(truncatingIfNeeded: bits)))
        case 5: return .int(Int(Int32(truncatingIfNeeded: bits)))
        case 11: return .int(Int(Int64(truncatingIfNeeded: bits)))
        case 6: return .double(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
        case 12: return .double(Double(bitPattern: bits))
        case 7:
            guard bits <= 1 else {
                throw FileProblem("\(plainText(key)) is \(bits); a flag is 0 or 1")
            }
            return .bool(bits == 1)
        default: return Int(exactly: bits).map { .int($0) } ?? .double(Double(bits))
        }
    }
}
