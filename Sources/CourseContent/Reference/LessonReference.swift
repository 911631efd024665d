import AttentionEngine
import Lessons

/// Everything that may stand in a lesson, as a page of Markdown: front matter, settings, figures
/// and blocks with their keys. Made from what the program reads them with.
package func lessonReference() -> String {
    let variants = AttentionVariant.allCases.map { "`\($0.rawValue)`" }.joined(separator: " ")
    let units = FigureExpression.SizeStyle.allCases.map { "`\($0.rawValue)`" }
        .joined(separator: " ")
    return """
        # What a lesson may contain

        A lesson is a Markdown file. *Words* are text that may contain emphasis, code and figures.

        ## Front matter

        \(table(of: KeyDescription.frontMatter))

        ## The course

        A file `course.yaml` beside the lessons says what the course is; all of it may be left out.

        \(table(of: KeyDescription.course))

        ## Comments

        | comment | where | meaning |
        | --- | --- | --- |
        | `<!-- id: my-id -->` | right under a heading \
        | the step's id, otherwise made from the heading |
        | `<!-- was: old-id, lesson/old-id -->` | in a step \
        | ids of steps removed or merged into this one: they lead here |
        | `<!-- notes: ... -->` | in a step | for the teacher: headroom follow --notes shows it |
        | `<!-- minute: 12 -->` | in a step \
        | when a class should reach it, in minutes since the lesson began |
        | `<!-- pause -->` | in a step, between its parts \
        | what stands behind comes at the next key; notes belong to the part that they stand in |
        | `<!-- words: ... -->` | right before a paragraph or a code block \
        | told instead of it in plain mode: what is seen, in words |

        ## Settings

        As text: `l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2`. A whole setting names l, n, h and s.

        \(settingsTable)

        ## Figures

        A figure is a link whose text is the figure and whose address says what to compute: \
        `[403 MB (384 MiB)](cache:)`. "Reads as" is at `\(figureSetting)`.

        \(figuresTable)

        After the colon, separated by commas:

        | argument | default | range | meaning |
        | --- | --- | --- | --- |
        | `g=4` and so on | the step's | as under Settings | a parameter of its own |
        | `model=` | the step's shape | an id of headroom models \
        | another model's shape, its own g |
        | `variant=` | `gqa` | \(variants) | whose cache it is |
        | `as=` | the learner's units | \(units) | how a size is written |
        | `windows=` | the step's | none | the same where every layer keeps every token |
        | `live` | the step's own values |  | follows the sliders |

        `over` divides a figure by another one of the same kind, `minus` takes that away: what \
        stands behind it describes the other one, from the step's values on. \
        `[16](cache:g=128,over,g=8)` is how many times as much 128 K/V heads take, \
        `cache:windows=none,minus` what the step's windows save.

        ## Blocks in braces

        \(DirectiveReader.readers.map { section($0.about) }.joined(separator: "\n\n"))
        """
}

private func section(_ block: BlockDescription) -> String {
    let example = block.example.split(separator: "\n").map(String.init)
    var parts = [
        "### `{\(block.name)}`", block.meaning,
        MarkdownText.code(["```{\(block.name)}"] + example + ["```"], language: "markdown"),
        block.keys.isEmpty ? "No keys." : table(of: block.keys),
    ]
    for (key, keys) in block.inner.sorted(by: { $0.key < $1.key }) {
        parts += ["In `\(key)`:", table(of: keys)]
    }
    return parts.joined(separator: "\n\n")
}

private func table(of keys: [KeyDescription]) -> String {
    table(
        ["key", "type", "default", "range", "meaning"],
        keys.map { key in
            let names = key.names.map { "`\($0)`" }.joined(separator: " ")
            return [names, key.type, key.fallback, key.range, key.meaning]
        })
}

private func table(_ header: [String], _ rows: [[String]]) -> String {
    MarkdownText.table(header: header, rows: rows, alignments: header.map { _ in .left })
}

private var settingsTable: String {
    table(
        ["letter", "what it is", "range", "default"],
        Parameter.allCases.map {
            ["`\($0.letter)`", $0.name, $0.rangeAndDefault.0, $0.rangeAndDefault.1]
        })
}

private let figureSetting = "l=61,b=1,n=128,g=8,h=128,s=1024,bytes=2,c=512,r=64"

private var figuresTable: String {
    table(
        ["address", "what it is", "reads as"],
        FigureExpression.Quantity.allCases.map { quantity in
            let address = quantity.rawValue + (quantity == .value ? ":l" : ":")
            return ["`\(address)`", quantity.meaning, example(of: address)]
        })
}

private func example(of address: String) -> String {
    let place = SourcePlace(line: 1, column: 1)
    guard let setting = try? CacheSetting(text: figureSetting),
        let figure = Figure(address: address, written: "", place: place),
        let value = try? FigureExpression(figure).value(at: setting)
    else { preconditionFailure("every figure can be computed where c and r are set") }
    return value.text
}

extension Parameter {
    /// In words, as in the table of settings.
    fileprivate var rangeAndDefault: (String, String) {
        let widths = NumberWidth.allCases.map(\.bytesText).joined(separator: ", ")
        return switch self {
        case .layers, .headDimension, .tokens: ("1 or more", "(needed)")
        case .batch: ("1 or more", "1")
        case .queryHeads: ("1 to \(grouped(AttentionShape.maximumQueryHeads))", "(needed)")
        case .keyValueHeads: ("a divisor of n", "n")
        case .bytesPerNumber: (widths, "2")
        case .latentRank: ("1 or more", "no latent attention")
        case .rotaryDimension: ("0 or more", "no latent attention")
        case .windowLayers: ("1 to l", "no window")
        case .window: ("1 or more", "no window")
        }
    }
}

extension FigureExpression.Quantity {
    fileprivate var meaning: String {
        switch self {
        case .cache: "bytes of the whole cache"
        case .token: "bytes one more token takes over all layers"
        case .numbers: "numbers in the whole cache"
        case .numbersPerToken: "numbers cached per token over all layers"
        case .ratio: "how many times less than multi-head attention"
        case .groupSize: "query heads on each K/V head, n/g"
        case .value: "the value of a parameter"
        case .legal: "the legal numbers of K/V heads"
        case .legalCount: "how many those are"
        case .multiplications: "multiplications of a decode step for scores and mixing"
        case .queryNumbers: "numbers of one token's queries over all layers, l·n·h"
        case .equalHeads: "K/V heads that would take as much as the latent, (c + r) / 2h"
        }
    }
}
