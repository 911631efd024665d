/// What a cell's ink means; a theme decides the colour. Meaning is never carried by ink alone.
package enum Ink: Hashable, Sendable {
    /// The terminal's own foreground.
    case text
    /// Beside the point: rules, units, what is locked.
    case faint
    /// Titles and the program's name.
    case title
    /// A computed figure, a key that works, the thing to look at.
    case accent
    /// Right, saved.
    case good
    /// Wrong, lost.
    case bad
    /// A group of heads, counted from 0; groups repeat after `Ink.groupCount`. A number of few bits
    /// keeps cells small, of which a screen has thousands.
    case group(Int8)

    /// Inks that groups of heads take turns in.
    package static let groupCount = 6

    /// Which of those inks a group has.
    static func index(ofGroup number: Int8) -> Int {
        let remainder = Int(number) % groupCount
        return remainder < 0 ? remainder + groupCount : remainder
    }
}

/// What is done to a cell beside its colour; a terminal that lacks one shows plain text.
package struct TextAttributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Heavy strokes; some terminals show a brighter colour instead.
    package static let bold = TextAttributes(rawValue: 1)
    /// A line below, for links and the like.
    package static let underline = TextAttributes(rawValue: 2)
    /// Ink and background exchanged: the only use of a background.
    package static let reverse = TextAttributes(rawValue: 4)
    /// Slanted letters.
    package static let italic = TextAttributes(rawValue: 8)
}

/// Ink and attributes of a cell. The background is always the terminal's own.
package struct Style: Hashable, Sendable {
    /// What the cell means.
    package var ink: Ink
    /// What makes it stand out beside the colour, which not all can see.
    package var attributes: TextAttributes

    /// The terminal's own foreground and no attributes, where nothing else is said.
    package init(_ ink: Ink = .text, _ attributes: TextAttributes = []) {
        self.ink = ink
        self.attributes = attributes
    }

    /// The terminal's own foreground without attributes.
    package static let plain = Style()
    /// What stands beside the point.
    package static let faint = Style(.faint)
    /// A word that stands out without a colour.
    package static let strong = Style(.text, .bold)
    /// A figure among others.
    package static let accent = Style(.accent)
    /// The one thing to look at, or a key that works.
    package static let bright = Style(.accent, .bold)

    /// The same ink with more attributes.
    package func with(_ more: TextAttributes) -> Style { Style(ink, attributes.union(more)) }
}

/// Text in one style.
package struct Span: Hashable, Sendable {
    /// What is drawn; `Canvas.draw` cleans it.
    package var text: String
    /// How all of it is drawn.
    package var style: Style

    /// A piece of a line; lines are made of several.
    package init(_ text: String, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }
}
