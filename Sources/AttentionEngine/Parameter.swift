/// One of the numbers that decide how large a key/value cache is, with the letter the lecture
/// notes use for it.
package enum Parameter: String, CaseIterable, Hashable, Sendable {
    case layers = "l"
    case batch = "b"
    case queryHeads = "n"
    case keyValueHeads = "g"
    case headDimension = "h"
    case tokens = "s"
    case bytesPerNumber = "bytes"
    case latentRank = "c"
    case rotaryDimension = "r"
    case windowLayers = "wl"
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
