/// One decode step of one attention layer: a new token's queries over the cache of one sequence.
package struct DecodeStep: Hashable, Sendable {
    /// The layer's heads: n, g and h.
    package let shape: AttentionShape
    /// s, cached tokens.
    package let tokens: Int
    /// How the cached numbers are written; queries and outputs are of 32 bits.
    package let format: NumberFormat

    /// Throws where there is no token, where the format's blocks do not fit the heads, and where
    /// the cache could not be counted in 64 bits.
    package init(
        shape: AttentionShape, tokens: Int, format: NumberFormat
    ) throws(SettingError) {
        // Blocks take less than 16 bits a number, scales included.
        _ = try CacheSetting(
            layers: 1, shape: shape, tokens: tokens, numberWidth: format.numberWidth ?? .bits16)
        if shape.headDimension % format.numbersPerBlock != 0 {
            throw .blocksDoNotFit(
                format.cacheFormat, block: format.numbersPerBlock, width: shape.headDimension)
        }
        self.shape = shape
        self.tokens = tokens
        self.format = format
    }

    /// What is cached for each token.
    var layout: KVCacheLayout {
        .perHead(keyValueHeads: shape.keyValueHeads, headDimension: shape.headDimension)
    }

    /// Bytes of the keys and values, which is what the step must read at least.
    package var cacheSize: ByteCount { size(keyValueHeads: shape.keyValueHeads) }

    /// Bytes of keys and values once they are written out for every query head: MHA's.
    package var repeatedSize: ByteCount { size(keyValueHeads: shape.queryHeads) }

    private func size(keyValueHeads: Int) -> ByteCount {
        ByteCount(format.bytes(of: 2 * keyValueHeads * shape.headDimension * tokens))
    }

    /// Bytes of memory that measuring the step one way takes, caches only.
    package func memoryNeeded(_ way: DecodeWay) -> ByteCount {
        way == .repeated && shape.groupSize > 1
            ? ByteCount(cacheSize.bytes + repeatedSize.bytes) : cacheSize
    }

    /// Bytes read and written by one way: the repeated way also writes every query head its own
    /// keys and values, and reads those.
    package func bytesMoved(_ way: DecodeWay) -> ByteCount {
        way == .repeated && shape.groupSize > 1
            ? ByteCount(cacheSize.bytes + 2 * repeatedSize.bytes) : cacheSize
    }

    /// Multiplications for scores and mixing, 2 n s h: the same for every g.
    package var multiplications: Double {
        2 * Double(shape.queryHeads) * Double(tokens) * Double(shape.headDimension)
    }
}

/// What a decode step does with keys and values that several query heads share.
package enum DecodeWay: String, CaseIterable, Hashable, Sendable {
    /// Reads each once, for all query heads of its group.
    case shared
    /// Writes them out again for each query head (`repeat_interleave`) and computes MHA, as a
    /// textbook's code does. Where n = g there is nothing to repeat.
    case repeated
}
