import AttentionEngine
import ModelCatalog
import TerminalCanvas

/// Your number against ours: another tool's figure, answered by the mistake that leads to it.
extension CourseApp {
    /// Whether a size with all its factors is on the screen, in the open.
    var showsWholeSize: Bool {
        guard let spec = step.memory else { return false }
        return spec.factors == nil && !isVeiled
    }

    func comparisonPage(_ text: String, _ answer: [String]) -> OverlayPage {
        let width = OverlayPage.area(of: size).width - 4
        let name = "Another tool's figure: "
        let ours =
            "Ours is \(comparedSize?.both ?? "not to be had") for \(shapeName)\(foreignWords)."
        let shown =
            answer.isEmpty
            ? [
                "Type it with its unit, as in 13.34 GiB. A figure that is off by what a common "
                    + "mistake gives is answered by the mistake."
            ] : answer
        return OverlayPage(
            title: "Your number against ours",
            lines: shown.enumerated().flatMap { index, sentence in
                wrapped(
                    [
                        Span(
                            sentence,
                            answer.isEmpty
                                ? Style(.faint) : Style(index == 0 ? .text : .accent, .bold))
                    ],
                    width: width, glyphs: glyphs)
            },
            heading: [
                [],
                [Span(ours)],
                [Span(name, Style(.text, .bold)), Span(text, Style(.accent, .bold))],
            ], cursor: Point(column: columns(of: name + text), row: 2))
    }

    mutating func performComparison(_ action: Action, _ text: String, _ answer: [String]) {
        switch action {
        case .erase: overlay = .comparison(text: String(text.dropLast()), answer: [])
        case .eraseAll: overlay = .comparison(text: "", answer: [])
        case .choose: overlay = .comparison(text: text, answer: compared(with: text))
        default: overlay = nil
        }
    }

    /// What is compared: the model, or the variant whose formula stands on the screen.
    private var comparedShape: ModelShape {
        let shape = shape
        let shared = shape.variants.first { $0.variant == foreignVariant }
        return shared.map { shape.with(stack: $0.stack) } ?? shape
    }

    private var comparedSize: ByteCount? {
        load.flatMap { try? comparedShape.stack.needed($0) }
    }

    /// What is said to a figure, a sentence each.
    func compared(with text: String) -> [String] {
        guard let stated = StatedSize(text: text), stated.unit != nil, let load else {
            return ["That is no size. Write a number and its unit, as in 13.34 GiB."]
        }
        let shape = comparedShape
        do throws(SettingError) {
            let comparison = try SizeComparison(
                stated: stated, stack: shape.stack, load: load, queryHeads: shape.queryHeads,
                headDimension: shape.headDimension, hiddenSize: shape.hiddenSize)
            let (verdict, causes) = comparison.sentences
            return [verdict] + causes
        } catch {
            return ["\(error.description)."]
        }
    }
}
