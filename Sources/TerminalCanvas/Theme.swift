/// The colours a terminal can show, by their number.
package enum Palette: Int, CaseIterable, Hashable, Sendable {
    /// No colours: meaning is in words and attributes alone.
    case none = 0
    /// The eight of ECMA-48, whose looks are the user's.
    case colours8 = 8
    /// Those and eight brighter ones.
    case colours16 = 16
    /// Those and 240 whose red, green and blue are fixed, as in xterm.
    case colours256 = 256
}

extension Palette {
    /// The number of an ink's colour in this palette; nil for the terminal's own foreground.
    ///
    /// Of 256 colours only those are used whose red, green and blue are fixed, and of these only
    /// such as have a contrast of 3 to 1 or more (WCAG 2.1, 1.4.11) with black and with white. The
    /// first 16 belong to the user's own theme: there black, white and their greys are left
    /// alone, because one of them is the background, so faint text is plain.
    package func colour(of ink: Ink) -> Int? {
        switch self {
        case .none: nil
        case .colours8: Self.few.colour(of: ink)
        case .colours16: Self.some.colour(of: ink)
        case .colours256: Self.many.colour(of: ink)
        }
    }

    private struct Inks {
        let faint: Int?
        let title: Int
        let accent: Int
        let good: Int
        let bad: Int
        let groups: [Int]

        func colour(of ink: Ink) -> Int? {
            switch ink {
            case .text: return nil
            case .faint: return faint
            case .title: return title
            case .accent: return accent
            case .good: return good
            case .bad: return bad
            case .group(let number):
                let remainder = Int(number) % groups.count
                return groups[remainder < 0 ? remainder + groups.count : remainder]
            }
        }
    }

    // Blue comes last: on black it is the hardest to read of the eight.
    private static let few = Inks(
        faint: nil, title: 5, accent: 6, good: 2, bad: 1, groups: [6, 3, 2, 5, 1, 4])
    private static let some = Inks(
        faint: nil, title: 5, accent: 6, good: 2, bad: 1, groups: [12, 3, 2, 5, 6, 1])
    // Blue, orange, green, pink, olive, violet.
    private static let many = Inks(
        faint: 244, title: 99, accent: 31, good: 28, bad: 160,
        groups: [33, 166, 28, 199, 136, 98])
}
