import CAttentionKernels

// Blocks of 32 numbers: a scale in half precision, then whole numbers of it. A block with a number
// that is none, or infinite, has a scale that is none, and so are all numbers read of it.
//
// Source: quantize_row_q8_0_ref and quantize_row_q4_0_ref in
// github.com/ggml-org/ggml/blob/master/src/ggml-quants.c; the same to the bit.
extension NumberFormat {
    /// 32 signed bytes: the largest magnitude is 127 scales.
    static func packQ8(_ numbers: UnsafePointer<Float>, to block: UnsafeMutableRawPointer) {
        let inverse = store(scale: largest(of: numbers).magnitude / 127, at: block)
        for index in 0..<32 {
            let number = inverse == 0 ? 0 : numbers[index] * inverse
            block.storeBytes(
                of: Int8(number.rounded(.toNearestOrAwayFromZero)), toByteOffset: 2 + index,
                as: Int8.self)
        }
    }

    /// 32 numbers of 4 bits, the low halves of sixteen bytes first, then the high ones. The number
    /// of the largest magnitude is -8 scales, whichever its sign; 8 scales are written as 7.
    static func packQ4(_ numbers: UnsafePointer<Float>, to block: UnsafeMutableRawPointer) {
        let inverse = store(scale: largest(of: numbers) / -8, at: block)
        func nibble(_ index: Int) -> UInt8 {
            min(15, UInt8((inverse == 0 ? 0 : numbers[index] * inverse) + 8.5))
        }
        for index in 0..<16 {
            block.storeBytes(
                of: nibble(index) | nibble(index + 16) << 4, toByteOffset: 2 + index,
                as: UInt8.self)
        }
    }

    /// The first number of the largest magnitude; none where one of the 32 is none or infinite.
    private static func largest(of numbers: UnsafePointer<Float>) -> Float {
        var (largest, zero) = (Float(0), Float(0))
        for index in 0..<32 {
            if numbers[index].magnitude > largest.magnitude { largest = numbers[index] }
            zero += numbers[index] * 0
        }
        return largest + zero
    }

    /// What numbers are multiplied with to be whole ones of the scale, before that is rounded; 0
    /// where the scale is none, and where it is so small that there is no such factor.
    private static func store(scale: Float, at block: UnsafeMutableRawPointer) -> Float {
        block.storeBytes(of: halfNearest(scale), as: UInt16.self)
        let inverse = 1 / scale
        return inverse.isFinite ? inverse : 0
    }

    static func unpackQ8(_ block: UnsafeRawPointer, to numbers: UnsafeMutablePointer<Float>) {
        let scale = halfAt(block)
        for index in 0..<32 {
            numbers[index] = scale * Float((block + 2 + index).load(as: Int8.self))
        }
    }

    static func unpackQ4(_ block: UnsafeRawPointer, to numbers: UnsafeMutablePointer<Float>) {
        let scale = halfAt(block)
        for index in 0..<16 {
            let pair = (block + 2 + index).load(as: UInt8.self)
            numbers[index] = scale * Float(Int8(pair & 0xF) - 8)
            numbers[index + 16] = scale * Float(Int8(pair >> 4) - 8)
        }
    }
}
