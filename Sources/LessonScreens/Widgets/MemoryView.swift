import AttentionEngine
import CourseContent
import TerminalCanvas

/// The cache's size: the formula with the numbers in it, and a bar for each variant on one scale.
struct MemoryView: Widget {
    let spec: MemorySpec

    func heights(width: Int, scene: Scene, glyphs: Glyphs) -> ClosedRange<Int> {
        let formula = formulaLines(width: width, scene: scene, glyphs: glyphs).count
        let bars = spec.showsBars ? barRows(scene).count : 0
        return formula + bars...formula + bars + (bars > 0 ? 1 : 0)
    }

    func draw(in area: Rect, on canvas: inout Canvas, scene: Scene) {
        let lines = formulaLines(width: area.width, scene: scene, glyphs: canvas.glyphs)
        for (index, line) in lines.enumerated() {
            canvas.draw(
                line, at: Point(column: area.column + 1, row: area.row + index), in: area)
        }
        guard spec.showsBars else { return }
        let rows = barRows(scene)
        let top = lines.count + (area.height > lines.count + rows.count ? 1 : 0)
        drawBars(
            rows, in: area.inset(top: top), on: &canvas, scene: scene)
    }

    // MARK: The formula

    private func formulaSize(_ report: MemoryReport) -> VariantSize? {
        report[spec.formulaVariant(at: report.setting)]
    }

    /// The pinned setting's size, of the variant that its own formula would be about.
    private func pinnedSize(_ scene: Scene) -> VariantSize? {
        scene.pinned.flatMap { formulaSize(MemoryReport($0)) }
    }

    /// The size of the model that the setting was made from, with the model's own sharing.
    private func builtSize(_ scene: Scene) -> VariantSize? {
        guard spec.factors == nil, let built = scene.built else { return nil }
        return MemoryReport(built.setting)[built.setting.latent == nil ? .gqa : .mla]
    }

    func formulaLines(width: Int, scene: Scene, glyphs: Glyphs) -> [[Span]] {
        let report = MemoryReport(scene.setting)
        guard let size = formulaSize(report) else { return [] }
        let factors = size.factors.filter { spec.shows($0.kind) }
        let dot = " \(glyphs.times) "
        var lines: [[Span]] = [[Span("cache = ", Style(.text, .bold))]]
        var column = 8
        for (index, factor) in factors.enumerated() {
            let term = self.term(factor, of: size, setting: scene.setting)
            let isLast = index == factors.count - 1
            let length = term.reduce(0) { $0 + columns(of: $1.text) } + (isLast ? 0 : 3)
            if column + length > width - 2, column > 8 {
                lines.append([Span("        ")])
                column = 8
            }
            lines[lines.count - 1] += term
            if !isLast { lines[lines.count - 1].append(Span(dot, Style(.faint))) }
            column += length
        }
        let result = wrapped(
            result(size, factors: factors, report: report, scene: scene), width: width - 10,
            glyphs: glyphs)
        for (index, line) in result.enumerated() {
            lines.append([Span(index == 0 ? "      = " : "        ", Style(.text, .bold))] + line)
        }
        return lines
    }

    private func term(
        _ factor: CacheFactor, of size: VariantSize, setting: CacheSetting
    ) -> [Span] {
        let number = Span(factor.valueText, Style(.accent))
        switch factor.kind {
        case .parameter(.bytesPerNumber):
            return [number, Span(factor.value == 8 ? " byte" : " bytes")]
        case .parameter(let parameter): return [Span(parameter.letter + " "), number]
        case .keyAndValue: return [number, Span(" (K and V)")]
        case .headCount:
            return size.variant == .mqa
                ? [number, Span(" K/V head")] : [Span("n "), number]
        case .tokensKeptOverLayers: return kept(setting)
        case .latentNumbers:
            guard let latent = setting.latent else { return [number] }
            return [
                Span("(c "), Span(grouped(latent.latentRank), Style(.accent)), Span(" + r "),
                Span(grouped(latent.rotaryDimension), Style(.accent)), Span(")"),
            ]
        }
    }

    /// "(12 x 8,192 + 12 x 128 tokens)": full layers, then window layers.
    private func kept(_ setting: CacheSetting) -> [Span] {
        guard let windowed = setting.windowed else { return [] }
        let figure = Style(.accent)
        let full = setting.layers - windowed.layers
        let fullTokens =
            full == 0
            ? []
            : [
                Span(grouped(full), figure), Span(" full x "),
                Span(grouped(setting.tokens), figure), Span(" + "),
            ]
        return [Span("(")] + fullTokens + [
            Span(grouped(windowed.layers), figure), Span(" window x "),
            Span(grouped(min(windowed.window, setting.tokens)), figure), Span(" tokens)"),
        ]
    }

