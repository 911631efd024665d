import AttentionEngine
import CourseContent

extension MemoryFigures {
    /// What one token leaves in the cache, as far as the formula's factors go.
    package struct TokenShare: Sendable {
        /// What a layer keeps.
        package enum Kept: Sendable {
            /// A key and a value of so many K/V heads.
            case heads(Int)
            /// One latent and one rotary key of so many numbers.
            case latent(Int, Int)
        }

        /// The layers it leaves something in; nil where only a single head is told of.
        package let layers: Int?
        /// What each of them keeps.
        package let kept: Kept
        /// The numbers of one key or one value.
        package let numbers: Int
        /// All of it in a sentence.
        package let words: String
    }

    /// What one token leaves; nil where the setting has no such variant.
    package var tokenShare: TokenShare? {
        guard let size = size(in: report) else { return nil }
        let setting = report.setting
        let heads = factors(of: size).contains {
            $0.kind == .headCount || $0.kind == .parameter(.keyValueHeads)
        }
        let layers = shows(.layers) ? setting.layers : 1
        let place = layers == 1 ? "In one layer" : "In each of \(counted(layers, "layer"))"
        let start = "\(place), one token adds"
        switch size.layout {
        case .latent(let rank, let rotary):
            return TokenShare(
                layers: layers, kept: .latent(rank, rotary), numbers: rank,
                words: start + " a latent of \(grouped(rank)) numbers"
                    + (rotary == 0 ? "." : " and a rotary key of \(grouped(rotary))."))
        case .perHead(let count, let width):
            let each = "a key and a value of \(counted(width, "number"))"
            guard heads else {
                return TokenShare(
                    layers: nil, kept: .heads(1), numbers: width,
                    words: "In one head, one token adds \(each), a cell each:")
            }
            return TokenShare(
                layers: layers, kept: .heads(count), numbers: width,
                words: start + " \(each)"
                    + (count == 1 ? "." : " for each of \(counted(count, "K/V head"))."))
        }
    }
}
