/// A key for each token by which sparse attention chooses the tokens that it looks at: kept beside
/// keys and values. It has no heads to split.
package struct IndexKeys: Hashable, Sendable {
    /// The layers that keep them.
    package let layers: Int
    /// Numbers of a key.
    package let width: Int
    /// Bytes of a token in one layer, whatever the cache's format; nil where they are in that.
    private let ownBytes: Int?

    /// Whether they are written in the cache's format, and not in one of their own.
    package var isInCacheFormat: Bool { ownBytes == nil }

    /// Index keys in so many layers, of so many numbers, and of so many bytes or in the cache's
    /// format.
    package init(layers: Int, width: Int, bytesPerToken: Int? = nil) {
        self.layers = layers
        self.width = width
        ownBytes = bytesPerToken
    }

    /// Index keys as SGLang and vLLM write them.
    package init(inBytes layers: Int, width: Int) {
        self.init(layers: layers, width: width, bytesPerToken: Self.bytesWithScales(width))
    }

    /// A byte for each number, and a scale of four bytes for every 128 of them (SGLang
    /// `_compute_dsa_indexer_cell_size`).
    package static func bytesWithScales(_ width: Int) -> Int { width + (width + 127) / 128 * 4 }

    /// Bytes of a token in one layer beside a cache of that format. Throws where its blocks do not
    /// fit a key.
    package func bytesPerToken(in format: CacheFormat) throws(SettingError) -> Int {
        if let ownBytes { return ownBytes }
        // That format is for latents alone; vLLM has these keys beside it.
        if format == .fp8Latent { return Self.bytesWithScales(width) }
        return ByteCount(
            bits: try format.bits(of: .heads(count: 1, keyWidth: width, valueWidth: 0))
        ).bytes
    }

    /// The bytes of all under a load. Throws where they overflow, and as those of a token do.
    package func size(_ load: CacheLoad) throws(SettingError) -> ByteCount {
        try ByteCount(
            product: [bytesPerToken(in: load.format), layers, load.tokens, load.batch])
    }
}