    /// The result alone, in one unit: "403 MB", "196,608", "?".
    func shortResult(_ scene: Scene) -> String {
        let report = MemoryReport(scene.setting)
        guard !scene.isVeiled, let size = formulaSize(report) else { return "?" }
        let factors = size.factors.filter { spec.shows($0.kind) }
        if factors.count == size.factors.count {
            return scene.units == .binary ? size.size.binary : size.size.decimal
        }
        let product = factors.reduce(1) { $0 * $1.value }
        return factors.contains { $0.kind == .parameter(.bytesPerNumber) }
            ? ByteCount(bits: product).decimal : grouped(product)
    }

    private func result(
        _ size: VariantSize, factors: [CacheFactor], report: MemoryReport, scene: Scene
    ) -> [Span] {
        if scene.isVeiled {
            return [
                Span("?", Style(.accent, .bold)), Span("  your guess first", Style(.faint)),
            ]
        }
        let figure = Style(.accent, .bold)
        if factors.count < size.factors.count {
            let hasBytes = factors.contains { $0.kind == .parameter(.bytesPerNumber) }
            let product = factors.reduce(1) { $0 * $1.value }
            return hasBytes
                ? [Span(scene.units.text(ByteCount(bits: product)), figure)]
                : [
                    Span(grouped(product), figure),
                    Span(product == 1 ? " number" : " numbers"),
                ]
        }
        var spans = [Span(scene.units.text(size.size), figure)]
        if spec.variants(at: scene.setting).contains(.mha), size.variant != .mha,
            let times = report.timesLessThanMHA(size.variant)
        {
            spans.append(
                Span(times == 1 ? ", as much as MHA" : ", 1/\(brief(times)) of MHA"))
        }
        func held(against other: VariantSize) -> String {
            let ratio = Double(size.size.bytes) / Double(other.size.bytes)
            return ratio == 1
                ? ", as much as"
                : ratio < 1 ? ", 1/\(brief(1 / ratio)) of" : ", \(brief(ratio)) times"
        }
        if let other = pinnedSize(scene) { spans.append(Span(held(against: other) + " the pin")) }
        if let other = builtSize(scene), let name = scene.built?.name {
            spans.append(Span(held(against: other) + " \(name) as built"))
        }
        return spans
    }

    // MARK: The bars

    struct BarRow {
        let name: String
        let heads: String
        let size: ByteCount
        let isHere: Bool
        /// What is said beside it where it is here: "here", or which end of the slider it is.
        var place = "here"
    }

    func barRows(_ scene: Scene) -> [BarRow] {
        let report = MemoryReport(scene.setting)
        var rows = spec.variants(at: scene.setting).compactMap { variant in
            report[variant].map { size in
                BarRow(
                    name: variant.shortName, heads: heads(of: size),
                    size: size.size, isHere: variant == spec.formulaVariant(at: scene.setting),
                    place: place(of: variant, scene.setting.shape))
            }
        }
        if let size = pinnedSize(scene) {
            rows.append(
                BarRow(
                    name: "pin", heads: heads(of: size), size: size.size, isHere: false))
        }
        if let size = builtSize(scene) {
            rows.append(
                BarRow(
                    name: "built", heads: heads(of: size), size: size.size, isHere: false))
        }
        return rows
    }

    /// At the ends of its slider grouped-query attention is one of the others.
    private func place(of variant: AttentionVariant, _ shape: AttentionShape) -> String {
        guard variant == .gqa else { return "here" }
        return shape.groupSize == 1 ? "= MHA" : shape.keyValueHeads == 1 ? "= MQA" : "here"
    }

    private func heads(of size: VariantSize) -> String {
        switch size.layout {
        case .perHead(let keyValueHeads, _): "\(grouped(keyValueHeads)) K/V"
        case .latent: "latent"
        }
    }

    private func drawBars(
        _ rows: [BarRow], in area: Rect, on canvas: inout Canvas, scene: Scene
    ) {
        let sizes = rows.map { scene.isVeiled ? "?" : scene.units.short($0.size) }
        let sizeWidth = (sizes.map(\.count).max() ?? 0) + 1
        let barStart = 13
        let barWidth = max(4, area.width - barStart - sizeWidth - 9)
        let longest = max(1, rows.map(\.size.bytes).max() ?? 1)
        for (index, row) in rows.enumerated() {
            let y = area.row + index
            let style = row.isHere ? Style(.accent, .bold) : .plain
            func put(_ text: String, _ column: Int, _ style: Style) {
                canvas.draw(
                    text, at: Point(column: area.column + column, row: y), style: style, in: area)
            }
            put(row.name, 1, style)
            put(row.heads, 12 - row.heads.count, Style(.faint))
            guard !scene.isVeiled else {
                put("?", barStart, style)
                continue
            }
            let share = Double(row.size.bytes) / Double(longest)
            let eighths = max(1, Int((share * Double(barWidth * 8)).rounded()))
            put(
                canvas.glyphs.bar(eighths: eighths), barStart,
                Style(row.isHere ? .accent : .faint))
            let end = barStart + barWidth + 1
            put(sizes[index], end + sizeWidth - 1 - sizes[index].count, style)
            if row.isHere {
                put("\(canvas.glyphs.here) \(row.place)", end + sizeWidth, Style(.accent))
            }
        }
    }
}
