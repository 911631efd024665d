import Testing

@testable import TerminalCanvas

struct ThemeTests {
    private static let inks: [Ink] =
        [.faint, .title, .accent, .good, .bad] + (0..<Ink.groupCount).map { Ink.group(Int8($0)) }

    @Test("text is the terminal's own foreground in every palette", arguments: Palette.allCases)
    func text(palette: Palette) {
        #expect(palette.colour(of: .text) == nil)
    }

    @Test("a palette uses no colour that it does not have", arguments: Palette.allCases)
    func range(palette: Palette) {
        for ink in Self.inks {
            if let colour = palette.colour(of: ink) {
                #expect((0..<palette.rawValue).contains(colour), "\(ink)")
            }
        }
    }

    @Test("without colours every ink is the terminal's own")
    func none() {
        #expect(Self.inks.allSatisfy { Palette.none.colour(of: $0) == nil })
    }

    @Test(
        "each group has a colour of its own, and they repeat after the last",
        arguments: [Palette.colours8, .colours16, .colours256])
    func groups(palette: Palette) {
        let colours = (0..<Ink.groupCount).map { palette.colour(of: .group(Int8($0))) }
        #expect(Set(colours).count == Ink.groupCount)
        #expect(!colours.contains(nil))
        #expect((0..<Ink.groupCount).map { palette.colour(of: .group(Int8($0 + 12))) } == colours)
        #expect(palette.colour(of: .group(-1)) == colours[Ink.groupCount - 1])
    }

    @Test(
        "good and bad differ",
        arguments: [Palette.colours8, .colours16, .colours256])
    func goodAndBad(palette: Palette) {
        #expect(palette.colour(of: .good) != palette.colour(of: .bad))
    }

    @Test("of the user's own colours, black, white and their greys are left alone")
    func backgrounds() {
        for palette in [Palette.colours8, .colours16] {
            let colours = Self.inks.compactMap(palette.colour(of:))
            #expect(Set(colours).isDisjoint(with: [0, 7, 8, 15]))
        }
    }

    @Test("every fixed colour stands out from black and from white")
    func contrast() throws {
        for ink in Self.inks {
            let luminance = luminance(try #require(Palette.colours256.colour(of: ink)))
            #expect((luminance + 0.05) / 0.05 >= 3, "\(ink) on black")
            #expect(1.05 / (luminance + 0.05) >= 3, "\(ink) on white")
        }
    }

    /// Relative luminance (WCAG 2.1) of a colour of the cube or of the grey ramp.
    private func luminance(_ colour: Int) -> Double {
        let components =
            colour >= 232
            ? Array(repeating: 8 + 10 * (colour - 232), count: 3)
            : [(colour - 16) / 36, (colour - 16) / 6 % 6, (colour - 16) % 6].map {
                $0 == 0 ? 0 : 55 + 40 * $0
            }
        // A power of 2.4 without Foundation: its exponent is 12/5, the root by Newton's method.
        let linear = components.map { component -> Double in
            let value = Double(component) / 255
            if value <= 0.04045 { return value / 12.92 }
            let base = (value + 0.055) / 1.055
            let power = (0..<12).reduce(1.0) { product, _ in product * base }
            return (0..<60).reduce(1.0) { root, _ in
                (4 * root + power / (root * root * root * root)) / 5
            }
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}
