/// The colours of screens on pages, where the paper is known: one scheme on light paper and one on
/// dark, in which every ink has a contrast of 4.5 to 1 or more with its paper (WCAG 2.1, 1.4.3).
struct PageColours: Sendable {
    let paper: String
    let edge: String
    let text: String
    let faint: String
    let title: String
    let accent: String
    let good: String
    let bad: String
    /// Blue, orange, green, pink, brown or yellow, violet: told apart without red or green cones,
    /// too, as in a terminal of 256 colours.
    let groups: [String]

    static let light = PageColours(
        paper: "#fdfcfa", edge: "#d9d5cd", text: "#22252a", faint: "#686e78", title: "#6b3fc4",
        accent: "#00688f", good: "#1b7331", bad: "#bf1f2b",
        groups: ["#0462c4", "#b34c00", "#277f49", "#b92780", "#4e3601", "#580985"])

    static let dark = PageColours(
        paper: "#16181d", edge: "#333842", text: "#e4e6ea", faint: "#969da8", title: "#b99cff",
        accent: "#56c3e6", good: "#5fce7d", bad: "#ff837d",
        groups: ["#77bcff", "#e48751", "#69d783", "#f187bf", "#ddc143", "#8773dc"])

    /// The inks with the names of their classes.
    static let inks: [(name: String, ink: Ink)] =
        [("f", .faint), ("t", .title), ("a", .accent), ("y", .good), ("n", .bad)]
        + (0..<Ink.groupCount).map { ("g\($0)", .group(Int8($0))) }

    func colour(of ink: Ink) -> String {
        switch ink {
        case .text: text
        case .faint: faint
        case .title: title
        case .accent: accent
        case .good: good
        case .bad: bad
        case .group(let number): groups[Ink.index(ofGroup: number)]
        }
    }

    /// The classes of a style: "a B"; empty for plain text.
    static func classes(of style: Style) -> String {
        var names: [String] = []
        switch style.ink {
        case .text: break
        case .group(let number): names.append("g\(Ink.index(ofGroup: number))")
        default: names += inks.filter { $0.ink == style.ink }.map(\.name)
        }
        if style.attributes.contains(.reverse) { names.append("R") }
        if style.attributes.contains(.bold) { names.append("B") }
        if style.attributes.contains(.italic) { names.append("I") }
        if style.attributes.contains(.underline) { names.append("U") }
        return names.joined(separator: " ")
    }

    /// One rule of CSS for each class, below an element. A drawing fills its text and a page
    /// colours it; both properties stand in each rule, so that both take the same. Nothing in it
    /// needs to be escaped.
    func rules(below parent: String) -> String {
        var rules = [
            "\(parent){color:\(text);fill:\(text)}",
            "\(parent) .paper{fill:\(paper);stroke:\(edge)}",
        ]
        rules += Self.inks.map { name, ink in
            "\(parent) .\(name){color:\(colour(of: ink));fill:\(colour(of: ink))}"
        }
        // Behind the inks, so that reversed text takes the paper's colour whatever its ink.
        rules.append("\(parent) .R{color:\(paper);fill:\(paper)}")
        return rules.joined(separator: "\n")
    }

    /// The rules that are the same on both papers.
    static func attributes(below parent: String) -> String {
        """
        \(parent) .B{font-weight:bold}
        \(parent) .I{font-style:italic}
        \(parent) .U{text-decoration:underline}
        """
    }

    static let fonts =
        "ui-monospace,SFMono-Regular,Menlo,'DejaVu Sans Mono','Cascadia Mono',Consolas,"
        + "'Liberation Mono',monospace"
}
