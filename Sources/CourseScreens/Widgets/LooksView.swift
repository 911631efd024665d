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
    /// From one token to the next.
    private var stride: Int {
        let longest = figures.tokens.reduce(3) { max($0, columns(of: $1)) }
        let room = (width - Self.start) / max(1, figures.tokens.count)
        return max(3, min(room, max(longest + 1, 14)))
    }

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
        let spans = figures.tokens.enumerated().flatMap { index, token -> Line in
            let style: Style =
                index == figures.tokens.count - 1 ? .bright : index == 0 ? .faint : .plain
            let name = [Span(token, style)].shortened(to: stride - 1, glyphs: glyphs)
            return name + [.blank(stride - name.width)]
        }
        return ([.blank(Self.start)] + spans).shortened(to: width, glyphs: glyphs)
    }

    /// A head's shares: as bars with their percentages, where columns are wide enough.
    private func row(_ head: Int, isFirst: Bool, thickness: Int) -> [Line] {
        let group = head / figures.groupSize
        let ink = Style(.group(Int8(group % Ink.groupCount)))
        let mark = Span(isFirst ? "kv\(group) " : "    ", ink)
        let names: Line = [mark, Span("q\(head)".padded(to: Self.start - 4), .plain)]
        func cells(_ cell: (Int, Int) -> Span) -> Line {
            figures.shares[head].enumerated().map { cell($0, $1) }
        }
        func bar(_ token: Int, _ share: Int, room: Int) -> String {
            share == 0 ? "" : glyphs.bar(Double(share) / 100, of: room)
        }
        func style(_ token: Int) -> Style { token == 0 ? .faint : ink }
        if thickness == 1 {
            // Percentages alone, or before a bar.
            let room = stride - 5
            return [
                names
                    + cells { token, share in
                        let text = number(share).leading(to: 3)
                        guard room >= 2 else {
                            return Span(
                                text.padded(to: stride),
                                token == 0 || share < 10 ? .faint : Style(ink.ink, .bold))
                        }
                        let bar = bar(token, share, room: room)
                        return Span((text + " " + bar).padded(to: stride), style(token))
                    }
            ]
        }
        let bars = cells { token, share in
            Span(bar(token, share, room: stride - 1).padded(to: stride), style(token))
        }
        let numbers = cells { token, share in
            Span(
                number(share).padded(to: stride),
                share < 10 || token == 0 ? .faint : Style(ink.ink, .bold))
        }
        let empty: Line = [.blank(Self.start)]
        return Array(
            ([names + numbers] + Array(repeating: empty + bars, count: thickness - 1))
                .prefix(thickness))
    }

    private func number(_ share: Int) -> String { share == 0 ? "." : String(share) }
}
