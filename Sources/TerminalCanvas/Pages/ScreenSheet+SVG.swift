extension ScreenSheet {
    /// The screens as a drawing (SVG 1.1 with the CSS of SVG 2): text that can be selected and
    /// searched, on paper of its own, light or dark as the theme or the reader wants it. Needs no
    /// other file.
    ///
    /// Every stretch of text says where it begins and how wide it is, so that columns are straight
    /// in every font.
    package var svg: String {
        let isCaptioned = screens.count > 1
        let columns = screens.map(\.canvas.size.width).max() ?? 0
        let width = Double(columns) * Cell.width + 2 * Self.margin
        var top = 0.0
        var drawn: [String] = []
        for screen in screens {
            let canvas = isCaptioned ? Self.captioned(screen) : screen.canvas
            let height = Double(canvas.size.height) * Cell.height + 2 * Self.margin
            drawn.append(
                Self.group(
                    canvas, id: screen.id, title: isCaptioned ? screen.title : nil, top: top,
                    width: width, height: height))
            top += height + (isCaptioned ? Self.gap : 0)
        }
        if isCaptioned, !screens.isEmpty { top -= Self.gap }
        let size = "\(number(width + 2)) \(number(top + 2))"
        let sides = size.split(separator: " ")
        return """
            <svg xmlns="http://www.w3.org/2000/svg" class="screen" width="\(sides[0])" \
            height="\(sides[1])" viewBox="-1 -1 \(size)" xml:space="preserve" \
            aria-labelledby="sheet-title sheet-description">
            <title id="sheet-title">\(title.escapedForMarkup)</title>
            <desc id="sheet-description">\(description.escapedForMarkup)</desc>
            <style>
            \(style)
            </style>
            \(drawn.joined(separator: "\n"))
            </svg>
            """
    }

    private var description: String {
        guard screens.count == 1, let screen = screens.first else {
            return "\(screens.count) screens of the course Headroom, as text."
        }
        return "A screen of the course Headroom, as text. It is opened by: \(screen.command.text)"
    }

    // MARK: Measures, in pixels

    fileprivate enum Cell {
        static let width = 8.43
        static let height = 18.0
        static let fontSize = 14.0
        /// From a cell's top to the line its letters stand on.
        static let baseline = 13.5
    }

    private static let margin = 16.0
    private static let gap = 24.0

    private var style: String {
        """
        .screen text{font-family:\(PageColours.fonts);font-size:\(number(Cell.fontSize))px;\
        white-space:pre}
        .screen g g rect{shape-rendering:crispEdges}
        .screen .K{fill-opacity:0}
        \(PageColours.attributes(below: ".screen"))
        \(colours)
        """
    }

    private var colours: String {
        let light = PageColours.light.rules(below: ".screen")
        let dark = PageColours.dark.rules(below: ".screen")
        return switch theme {
        case .light: light
        case .dark: dark
        case .unknown: "\(light)\n@media (prefers-color-scheme: dark){\n\(dark)\n}"
        }
    }

    // MARK: Drawing

    /// The screen with its section above it and its command below.
    private static func captioned(_ screen: Screen) -> Canvas {
        let size = screen.canvas.size
        let command =
            screen.remarkLines(width: size.width - 1) + screen.command.lines(width: size.width - 1)
        var canvas = Canvas(
            size: Size(width: size.width, height: size.height + 3 + command.count),
            glyphs: screen.canvas.glyphs)
        let faint = Style(.faint)
        canvas.draw(screen.section, at: Point(column: 1, row: 0), style: faint, in: canvas.area)
        canvas.copy(screen.canvas, rowsFrom: 0, into: canvas.area.rows(2, count: size.height))
        for (index, line) in command.enumerated() {
            canvas.draw(
                line, at: Point(column: 1, row: size.height + 3 + index), style: faint,
                in: canvas.area)
        }
        return canvas
    }

    private static func group(
        _ canvas: Canvas, id: String, title: String?, top: Double, width: Double, height: Double
    ) -> String {
        let name = title.map { "<title>\($0.escapedForMarkup)</title>\n" } ?? ""
        let blocks = canvas.blocks.map(\.element)
        let rows = blocks + (0..<canvas.size.height).compactMap { canvas.text(ofRow: $0) }
        return """
            <g id="\(id.escapedForMarkup)" transform="translate(0 \(number(top)))">
            \(name)<rect class="paper" width="\(number(width))" height="\(number(height))" rx="8"/>
            <g transform="translate(\(number(margin)) \(number(margin)))">
            \(rows.joined(separator: "\n"))
            </g>
            </g>
            """
    }

    fileprivate static func place(of columns: ClosedRange<Int>) -> (x: Double, width: Double) {
        (Double(columns.lowerBound) * Cell.width, Double(columns.count) * Cell.width)
    }

    fileprivate static func baseline(ofRow row: Int) -> Double {
        Double(row) * Cell.height + Cell.baseline
    }
}

