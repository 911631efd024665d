/// The caches of a whole model, every layer's for every sequence of a batch, filled with random
/// numbers one token at a time: what a setting's size is when it is not computed but held.
package struct ModelCache: Sendable {
    /// What decides the number of caches and their widths; its tokens are not a limit.
    package let setting: CacheSetting
    /// s, the tokens held of each sequence.
    package private(set) var tokens = 0
    /// [b x l]
    private var caches: [KVCache]
    private var random = MeasurementNumbers(seed: 3)

    /// Empty caches of per-head keys and values with the setting's g. nil where this engine cannot
    /// hold the numbers: of one width each it keeps 32 and 16 bits, and no windows.
    package init?(_ setting: CacheSetting) {
        guard setting.windowed == nil,
            let format = NumberFormat.allCases.first(where: {
                $0.numberWidth == setting.numberWidth
            })
        else { return nil }
        self.setting = setting
        let cache = KVCache(
            layout: .perHead(
                keyValueHeads: setting.keyValueHeads, headDimension: setting.headDimension),
            format: format)
        caches = Array(repeating: cache, count: setting.layers * setting.batch)
    }

    /// What one more token takes, by the memory model.
    package static func bytesPerToken(_ setting: CacheSetting) -> ByteCount {
        // A setting is only valid if its whole cache can be counted.
        ByteCount(
            bits: 2 * setting.layers * setting.batch * setting.keyValueHeads
                * setting.headDimension * setting.numberWidth.bits)
    }

    /// Bytes held in all layers, counted as they were written.
    package var bytesHeld: ByteCount { ByteCount(caches.reduce(0) { $0 + $1.bytesHeld.bytes }) }

    /// Adds one token to every sequence. Cost: O(numbers a token leaves).
    package mutating func appendToken() {
        let count = setting.keyValueHeads * setting.headDimension
        for index in caches.indices {
            caches[index].append(keys: random.numbers(count), values: random.numbers(count))
        }
        tokens += 1
    }
}
