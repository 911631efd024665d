import AttentionEngine
import CAttentionKernels

extension WeightFormat {
    /// Writes `count` numbers, which are whole blocks, in 32 bits. Cost: O(count).
    func unpack(
        _ count: Int, at address: UnsafeRawPointer, to numbers: UnsafeMutablePointer<Float>
    ) {
        switch self {
        case .float32: NumberFormat.float32.unpack(count, at: address, to: numbers)
        case .float16:
            for index in 0..<count { numbers[index] = halfAt(address + 2 * index) }
        case .bfloat16: NumberFormat.bfloat16.unpack(count, at: address, to: numbers)
        case .q8: NumberFormat.q8.unpack(count, at: address, to: numbers)
        case .q4: NumberFormat.q4.unpack(count, at: address, to: numbers)
        case .q4Offset:
            blocks(count, address, numbers) { block, numbers in
                let (scale, least) = (halfAt(block), halfAt(block + 2))
                Self.unpackNibbles(block + 4, to: numbers) { scale * $0 + least }
            }
        case .q4K: blocks(count, address, numbers) { Self.unpackQ4K($0, to: $1) }
        case .q6K: blocks(count, address, numbers) { Self.unpackQ6K($0, to: $1) }
        }
    }

    @inline(__always)
    private func blocks(
        _ count: Int, _ address: UnsafeRawPointer, _ numbers: UnsafeMutablePointer<Float>,
        _ unpack: (UnsafeRawPointer, UnsafeMutablePointer<Float>) -> Void
    ) {
        for block in 0..<count / numbersPerBlock {
            unpack(address + block * bytesPerBlock, numbers + block * numbersPerBlock)
        }
    }

    /// 32 numbers of 4 bits: the low halves of sixteen bytes first, then the high ones.
    @inline(__always)
    private static func unpackNibbles(
        _ bytes: UnsafeRawPointer, to numbers: UnsafeMutablePointer<Float>,
        _ number: (Float) -> Float
    ) {
        for index in 0..<16 {
            let pair = (bytes + index).load(as: UInt8.self)
            numbers[index] = number(Float(pair & 0xF))
            numbers[index + 16] = number(Float(pair >> 4))
        }
    }

    /// A block's own scale and least value's scale, then eight pairs of 6 bits in 12 bytes, then
    /// the numbers: of each 32 bytes the low halves are one part and the high ones the next.
    private static func unpackQ4K(
        _ block: UnsafeRawPointer, to numbers: UnsafeMutablePointer<Float>
    ) {
        let (scale, leastScale) = (halfAt(block), halfAt(block + 2))
        func byte(_ index: Int) -> UInt8 { (block + 4 + index).load(as: UInt8.self) }
        for part in 0..<8 {
            let (factor, least): (UInt8, UInt8) =
                part < 4
                ? (byte(part) & 63, byte(part + 4) & 63)
                : (
                    byte(part + 4) & 0xF | (byte(part - 4) >> 6) << 4,
                    byte(part + 4) >> 4 | (byte(part) >> 6) << 4
                )
            let (a, b) = (scale * Float(factor), leastScale * Float(least))
            let bytes = block + 16 + part / 2 * 32
            for index in 0..<32 {
                let pair = (bytes + index).load(as: UInt8.self)
                numbers[part * 32 + index] = a * Float(part % 2 == 0 ? pair & 0xF : pair >> 4) - b
            }
        }
    }

    /// The numbers' low 4 bits in 128 bytes, their high 2 in 64, sixteen scales of 8 bits, and the
    /// block's own scale last.
    private static func unpackQ6K(
        _ block: UnsafeRawPointer, to numbers: UnsafeMutablePointer<Float>
    ) {
        let scale = halfAt(block + 208)
        for index in 0..<256 {
            let (side, place) = (index / 128, index % 128)
            let (quarter, column) = (place / 32, place % 32)
            let low = (block + 64 * side + quarter % 2 * 32 + column).load(as: UInt8.self)
            let high = (block + 128 + 32 * side + column).load(as: UInt8.self)
            let bits =
                (quarter < 2 ? low & 0xF : low >> 4) | (high >> (2 * UInt8(quarter)) & 3) << 4
            let factor = (block + 192 + index / 16).load(as: Int8.self)
            numbers[index] = scale * Float(factor) * Float(Int(bits) - 32)
        }
    }
}
