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

    private enum Cell {
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
        let rows = (0..<canvas.size.height).flatMap { canvas.drawing(ofRow: $0) }
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

    /// A filled block in a row, less an inset above and below.
    fileprivate static func block(
        x: Double, width: Double, row: Int, inset: Double, class name: String
    ) -> String {
        let y = Double(row) * Cell.height + inset
        return "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" "
            + "height=\"\(number(Cell.height - 2 * inset))\""
            + (name.isEmpty ? "/>" : " class=\"\(name)\"/>")
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
    /// A row's elements: bars and the blocks behind reversed stretches, then its text, all of it.
    fileprivate func drawing(ofRow row: Int) -> [String] {
        let stretches = stretches(ofRow: row)
        guard !stretches.isEmpty else { return [] }
        var elements: [String] = []
        var text = "<text y=\"\(number(ScreenSheet.baseline(ofRow: row)))\">"
        for stretch in stretches {
            let (x, width) = ScreenSheet.place(of: stretch.columns)
            var attributes = "x=\"\(number(x))\" textLength=\"\(number(width))\" "
            attributes += "lengthAdjust=\"spacingAndGlyphs\""
            var classes = PageColours.classes(of: stretch.style)
            let ink = PageColours.classes(of: Style(stretch.style.ink))
            if let share = stretch.filledShare {
                // Fonts leave seams in bars; the text stays, unseen, to be copied.
                classes = "K"
                elements.append(
                    ScreenSheet.block(
                        x: x, width: width * share, row: row, inset: 1, class: ink))
            } else if stretch.style.attributes.contains(.reverse) {
                elements.append(
                    ScreenSheet.block(x: x, width: width, row: row, inset: 0, class: ink))
            }
            if !classes.isEmpty { attributes += " class=\"\(classes)\"" }
            text += "<tspan \(attributes)>\(stretch.text.escapedForMarkup)</tspan>"
        }
        return elements + [text + "</text>"]
    }
}
