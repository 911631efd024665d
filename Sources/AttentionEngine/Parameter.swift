/// One of the numbers that decide how large a key/value cache is, with the letter the lecture
/// notes use for it.
package enum Parameter: String, CaseIterable, Hashable, Sendable {
    /// l, layers of the model.
    case layers = "l"
    /// b, sequences at once.
    case batch = "b"
    /// n, query heads of a layer.
    case queryHeads = "n"
    /// g, K/V heads of a layer; divides n.
    case keyValueHeads = "g"
    /// h, numbers of one head.
    case headDimension = "h"
    /// s, tokens of a sequence.
    case tokens = "s"
    /// What a number takes: in bytes as text ("0.5"), in bits as a value (4).
    case bytesPerNumber = "bytes"
    /// c, numbers of the latent (DeepSeek-V2, arXiv 2405.04434, section 2.1).
    case latentRank = "c"
    /// r, numbers of the rotary key that goes with it; may be 0.
    case rotaryDimension = "r"
    /// How many of the layers keep a window only.
    case windowLayers = "wl"
    /// Tokens that each of those keeps.
    case window = "w"

    /// The key in a setting's text form: the notes' letter.
    package var letter: String { rawValue }

    /// The name in words, singular or plural as it stands after a number.
    package var name: String {
        switch self {
        case .layers: "layers"
        case .batch: "batch"
        case .queryHeads: "query heads"
        case .keyValueHeads: "K/V heads"
        case .headDimension: "head width"
        case .tokens: "tokens"
        case .bytesPerNumber: "bytes per number"
        case .latentRank: "latent width"
        case .rotaryDimension: "rotary width"
        case .windowLayers: "window layers"
        case .window: "window"
        }
    }
}
