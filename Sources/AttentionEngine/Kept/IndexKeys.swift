/// A key for each token by which sparse attention chooses the tokens that it looks at: kept beside
/// keys and values, in a format of its own. It has no heads to split.
package struct IndexKeys: Hashable, Sendable {
    /// The layers that keep them.
    package let layers: Int
    /// Numbers of a key.
    package let width: Int
    /// Bytes of a token in one layer.
    package let bytesPerToken: Int

    /// Index keys in so many layers, of so many numbers and bytes.
    package init(layers: Int, width: Int, bytesPerToken: Int) {
        self.layers = layers
        self.width = width
        self.bytesPerToken = bytesPerToken
    }

    /// Index keys as SGLang and vLLM write them: a byte for each number, and a scale of four bytes
    /// for every 128 of them (SGLang `_compute_dsa_indexer_cell_size`).
    package init(inBytes layers: Int, width: Int) {
        self.init(
            layers: layers, width: width, bytesPerToken: width + (width + 127) / 128 * 4)
    }

    /// The bytes of all under a load, whatever its format. Throws where they overflow.
    package func size(_ load: CacheLoad) throws(SettingError) -> ByteCount {
        try ByteCount(product: [bytesPerToken, layers, load.tokens, load.batch])
    }
}
