import AttentionEngine

/// The moments of all layers as a file's bytes, which say what they are of.
package enum KeptMoments {
    private static let mark = Array("headroom moments 2\n".utf8)

    /// The bytes. model: the model file's digest; text: that of the tokens that were read.
    package static func bytes(
        of moments: [LayerMoments], model: ContentDigest, text: ContentDigest
    ) -> [UInt8] {
        var bytes = mark
        func append(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
        }
        for digest in [model, text] { for word in digest.words { append(word) } }
        for layer in moments {
            append(UInt64(layer.tokens))
            for number in numbers(of: layer) { append(number.bitPattern) }
        }
        for word in ContentDigest(of: bytes).words { append(word) }
        return bytes
    }

    /// How many bytes the moments of a model of a shape take.
    package static func byteCount(of shape: LanguageModelShape) -> Int {
        mark.count + 32 + shape.layers * bytesPerLayer(of: shape) + 16
    }

    private static func bytesPerLayer(of shape: LanguageModelShape) -> Int {
        let kept = 2 * shape.keyWidth
        return 8 + 4 * (2 * kept + kept * (kept + 1) / 2 + shape.queryWidth / 2)
    }

    /// The moments of a model of a shape; nil where the bytes are not those of this model and text,
    /// or not whole.
    package static func moments(
        in bytes: [UInt8], model: ContentDigest, text: ContentDigest, shape: LanguageModelShape
    ) -> [LayerMoments]? {
        let (start, perLayer) = (mark.count + 32, bytesPerLayer(of: shape))
        guard bytes.count == byteCount(of: shape), bytes.starts(with: mark) else { return nil }
        let empty = LayerMoments(queries: shape.queryWidth, kept: 2 * shape.keyWidth)
        func word(_ place: Int) -> UInt64 {
            bytes.withUnsafeBytes {
                UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            }
        }
        func words(_ place: Int) -> [UInt64] { [word(place), word(place + 8)] }
        let end = bytes.count - 16
        guard words(mark.count) == model.words, words(mark.count + 16) == text.words,
            words(end) == ContentDigest(of: Array(bytes[..<end])).words
        else { return nil }
        let moments = (0..<shape.layers).map { layer in
            let place = start + layer * perLayer
            let numbers = bytes.withUnsafeBytes { bytes in
                (0..<(perLayer - 8) / 4).map {
                    Float(
                        bitPattern: UInt32(
                            littleEndian: bytes.loadUnaligned(
                                fromByteOffset: place + 8 + 4 * $0, as: UInt32.self)))
                }
            }
            return self.moments(
                of: numbers, tokens: Int(truncatingIfNeeded: word(place)), like: empty)
        }
        return moments.allSatisfy { $0.isFinite && $0.tokens > 0 } ? moments : nil
    }

    /// Means, origin, one half of the products, energies.
    private static func numbers(of layer: LayerMoments) -> [Float] {
        let count = layer.means.count
        let half = (0..<count).flatMap { layer.products[$0 * count...$0 * count + $0] }
        return layer.means + layer.origin + half + layer.energies
    }

    private static func moments(
        of numbers: [Float], tokens: Int, like empty: LayerMoments
    ) -> LayerMoments {
        var layer = empty
        let count = empty.means.count
        layer.tokens = tokens
        layer.means = Array(numbers[..<count])
        layer.origin = Array(numbers[count..<2 * count])
        var place = 2 * count
        for one in 0..<count {
            for two in 0...one {
                layer.products[one * count + two] = numbers[place]
                layer.products[two * count + one] = numbers[place]
                place += 1
            }
        }
        layer.energies = Array(numbers[place...])
        return layer
    }
}
