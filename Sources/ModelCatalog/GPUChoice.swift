import AttentionEngine

/// The GPUs that a setting is looked at on.
package struct GPUChoice: Hashable, Sendable {
    /// T, the GPUs that share out every layer's heads.
    package var count = 1
    /// Memory of each GPU.
    package var memory = ByteCount(80_000_000_000)
    /// The weights' size as it was set; nil takes the model's, nothing counts none.
    package var weights: ByteCount?

    /// The most GPUs that can be chosen.
    package static let most = 1_024

    /// As text: "gpus 8 80000000000 16000000000", the weights' size left out
    /// where it is the model's.
    package var text: String {
        (["gpus", String(count), String(memory.bytes)]
            + [weights.map { String($0.bytes) }].compactMap(\.self)).joined(separator: " ")
    }

    /// One GPU of 80 GB.
    package init() {}

    /// Nil for any other text, and for counts and sizes beyond those that can be set.
    package init?(text: String) {
        let words = text.split(separator: " ")
        guard words.first == "gpus", words.count == 3 || words.count == 4 else { return nil }
        let numbers = words.dropFirst().compactMap { Int($0) }
        guard numbers.count == words.count - 1, (1...Self.most).contains(numbers[0]),
            numbers.dropFirst().allSatisfy({ (0..<1 << 60).contains($0) })
        else { return nil }
        count = numbers[0]
        memory = ByteCount(numbers[1])
        weights = numbers.count == 3 ? ByteCount(numbers[2]) : nil
    }
}
