import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// Which query head reads which K/V head: every query head in its group's mark and ink, tied to its
/// K/V head; where there is room as boxes, with the K/V heads that MHA would keep besides and what
/// is kept of each token below.
///
/// Groups that do not fit side by side shrink, then wrap group by group; a group wider than the
/// area wraps inside itself. The words beneath say the same.
struct HeadsPicture: Widget {
    let spec: HeadsSpec
    let width: Int
    let scene: Scene
    let glyphs: Glyphs

    /// With a latent every head makes a key and a value of its own, whatever g a comparison has.
    var shape: AttentionShape {
        scene.shownLatent == nil ? scene.shownShape : scene.shownShape.ungrouped
    }

    /// Where the groups of heads begin, behind the names of their rows.
    static let start = 5

    var heights: ClosedRange<Int> {
        guard spec.mapping == .repeat else {
            let least = orders(isFramed: false).count
            return least...(canOrdersBeFramed ? orders(isFramed: true).count : least)
        }
        let tight = HeadsArrangement.tightest(shape, width: width - Self.start)
        let least = tight.rows + 1 + (scene.shownLatent == nil ? 0 : 2)
        let liked = plan(height: .max / 2).height
        // Of more heads than any model has the first are enough, and the words say so.
        let isBeyondModels = shape.queryHeads > HeadsArrangement.mostHeads
        return min(least, liked, isBeyondModels ? 8 : .max)...max(least, liked)
    }

    var comfortable: Int {
        guard spec.mapping == .repeat else { return heights.lowerBound }
        let marks = HeadsArrangement.best(
            shape, width: width - Self.start, height: .max / 2, inMarks: true)
        return marks.rows + 2 + (scene.shownLatent == nil ? 0 : 2)
    }

    func height(within available: Int) -> Int {
        guard spec.mapping == .repeat else { return orders(within: available).count }
        return min(available, plan(height: available).height)
    }

    private func orders(within available: Int) -> [Line] {
        let framed = canOrdersBeFramed ? orders(isFramed: true) : []
        return framed.isEmpty || framed.count > available ? orders(isFramed: false) : framed
    }

    // MARK: What is drawn in how many rows

    /// What the rows of an area are used for, from above.
    struct Plan {
        let arrangement: HeadsArrangement
        /// The ties to the latent and the latent.
        let latentRows: Int
        /// Of the cache.
        var cacheRows = 0
        /// Between the heads and the cache.
        var cacheGap = 0
        /// A blank row, the words, and below what broken lines stand for.
        var wordRows: Int
        var legendRows = 0

        var height: Int { arrangement.reservedRows + latentRows + cacheGap + cacheRows + wordRows }
    }

    private func plan(height: Int) -> Plan {
        let words = height > 2 ? 1 : 0
        if scene.shownLatent != nil { return latentPlan(height: height, words: words) }
        let arrangement = HeadsArrangement.best(
            shape, width: width - Self.start, height: height - words)
        var plan = Plan(arrangement: arrangement, latentRows: 0, wordRows: words)
        if arrangement.hasGhosts, words > 0 { addCacheAndLegend(to: &plan, height: height) }
        addGaps(to: &plan, height: height)
        return plan
    }

    /// With a latent: boxes with a legend that says what is not kept, or marks, beside which there
    /// is room for it.
    private func latentPlan(height: Int, words: Int) -> Plan {
        let boxes = HeadsArrangement.best(
            shape, width: width - Self.start, height: height - words - 4)
        var plan = Plan(arrangement: boxes, latentRows: 4, wordRows: words)
        if isFramed(boxes), height > 4 { addCacheAndLegend(to: &plan, height: height) }
        if plan.legendRows == 0 {
            let rows = height <= 4 ? 0 : 2
            let marks = HeadsArrangement.best(
                shape, width: width - Self.start, height: height - words - rows, inMarks: true)
            plan = Plan(arrangement: marks, latentRows: rows, wordRows: words)
        }
        addGaps(to: &plan, height: height)
        return plan
    }

    /// The legend and above it the cache, where there are rows for them: of the legend as many as
    /// it takes with the most to say, so that nothing moves with g.
    private func addCacheAndLegend(to plan: inout Plan, height: Int) {
        let room = height - plan.height
        func legendRows(withCache cacheRows: Int) -> Int {
            var plan = plan
            plan.cacheRows = cacheRows
            return legend(plan, isForAnySharing: true).count
        }
        var rows = legendRows(withCache: 1)
        // A blank row stands before the words.
        plan.cacheRows = cacheRows(of: plan.arrangement, room: room - rows - 1)
        if plan.cacheRows == 0 { rows = legendRows(withCache: 0) }
        guard room >= rows + plan.cacheRows else { return }
        plan.legendRows = rows
        plan.wordRows += rows
    }

