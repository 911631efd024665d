/// How a cache writes numbers down: one by one, or in blocks that share a scale.
package enum NumberFormat: String, CaseIterable, Hashable, Sendable {
    /// IEEE single precision.
    case float32 = "f32"
    /// The upper half of a `float32`: its range, with 8 bits of precision.
    case bfloat16 = "bf16"
    /// ggml's blocks of 32 signed bytes with one scale.
    case q8 = "q8_0"
    /// ggml's blocks of 32 numbers of 4 bits, less 8, with one scale.
    case q4 = "q4_0"

    /// What the memory model calls it.
    package var cacheFormat: CacheFormat {
        switch self {
        case .float32: .f32
        case .bfloat16: .bf16
        case .q8: .q8
        case .q4: .q4
        }
    }

    /// Bits per number, as the memory model counts them; nil where scales stand between them.
    package var numberWidth: NumberWidth? { cacheFormat.numberWidth }

    /// Numbers in a block; each row of a cache is whole blocks.
    package var numbersPerBlock: Int {
        switch self {
        case .float32, .bfloat16: 1
        case .q8, .q4: 32
        }
    }

    /// Bytes of a block.
    var bytesPerBlock: Int {
        switch self {
        case .float32: 4
        case .bfloat16: 2
        case .q8: 34
        case .q4: 18
        }
    }

    /// Bytes of so many numbers, which are whole blocks.
    func bytes(of numbers: Int) -> Int { numbers / numbersPerBlock * bytesPerBlock }

    // MARK: Writing

    /// Writes numbers, which are whole blocks, from an address on and returns the address behind
    /// them.
    func write(
        _ numbers: ArraySlice<Float>, at address: UnsafeMutableRawPointer
    ) -> UnsafeMutableRawPointer {
        numbers.withUnsafeBufferPointer { numbers in
            var next = address
            for start in stride(from: 0, to: numbers.count, by: numbersPerBlock) {
                let block = numbers.baseAddress! + start
                switch self {
                case .float32: next.storeBytes(of: block[0], as: Float.self)
                case .bfloat16: next.storeBytes(of: Self.bits(block[0]), as: UInt16.self)
                case .q8: Self.packQ8(block, to: next)
                case .q4: Self.packQ4(block, to: next)
                }
                next += bytesPerBlock
            }
            return next
        }
    }

    /// The bfloat16 nearest to a number, ties to even; not a number stays none.
    private static func bits(_ value: Float) -> UInt16 {
        let pattern = value.bitPattern
        if value.isNaN { return UInt16(truncatingIfNeeded: pattern >> 16) | 0x40 }
        return UInt16(truncatingIfNeeded: (pattern + 0x7FFF + (pattern >> 16 & 1)) >> 16)
    }

    // MARK: Reading

    /// The numbers that lie from an address on, which are whole blocks.
    func read(_ count: Int, at address: UnsafeRawPointer) -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { numbers, initialised in
            if count > 0 { unpack(count, at: address, to: numbers.baseAddress!) }
            initialised = count
        }
    }

    /// Writes the numbers that lie from an address on, which are whole blocks, in 32 bits. Cost:
    /// O(count).
    package func unpack(
        _ count: Int, at address: UnsafeRawPointer, to numbers: UnsafeMutablePointer<Float>
    ) {
        switch self {
        case .float32:
            UnsafeMutableRawPointer(numbers).copyMemory(from: address, byteCount: 4 * count)
        case .bfloat16:
            for index in 0..<count {
                let bits = (address + 2 * index).loadUnaligned(as: UInt16.self)
                numbers[index] = Float(bitPattern: UInt32(bits) << 16)
            }
        case .q8:
            for block in 0..<count / 32 {
                Self.unpackQ8(address + 34 * block, to: numbers + 32 * block)
            }
        case .q4:
            for block in 0..<count / 32 {
                Self.unpackQ4(address + 18 * block, to: numbers + 32 * block)
            }
        }
    }
}
