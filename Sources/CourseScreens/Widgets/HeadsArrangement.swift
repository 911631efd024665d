import AttentionEngine
import TerminalCanvas

/// How the groups of heads are laid out in rows of an area.
struct HeadsArrangement: Equatable {
    /// How one head is drawn, from roomy to tight.
    enum Form: Hashable {
        /// A box of some columns and rows inside with the head's name, below it one with a key and
        /// a value; in a second row how many numbers these are, in more the first of them.
        case boxes(width: Int, rows: Int)
        /// A mark with the head's number.
        case names
        /// A mark, a blank between it and the next.
        case spaced
        /// Marks side by side.
        case marks

        /// Columns between groups of one head where larger groups have some between them: of
        /// boxes, whose edges part them, none where room is short.
        fileprivate func singleGap(_ gap: Int) -> Int {
            if case .boxes = self { max(0, gap - 1) } else { 1 }
        }
    }

    let form: Form
    let groupSize: Int
    /// Query heads of one group in a row.
    let perRow: Int
    /// The columns of one head.
    let headWidth: Int
    let groups: Int
    /// Groups that stand side by side, but for the last band, which may have fewer.
    let groupsPerBand: Int
    /// From one group to the next.
    let groupStride: Int
    /// Of each band: the rows of query heads, of ties, and of K/V heads.
    let bandRows: Int
    let hasTies: Bool
    let gapRows: Int
    /// The rows that the form takes at the most while g moves.
    private(set) var reservedRows = 0

    /// Columns between two heads of a group.
    private var spacing: Int {
        switch form {
        case .boxes, .marks: 0
        case .names, .spaced: 1
        }
    }

    /// From one head of a group to the next.
    var stride: Int { headWidth + spacing }
    /// The columns that a group takes.
    var groupWidth: Int { perRow * stride - spacing }
    /// Rows of a group's query heads; a group wider than the area wraps inside itself.
    var queryRows: Int { (groupSize + perRow - 1) / perRow }
    /// The rows of one head.
    var headRows: Int { if case .boxes(_, let rows) = form { rows + 2 } else { 1 } }
    /// The columns of a head before its mark.
    var markInset: Int { if case .boxes = form { (headWidth - 1) / 2 } else { 0 } }
    /// The place in a row, counted from 0, above the group's K/V head.
    var stem: Int { (perRow - 1) / 2 }
    /// Whether what MHA would keep and this setting does not is drawn, too.
    var hasGhosts: Bool { form != .marks && queryRows == 1 }

    var bandCount: Int { (groups + groupsPerBand - 1) / groupsPerBand }
    var rows: Int { bandCount * (bandRows + gapRows) - gapRows }

    /// The groups of each band.
    var bands: [Range<Int>] {
        (0..<bandCount).map { band in
            band * groupsPerBand..<min(groups, (band + 1) * groupsPerBand)
        }
    }

    /// The columns that a band takes.
    func width(ofBand band: Int) -> Int {
        (bands[band].count - 1) * groupStride + groupWidth
    }

    /// Where a group starts in its band.
    func column(ofGroup group: Int) -> Int { group % groupsPerBand * groupStride }

    private init(_ shape: AttentionShape, width: Int, _ style: Style) {
        let width = max(1, width)
        groups = shape.keyValueHeads
        form = style.form
        hasTies = style.hasTies
        groupSize = shape.groupSize
        let digits = String(shape.queryHeads - 1).count
        headWidth =
            switch form {
            case .boxes(let width, _): max(width, digits + 3)
            case .names: digits + 1
            case .spaced, .marks: 1
            }
        let spacing = form == .names || form == .spaced ? 1 : 0
        let most = max(1, (width + spacing) / (headWidth + spacing))
        // Rows of nearly the same length read better than full ones and a rest.
        let wrapped = (groupSize + most - 1) / most
        perRow = form == .marks ? min(groupSize, most) : (groupSize + wrapped - 1) / wrapped
        let own = perRow * (headWidth + spacing) - spacing
        // A group of one needs no gap to be told from its neighbour's, but reads better with one.
        let gap = groupSize == 1 ? min(style.form.singleGap(style.gap), style.gap) : style.gap
        let perBand = max(1, (width + gap) / (own + gap))
        let count = (groups + perBand - 1) / perBand
        groupsPerBand = (groups + count - 1) / count
        groupStride = own + gap
        let rowsOfHead = if case .boxes(_, let rows) = form { rows + 2 } else { 1 }
        bandRows = wrapped * rowsOfHead + (hasTies ? 1 : 0) + rowsOfHead
        gapRows = count > 1 && (style.gap > 0 || rowsOfHead > 1) ? 1 : 0
        reservedRows = rows
    }

