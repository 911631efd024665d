import AttentionEngine
import Lessons

extension CourseLint {
    /// A size in bytes that is typed by hand: the engine knows better.
    ///
    /// One within half and double of a variant's at the step's setting is taken to be meant as it:
    /// an error where it disagrees. Any other is a warning, since nothing keeps it right. Code and
    /// quotes are somebody's own words.
    @Sendable static func typedFigureRule(_ lesson: PreparedLesson) -> [Finding] {
        lesson.steps.filter(\.isSettingKnown).flatMap { step in
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
        let text = typed.text
        if let meant = near.min(by: { distance($0) < distance($1) }),
            ![meant.decimal, meant.binary].contains(text)
        {
            return Finding(
                "typed-figure", at: typed.place,
                "'\(text)' is typed by hand, and the engine computes \(meant.both) at this step's "
                    + "setting; write a figure, or `\(text)` where it is a quotation")
        }
        return Finding(
            rule: "typed-figure", severity: .warning, place: typed.place,
            message: "'\(text)' is typed by hand; write a figure, [\(text)](cache:...), so that it "
                + "stays right, or `\(text)` where it is a quotation")
    }

    /// Numbers with a unit of bytes behind them: "384 MiB", "4.5GB", "3,123 kB". Each is placed
    /// where the piece of text that it starts in is.
    static func typedSizes(in leaves: [Inline]) -> [TypedSize] {
        var characters: [Character] = []
        var places: [SourcePlace] = []
        for leaf in leaves {
            // Anything but text parts what stands before it from what stands behind.
            let (piece, place) =
                if case .text(let piece, let place) = leaf {
                    (piece, place)
                } else {
                    ("|", SourcePlace(line: 1, column: 1))
                }
            characters += piece
            places += repeatElement(place, count: piece.count)
        }
        var sizes: [TypedSize] = []
        var index = 0
        while index < characters.count {
            let start = index
            let digits = characters[start...].prefix { $0.isNumber || $0 == "." || $0 == "," }
            index += max(1, digits.count)
            guard digits.first?.isNumber == true else { continue }
            if characters.indices.contains(index), characters[index].isWhitespace { index += 1 }
            let unit = String(characters[index...].prefix(while: \.isLetter))
            index += unit.count
            guard unit.hasSuffix("B"), unit.count > 1,
                let value = NumberText.plain(String(digits)).flatMap({ Double($0) }),
                case .value(let bytes) = Guess.read("\(value) \(unit)", kind: .bytes)
            else { continue }
            sizes.append(
                TypedSize(text: "\(String(digits)) \(unit)", bytes: bytes, place: places[start]))
        }
        return sizes
    }
}
