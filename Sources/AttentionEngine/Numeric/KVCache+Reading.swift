/// What attention reads of a cache.
extension KVCache {
    /// Runs `body` on all K/V heads while their numbers stay where they are, in the format that it
    /// is given beside them: rows in blocks are unpacked to 32 bits for the time of the call, once
    /// for all query tokens.
    func withHeads<T>(threads: Int, _ body: ([CachedHead], NumberFormat) -> T) -> T {
        if format.numbersPerBlock == 1 {
            return withExtendedLifetime(memory) {
                body(heads { UnsafeRawPointer(address(plane: $0, token: 0)) }, format)
            }
        }
        let planeNumbers = tokens * planes.width
        let numbers = NumberMemory(byteCount: 4 * planes.count * planeNumbers)
        return withExtendedLifetime(numbers) {
            unpack(to: numbers.start.assumingMemoryBound(to: Float.self), threads: threads)
            return body(
                heads { UnsafeRawPointer(numbers.start + 4 * $0 * planeNumbers) }, .float32)
        }
    }

    /// All rows in 32 bits: [planes][tokens][width].
    private func unpack(to numbers: UnsafeMutablePointer<Float>, threads: Int) {
        let tokensAtOnce = 256
        let (pieces, width) = ((tokens + tokensAtOnce - 1) / tokensAtOnce, planes.width)
        // The work holds addresses only, as in `repeatHeads`.
        let (format, tokens, source) = (format, tokens, memory.start)
        let sourceStride = format.bytes(of: capacity * width)
        withExtendedLifetime(memory) {
            inParallel(planes.count * pieces, threads: pieces == 1 ? 1 : threads) { unit in
                let (plane, first) = (unit / pieces, unit % pieces * tokensAtOnce)
                format.unpack(
                    min(tokensAtOnce, tokens - first) * width,
                    at: source + plane * sourceStride + format.bytes(of: first * width),
                    to: numbers + (plane * tokens + first) * width)
            }
        }
    }

    /// What each K/V head's query heads read, by where each plane of rows begins. A latent cache
    /// has one such head for all: its key is the whole row, its value the latent.
    private func heads(_ start: (Int) -> UnsafeRawPointer) -> [CachedHead] {
        switch layout {
        case .perHead(let keyValueHeads, let headDimension):
            (0..<keyValueHeads).map { head in
                CachedHead(
                    keys: start(head), values: start(keyValueHeads + head),
                    keyWidth: headDimension, valueWidth: headDimension,
                    keyStride: headDimension, valueStride: headDimension)
            }
        case .latent(let latentRank, _):
            [
                CachedHead(
                    keys: start(0), values: start(0), keyWidth: planes.width,
                    valueWidth: latentRank, keyStride: planes.width, valueStride: planes.width)
            ]
        }
    }

    /// The numbers of a token as they are held: of a K/V head its key and value, or the latent
    /// and the rotary key.
    package func numbers(ofHead head: Int, token: Int) -> [Float] {
        switch layout {
        case .perHead(let keyValueHeads, let headDimension):
            format.read(headDimension, at: address(plane: head, token: token))
                + format.read(
                    headDimension, at: address(plane: keyValueHeads + head, token: token))
        case .latent: format.read(planes.width, at: address(plane: 0, token: token))
        }
    }
}

/// Where one K/V head's rows lie: row t of keys at keys + t * keyStride numbers.
struct CachedHead {
    let keys: UnsafeRawPointer
    let values: UnsafeRawPointer
    let keyWidth: Int
    let valueWidth: Int
    let keyStride: Int
    let valueStride: Int
}
