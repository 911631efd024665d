/// What a scalar is that shows nothing by itself.
///
/// A text from outside (a lesson, a file's name, a paste, another machine) may hold any of these,
/// and most may not reach a terminal, which takes some for commands, or a document, whose lines
/// others turn around. Which of them a place cannot take is for that place to say; that they are
/// told by one rule is what this type is for. The kinds are Unicode's general categories (The
/// Unicode Standard, 4.5), the joiners set apart.
package enum Unseen: Hashable, Sendable, CaseIterable {
    /// Of category Cc: what commands a terminal, and of white space the tab and most line ends.
    case control
    /// U+2028 and U+2029, of categories Zl and Zp, which end a line or a paragraph.
    case separator
    /// Of category Cf but the joiners: what turns a line around, hides in it or tags it.
    case format
    /// U+200C and U+200D, which join letters or part them, in Persian as in pictures of families.
    case joiner
    /// Of categories Mn and Me: what is shown on the character before it.
    case mark

    /// Nil for a scalar that shows, a space among them. Cost: a look into Unicode's tables, none
    /// for ASCII.
    package init?(_ scalar: Unicode.Scalar) {
        if scalar.value < 0x7F {
            if scalar.value >= 0x20 { return nil }
            self = .control
            return
        }
        switch scalar.properties.generalCategory {
        case .control: self = .control
        case .lineSeparator, .paragraphSeparator: self = .separator
        case .format:
            self = scalar == "\u{200C}" || scalar == "\u{200D}" ? .joiner : .format
        case .nonspacingMark, .enclosingMark: self = .mark
        default: return nil
        }
    }
}
