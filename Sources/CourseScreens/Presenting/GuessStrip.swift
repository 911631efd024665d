import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// Guesses at a number where they stand on one scale, a block for each, and the right one among
/// them.
struct GuessStrip {
    let guesses: [ClassSpread.Guessed]
    /// nil while it must not be told: nothing here depends on it then.
    let answer: FigureValue?
    let kind: FigureValue.Kind
    let tolerance: Double
    let width: Int
    /// Rows for the blocks.
    let rows: Int
    let glyphs: Glyphs

    /// Columns from one pile of blocks to the next.
    private static let pitch = 3

    private var values: [Double] { guesses.map(\.value) + (answer.map { [$0.amount] } ?? []) }

    /// Where the values from the smallest to the largest stand, and whether by their logarithms.
    private var scale: (low: Double, high: Double, isLogarithmic: Bool) {
        let (low, high) = (values.min() ?? 0, values.max() ?? 1)
        if low > 0, high / low > 20 { return (low, high, true) }
        return low < high
            ? (low, high, false) : (low - max(1, abs(low)) / 2, low + max(1, abs(low)) / 2, false)
    }

    private var piles: Int { max(2, width / Self.pitch) }

    /// The pile that a value belongs to.
    private func pile(of value: Double) -> Int {
        let scale = scale
        func place(_ value: Double) -> Double { scale.isLogarithmic ? logarithm(value) : value }
        let share = (place(value) - place(scale.low)) / (place(scale.high) - place(scale.low))
        // A label stands under the first and the last.
        return min(max(0, Int((1.5 + share * Double(piles - 4)).rounded())), piles - 1)
    }

    private func text(_ value: Double) -> String {
        kind == .bytes && value < 9e18
            ? ByteCount(Int(value.rounded())).decimal : brief(value)
    }

    var lines: [Line] {
        guard !guesses.isEmpty else { return [[Span("Nobody has guessed a number yet.", .faint)]] }
        var counts = Array(repeating: (all: 0, right: 0), count: piles)
        for guess in guesses {
            let pile = pile(of: guess.value)
            counts[pile].all += 1
            if guess.isRight { counts[pile].right += 1 }
        }
        let most = counts.map(\.all).max() ?? 1
        // A block for each guess, or for several where they are many.
        let each = (most + rows - 1) / rows
        let height = (most + each - 1) / each
        let blocks = (0..<height).reversed().map { row in
            counts.map { count -> Span in
                guard (count.all + each - 1) / each > row else { return Span("   ") }
                let isRight = answer != nil && count.right * 2 >= count.all
                let block = String(repeating: glyphs.fullBlock, count: 2)
                return Span(block + " ", answer == nil ? .accent : isRight ? Style(.good) : .faint)
            }
        }
        return blocks + [axis, labels] + mark
            + (each > 1 ? [[Span("One block stands for \(each) guesses.", .faint)]] : [])
    }

    // MARK: Axis

    private func column(of value: Double) -> Int { pile(of: value) * Self.pitch }

    private var axis: Line {
        var cells = Array(repeating: glyphs.horizontal, count: piles * Self.pitch - 1)
        for value in labelled { cells[min(cells.count - 1, column(of: value))] = glyphs.teeDown }
        return [Span(String(cells), .faint)]
    }

    /// The smallest and the largest guess, and the guess in the middle.
    private var labelled: [Double] {
        guard let low = guesses.first?.value, let high = guesses.last?.value else { return [] }
        return [low, guesses[guesses.count / 2].value, high]
    }

    /// Texts below the axis, those that would meet an earlier one left out.
    private var labels: Line {
        var line: Line = []
        let end = piles * Self.pitch
        for value in [labelled[0], labelled[2], labelled[1]] {
            let text = text(value)
            let length = columns(of: text)
            let start = max(0, min(column(of: value) + 1 - length / 2, end - length))
            place(text, at: start, on: &line)
        }
        return line
    }

    private func place(_ text: String, at start: Int, on line: inout Line) {
        var cells = Array(line.map(\.text).joined())
        let end = start + text.count
        if cells.count < end + 1 { cells += Array(repeating: " ", count: end + 1 - cells.count) }
        guard cells[max(0, start - 1)...end].allSatisfy({ $0 == " " }) else { return }
        cells.replaceSubrange(start..<end, with: text)
        line = [Span(String(cells), .faint)]
    }

    /// Where the right number stands.
    private var mark: [Line] {
        guard let answer else { return [] }
        let within =
            tolerance > 0 ? ", \(glyphs.isASCII ? "+-" : "±")\(brief(tolerance * 100)) %" : ""
        let text = "\(answer.text) is right\(within)"
        let column = column(of: answer.amount)
        let start =
            column + 2 + columns(of: text) <= width ? column + 2 : column - 1 - columns(of: text)
        let pointer = Span(String(glyphs.less), Style(.good, .bold))
        return start > column
            ? [[.blank(column), pointer, Span(" " + text, Style(.good, .bold))]]
            : start >= 0
                ? [[.blank(start), Span(text + " ", Style(.good, .bold)), pointer]]
                : [[.blank(column), pointer], [Span(text, Style(.good, .bold))]]
    }
}
