extension ScreenSheet {
    /// The screens as a page (HTML, and well-formed XML too): text that can be selected and
    /// searched, light or dark as the theme or the reader wants it, and on light paper where it is
    /// printed. Needs no other file.
    package var html: String {
        """
        <!DOCTYPE html>
        <html lang="\(language.escapedForMarkup)" xmlns="http://www.w3.org/1999/xhtml">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="\(schemes)"/>
        <title>\(title.escapedForMarkup)</title>
        <style>
        \(pageStyle)
        </style>
        </head>
        <body>
        <main>
        <h1>\(title.escapedForMarkup)</h1>\(byline)
        \((contents + sections).joined(separator: "\n"))
        </main>
        </body>
        </html>
        """
    }

    private var byline: String {
        author.map { "\n<p class=\"author\">\($0.escapedForMarkup)</p>" } ?? ""
    }

    /// Screens in a row that have their section in common.
    private var parts: [(title: String, screens: [Screen])] {
        var parts: [(title: String, screens: [Screen])] = []
        for screen in screens {
            if parts.last?.title == screen.section {
                parts[parts.count - 1].screens.append(screen)
            } else {
                parts.append((screen.section, [screen]))
            }
        }
        return parts
    }

    /// Links to the screens, where there is more than one.
    private var contents: [String] {
        guard screens.count > 1 else { return [] }
        var lines = ["<nav aria-label=\"Contents\">"]
        for part in parts {
            if parts.count > 1 {
                lines.append("<p><b>\(part.title.escapedForMarkup)</b></p>")
            }
            lines.append("<ol>")
            lines += part.screens.map {
                "<li><a href=\"#\($0.id.escapedForMarkup)\">\($0.title.escapedForMarkup)</a></li>"
            }
            lines.append("</ol>")
        }
        return lines + ["</nav>"]
    }

    private var sections: [String] {
        if screens.count == 1 { return screens.map { Self.article($0, heading: "") } }
        return parts.flatMap { part in
            ["<section>", "<h2>\(part.title.escapedForMarkup)</h2>"]
                + part.screens.map {
                    // A screen shows its title itself; its heading is for those who hear the page.
                    Self.article($0, heading: "<h3>\($0.title.escapedForMarkup)</h3>\n")
                } + ["</section>"]
        }
    }

    private static func article(_ screen: Screen, heading: String) -> String {
        let isTold = !screen.parts.isEmpty
        let parts = isTold ? screen.parts : [.picture(screen.canvas)]
        return """
            <article id="\(screen.id.escapedForMarkup)"\(isTold ? " class=\"told\"" : "")>
            \(heading)\(parts.map(markup).joined(separator: "\n"))
            \(inWords(screen))\(remarks(of: screen))<p class="command">Open it: <code>\(screen.command.text.escapedForMarkup)</code></p>
            </article>
            """
    }

    private static func markup(_ part: Part) -> String {
        switch part {
        case .html(let text): return text
        case .picture(let canvas):
            let rows = (0..<canvas.size.height).map { canvas.markup(ofRow: $0) }
            return "<pre class=\"screen\" tabindex=\"0\">\(rows.joined(separator: "\n"))</pre>"
        }
    }

    /// What a teacher's copy says below the step.
    private static func remarks(of screen: Screen) -> String {
        guard !screen.remarks.isEmpty else { return "" }
        let lines = screen.remarks.map {
            "<dt>\($0.label.escapedForMarkup)</dt><dd>\($0.text.escapedForMarkup)</dd>"
        }
        return "<aside class=\"teacher\"><dl>\n\(lines.joined(separator: "\n"))\n</dl></aside>\n"
    }

    /// The pictures in words, folded away until they are asked for.
    private static func inWords(_ screen: Screen) -> String {
        guard !screen.words.isEmpty else { return "" }
        let lines = screen.words.map { "<p>\($0.escapedForMarkup)</p>" }
        return "<details class=\"words\"><summary>The picture in words</summary>\n"
            + lines.joined(separator: "\n") + "\n</details>\n"
    }

