import AttentionEngine
import LanguageModel

/// What a model wrote, and what that took, in the forms it is printed in.
struct GenerateAnswer {
    let model: String
    let prompt: [Int]
    let writing: ModelWriting
    let text: [UInt8]
    /// What each token written writes.
    let pieces: [[UInt8]]
    let threads: Int

    private var sequence: ModelSequence { writing.sequence }
    private var bytesPerToken: Int { sequence.bytesHeld.bytes / max(1, sequence.tokens) }

    private func rate(_ part: (time: Duration, tokens: Int)) -> Double? {
        part.tokens == 0 ? nil : Double(part.tokens) / max(1e-9, part.time / .seconds(1))
    }

    /// What is said on standard error below the text.
    var lines: String {
        let layers = sequence.model.shape.layers
        var lines = [
            "Cache: \(grouped(bytesPerToken)) bytes a token "
                + "(\(grouped(sequence.numbersPerTokenAndLayer)) numbers in each of \(layers) "
                + "layers, \(sequence.format.rawValue)), \(sequence.bytesHeld.both) held for "
                + "\(counted(sequence.tokens, "token")).",
            "Read \(counted(writing.reading.tokens, "token"))"
                + (rate(writing.reading).map { " at \(threeDigits($0)) a second" } ?? "")
                + ", wrote \(grouped(writing.written.count))"
                + (rate(writing.steps).map { " at \(threeDigits($0)) a second" } ?? "")
                + ", \(threads == 1 ? "1 thread" : "\(threads) threads").",
        ]
        switch writing.end {
        case .lastToken: lines.append("The model ended its text.")
        case .context:
            lines.append(
                "This is the end of what the model can read: "
                    + "\(grouped(sequence.model.shape.context)) tokens.")
        case .noNumber, nil: break
        }
        return lines.joined(separator: "\n") + "\n"
    }

    var json: JSON {
        func number(_ value: Double?) -> JSON {
            value.map { .number(fixed($0, decimals: 1).filter { $0 != "," }) } ?? .null
        }
        return .object([
            ("schema", .int(1)), ("model", .string(model)),
            ("prompt_tokens", .array(prompt.map { .int($0) })),
            ("tokens", .array(writing.written.map { .int($0) })),
            ("text", .string(String(decoding: text, as: UTF8.self))),
            ("pieces", .array(pieces.map { .string(String(decoding: $0, as: UTF8.self)) })),
            (
                "cache",
                .object([
                    ("bytes_held", .int(sequence.bytesHeld.bytes)),
                    ("bytes_per_token", .int(bytesPerToken)),
                    ("numbers_per_token_and_layer", .int(sequence.numbersPerTokenAndLayer)),
                ])
            ),
            ("read_per_second", number(rate(writing.reading))),
            ("written_per_second", number(rate(writing.steps))), ("threads", .int(threads)),
        ])
    }
}
