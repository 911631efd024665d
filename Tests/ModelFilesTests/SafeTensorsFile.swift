import ModelFiles

/// A safetensors file put together by hand, right or wrong.
struct SafeTensorsFile {
    /// The header's text.
    var header: String
    /// The bytes behind it.
    var data: [UInt8] = []
    /// What the first eight bytes say; nil for the truth.
    var headerLength: UInt64?

    init(_ header: String, data: [UInt8] = [], headerLength: UInt64? = nil) {
        self.header = header
        self.data = data
        self.headerLength = headerLength
    }

    var bytes: [UInt8] {
        let length = headerLength ?? UInt64(header.utf8.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + header.utf8 + data
    }

    /// Tensors of 32-bit numbers one after the other, padded as the real writer does.
    init(_ tensors: [(name: String, shape: [Int], numbers: [Float])]) {
        var entries: [String] = []
        var data: [UInt8] = []
        for tensor in tensors {
            let start = data.count
            for number in tensor.numbers {
                data += (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
            }
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            entries.append(
                #""\#(tensor.name)":{"dtype":"F32","shape":[\#(shape)],"#
                    + #""data_offsets":[\#(start),\#(data.count)]}"#)
        }
        var header = #"{"__metadata__":{"format":"pt"},"# + entries.joined(separator: ",") + "}"
        while header.utf8.count % 8 != 0 { header += " " }
        self.init(header, data: data)
    }
}

/// What comes of a file: its tensors, or the line that says what is wrong.
func opened(_ file: SafeTensorsFile) -> Result<SafeTensors, FileProblem> {
    Result { () throws(FileProblem) in try SafeTensors(FileBytes(file.bytes)) }
}

extension Result where Failure == FileProblem {
    var problem: String? {
        guard case .failure(let problem) = self else { return nil }
        return problem.description
    }
}
