/// The keys and values of one attention layer and one sequence, kept for the tokens to come.
///
///     g, h    K/V heads and their width, in the layout `perHead`
///     c, r    latent and rotary width, in the layout `latent`
///     t       tokens that come in at once, s those that are in
///
/// A value: a copy that is appended to leaves the other as it was. Cost: an append copies what it
/// is given, and all that is held whenever the room doubles; reading costs nothing but for formats
/// in blocks, whose rows are unpacked each time.
package struct KVCache: Sendable {
    /// What is kept of a token, and so which of the two `append` may be called.
    package let layout: KVCacheLayout
    let format: NumberFormat
    /// s, the tokens held.
    package private(set) var tokens = 0
    /// Bytes that were written for the tokens held, counted as they were written. Room kept ready
    /// for more is not among them.
    package private(set) var bytesHeld = ByteCount(0)

    /// Tokens there is room for.
    private(set) var capacity: Int
    /// [planes][capacity][width]: K/V head for K/V head the keys, then so the values; or one plane
    /// of latents, a token's rotary key behind its latent.
    private(set) var memory: NumberMemory

    /// An empty cache, with room for `capacity` tokens before it must grow. The layout's rows are
    /// whole blocks of the format.
    package init(layout: KVCacheLayout, format: NumberFormat, capacity: Int = 0) {
        self.layout = layout
        self.format = format
        self.capacity = capacity
        memory = NumberMemory(byteCount: format.bytes(of: layout.numbersPerToken * capacity))
        precondition(planes.width % format.numbersPerBlock == 0, "rows of whole blocks")
    }

    /// Adds t tokens. keys, values: [g, t, h]. The layout must be `perHead`.
    package mutating func append(keys: [Float], values: [Float]) {
        guard case .perHead(let heads, let width) = layout else {
            preconditionFailure("a latent cache takes latents, not keys and values")
        }
        precondition(keys.count == values.count, "as many values as keys")
        let count = tokens(in: keys.count, perToken: heads * width)
        makeRoom(for: count)
        for head in 0..<heads {
            let rows = head * count * width..<(head + 1) * count * width
            write(keys[rows], plane: head)
            write(values[rows], plane: heads + head)
        }
        tokens += count
    }

    /// Adds t tokens. latents: [t, c]; rotaryKeys: [t, r], already turned by their positions. The
    /// layout must be `latent`.
    package mutating func append(latents: [Float], rotaryKeys: [Float]) {
        guard case .latent(let latentRank, let rotaryDimension) = layout else {
            preconditionFailure("a cache of keys and values takes no latents")
        }
        let count = tokens(in: latents.count, perToken: latentRank)
        precondition(rotaryKeys.count == count * rotaryDimension, "a rotary key for each latent")
        makeRoom(for: count)
        var rows: [Float] = []
        rows.reserveCapacity(latents.count + rotaryKeys.count)
        for token in 0..<count {
            rows += latents[token * latentRank..<(token + 1) * latentRank]
            rows += rotaryKeys[token * rotaryDimension..<(token + 1) * rotaryDimension]
        }
        write(rows[...], plane: 0)
        tokens += count
    }

    private func tokens(in numbers: Int, perToken: Int) -> Int {
        precondition(numbers % perToken == 0, "whole tokens of \(perToken) numbers")
        return numbers / perToken
    }

    /// Adds copies of the first tokens held, where only the amount of numbers matters.
    mutating func appendFirstTokens(_ count: Int) {
        precondition(count <= tokens, "there are so many to copy")
        makeRoom(for: count)
        let bytes = format.bytes(of: count * planes.width)
        for plane in 0..<planes.count {
            address(plane: plane, token: tokens)
                .copyMemory(from: address(plane: plane, token: 0), byteCount: bytes)
        }
        tokens += count
        bytesHeld = ByteCount(bytesHeld.bytes + bytes * planes.count)
    }

    // MARK: Memory

    /// Planes of rows, and the numbers in a row.
    var planes: (count: Int, width: Int) {
        switch layout {
        case .perHead(let keyValueHeads, let headDimension): (2 * keyValueHeads, headDimension)
        case .latent: (1, layout.numbersPerToken)
        }
    }

    func address(plane: Int, token: Int) -> UnsafeMutableRawPointer {
        memory.start + format.bytes(of: (plane * capacity + token) * planes.width)
    }

    private mutating func write(_ numbers: ArraySlice<Float>, plane: Int) {
        let start = address(plane: plane, token: tokens)
        let end = format.write(numbers, at: start)
        bytesHeld = ByteCount(bytesHeld.bytes + (end - start))
    }

    /// Tokens that there is room for once `count` more are in.
    private func capacity(with count: Int) -> Int {
        tokens + count <= capacity ? capacity : max(tokens + count, 2 * capacity)
    }

    /// Bytes that are asked for when so many tokens are added: where the room doubles, for all.
    package func memoryNeeded(toAppend count: Int) -> ByteCount {
        let grown = capacity(with: count)
        return ByteCount(
            grown == capacity ? 0 : format.bytes(of: layout.numbersPerToken * grown))
    }

    /// Sees to memory of this value's own with room for `count` tokens more.
    private mutating func makeRoom(for count: Int) {
        let isOwn = isKnownUniquelyReferenced(&memory)
        if isOwn, tokens + count <= capacity { return }
        var grown = self
        grown.capacity = capacity(with: count)
        grown.memory = NumberMemory(
            byteCount: format.bytes(of: layout.numbersPerToken * grown.capacity))
        let bytes = format.bytes(of: tokens * planes.width)
        for plane in 0..<planes.count {
            grown.address(plane: plane, token: 0)
                .copyMemory(from: address(plane: plane, token: 0), byteCount: bytes)
        }
        self = grown
    }

    /// Becomes the other's keys and values, each head's written so many times over, as
    /// `repeat_interleave` does.
    mutating func repeatHeads(of other: KVCache, times: Int, threads: Int) {
        precondition(planes.count == other.planes.count * times, "n/g times as many heads")
        precondition(planes.width == other.planes.width, "heads of one width")
        precondition(format == other.format, "numbers written one way")
        tokens = 0
        makeRoom(for: other.tokens)
        let rowBytes = format.bytes(of: planes.width)
        let bytes = other.tokens * rowBytes
        // The work holds addresses only: a cache held in it would no longer be this one's own.
        let (source, sourceStride) = (other.memory.start, other.capacity * rowBytes)
        let (target, targetStride) = (memory.start, capacity * rowBytes)
        withExtendedLifetime((memory, other.memory)) {
            inParallel(planes.count, threads: threads) { plane in
                (target + plane * targetStride).copyMemory(
                    from: source + plane / times * sourceStride, byteCount: bytes)
            }
        }
        tokens = other.tokens
        bytesHeld = ByteCount(bytes * planes.count)
    }
}