    private var pageStyle: String {
        """
        body{margin:0;font-family:system-ui,-apple-system,'Segoe UI',sans-serif;line-height:1.5}
        main{box-sizing:border-box;width:fit-content;min-width:min(46rem,100%);max-width:100%;\
        margin:0 auto;padding:2rem 1rem 4rem}
        h1{font-size:1.4rem;line-height:1.2}
        h2{font-size:1.3rem;margin:3rem 0 0;line-height:1.2}
        article{margin-top:1.5rem;position:relative}
        h3{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%)}
        article.told{max-width:46rem}
        .told h3{position:static;width:auto;height:auto;clip-path:none;font-size:1.1rem;\
        margin:2rem 0 .5rem}
        .told h4{margin:1rem 0 .3rem}
        .told p,.told ul,.told ol,.told table,.told figure,.told blockquote,.told pre{margin:.6rem 0}
        .told blockquote{padding-left:1rem;border-left:3px solid}
        .told .code{font-family:\(PageColours.fonts);font-size:14px;line-height:18px;overflow-x:auto}
        .told figcaption{font-size:.85rem}
        .told table{border-collapse:collapse}
        .told th,.told td{border:1px solid;padding:.15rem .6rem;text-align:left;vertical-align:top}
        .told .right{text-align:right}
        .told .centre{text-align:center}
        .teacher{margin:.6rem 0;padding:.1rem 1rem;border:1px dashed;border-radius:8px}
        .teacher dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;\
        margin:.5rem 0}
        .teacher dt{font-weight:bold}
        .teacher dd{margin:0}
        nav{columns:2 18rem;column-gap:2rem}
        nav p{margin:.8rem 0 0;break-after:avoid}
        nav ol{margin:.2rem 0;padding-left:2.2rem}
        a{color:inherit}
        .screen{font-family:\(PageColours.fonts);font-size:14px;line-height:18px;margin:0;\
        padding:1rem;overflow-x:auto;border-radius:8px;border:1px solid}
        .screen i{display:inline-block;width:1ch;font-style:normal;text-align:center}
        .screen i.W{width:2ch}
        .screen b.K{background:currentColor;font-weight:normal}
        .words{font-size:.85rem;margin:.5rem 0 0;max-width:46rem}
        .words summary{cursor:pointer}
        .words p{margin:.2rem 0}
        .command{font-size:.85rem;margin:.5rem 0 0;overflow-wrap:anywhere}
        .command code{font-family:\(PageColours.fonts)}
        \(PageColours.attributes(below: ".screen"))
        \(colours)
        @media print{
        @page{margin:15mm}
        body{background:none}
        main,article.told{max-width:none;min-width:0;width:auto;padding:0}
        article:not(.told),figure,tr,dd,.screen,.question,.command{break-inside:avoid}
        h1,h2,h3,h4{break-after:avoid}
        h2{margin-top:1.5rem}
        .screen,.told .code{font-size:10.5px;line-height:13.5px;overflow-x:visible}
        .words{display:none}
        }
        """
    }

    private var colours: String {
        let (light, dark) = (Self.scheme(.light), Self.scheme(.dark))
        return switch theme {
        case .light: light
        case .dark: "\(light)\n@media screen{\n\(dark)\n}"
        case .unknown:
            "\(light)\n@media screen and (prefers-color-scheme: dark){\n\(dark)\n}"
        }
    }

    /// What the browser's own parts may look like.
    private var schemes: String { theme == .unknown ? "light dark" : theme.rawValue }

    private static func scheme(_ colours: PageColours) -> String {
        let reversed =
            ([("R", Ink.text)] + PageColours.inks.map { ("R.\($0.name)", $0.ink) }).map {
                ".screen .\($0){background:\(colours.colour(of: $1))}"
            }.joined(separator: "\n")
        return """
            body{background:\(colours.paper);color:\(colours.text)}
            .screen{background:\(colours.paper);border-color:\(colours.edge)}
            .command{color:\(colours.faint)}
            \(colours.rules(below: ".screen"))
            \(reversed)
            """
    }
}

extension Canvas {
    /// A row as text with its styles around it.
    fileprivate func markup(ofRow row: Int) -> String {
        let starts = columns(ofRow: row)
        return runs(ofRow: row, upTo: lastVisibleColumn(ofRow: row)).map { run in
            let text = Self.markup(
                of: starts.filter(run.columns.contains).map { self[$0, row].character })
            let classes = PageColours.classes(of: run.style)
            return classes.isEmpty ? text : "<span class=\"\(classes)\">\(text)</span>"
        }.joined()
    }

    /// Full blocks stand on their own colour, since fonts leave seams between them.
    private static func markup(of characters: [Character]) -> String {
        var text = ""
        var isBar = false
        for character in characters {
            if (character == "█") != isBar { text += isBar ? "</b>" : "<b class=\"K\">" }
            isBar = character == "█"
            text += markup(of: character)
        }
        return isBar ? text + "</b>" : text
    }

    /// Lines and full blocks are in every font of fixed width. Other signs may come from another
    /// font, so each gets a cell of the right width.
    private static func markup(of character: Character) -> String {
        let text = String(character).escapedForMarkup
        let isWide = TerminalCanvas.columns(of: character) == 2
        if character.asciiByte != nil || character.isLetter && !isWide { return text }
        if let scalar = character.unicodeScalars.first, (0x2500...0x2588).contains(scalar.value) {
            return text
        }
        return isWide ? "<i class=\"W\">\(text)</i>" : "<i>\(text)</i>"
    }
}
