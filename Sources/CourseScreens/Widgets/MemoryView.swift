import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// The cache's size: the formula with the numbers in it, and a bar for each variant on one scale.
///
/// With more room bars are thicker and cut into their K/V heads, the formula stands as a ladder, a
/// factor a row with what they make up to there, and below is what one token leaves. Where a slider
/// moves the tokens and no variants are compared, bars for its stops come before that room.
struct MemoryView: TextWidget {
    /// The factors in as many lines as they take, and what they make below.
    let formula: [Line]
    private let figures: MemoryFigures
    private let width: Int
    private let glyphs: Glyphs
    private let factorCount: Int
    /// What the factors make, in as many lines as it takes.
    private let result: [Line]
    private let bars: SizeBars
    /// What stands below: the cache with more and more tokens, or what one of them leaves.
    private let below: (any TextWidget)?
    private let followsTokens: Bool

    init(spec: MemorySpec, width: Int, scene: Scene, glyphs: Glyphs) {
        let figures = MemoryFigures(spec, scene)
        (self.figures, self.width, self.glyphs) = (figures, width, glyphs)
        result = wrapped(
            figures.result.map(Span.init), behind: Span("      = ", .strong), width: width - 2,
            glyphs: glyphs)
        let terms = figures.terms
        factorCount = terms.count
        formula = Self.factors(terms, width: width, glyphs) + result
        bars = SizeBars(bars: figures.bars, width: width, scene: scene, glyphs: glyphs)
        let tokens = figures.tokenRows
        followsTokens = !tokens.isEmpty
        below =
            followsTokens
            ? TokenBars(rows: tokens, width: width, glyphs: glyphs)
            : figures.tokenShare.map { TokenShareView(share: $0, width: width, glyphs: glyphs) }
    }

    /// What the rows of an area are used for, from above; a blank row before each but the first.
    private struct Plan {
        let hasLadder: Bool
        let thickness: Int
        /// Whether the bars stand apart from the formula.
        var hasGap = true
        /// The rows of what stands below.
        var rowsBelow = 0
    }

    /// From tight to roomy.
    private static let plans = [
        Plan(hasLadder: false, thickness: 1, hasGap: false), Plan(hasLadder: false, thickness: 1),
        Plan(hasLadder: false, thickness: 2), Plan(hasLadder: true, thickness: 1),
        Plan(hasLadder: true, thickness: 2),
    ]

    private func rows(_ plan: Plan) -> Int {
        let formula = plan.hasLadder ? ladderRows : formula.count
        let bars = bars.rows(thickness: plan.thickness)
        return formula + bars + (plan.hasGap && formula > 0 && bars > 0 ? 1 : 0)
            + (plan.rowsBelow > 0 ? plan.rowsBelow + 1 : 0)
    }

    private func plan(within available: Int) -> Plan {
        let plans = Self.plans.filter { rows($0) <= available }
        var plan = plans.last ?? Self.plans[0]
        func add(to plan: inout Plan) {
            let left = available - rows(plan) - 1
            guard let below, left >= below.heights.lowerBound else { return }
            plan.rowsBelow = below.height(within: left)
        }
        if followsTokens {
            return plans.reversed().lazy.map {
                var plan = $0
                add(to: &plan)
                return plan
            }.first { $0.rowsBelow > 0 } ?? plan
        }
        guard plan.hasLadder, plan.thickness == 2 else { return plan }
        add(to: &plan)
        let thick = Plan(hasLadder: true, thickness: 3, rowsBelow: plan.rowsBelow)
        return rows(thick) <= available ? thick : plan
    }

    var heights: ClosedRange<Int> { rows(Self.plans[0])...rows(plan(within: .max / 2)) }

    var comfortable: Int { rows(Self.plans[1]) }

    func height(within available: Int) -> Int { min(available, rows(plan(within: available))) }

    func lines(height: Int) -> [Line] {
        let plan = plan(within: height)
        let formula = plan.hasLadder ? ladder : formula
        let bars = bars.lines(thickness: plan.thickness)
        let gap: [Line] = plan.hasGap && !formula.isEmpty && !bars.isEmpty ? [[]] : []
        let below =
            plan.rowsBelow > 0
            ? self.below.map { [[]] + $0.lines(height: plan.rowsBelow) } ?? [] : []
        return formula + gap + bars + below
    }

    private static func factors(
        _ terms: [[Phrase]], width: Int, _ glyphs: Glyphs
    ) -> [Line] {
        if terms.isEmpty { return [] }
        let dot = Span(" \(glyphs.times) ", .faint)
        let mark = Span("cache = ", .strong)
        var lines: [Line] = [[mark]]
        for (index, term) in terms.enumerated() {
            let spans = term.map(Span.init) + (index < terms.count - 1 ? [dot] : [])
            let line = lines[lines.count - 1]
            if line.count > 1, line.width + spans.width > width - 2 {
                lines.append([.blank(mark.text.count)])
            }
            lines[lines.count - 1] += spans
        }
        return lines
    }

    /// Its rows, known before it is made: most screens have no room for it.
    private var ladderRows: Int {
        factorCount == 0 ? 0 : factorCount + 1 + result.count
    }

    /// The formula with a factor a row.
    private var ladder: [Line] {
        let rungs = figures.ladder
        if rungs.isEmpty { return [] }
        func widest(_ texts: [String]) -> Int { texts.map { columns(of: $0) }.max() ?? 0 }
        let letters = widest(rungs.map(\.letter))
        // A value that is a sum takes the place of what it counts, too.
        let values = widest(rungs.filter { !$0.meaning.isEmpty }.map(\.value))
        let meanings = widest(rungs.map(\.meaning))
        let value = 9 + letters + (letters > 0 ? 1 : 0) + values
        // The first row says what is to the right of the others.
        let isMultiplied = rungs.contains { !$0.product.isEmpty }
        let products = rungs.enumerated().map { index, rung in
            index == 0 && isMultiplied ? "so far" : rung.product
        }
        let most = value + 2 + meanings + 3 + widest(products)
        // What they make up to there is left out before it meets what they count.
        let hasProducts = most <= width - 2
        let product = hasProducts ? most : min(width - 2, value + 2 + meanings)
        let lines = rungs.enumerated().map { index, rung -> Line in
            let sign =
                index == 0
                ? Span("cache = ", .strong) : Span("      \(glyphs.times) ", .faint)
            let number = Span(rung.value, .accent)
            let start: [Span] = [sign, Span(rung.letter)]
            return rung.meaning.isEmpty
                ? Line(start + [number], at: [.from(0), .from(8), .from(9 + letters)])
                : Line(
                    start + [
                        number, Span(rung.meaning),
                        Span(hasProducts ? products[index] : "", .faint),
                    ],
                    at: [
                        .from(0), .from(8), .to(value), .from(value + 2),
                        .to(min(product, width - 2)),
                    ])
        }
        let rule = String(repeating: glyphs.horizontal, count: max(0, min(product, width - 2) - 6))
        return lines + [[.blank(6), Span(rule, .faint)]] + result
    }
}
