import Foundation
import Testing

@testable import TerminalCanvas

@Suite("Screens on a page")
struct ScreenSheetTests {
    private static func screen(
        _ id: String = "gqa-ends", section: String = "5 GQA", title: String = "Ends"
    ) -> ScreenSheet.Screen {
        var canvas = Canvas(size: Size(width: 24, height: 5))
        func draw(_ text: String, _ row: Int, _ style: Style) {
            canvas.draw(text, at: Point(column: 1, row: row), style: style, in: canvas.area)
        }
        draw("1 < 2 & \"3\" > '0' </text>", 0, Style(.title, .bold))
        draw("漢字 é ●●○ ◆", 1, Style(.group(7)))
        draw("███▍ 1.07 GB", 3, Style(.accent))
        draw("on", 4, Style(.bad, [.reverse, .underline, .italic]))
        return ScreenSheet.Screen(
            canvas: canvas, id: id, section: section, title: title,
            command: ShellLine(["headroom learn gqa", "--step 2", "--state g=8"]))
    }

    private static let one = ScreenSheet(title: "Ends", screens: [screen()])
    private static let two = ScreenSheet(
        title: "Headroom", screens: [screen(), screen("mla-kept", section: "8 MLA", title: "Kept")])

    @Test("a drawing's rows of text are the screen's rows, whole and in order")
    func drawingText() throws {
        let rows = try Markup(Self.one.svg).elements("text").map(\.text)
        #expect(
            rows
                == Self.screen().canvas.text.split(separator: "\n", omittingEmptySubsequences: true)
                .map(String.init))
    }

    @Test("a page tells its pictures in words, folded away, where there are any")
    func words() throws {
        var screen = Self.screen()
        screen.words = ["Picture: 8 heads.", "a < b"]
        let page = ScreenSheet(title: "Ends", screens: [screen, Self.screen("mla-kept")])
        let told = try Markup(page.html).elements("details")
        #expect(told.count == 1)
        #expect(told.first?.text.contains("Picture: 8 heads.\na < b") == true)
    }

    @Test("a page's text is the screen's text")
    func pageText() throws {
        let screens = try Markup(Self.two.html).elements("pre").map(\.text)
        #expect(screens == Self.two.screens.map(\.canvas.text))
    }

    @Test("in a drawing every stretch stands in its own column and has its columns' width")
    func straightColumns() throws {
        let stretches = try Markup(Self.one.svg).elements("tspan").map { element in
            (
                element.text, Double(element.attributes["x"] ?? "").map { ($0 / 8.43).rounded() },
                Double(element.attributes["textLength"] ?? "").map { ($0 / 8.43).rounded() }
            )
        }
        let second = stretches.drop { !$0.0.hasPrefix("漢") }
        #expect(
            second.prefix(8).map(\.0) == ["漢", "字", " ", "é", " ", "●●", "○", " "])
        #expect(second.prefix(8).map(\.1) == [1, 3, 5, 6, 7, 8, 10, 11])
        #expect(second.prefix(8).map(\.2) == [2, 2, 1, 1, 1, 2, 1, 1])
    }

    @Test("bars are blocks as long as their eighths, and still text")
    func bars() throws {
        let markup = try Markup(Self.one.svg)
        let blocks = markup.elements("rect").filter { $0.attributes["class"] == "a" }
        let ends = blocks.map { block in
            [block.attributes["x"], block.attributes["width"]].map { Double($0 ?? "") ?? -1 }
        }
        #expect(ends == [[8.43, 28.45]])
        #expect(markup.elements("text").contains { $0.text.contains("███▍ 1.07 GB") })
    }

    @Test("a bar of several rows is one block, and cuts and other colours part it")
    func thickBars() throws {
        var canvas = Canvas(size: Size(width: 12, height: 4))
        func draw(_ text: String, _ column: Int, _ row: Int, _ style: Style) {
            canvas.draw(text, at: Point(column: column, row: row), style: style, in: canvas.area)
        }
        for row in 0..<3 { draw("██▉██▍", 0, row, Style(.accent)) }
        draw("██", 6, 1, Style(.bad))
        draw("█▉", 0, 3, Style(.accent))
        let screen = ScreenSheet.Screen(
            canvas: canvas, id: "bar", section: "1", title: "Bar",
            command: ShellLine(["headroom"]))
        let blocks = try Markup(ScreenSheet(title: "Bar", screens: [screen]).svg)
            .elements("rect").dropFirst().map { block in
                ["y", "height", "width"].map { block.attributes[$0] ?? "" }
            }
        #expect(
            Array(blocks) == [
                ["1", "52", "24.24"], ["1", "52", "20.02"], ["19", "16", "16.86"],
                ["55", "16", "15.81"],
            ])
    }

    @Test("reversed text lies in the paper's colour on a block of its ink")
    func reversed() throws {
        let markup = try Markup(Self.one.svg)
        #expect(markup.elements("rect").filter { $0.attributes["class"] == "n" }.count == 1)
        #expect(
            markup.elements("tspan").last.map { [$0.text, $0.attributes["class"] ?? ""] }
                == ["on", "n R I U"])
    }

    @Test("a drawing has a title and a description that it names as its label")
    func labelled() throws {
        let markup = try Markup(Self.one.svg)
        let root = try #require(markup.elements.first)
        let labels = root.attributes["aria-labelledby"]?.split(separator: " ").map(String.init)
        let named = markup.elements.filter { ["title", "desc"].contains($0.name) }
        #expect(labels == named.compactMap { $0.attributes["id"] })
        #expect(
            named.map(\.text) == [
                "Ends",
                "A screen of the course Headroom, as text. It is opened by: "
                    + "headroom learn gqa --step 2 --state g=8",
            ])
    }

    @Test("a page has a language, a title, headings and links to every screen")
    func pageStructure() throws {
        let markup = try Markup(Self.two.html)
        #expect(markup.elements.first?.attributes["lang"] == "en")
        #expect(markup.elements("title").map(\.text) == ["Headroom"])
        #expect(markup.elements("h1").map(\.text) == ["Headroom"])
        #expect(markup.elements("h2").map(\.text) == ["5 GQA", "8 MLA"])
        #expect(markup.elements("h3").map(\.text) == ["Ends", "Kept"])
        #expect(
            markup.elements("a").map { $0.attributes["href"] } == ["#gqa-ends", "#mla-kept"])
        #expect(
            markup.elements("article").map { $0.attributes["id"] } == ["gqa-ends", "mla-kept"])
        #expect(
            markup.elements("code").map(\.text)
                == Array(repeating: "headroom learn gqa --step 2 --state g=8", count: 2))
    }

    @Test("paper is the reader's choice, or the theme's; what is printed is on light paper")
    func paper() {
        let (light, dark) = (PageColours.light.paper, PageColours.dark.paper)
        for (theme, hasLight, hasDark) in [
            (Theme.unknown, true, true), (.light, true, false), (.dark, false, true),
        ] {
            let sheet = ScreenSheet(title: "Ends", screens: [Self.screen()], theme: theme)
            for page in [sheet.svg, sheet.html] {
                #expect(page.contains("prefers-color-scheme") == (theme == .unknown))
                #expect(page.contains(dark) == hasDark)
            }
            #expect(sheet.svg.contains(light) == hasLight)
            #expect(sheet.html.contains(light))
            #expect(sheet.html.contains("@media screen{") == (theme == .dark))
        }
    }

    @Test(
        "nothing outside is needed, and nothing runs",
        arguments: [one.svg, two.svg, one.html, two.html])
    func selfContained(page: String) throws {
        let markup = try Markup(page)
        let outside = markup.elements.flatMap { element in
            element.attributes.filter { name, value in
                ["src", "srcset", "xlink:href", "data", "action"].contains(name)
                    || name == "href" && !value.hasPrefix("#") || name.hasPrefix("on")
            }.map(\.key)
        }
        #expect(outside == [])
        #expect(!markup.elements.contains { ["script", "link", "image"].contains($0.name) })
        #expect(!page.contains("url(") && !page.contains("@import"))
    }

    @Test("no name stands twice on a page", arguments: [two.svg, two.html])
    func uniqueNames(page: String) throws {
        let names = try Markup(page).elements.compactMap { $0.attributes["id"] }
        #expect(Set(names).count == names.count)
    }

    @Test(
        "whatever a title holds, the page is well-formed and shows it, controls as question marks")
    func hostileTitles() throws {
        let scalars = (0...0x2FF).compactMap(Unicode.Scalar.init) + ["\u{FFFE}", "\u{FFFF}"]
        let title = String(String.UnicodeScalarView(scalars))
        let shown = String(
            String.UnicodeScalarView(
                scalars.map {
                    let isShown =
                        $0 == "\n"
                        || $0.properties.generalCategory != .control
                            && !$0.properties.isNoncharacterCodePoint
                    return isShown ? $0 : "?"
                }))
        var screen = Self.screen("a\"b<c>&'d\u{1B}[2J", section: title, title: title)
        screen.command = ShellLine([title])
        let sheet = ScreenSheet(title: title, screens: [screen, Self.screen()])
        #expect(try Markup(sheet.html).elements("h1").map(\.text) == [shown])
        #expect(try Markup(sheet.html).elements("h2").first?.text == shown)
        #expect(try Markup(sheet.svg).elements("title").map(\.text) == [shown, shown, "Ends"])
        for text in [sheet.text, sheet.svg, sheet.html] {
            let controls = text.unicodeScalars.filter {
                $0.properties.generalCategory == .control && $0 != "\n"
            }
            #expect(controls.isEmpty)
        }
    }

    @Test("as text each screen stands below its section and above its command")
    func plainText() {
        let canvas = Self.screen().canvas.text
        let rule = String(repeating: "─", count: 24)
        let command = "headroom learn gqa \\\n--step 2 --state g=8\n"
        #expect(
            Self.two.text == "5 GQA\n\(rule)\n\(canvas)\n\n\(command)\n"
                + "8 MLA\n\(rule)\n\(canvas)\n\n\(command)")
    }

    @Test("a sheet without screens is a page too")
    func empty() throws {
        let sheet = ScreenSheet(title: "None", screens: [])
        #expect(try Markup(sheet.svg).elements("text").isEmpty)
        #expect(try Markup(sheet.html).elements("h1").map(\.text) == ["None"])
    }
}