/// A filled part of some rows: of a bar, or behind reversed text.
private struct Block {
    let x: Double
    var width: Double
    var rows: ClosedRange<Int>
    /// What is left free above and below it.
    let inset: Double
    let name: String

    var element: String {
        let y = Double(rows.lowerBound) * ScreenSheet.Cell.height + inset
        let height = Double(rows.count) * ScreenSheet.Cell.height - 2 * inset
        return "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" "
            + "height=\"\(number(height))\"" + (name.isEmpty ? "/>" : " class=\"\(name)\"/>")
    }

    /// Whether the other goes on right of it, so that both are one.
    func meets(_ other: Block) -> Bool {
        rows == other.rows && (inset, name) == (other.inset, other.name)
            && abs(x + width - other.x) < 0.001
    }

    /// Whether the other, in the row below, is as it is, so that both are one.
    func stands(on other: Block) -> Bool {
        rows.upperBound + 1 == other.rows.lowerBound && (inset, name) == (other.inset, other.name)
            && abs(x - other.x) < 0.001 && abs(width - other.width) < 0.001
    }
}

/// At most two decimals, none where they are naught.
private func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return "\(whole)" }
    return "\(whole).\(rest < 10 ? "0" : "")\(rest % 10 == 0 ? rest / 10 : rest)"
}

extension Canvas {
    /// Its filled parts, as few as they can be: where two met there would be a seam.
    fileprivate var blocks: [Block] {
        var blocks: [Block] = []
        var open: [Int] = []
        for row in 0..<size.height {
            var own: [Block] = []
            for block in stretches(ofRow: row).compactMap({ block(of: $0, row: row) }) {
                if own.last?.meets(block) == true {
                    own[own.count - 1].width += block.width
                } else {
                    own.append(block)
                }
            }
            open = own.map { block in
                if let above = open.first(where: { blocks[$0].stands(on: block) }) {
                    blocks[above].rows = blocks[above].rows.lowerBound...row
                    return above
                }
                blocks.append(block)
                return blocks.count - 1
            }
        }
        return blocks
    }

    private func block(of stretch: Stretch, row: Int) -> Block? {
        let isReversed = stretch.style.attributes.contains(.reverse)
        guard let share = stretch.filledShare ?? (isReversed ? 1 : nil) else { return nil }
        let (x, width) = ScreenSheet.place(of: stretch.columns)
        // Bars of rows in which other things stand do not touch these.
        return Block(
            x: x, width: width * share, rows: row...row, inset: isReversed ? 0 : 1,
            name: PageColours.classes(of: Style(stretch.style.ink)))
    }

    /// A row's text, all of it; nil of an empty row.
    fileprivate func text(ofRow row: Int) -> String? {
        let stretches = stretches(ofRow: row)
        guard !stretches.isEmpty else { return nil }
        let spans = stretches.map { stretch -> String in
            let (x, width) = ScreenSheet.place(of: stretch.columns)
            // Fonts leave seams in bars; the text stays, unseen, to be copied.
            let classes =
                stretch.filledShare == nil ? PageColours.classes(of: stretch.style) : "K"
            return "<tspan x=\"\(number(x))\" textLength=\"\(number(width))\" "
                + "lengthAdjust=\"spacingAndGlyphs\""
                + (classes.isEmpty ? ">" : " class=\"\(classes)\">")
                + "\(stretch.text.escapedForMarkup)</tspan>"
        }
        let baseline = number(ScreenSheet.baseline(ofRow: row))
        return "<text y=\"\(baseline)\">\(spans.joined())</text>"
    }
}
