import AttentionEngine
import Lessons

extension CourseLint {
    /// A size in bytes that is typed by hand: the engine knows better.
    ///
    /// One within half and double of a variant's at the step's setting is taken to be meant as it:
    /// an error where it disagrees. Any other is a warning, since nothing keeps it right. Code and
    /// quotes are somebody's own words.
    @Sendable static func typedFigureRule(_ lesson: PreparedLesson) -> [Finding] {
        lesson.steps.flatMap { step in
            let sizes = MemoryReport(step.setting).variants.flatMap { [$0.size, $0.bytesPerToken] }
            let prose = step.prose.filter { if case .quote = $0 { false } else { true } }
            let texts = prose.flatMap(\.texts) + (step.question?.ownWords.map(\.inlines) ?? [])
            return texts.flatMap { inlines in
                typedSizes(in: inlines.flatMap(\.leaves)).map { finding($0, sizes: sizes) }
            }
        }
    }

    /// A size as it stands in a text.
    struct TypedSize: Equatable {
        let text: String
        let bytes: Double
        let place: SourcePlace
    }

    private static func finding(_ typed: TypedSize, sizes: [ByteCount]) -> Finding {
        func distance(_ size: ByteCount) -> Double { abs(typed.bytes - Double(size.bytes)) }
        let near = sizes.filter {
            let ratio = typed.bytes / Double(max(1, $0.bytes))
            return ratio > 0.5 && ratio < 2
        }
        guard let meant = near.min(by: { distance($0) < distance($1) }) else {
            return .typedFigure(typed.text, at: typed.place)
        }
        return [meant.decimal, meant.binary].contains(typed.text)
            ? .typedFigure(typed.text, at: typed.place)
            : .typedFigureDisagrees(typed.text, computed: meant.both, at: typed.place)
    }

    /// Numbers with a unit of bytes behind them: "384 MiB", "4.5GB", "3,123 kB". Each is placed
    /// where the piece of text that it starts in is.
    static func typedSizes(in leaves: [Inline]) -> [TypedSize] {
        var characters: [Character] = []
        var places: [SourcePlace] = []
        for case .text(let text, let place) in leaves.map(\.textOrBreak) {
            characters += text
            places += repeatElement(place, count: text.count)
        }
        var sizes: [TypedSize] = []
        var index = 0
        while index < characters.count {
            let start = index
            guard characters[index].isNumber else {
                index += 1
                continue
            }
            let digits = characters[start...].prefix { $0.isNumber || $0 == "." || $0 == "," }
            index += digits.count
            var unitStart = index
            if unitStart < characters.count, characters[unitStart].isWhitespace { unitStart += 1 }
            let unit = String(
                characters[min(unitStart, characters.count)...].prefix(while: \.isLetter))
            guard unit.hasSuffix("B"), unit.count > 1,
                let value = Double(String(digits.filter { $0 != "," })),
                case .value(let bytes) = Guess.read("\(value) \(unit)", kind: .bytes)
            else { continue }
            sizes.append(
                TypedSize(text: "\(String(digits)) \(unit)", bytes: bytes, place: places[start]))
            index = unitStart + unit.count
        }
        return sizes
    }
}

extension Finding {
    fileprivate static func typedFigure(_ text: String, at place: SourcePlace) -> Finding {
        Finding(
            rule: "typed-figure", severity: .warning, place: place,
            message: "'\(text)' is typed by hand; write a figure, [\(text)](cache:...), so that it "
                + "stays right, or `\(text)` where it is somebody's claim")
    }

    fileprivate static func typedFigureDisagrees(
        _ text: String, computed: String, at place: SourcePlace
    ) -> Finding {
        Finding(
            rule: "typed-figure", place: place,
            message: "'\(text)' is typed by hand, and the engine computes \(computed) at this "
                + "step's setting; write a figure, or `\(text)` where it is somebody's claim")
    }
}

extension Inline {
    /// Text as it is; anything else parts what stands before it from what stands behind.
    fileprivate var textOrBreak: Inline {
        if case .text = self { self } else { .text("|", SourcePlace(line: 1, column: 1)) }
    }
}
