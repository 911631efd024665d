/// What a cell's ink means; a theme decides the colour. Meaning is never carried by ink alone.
public enum Ink: Hashable, Sendable {
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
    public static let groupCount = 6
}

public struct TextAttributes: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let bold = TextAttributes(rawValue: 1)
    public static let underline = TextAttributes(rawValue: 2)
    public static let reverse = TextAttributes(rawValue: 4)
    public static let italic = TextAttributes(rawValue: 8)
}

/// Ink and attributes of a cell. The background is always the terminal's own.
public struct Style: Hashable, Sendable {
    public var ink: Ink
    public var attributes: TextAttributes

    public init(_ ink: Ink = .text, _ attributes: TextAttributes = []) {
        self.ink = ink
        self.attributes = attributes
    }

    public static let plain = Style()

    /// The same ink with more attributes.
    public func with(_ more: TextAttributes) -> Style { Style(ink, attributes.union(more)) }
}

/// Text in one style.
public struct Span: Hashable, Sendable {
    public var text: String
    public var style: Style

    public init(_ text: String, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }
}
