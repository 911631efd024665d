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
    /// A group of heads, counted from 0; groups repeat after `Ink.groupCount`.
    case group(Int)

    /// Inks that groups of heads take turns in.
    package static let groupCount = 6
}

package struct TextAttributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let bold = TextAttributes(rawValue: 1)
    package static let underline = TextAttributes(rawValue: 2)
    package static let reverse = TextAttributes(rawValue: 4)
    package static let italic = TextAttributes(rawValue: 8)
}

/// Ink and attributes of a cell. The background is always the terminal's own.
package struct Style: Hashable, Sendable {
    package var ink: Ink
    package var attributes: TextAttributes

    package init(_ ink: Ink = .text, _ attributes: TextAttributes = []) {
        self.ink = ink
        self.attributes = attributes
    }

    package static let plain = Style()

    /// The same ink with more attributes.
    package func with(_ more: TextAttributes) -> Style { Style(ink, attributes.union(more)) }
}

/// Text in one style.
package struct Span: Hashable, Sendable {
    package var text: String
    package var style: Style

    package init(_ text: String, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }
}
