import AttentionEngine

/// The tensors of a safetensors file: names, shapes and places from its header, numbers on request.
///
///     8 bytes   length of the header, unsigned, little-endian
///     header    {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ...}
///     data      the tensors' bytes; offsets count from here
///
/// Nothing is taken on the file's word: a header beyond the file or of more than 100 MB is not
/// read, nor more tensors than any file has, and what follows is refused: members the format does
/// not have, names that come twice, offsets beyond the data, tensors that overlap or leave bytes to
/// nobody, sizes that are not their shape's. Types that are unknown here are let be: nobody can say
/// their size.
///
/// Source: https://huggingface.co/docs/safetensors, and its reference implementation's limits.
package struct SafeTensors: Sendable {
    /// A tensor as the header describes it.
    package struct Tensor: Hashable, Sendable {
        let name: String
        /// The header's `dtype`: "F32", "BF16".
        package let type: String
        /// The extents, outermost first; none for a single number.
        package let shape: [Int]
        /// Where its numbers lie in the file.
        let bytes: Range<Int>
    }

    /// By name.
    package let tensors: [String: Tensor]
    /// The header's `__metadata__`.
    package let metadata: [String: String]
    /// Bytes of the header.
    let headerSize: Int
    private let file: FileBytes

    /// Bytes of all tensors: the weights' size.
    package var dataSize: Int { tensors.values.reduce(0) { $0 + $1.bytes.count } }

    /// The longest header that is read, as the reference implementation has it.
    static let longestHeader = 100_000_000

    /// Reads the header. Throws what is wrong with it. Cost: time and memory O(the header).
    package init(_ file: FileBytes) throws(FileProblem) {
        guard file.count >= 8 else {
            throw FileProblem("is \(file.count) bytes long; a safetensors file has 8 and a header")
        }
        let length = try file.read(0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(Self.longestHeader) else {
            if length & 0xFFFF_FFFF == 0x0403_4B50 {
                throw FileProblem(
                    "is not a safetensors file but a ZIP archive, as torch.save writes it: write it "
                        + "with safetensors.torch.save_file")
            }
            throw FileProblem(
                "is not a safetensors file: its header would be \(length) bytes long, and "
                    + "\(Self.longestHeader) is the most")
        }
        let start = 8 + Int(length)
        guard start <= file.count else {
            throw FileProblem(
                "is cut off: its header is \(length) bytes long, and the file \(file.count)")
        }
        guard start > 8, try file.read(8..<9) == [UInt8(ascii: "{")] else {
            throw FileProblem("is not a safetensors file: its header does not begin with '{'")
        }
        let header = try SafeTensorsHeader(try file.read(8..<start), data: start..<file.count)
        headerSize = Int(length)
        tensors = header.tensors
        metadata = header.metadata
        self.file = file
    }

    /// The format of a tensor's numbers. Throws where it is none that is read.
    func format(of tensor: Tensor) throws(FileProblem) -> FloatFormat {
        guard let format = FloatFormat(rawValue: tensor.type) else {
            throw FileProblem(
                "holds '\(shortened(tensor.name))' as '\(shortened(tensor.type))'; "
                    + FloatFormat.names + " can be read")
        }
        return format
    }

    /// Some of a tensor's numbers, from the place `range` tells in its row-major order on. Throws
    /// where they are of a format that is not read. Cost: time and memory O(the range).
    package func numbers(
        of tensor: Tensor, in range: Range<Int>
    ) throws(FileProblem) -> [Double] {
        let type = try format(of: tensor)
        let start = tensor.bytes.lowerBound
        let bytes = start + range.lowerBound * type.size..<start + range.upperBound * type.size
        precondition(bytes.upperBound <= tensor.bytes.upperBound, "the range is the tensor's")
        return type.numbers(try file.read(bytes))
    }

    /// The same of whole numbers and truth values, too, which masks are written in.
    func wholeNumbers(
        of tensor: Tensor, in range: Range<Int>
    ) throws(FileProblem) -> [Double] {
        let sizes = ["I64": 8, "U64": 8, "I32": 4, "U32": 4, "I16": 2, "I8": 1, "U8": 1, "BOOL": 1]
        guard let size = sizes[tensor.type] else { return try numbers(of: tensor, in: range) }
        let start = tensor.bytes.lowerBound
        let bytes = try file.read(start + range.lowerBound * size..<start + range.upperBound * size)
        return stride(from: 0, to: bytes.count, by: size).map { place in
            let bits = bytes[place..<place + size].reversed().reduce(UInt64(0)) {
                $0 << 8 | UInt64($1)
            }
            // The sign's bits above it.
            let unused = UInt64(64 - 8 * size)
            let isSigned = tensor.type.hasPrefix("I")
            return isSigned ? Double(Int64(bitPattern: bits << unused) >> unused) : Double(bits)
        }
    }
}