    /// A form of heads, how far groups stand apart, and whether lines tie them to their K/V head.
    private struct Style {
        let form: Form
        let gap: Int
        var hasTies = true
    }

    /// Heads as marks, as they are drawn where there is little room.
    private static let small = [
        Style(form: .marks, gap: 2), Style(form: .marks, gap: 1), Style(form: .marks, gap: 0),
        Style(form: .marks, gap: 0, hasTies: false),
    ]

    /// Heads with more room, and the bands that they may take at the most: a picture in many bands
    /// is no longer seen at once.
    private static let large: [(style: Style, bands: Int)] =
        [[2, 1], [0]].flatMap { gaps in
            [(13, 5), (9, 2), (7, 2), (9, 1), (7, 1), (5, 1)].flatMap { width, rows in
                gaps.map {
                    (Style(form: .boxes(width: width, rows: rows), gap: $0), width == 5 ? 2 : 1)
                }
            }
        } + [(Style(form: .names, gap: 3), 8), (Style(form: .spaced, gap: 2), 6)]

    /// The most query heads that are always drawn whole: no model has more.
    static let mostHeads = 256

    /// The tightest arrangement.
    static func tightest(_ shape: AttentionShape, width: Int) -> HeadsArrangement {
        HeadsArrangement(shape, width: width, small[small.count - 1])
    }

    /// All arrangements, the roomiest first.
    static func all(_ shape: AttentionShape, width: Int) -> [HeadsArrangement] {
        (large.map(\.style) + small).map { HeadsArrangement(shape, width: width, $0) }
    }

    /// The roomiest arrangement that keeps to the height.
    ///
    /// Of marks, two bands more than needed at the most; where none with ties keeps to the height,
    /// one without; where that does not, the tightest.
    static func best(
        _ shape: AttentionShape, width: Int, height: Int, inMarks: Bool = false
    ) -> HeadsArrangement {
        if !inMarks, height >= 3, shape.queryHeads <= mostHeads,
            let (style, rows) = largeStyle(of: shape, width: width, height: height)
        {
            var arrangement = HeadsArrangement(shape, width: width, style)
            arrangement.reservedRows = rows
            return arrangement
        }
        let all = small.map { HeadsArrangement(shape, width: width, $0) }
        let fitting = all.filter { $0.rows <= height }
        let tied = fitting.filter(\.hasTies)
        guard let fewest = tied.map(\.bandCount).min() else {
            return fitting.first ?? all[all.count - 1]
        }
        return tied.first { $0.bandCount <= fewest + 2 } ?? tied[0]
    }

    /// The roomiest style that keeps to the height, and the rows to be kept for it: of boxes those
    /// of the tallest sharing, so that the picture stays where it is while g moves.
    private static func largeStyle(
        of shape: AttentionShape, width: Int, height: Int
    ) -> (style: Style, rows: Int)? {
        let sharings = divisors(of: shape.queryHeads).compactMap {
            try? AttentionShape(queryHeads: shape.queryHeads, keyValueHeads: $0, headDimension: 1)
        }
        for (style, most) in large {
            var rows = 0
            let isBoxes = if case .boxes = style.form { true } else { false }
            let fits = (isBoxes ? sharings : [shape]).allSatisfy {
                let arrangement = HeadsArrangement($0, width: width, style)
                rows = max(rows, arrangement.rows)
                return arrangement.groupWidth <= width && arrangement.bandCount <= most
                    && rows <= height
            }
            if fits { return (style, rows) }
        }
        return nil
    }
}
