import AttentionEngine

/// How many K/V heads a model's cache keeps, without training it afterwards.
package enum HeadSharing: Hashable, Sendable {
    /// As many as the model was built with.
    case asBuilt
    /// More: each head's keys and values are kept so many times over, which changes no output.
    case copied(times: Int)
    /// Fewer: keys and values are the means of so many neighbouring heads, where uptraining starts
    /// (Ainslie et al. 2023, arXiv 2305.13245, section 2.1).
    case mean(of: Int)

    /// The way from g heads to another number, which g divides or which divides g; nil for others
    /// and where n is no multiple of it.
    package init?(from shape: AttentionShape, to keyValueHeads: Int) {
        let built = shape.keyValueHeads
        guard keyValueHeads > 0, shape.queryHeads % keyValueHeads == 0 else { return nil }
        if keyValueHeads == built {
            self = .asBuilt
        } else if keyValueHeads % built == 0 {
            self = .copied(times: keyValueHeads / built)
        } else if built % keyValueHeads == 0 {
            self = .mean(of: built / keyValueHeads)
        } else {
            return nil
        }
    }

    /// The K/V heads kept of so many.
    package func keyValueHeads(of built: Int) -> Int {
        switch self {
        case .asBuilt: built
        case .copied(let times): built * times
        case .mean(let count): built / count
        }
    }

    /// What is kept of keys or values, [g, t, h], before they are turned. Cost: O(the larger of
    /// both).
    func kept(of numbers: [Float], heads: Int) -> [Float] {
        let count = numbers.count / heads
        switch self {
        case .asBuilt: return numbers
        case .copied(let times):
            return stride(from: 0, to: numbers.count, by: count).flatMap { start in
                repeatElement(numbers[start..<start + count], count: times).joined()
            }
        case .mean(let joined):
            return stride(from: 0, to: numbers.count, by: count * joined).flatMap { start in
                (start..<start + count).map { index in
                    (0..<joined).reduce(0) { $0 + numbers[index + $1 * count] } / Float(joined)
                }
            }
        }
    }
}
