extension ScreenSheet {
    /// The screens as a drawing (SVG 1.1 with the CSS of SVG 2): text that can be selected and
    /// searched, on paper of its own, light or dark as the reader likes it. Needs no other file.
    ///
    /// Every stretch of text says where it begins and how wide it is, so that columns are straight
    /// in every font.
    public var svg: String {
        let isCaptioned = screens.count > 1
        let columns = screens.map(\.canvas.size.width).max() ?? 0
        let width = Double(columns) * Cell.width + 2 * Self.margin
        var top = 0.0
        var drawn: [String] = []
        for screen in screens {
            let captions = isCaptioned ? Self.captions(of: screen) : []
            let height =
                Double(screen.canvas.size.height + captions.count) * Cell.height + 2 * Self.margin
            drawn.append(
                Self.group(screen, captions: captions, top: top, width: width, height: height))
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
            \(Self.style)
            </style>
            \(drawn.joined(separator: "\n"))
            </svg>
            """
    }

    private var description: String {
        guard screens.count == 1, let screen = screens.first else {
            return "\(screens.count) screens of the course Headroom, as text."
        }
        return "A screen of the course Headroom, as text. It is opened by: \(screen.command)"
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

    private static let style = """
        .screen text{font-family:\(PageColours.fonts);font-size:\(number(Cell.fontSize))px;\
        white-space:pre}
        \(PageColours.attributes(below: ".screen"))
        \(PageColours.light.rules(below: ".screen"))
        @media (prefers-color-scheme: dark){
        \(PageColours.dark.rules(below: ".screen"))
        }
        """

    // MARK: Drawing

    private static func captions(of screen: Screen) -> [[Span]] {
        [
            [Span("\(screen.section) · ", Style(.faint)), Span(screen.title, Style(.title, .bold))],
            [Span("$ \(screen.command)", Style(.faint))], [],
        ]
    }

    private static func group(
        _ screen: Screen, captions: [[Span]], top: Double, width: Double, height: Double
    ) -> String {
        var canvas = screen.canvas
        if !captions.isEmpty {
            canvas = Canvas(
                size: Size(
                    width: screen.canvas.size.width,
                    height: screen.canvas.size.height + captions.count),
                glyphs: screen.canvas.glyphs)
            for (row, caption) in captions.enumerated() {
                canvas.draw(caption, at: Point(column: 0, row: row), in: canvas.area)
            }
            canvas.copy(
                screen.canvas, rowsFrom: 0,
                into: canvas.area.rows(captions.count, count: screen.canvas.size.height))
        }
        let rows = (0..<canvas.size.height).flatMap { canvas.drawing(ofRow: $0) }
        return """
            <g id="\(screen.id.escapedForMarkup)" transform="translate(0 \(number(top)))">
            <rect class="paper" width="\(number(width))" height="\(number(height))" rx="8"/>
            <g transform="translate(\(number(margin)) \(number(margin)))">
            \(rows.joined(separator: "\n"))
            </g>
            </g>
            """
    }

    fileprivate static func place(
        _ columns: ClosedRange<Int>, row: Int
    ) -> (x: String, width: String, top: String, baseline: String) {
        (
            number(Double(columns.lowerBound) * Cell.width),
            number(Double(columns.count) * Cell.width), number(Double(row) * Cell.height),
            number(Double(row) * Cell.height + Cell.baseline)
        )
    }

    fileprivate static let cellHeight = number(Cell.height)
}

/// At most two decimals, none where they are naught.
private func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return "\(whole)" }
    return "\(whole).\(rest < 10 ? "0" : "")\(rest % 10 == 0 ? rest / 10 : rest)"
}

extension Canvas {
    /// A row's elements: a block behind each reversed stretch, then its text, all of it.
    fileprivate func drawing(ofRow row: Int) -> [String] {
        let stretches = stretches(ofRow: row)
        guard !stretches.isEmpty else { return [] }
        var elements: [String] = []
        var text = ""
        for stretch in stretches {
            let place = ScreenSheet.place(stretch.columns, row: row)
            if text.isEmpty { text = "<text y=\"\(place.baseline)\">" }
            var attributes = "x=\"\(place.x)\" textLength=\"\(place.width)\" "
            attributes += "lengthAdjust=\"spacingAndGlyphs\""
            let classes = PageColours.classes(of: stretch.style)
            if !classes.isEmpty { attributes += " class=\"\(classes)\"" }
            text += "<tspan \(attributes)>\(stretch.text.escapedForMarkup)</tspan>"
            if stretch.style.attributes.contains(.reverse) {
                let ink = PageColours.classes(of: Style(stretch.style.ink))
                elements.append(
                    "<rect x=\"\(place.x)\" y=\"\(place.top)\" width=\"\(place.width)\" "
                        + "height=\"\(ScreenSheet.cellHeight)\""
                        + (ink.isEmpty ? "/>" : " class=\"\(ink)\"/>"))
            }
        }
        return elements + [text + "</text>"]
    }
}