    /// Blank rows before the words and before the cache.
    private func addGaps(to plan: inout Plan, height: Int) {
        if height > plan.height, plan.wordRows > 0 { plan.wordRows += 1 }
        if height > plan.height, plan.cacheRows > 0 { plan.cacheGap = 1 }
    }

    /// The most tokens whose keys and values are drawn.
    private static let mostTokens = 16

    /// Whether all heads stand as boxes in one row, so that something can stand below each.
    private func isFramed(_ arrangement: HeadsArrangement) -> Bool {
        if case .boxes = arrangement.form {
            arrangement.bandCount == 1 && arrangement.queryRows == 1
        } else {
            false
        }
    }

    /// The rows that the cache takes of some; none where it would not be seen what is meant.
    private func cacheRows(of arrangement: HeadsArrangement, room: Int) -> Int {
        guard spec.showsCache, isFramed(arrangement) else { return 0 }
        let rows = min(scene.setting.tokens, Self.mostTokens, room)
        return rows < min(3, scene.setting.tokens) ? 0 : rows
    }

    // MARK: Drawing

    func draw(in area: Rect, on canvas: inout Canvas) {
        guard spec.mapping == .repeat else {
            return canvas.draw(orders(within: area.height), column: 1, in: area)
        }
        let plan = plan(height: area.height)
        let arrangement = plan.arrangement
        let rows = max(1, min(arrangement.rows, area.height - plan.wordRows - plan.latentRows))
        let keyValueRow = arrangement.bandRows - (arrangement.headRows + 1) / 2
        var row = 0
        var head = 0
        for band in arrangement.bands {
            guard row == 0 || row + arrangement.bandRows <= rows else { break }
            canvas.draw("q", .faint, column: 1, row: row + arrangement.headRows / 2, in: area)
            canvas.draw("kv", .faint, column: 1, row: row + keyValueRow, in: area)
            for group in band {
                let column = Self.start + arrangement.column(ofGroup: group)
                draw(
                    group, of: arrangement,
                    in: area.rows(row, count: rows - row).inset(left: column),
                    on: &canvas)
            }
            head = band.upperBound
            row += arrangement.bandRows + arrangement.gapRows
        }
        row -= arrangement.gapRows
        if let latent = scene.shownLatent, plan.latentRows > 0 {
            if isFramed(arrangement) {
                drawFramed(under: arrangement, row: row, in: area, on: &canvas)
            } else {
                draw(latent, under: arrangement, row: row, in: area, on: &canvas)
            }
            row += plan.latentRows
        }
        if plan.cacheRows > 0, plan.cacheGap > 0 {
            canvas.draw("token", .faint, column: 1, row: row + plan.cacheGap - 1, in: area)
        }
        drawCache(
            under: arrangement, in: area.rows(row + plan.cacheGap, count: plan.cacheRows),
            on: &canvas)
        guard plan.wordRows > 0 else { return }
        let legend = plan.legendRows > 0 ? legend(plan) : []
        canvas.draw(
            [words(drawn: head)] + legend, column: 1,
            row: row + plan.cacheGap + plan.cacheRows
                + (plan.wordRows - plan.legendRows - 1), in: area)
    }

    /// The mark of a K/V head and the query heads that read it, and its style.
    func mark(_ keyValueHead: Int) -> (mark: String, style: Style) {
        let marks = glyphs.groupMarks
        return (
            String(marks[keyValueHead % marks.count]),
            Style(.group(Int8(keyValueHead % Ink.groupCount)))
        )
    }

    /// A group's query heads, the lines that tie them, and its K/V head below.
    private func draw(
        _ group: Int, of arrangement: HeadsArrangement, in area: Rect, on canvas: inout Canvas
    ) {
        let stride = arrangement.stride
        for index in 0..<arrangement.groupSize {
            let (line, place) = index.quotientAndRemainder(dividingBy: arrangement.perRow)
            drawHead(
                group, number: group * arrangement.groupSize + index, of: arrangement,
                in: area.inset(left: place * stride, top: line * arrangement.headRows), on: &canvas)
        }
        var row = arrangement.queryRows * arrangement.headRows
        if arrangement.hasTies {
            canvas.draw(ties(of: arrangement), .faint, row: row, in: area)
            row += 1
        }
        for place in 0..<arrangement.perRow
        where place == arrangement.stem || arrangement.hasGhosts {
            drawKeyValueHead(
                place == arrangement.stem ? group : nil, of: arrangement,
                in: area.inset(left: place * stride, top: row), on: &canvas)
        }
    }

