/// How a tensor's numbers lie in a GGUF file: in blocks, a row of whole ones.
///
/// Source: ggml's block formats, github.com/ggml-org/ggml/blob/master/src/ggml-common.h.
package enum WeightFormat: String, CaseIterable, Hashable, Sendable {
    /// IEEE single precision.
    case float32 = "F32"
    /// IEEE half precision.
    case float16 = "F16"
    /// The upper half of a `float32`.
    case bfloat16 = "BF16"
    /// 32 signed bytes and one scale.
    case q8 = "Q8_0"
    /// 32 numbers of 4 bits, less 8, and one scale.
    case q4 = "Q4_0"
    /// 32 numbers of 4 bits, one scale and one least value.
    case q4Offset = "Q4_1"
    /// 256 numbers of 4 bits in eight parts, each with a scale and a least value of 6 bits.
    case q4K = "Q4_K"
    /// 256 numbers of 6 bits, less 32, in sixteen parts, each with a scale of 8 bits.
    case q6K = "Q6_K"

    /// The format of a GGUF type's number; nil where it is none of these.
    package init?(typeInFile type: UInt32) {
        switch type {
        case 0: self = .float32
        case 1: self = .float16
        case 2: self = .q4
        case 3: self = .q4Offset
        case 8: self = .q8
        case 12: self = .q4K
        case 14: self = .q6K
        case 30: self = .bfloat16
        default: return nil
        }
    }

    /// Numbers in a block; a row holds whole blocks.
    package var numbersPerBlock: Int {
        switch self {
        case .float32, .float16, .bfloat16: 1
        case .q8, .q4, .q4Offset: 32
        case .q4K, .q6K: 256
        }
    }

    /// Bytes of a block.
    package var bytesPerBlock: Int {
        switch self {
        case .float32: 4
        case .float16, .bfloat16: 2
        case .q8: 34
        case .q4: 18
        case .q4Offset: 20
        case .q4K: 144
        case .q6K: 210
        }
    }

    /// Bytes of so many numbers, which are whole blocks.
    package func bytes(of numbers: Int) -> Int { numbers / numbersPerBlock * bytesPerBlock }
}
