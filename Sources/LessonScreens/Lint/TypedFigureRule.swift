import AttentionEngine
import Lessons

extension CourseLint {
    /// A size typed by hand that is nearly, but not quite, one of the step's: the engine knows
    /// better. One that is exactly the step's should be a figure, so that it stays so.
    ///
    /// Sizes within half and double of a variant's at the step's setting are taken to be meant as
    /// it; code and quotes are somebody's own words.
    @Sendable static func typedFigureRule(_ lesson: PreparedLesson) -> [Finding] {
        zip(lesson.lesson.steps, lesson.steps).flatMap { source, step in
            let sizes = MemoryReport(step.setting).variants.flatMap { [$0.size, $0.bytesPerToken] }
            return source.blocks.flatMap { block -> [Finding] in
                if case .quote = block { return [] }
                return block.inlines.flatMap(\.leaves).flatMap { inline -> [Finding] in
                    guard case .text(let text, let place) = inline else { return [] }
                    return typedSizes(in: text).compactMap { typed in
                        finding(typed, sizes: sizes, at: place)
                    }
                }
            }
        }
    }

    /// A size as it stands in a text.
    struct TypedSize: Equatable {
        let text: String
        let bytes: Double
    }

    private static func finding(
        _ typed: TypedSize, sizes: [ByteCount], at place: SourcePlace
    ) -> Finding? {
        let near = sizes.filter {
            let ratio = typed.bytes / Double(max(1, $0.bytes))
            return ratio > 0.5 && ratio < 2
        }
        guard
            let meant = near.min(by: {
                abs(typed.bytes - Double($0.bytes)) < abs(typed.bytes - Double($1.bytes))
            })
        else { return nil }
        if [meant.decimal, meant.binary].contains(typed.text) {
            return Finding(
                rule: "typed-figure", severity: .warning, place: place,
                message: "'\(typed.text)' is typed by hand; write it as a figure, "
                    + "[\(typed.text)](cache:...), so that it stays right")
        }
        return Finding(
            rule: "typed-figure", place: place,
            message: "'\(typed.text)' is typed by hand, and the engine computes \(meant.both) at "
                + "this step's setting; write a figure, or `\(typed.text)` where it is somebody's "
                + "claim")
    }

    /// Numbers with a unit of bytes behind them: "384 MiB", "4.5 GB", "3,123 kB".
    static func typedSizes(in text: String) -> [TypedSize] {
        let words = text.split(whereSeparator: \.isWhitespace)
        return zip(words, words.dropFirst()).compactMap { number, unit in
            let digits = number.drop { !$0.isNumber }
            let name = unit.prefix(while: \.isLetter)
            guard digits.allSatisfy({ $0.isNumber || $0 == "." || $0 == "," }),
                let value = Double(digits.filter { $0 != "," }),
                case .value(let bytes) = Guess.read("\(value) \(name)", kind: .bytes),
                name.hasSuffix("B"), name.count > 1
            else { return nil }
            return TypedSize(text: "\(digits) \(name)", bytes: bytes)
        }
    }
}
