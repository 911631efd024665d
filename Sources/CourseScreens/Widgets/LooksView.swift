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
        return 2 + foot.count + heads * form.thickness
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
    /// The columns of each token: as its text asks, and what is left shared out; where there is no
    /// room for all texts, the longest are shortened.
    private var widths: [Int] {
        var widths = figures.tokens.map { max(4, min(12, columns(of: $0) + 1)) }
        let room = width - Self.start
        while widths.reduce(0, +) > room, let most = widths.max(), most > 3,
            let longest = widths.lastIndex(of: most)
        {
            widths[longest] -= 1
        }
        let extra = max(0, room - widths.reduce(0, +)) / max(1, widths.count)
        return widths.map { $0 + min(6, extra) }
    }

    /// The columns of the longest bar: all are on one scale.
    private var barRoom: Int { (widths.min() ?? 4) - 1 }

    private var foot: [Line] { [origin(figures.model, width: width, glyphs: glyphs)] }

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
        return [title.shortened(to: width, glyphs: glyphs), header] + gap + body + gap + foot
    }

    private var header: Line {
        let spans = zip(figures.tokens, widths).enumerated().flatMap { index, column -> Line in
            let style: Style =
                index == figures.tokens.count - 1 ? .bright : index == 0 ? .faint : .plain
            let name = [Span(column.0, style)].shortened(to: column.1 - 1, glyphs: glyphs)
            return name + [.blank(column.1 - name.width)]
        }
        return ([.blank(Self.start)] + spans).shortened(to: width, glyphs: glyphs)
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
