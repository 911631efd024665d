import CourseContent
import CourseSession
import TerminalCanvas

/// Where the heads of a layer of a real model look: a row for each query head, those that share a
/// K/V head together and in its ink; a column for each token seen.
struct LooksView: TextWidget {
    private let figures: LooksFigures
    private let width: Int
    private let glyphs: Glyphs

    init(width: Int, scene: Scene, glyphs: Glyphs) {
        figures = LooksFigures(scene)
        (self.width, self.glyphs) = (max(8, width - 2), glyphs)
    }

    private struct Form {
        /// Rows of a head.
        var thickness = 1
        /// Whether a blank row stands between heads, and between K/V heads.
        var areHeadsParted = false
        var areGroupsParted = false
    }

    private static let forms = [
        Form(thickness: 3, areHeadsParted: true, areGroupsParted: true),
        Form(thickness: 2, areHeadsParted: true, areGroupsParted: true),
        Form(thickness: 2, areGroupsParted: true), Form(areGroupsParted: true), Form(),
    ]

    private var groups: Int { figures.shares.count / figures.groupSize }

    private func height(_ form: Form) -> Int {
        let heads = figures.shares.count
        return 1 + header.count + foot.count + heads * form.thickness
            + (form.areHeadsParted ? heads - groups : 0)
            + (form.areGroupsParted ? groups - 1 + 2 : 0)
    }

    private func form(within available: Int) -> Form {
        Self.forms.first { height($0) <= available } ?? Form()
    }

    var heights: ClosedRange<Int> { height(Form())...height(Self.forms[0]) }
    var comfortable: Int { height(Form(areGroupsParted: true)) }
    func height(within available: Int) -> Int { min(available, height(form(within: available))) }

    /// Columns before the first token: "kv0 q0 ".
    private static let start = 8
    private static func width(of token: String) -> Int { max(4, min(12, columns(of: token) + 1)) }

    /// The columns of each token: as its text asks, and what is left shared out; where there is no
    /// room for all texts, the same for each.
    private var widths: [Int] {
        let names = figures.tokens.map(Self.width)
        let rest = room - names.reduce(0, +)
        if rest >= 0 { return names.map { $0 + min(6, rest / names.count) } }
        return names.map { _ in max(3, room / names.count) }
    }

    private var room: Int { width - Self.start }

    /// Whether texts stand in two rows by turns, where they have no room beside each other.
    private var isStaggered: Bool { room < figures.tokens.map(Self.width).reduce(0, +) }

    /// The columns of the longest bar: all are on one scale.
    private var barRoom: Int { (widths.min() ?? 4) - 1 }

    private var foot: [Line] {
        ([figures.kept].compactMap(\.self) + figures.foreign).flatMap {
            wrapped([Span($0)], width: width, glyphs: glyphs)
        } + origin(figures.origins, width: width, glyphs: glyphs)
    }

    func lines(height: Int) -> [Line] {
        let form = form(within: height)
        let gap: [Line] = form.areGroupsParted ? [[]] : []
        var body: [Line] = []
        for head in figures.shares.indices {
            let isFirst = head % figures.groupSize == 0
            if head > 0, isFirst ? form.areGroupsParted : form.areHeadsParted { body.append([]) }
            body += row(head, isFirst: isFirst, thickness: form.thickness)
        }
        let title: Line = [Span(figures.title, .strong)]
        return [title.shortened(to: width, glyphs: glyphs)] + header + gap + body + gap + foot
    }

    private var header: [Line] {
        let count = isStaggered ? 2 : 1
        return (0..<count).map { row in
            var line: Line = [.blank(Self.start)]
            var column = Self.start
            for (index, (token, own)) in zip(figures.tokens, widths).enumerated() {
                if index % count == row {
                    let style: Style =
                        index == figures.tokens.count - 1
                        ? .bright : index == 0 ? .faint : .plain
                    let end = index + count < widths.count ? own * count - 1 : width - column
                    line += [.blank(max(0, column - line.width))]
                    line += [Span(token, style)].shortened(to: max(1, end), glyphs: glyphs)
                }
                column += own
            }
            return line.shortened(to: width, glyphs: glyphs)
        }
    }

    /// A head's shares in percent, and below them as bars where it has more rows.
    private func row(_ head: Int, isFirst: Bool, thickness: Int) -> [Line] {
        let group = head / figures.groupSize
        let ink = Style(.group(Int8(group % Ink.groupCount)))
        let mark = Span(isFirst ? "kv\(group) " : "    ", ink)
        let names: Line = [mark, Span("q\(head)".padded(to: Self.start - 4), .plain)]
        func cells(_ cell: (Int, Int) -> Span) -> Line {
            zip(figures.shares[head], widths).enumerated().map { index, column in
                let span = cell(index, column.0)
                return Span(span.text.padded(to: column.1), span.style)
            }
        }
        let numbers = cells { token, share in
            Span(
                share == 0 ? glyphs.separator : String(share),
                share < 10 || token == 0 ? .faint : Style(ink.ink, .bold))
        }
        let bars = cells { token, share in
            Span(
                share == 0 ? "" : glyphs.bar(Double(share) / 100, of: barRoom),
                token == 0 ? .faint : ink)
        }
        return [(names + numbers).shortened(to: width, glyphs: glyphs)]
            + Array(
                repeating: ([.blank(Self.start)] + bars).shortened(to: width, glyphs: glyphs),
                count: thickness - 1)
    }
}