    private func drawHead(
        _ group: Int, number: Int, of arrangement: HeadsArrangement, in area: Rect,
        on canvas: inout Canvas
    ) {
        let (mark, style) = mark(group)
        switch arrangement.form {
        case .boxes(_, let rows):
            let width = arrangement.headWidth
            canvas.draw(
                Frame(.light, width: width), rows: rows, .faint, column: 0, row: 0, in: area)
            drawNumbers(rows, .faint, column: 1, room: width - 2, in: area, on: &canvas)
            let name = "q\(number)"
            canvas.draw(name, column: (width - name.count) / 2, row: 1, in: area)
            canvas.draw(mark, style, column: arrangement.markInset, in: area)
            if arrangement.hasTies {
                let foot = String(glyphs.teeDown)
                canvas.draw(foot, .faint, column: arrangement.markInset, row: rows + 1, in: area)
            }
        case .names:
            canvas.draw([Span(mark, style), Span(String(number), .faint)], in: area)
        case .spaced, .marks: canvas.draw(mark, style, in: area)
        }
    }

    /// A K/V head that is kept; nil for one that MHA would keep besides.
    private func drawKeyValueHead(
        _ group: Int?, of arrangement: HeadsArrangement, in area: Rect, on canvas: inout Canvas
    ) {
        guard case .boxes(_, let rows) = arrangement.form else {
            guard let group else {
                canvas.draw(glyphs.separator, .faint, in: area)
                return
            }
            let (mark, style) = mark(group)
            let number = arrangement.form == .names ? String(group) : ""
            canvas.draw([Span(mark, style.with(.bold)), Span(number)], in: area)
            return
        }
        let width = arrangement.headWidth
        let middle = arrangement.markInset
        guard let group else {
            return canvas.draw(
                Frame(.dotted, width: width), rows: rows, .faint, column: 0, row: 0, in: area)
        }
        let (mark, style) = mark(group)
        let isMadeAgain = scene.shownLatent != nil
        let frame = Frame(isMadeAgain ? .dotted : .heavy, width: width, dividers: [middle])
        canvas.draw(
            frame, rows: rows, isMadeAgain ? .faint : style, column: 0, row: 0, in: area)
        canvas.draw(mark, style.with(.bold), column: middle, in: area)
        for (name, start) in [("k", 1), ("v", middle + 1)] {
            canvas.draw(name, .strong, column: start + (middle - 1) / 2, row: 1, in: area)
            drawNumbers(
                rows, isMadeAgain ? .faint : style, column: start, room: middle - 1, in: area,
                on: &canvas)
        }
    }

    /// Below the name of a query, a key or a value in a box of some rows: how many numbers it is,
    /// where there is room for it, and the first of them, a cell each.
    private func drawNumbers(
        _ rows: Int, _ style: Style, column: Int, room: Int, in area: Rect,
        on canvas: inout Canvas
    ) {
        guard rows > 1 else { return }
        let count = shape.headDimension
        let text = grouped(count)
        if text.count <= room {
            canvas.draw(text, .faint, column: column + (room - text.count) / 2, row: 2, in: area)
        }
        for row in 3..<max(3, rows + 1) {
            let cells = min(room, max(0, count - (row - 3) * room))
            canvas.draw(
                String(repeating: glyphs.shade, count: cells), style, column: column, row: row,
                in: area)
        }
        if count > (rows - 2) * room, rows > 2 {
            canvas.draw(
                String(glyphs.ellipsis), style, column: column + room - 1, row: rows, in: area)
        }
    }

    /// The line between a group's query heads and its K/V head.
    private func ties(of arrangement: HeadsArrangement) -> String {
        let places = (0..<arrangement.perRow).map {
            arrangement.markInset + $0 * arrangement.stride
        }
        // Of marks side by side each would go up, which says no more and is harder to see.
        let isDense = arrangement.stride == 1 && places.count > 1
        return tie(
            from: isDense ? [places[0], places[places.count - 1]] : places,
            stem: places[arrangement.stem])
    }

    /// A rule from the first place to the last that goes up at each and down at the stem.
    func tie(from places: [Int], stem: Int) -> String {
        guard let first = places.first, let last = places.last, first < last else {
            return String(repeating: " ", count: places.first ?? 0) + String(glyphs.vertical)
        }
        var line = Array(repeating: Character(" "), count: last + 1)
        for column in first...last { line[column] = glyphs.horizontal }
        for place in places { line[place] = glyphs.teeUp }
        line[first] = glyphs.bottomLeft
        line[last] = glyphs.bottomRight
        line[stem] =
            stem == first ? glyphs.teeRight : places.contains(stem) ? glyphs.cross : glyphs.teeDown
        return String(line)
    }
}
