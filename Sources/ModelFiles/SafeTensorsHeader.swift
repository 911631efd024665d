import AttentionEngine

/// What a safetensors header says, held against its own words and the file's length.
struct SafeTensorsHeader {
    /// No file has more tensors, or texts in its metadata; the largest models have half of it in
    /// all their files together.
    private static let most = 1 << 18
    /// The most extents of a tensor, as PyTorch has it.
    private static let mostExtents = 64

    private(set) var tensors: [String: SafeTensors.Tensor] = [:]
    private(set) var metadata: [String: String] = [:]

    /// `data`: where the file's data lie behind this text.
    init(_ text: [UInt8], data: Range<Int>) throws(FileProblem) {
        var scanner = JSONScanner(text, complaint: "its header is not of its form")
        var hasMetadata = false
        try scanner.object { (scanner, name) throws(FileProblem) in
            if name == "__metadata__" {
                if hasMetadata { throw FileProblem("names '__metadata__' twice") }
                hasMetadata = true
                metadata = try Self.texts(&scanner)
            } else {
                guard tensors.count < Self.most else {
                    throw FileProblem("has more than \(Self.most) tensors")
                }
                let tensor = try Self.tensor(name, &scanner, data: data)
                if tensors.updateValue(tensor, forKey: name) != nil {
                    throw FileProblem("names '\(shortened(name))' twice")
                }
            }
        }
        try scanner.end()
        try requireNoGaps(in: data)
    }

    private static func texts(
        _ scanner: inout JSONScanner
    ) throws(FileProblem) -> [String: String] {
        var texts: [String: String] = [:]
        try scanner.object { (scanner, name) throws(FileProblem) in
            guard texts.count < Self.most else {
                throw FileProblem("has more than \(Self.most) texts in '__metadata__'")
            }
            if texts.updateValue(try scanner.string(), forKey: name) != nil {
                throw FileProblem("names '\(shortened(name))' twice in '__metadata__'")
            }
        }
        return texts
    }

    private static func tensor(
        _ name: String, _ scanner: inout JSONScanner, data: Range<Int>
    ) throws(FileProblem) -> SafeTensors.Tensor {
        var type: String?
        var shape: [Int]?
        var offsets: [Int]?
        try scanner.object { (scanner, member) throws(FileProblem) in
            let isSecond: Bool
            switch member {
            case "dtype":
                isSecond = type != nil
                type = try scanner.string()
            case "shape":
                isSecond = shape != nil
                shape = try scanner.wholeNumbers(atMost: mostExtents)
            case "data_offsets":
                isSecond = offsets != nil
                offsets = try scanner.wholeNumbers(atMost: 2)
            default:
                throw FileProblem(
                    "gives '\(shortened(name))' a '\(shortened(member))'; the format knows "
                        + "'dtype', 'shape' and 'data_offsets'")
            }
            if isSecond { throw FileProblem("gives '\(shortened(name))' its '\(member)' twice") }
        }
        guard let type, let shape, let offsets else {
            let missing = type == nil ? "dtype" : shape == nil ? "shape" : "data_offsets"
            throw FileProblem("gives '\(shortened(name))' no '\(missing)'")
        }
        guard offsets.count == 2, offsets[0] <= offsets[1] else {
            throw FileProblem("gives '\(shortened(name))' offsets that are not two in rising order")
        }
        guard offsets[1] <= data.count else {
            throw FileProblem(
                "is cut off: '\(shortened(name))' ends at byte \(offsets[1]) of its data, which "
                    + "are \(data.count) bytes")
        }
        try requireSize(offsets[1] - offsets[0], of: name, type, shape)
        return SafeTensors.Tensor(
            name: name, type: type, shape: shape,
            bytes: data.lowerBound + offsets[0]..<data.lowerBound + offsets[1])
    }

    private static func requireSize(
        _ size: Int, of name: String, _ type: String, _ shape: [Int]
    ) throws(FileProblem) {
        guard let width = bits[type] else { return }
        var needed = width
        for dimension in shape {
            let (product, overflow) = needed.multipliedReportingOverflow(by: dimension)
            if overflow {
                throw FileProblem("gives '\(shortened(name))' a shape too large for any memory")
            }
            needed = product
        }
        guard needed % 8 == 0, needed / 8 == size else {
            throw FileProblem(
                "gives '\(shortened(name))' \(size) bytes; \(type) of its shape takes "
                    + "\(needed % 8 == 0 ? "\(needed / 8)" : "no whole number")")
        }
    }

    /// Bits per number of the types that the format has.
    private static let bits = [
        "F64": 64, "I64": 64, "U64": 64, "C64": 64, "F32": 32, "I32": 32, "U32": 32, "F16": 16,
        "BF16": 16, "I16": 16, "U16": 16, "I8": 8, "U8": 8, "BOOL": 8, "F8_E4M3": 8, "F8_E5M2": 8,
        "F8_E8M0": 8, "F6_E2M3": 6, "F6_E3M2": 6, "F4": 4,
    ]

    /// Every byte of the data is one tensor's.
    private func requireNoGaps(in data: Range<Int>) throws(FileProblem) {
        var end = data.lowerBound
        var last = ""
        let inOrder = tensors.values.sorted {
            ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
        }
        for tensor in inOrder {
            let start = tensor.bytes.lowerBound
            if start < end {
                throw FileProblem(
                    "lets '\(shortened(last))' and '\(shortened(tensor.name))' overlap")
            }
            if start > end {
                throw FileProblem(
                    "has \(start - end) bytes before '\(shortened(tensor.name))' that belong to "
                        + "no tensor")
            }
            (end, last) = (tensor.bytes.upperBound, tensor.name)
        }
        if end < data.upperBound {
            throw FileProblem(
                "has \(data.upperBound - end) bytes at its end that belong to no tensor")
        }
    }
}
