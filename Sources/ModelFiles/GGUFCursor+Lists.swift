/// What a file has many of: tensors, and the lists of a vocabulary.
extension GGUFCursor {
    // MARK: Tensors

    /// No model has more tensors.
    private static let mostTensors = 1 << 16

    /// The tensors' entries, by name.
    mutating func tensors(_ count: Int) throws(FileProblem) -> [String: GGUFTensor] {
        guard count <= Self.mostTensors else {
            throw FileProblem("has \(count) tensors; up to \(Self.mostTensors) are supported")
        }
        var tensors: [String: GGUFTensor] = [:]
        for _ in 0..<count {
            let name = try text("a tensor's name", atMost: 1024)
            try budget.keepEntry(of: name.utf8.count)
            let dimensions = try whole(bytes: 4)
            guard dimensions <= 8 else {
                throw FileProblem("has a tensor of \(dimensions) dimensions")
            }
            var extents: [Int] = []
            for _ in 0..<dimensions {
                let extent = try whole(bytes: lengthBytes)
                guard extent < 1 << 60 else {
                    throw FileProblem("has a tensor of \(extent) numbers in a row")
                }
                extents.append(Int(extent))
            }
            let type = UInt32(truncatingIfNeeded: try whole(bytes: 4))
            let offset = try whole(bytes: 8)
            guard offset < 1 << 60 else {
                throw FileProblem("has a tensor at \(offset), beyond any file")
            }
            let tensor = GGUFTensor(dimensions: extents, type: type, offset: Int(offset))
            guard tensors.updateValue(tensor, forKey: name) == nil else {
                throw FileProblem("holds the tensor \(plainText(name)) twice")
            }
        }
        return tensors
    }

    // MARK: Long lists

    /// Bytes of a list's texts together; vocabularies have a tenth.
    private static let mostTextBytes = 64 << 20

    /// The texts of a list that begins here, in bytes; at most so many.
    mutating func texts(_ what: String, atMost limit: Int) throws(FileProblem) -> [[UInt8]] {
        let count = try items(of: what, type: 8, size: lengthBytes, atMost: limit)
        var texts: [[UInt8]] = []
        texts.reserveCapacity(count)
        var bytesLeft = Self.mostTextBytes
        for _ in 0..<count {
            let length = try self.count("bytes of \(what)", atLeast: 1)
            guard length <= 65_535 else {
                throw FileProblem("has in \(what) a text of \(length) bytes")
            }
            bytesLeft -= length
            guard bytesLeft >= 0 else {
                throw FileProblem(
                    "has texts in \(what) of more than \(Self.mostTextBytes >> 20) MiB together")
            }
            texts.append(try bytes(length))
        }
        return texts
    }

    /// The whole numbers of 32 bits of a list that begins here; at most so many.
    mutating func wholeNumbers(_ what: String, atMost limit: Int) throws(FileProblem) -> [Int] {
        let count = try items(of: what, type: 5, size: 4, atMost: limit)
        var numbers: [Int] = []
        numbers.reserveCapacity(count)
        for _ in 0..<count {
            numbers.append(Int(Int32(truncatingIfNeeded: try whole(bytes: 4))))
        }
        return numbers
    }

    private mutating func items(
        of what: String, type: UInt64, size: Int, atMost limit: Int
    ) throws(FileProblem) -> Int {
        guard try whole(bytes: 4) == type else {
            throw FileProblem("holds something unexpected in \(what)")
        }
        let count = try self.count("items of \(what)", atLeast: size)
        guard count <= limit else {
            throw FileProblem("has \(count) items in \(what); up to \(limit) are supported")
        }
        return count
    }

    private mutating func bytes(_ count: Int) throws(FileProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for _ in 0..<count { bytes.append(try byte()) }
        return bytes
    }
}
