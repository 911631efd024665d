import Foundation

/// A GGUF file of version 3 taken apart, so that tests can change it and put it together again.
public struct GGUFParts: Sendable {
    /// A tensor's entry and its bytes.
    public struct Tensor: Sendable {
        public var name: String
        public var extents: [Int]
        public var type: Int
        public var data: [UInt8]
        /// Where the entry says that it lies, if not where it does.
        public var offset: Int?

        public init(name: String, extents: [Int], type: Int = 0, data: [UInt8]) {
            self.name = name
            self.extents = extents
            self.type = type
            self.data = data
        }
    }

    /// A value with its type before it.
    public struct Value: Sendable {
        let bytes: [UInt8]

        public static func text(_ text: String) -> Value {
            Value(bytes: number(8, 4) + GGUFParts.text(text))
        }

        public static func whole(_ value: Int) -> Value {
            Value(bytes: number(4, 4) + number(value, 4))
        }

        public static func real(_ value: Float) -> Value {
            Value(bytes: number(6, 4) + number(Int(value.bitPattern), 4))
        }

        public static func flag(_ value: Bool) -> Value {
            Value(bytes: number(7, 4) + [value ? 1 : 0])
        }

        public static func texts(_ texts: [String]) -> Value {
            Value(
                bytes: number(9, 4) + number(8, 4) + number(texts.count, 8)
                    + texts.flatMap(GGUFParts.text))
        }
    }

    public var values: [(key: String, value: Value)] = []
    public var tensors: [Tensor] = []

    /// The small model with random weights in every format.
    public static let small = Result {
        GGUFParts(Array(try Data(contentsOf: smallFile)))
    }

    /// Where it lies, beside the script that made it.
    public static let smallFile = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "ModelFilesTests/Fixtures/small.gguf")

    /// Takes a file apart that has no mistakes.
    public init(_ file: [UInt8]) {
        var place = 8
        func whole(_ size: Int) -> Int {
            defer { place += size }
            return (0..<size).reduce(0) { $0 | Int(file[place + $1]) << (8 * $1) }
        }
        func text() -> String {
            let count = whole(8)
            defer { place += count }
            return String(decoding: file[place..<place + count], as: UTF8.self)
        }
        func skip(_ type: Int) {
            switch type {
            case 8: _ = text()
            case 9:
                let inner = whole(4)
                for _ in 0..<whole(8) { skip(inner) }
            default: place += [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8][type]
            }
        }
        let (tensorCount, valueCount) = (whole(8), whole(8))
        for _ in 0..<valueCount {
            let key = text()
            let start = place
            skip(whole(4))
            values.append((key, Value(bytes: Array(file[start..<place]))))
        }
        var offsets: [Int] = []
        for _ in 0..<tensorCount {
            let name = text()
            let extents = (0..<whole(4)).map { _ in whole(8) }
            tensors.append(Tensor(name: name, extents: extents, type: whole(4), data: []))
            offsets.append(whole(8))
        }
        let start = (place + 31) / 32 * 32
        for (index, offset) in offsets.enumerated() {
            let end = index + 1 < offsets.count ? start + offsets[index + 1] : file.count
            tensors[index].data = Array(file[start + offset..<end])
        }
    }

    /// The file.
    public var bytes: [UInt8] {
        var bytes = Array("GGUF".utf8) + Self.number(3, 4)
        bytes += Self.number(tensors.count, 8) + Self.number(values.count, 8)
        for (key, value) in values { bytes += Self.text(key) + value.bytes }
        var (offset, data): (Int, [UInt8]) = (0, [])
        for tensor in tensors {
            bytes += Self.text(tensor.name) + Self.number(tensor.extents.count, 4)
            bytes += tensor.extents.flatMap { Self.number($0, 8) }
            bytes += Self.number(tensor.type, 4) + Self.number(tensor.offset ?? offset, 8)
            data += tensor.data + [UInt8](repeating: 0, count: -tensor.data.count & 31)
            offset = data.count
        }
        return bytes + [UInt8](repeating: 0, count: -bytes.count & 31) + data
    }

    /// Gives a key a value, a new one at the end; nil takes the key away.
    public mutating func set(_ key: String, _ value: Value?) {
        let index = values.firstIndex { $0.key == key }
        switch (index, value) {
        case (let index?, let value?): values[index].value = value
        case (let index?, nil): values.remove(at: index)
        case (nil, let value?): values.append((key, value))
        case (nil, nil): break
        }
    }

    /// Changes a tensor.
    public mutating func change(_ name: String, _ change: (inout Tensor) -> Void) {
        for index in tensors.indices where tensors[index].name == name {
            change(&tensors[index])
        }
    }

    /// Takes a tensor away.
    public mutating func remove(_ name: String) { tensors.removeAll { $0.name == name } }

    private static func number(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func text(_ text: String) -> [UInt8] {
        number(text.utf8.count, 8) + Array(text.utf8)
    }
}
