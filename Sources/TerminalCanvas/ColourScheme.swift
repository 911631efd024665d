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

/// Which colour stands for an ink: by what the terminal can show, and on which background.
///
/// Of 256 colours only those are used whose red, green and blue are fixed, and of these only such
/// as stand out (WCAG 2.1): on a known background, black or white or a theme's, text by 4.5 to 1
/// and marks of groups by 3 to 1; where it is unknown, all by 3 to 1 on each of them. All groups
/// are told apart without red or green cones, too.
///
/// The first 16 belong to the user's own theme: there black, white and their greys are left alone,
/// because one of them is the background, so faint text is plain. As xterm shows them they stand
/// out by 3 to 1 on a known background; what is left are so few that a group may be plain, and on
/// light two may look alike that are no neighbours.
package struct ColourScheme: Hashable, Sendable {
    /// What the terminal can show.
    package let palette: Palette
    /// What it shows it on.
    package var theme: Theme

    /// A scheme for any background, where none is named.
    package init(_ palette: Palette, on theme: Theme = .unknown) {
        self.palette = palette
        self.theme = theme
    }

    /// The number of an ink's colour; nil for the terminal's own foreground.
    package func colour(of ink: Ink) -> Int? {
        switch ink {
        case .text: nil
        case .faint: inks?.faint
        case .title: inks?.title
        case .accent: inks?.accent
        case .good: inks?.good
        case .bad: inks?.bad
        case .group(let number): inks?.groups[Ink.index(ofGroup: number)]
        }
    }

    private struct Inks {
        var faint: Int?
        let title: Int
        let accent: Int
        let good: Int
        let bad: Int
        /// As many as `Ink.groupCount`.
        let groups: [Int?]
    }

    private var inks: Inks? {
        switch (palette, theme) {
        case (.none, _): nil
        // Blue cannot be read on black, nor green, yellow or cyan on white.
        case (.colours8, .unknown), (.colours8, .dark):
            Inks(title: 5, accent: 6, good: 2, bad: 1, groups: [6, 3, 5, 2, nil, 1])
        case (.colours8, .light):
            Inks(title: 5, accent: 4, good: 4, bad: 1, groups: [4, 1, nil, 5, 1, nil])
        case (.colours16, .unknown):
            Inks(title: 5, accent: 6, good: 2, bad: 1, groups: [12, 3, 5, 2, 6, 1])
        case (.colours16, .dark):
            Inks(title: 13, accent: 6, good: 2, bad: 9, groups: [12, 3, 5, 2, 6, 9])
        case (.colours16, .light):
            Inks(title: 5, accent: 4, good: 4, bad: 1, groups: [4, 9, 5, 1, 13, nil])
        // Groups are a blue, a red, a green, a pink, a brown or yellow, and a violet.
        case (.colours256, .unknown):
            Inks(
                faint: 244, title: 99, accent: 31, good: 28, bad: 160,
                groups: [69, 196, 28, 162, 137, 129])
        case (.colours256, .dark):
            Inks(
                faint: 246, title: 141, accent: 80, good: 78, bad: 203,
                groups: [111, 202, 48, 168, 226, 135])
        case (.colours256, .light):
            Inks(
                faint: 242, title: 56, accent: 24, good: 22, bad: 124,
                groups: [26, 88, 29, 126, 100, 57])
        }
    }
}
