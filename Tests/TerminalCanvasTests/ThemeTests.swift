import Testing

@testable import TerminalCanvas

@Suite("Colours on a background")
struct ThemeTests {
    private static let texts: [Ink] = [.faint, .title, .accent, .good, .bad]
    private static let groups = (0..<Ink.groupCount).map { Ink.group(Int8($0)) }
    private static let schemes = Palette.allCases.flatMap { palette in
        Theme.allCases.map { ColourScheme(palette, on: $0) }
    }
    private static let coloured = schemes.filter { $0.palette != .none }

    /// Black and white, and the backgrounds of two themes that many have: Catppuccin Mocha and
    /// Solarized Light.
    private static func backgrounds(_ theme: Theme) -> [String] {
        switch theme {
        case .dark: ["#000000", "#1e1e2e"]
        case .light: ["#ffffff", "#fdf6e3"]
        case .unknown: backgrounds(.dark) + backgrounds(.light)
        }
    }

    @Test("text is the terminal's own foreground everywhere", arguments: schemes)
    func text(scheme: ColourScheme) {
        #expect(scheme.colour(of: .text) == nil)
    }

    @Test("no colour is used that the palette does not have", arguments: schemes)
    func range(scheme: ColourScheme) {
        for colour in (Self.texts + Self.groups).compactMap(scheme.colour(of:)) {
            #expect((0..<scheme.palette.rawValue).contains(colour))
        }
    }

    @Test("groups repeat after the last, and no neighbours look alike", arguments: coloured)
    func groups(scheme: ColourScheme) {
        let colours = Self.groups.map(scheme.colour(of:))
        for (one, two) in zip(colours, colours.dropFirst() + colours.prefix(1)) {
            #expect(one != two)
        }
        #expect(Set(colours).count >= (scheme == ColourScheme(.colours8, on: .light) ? 4 : 6))
        #expect((0..<Ink.groupCount).map { scheme.colour(of: .group(Int8($0 + 12))) } == colours)
        #expect(scheme.colour(of: .group(-1)) == colours.last)
    }

    @Test("good and bad differ", arguments: coloured)
    func goodAndBad(scheme: ColourScheme) {
        #expect(scheme.colour(of: .good) != scheme.colour(of: .bad))
    }

    @Test("of the user's own colours, black, white and their greys are left alone")
    func ownColours() {
        for scheme in Self.coloured where scheme.palette != .colours256 {
            let colours = (Self.texts + Self.groups).compactMap(scheme.colour(of:))
            #expect(Set(colours).isDisjoint(with: [0, 7, 8, 15]))
        }
    }

    @Test("every fixed colour stands out from its backgrounds", arguments: Theme.allCases)
    func contrast(theme: Theme) throws {
        let scheme = ColourScheme(.colours256, on: theme)
        let least = theme == .unknown ? 3 : 4.5
        for (ink, least) in Self.texts.map({ ($0, least) }) + Self.groups.map({ ($0, 3) }) {
            let colour = SeenColour(fixed: try #require(scheme.colour(of: ink)))
            for background in Self.backgrounds(theme) {
                let contrast = colour.contrast(with: SeenColour(hexadecimal: background))
                #expect(contrast >= least, "\(ink) on \(background): \(contrast)")
            }
        }
    }

    @Test(
        "as xterm has them, few colours stand out, too, bold or not",
        arguments: [Palette.colours8, .colours16], [Theme.dark, .light])
    func contrastOfFew(palette: Palette, theme: Theme) {
        let background = SeenColour(hexadecimal: theme == .dark ? "#000000" : "#ffffff")
        let scheme = ColourScheme(palette, on: theme)
        for colour in (Self.texts + Self.groups).compactMap(scheme.colour(of:)) {
            for shown in [colour, colour | 8] {
                let contrast = SeenColour(xterm: shown).contrast(with: background)
                #expect(contrast >= 3, "\(shown): \(contrast)")
            }
        }
    }

    // 15 is more than six differences that can just be noticed: marks are small and apart. On a
    // known background there is room for more.
    @Test(
        "all groups of fixed colours are told apart, without red or green cones, too",
        arguments: [(Theme.unknown, 15.0), (.dark, 25), (.light, 30)])
    func eyes(theme: Theme, least: Double) throws {
        let scheme = ColourScheme(.colours256, on: theme)
        let numbers = try Self.groups.map { try #require(scheme.colour(of: $0)) }
        try expectDifferent(
            numbers.map { ($0, SeenColour(fixed: $0)) }, isNeighbour: { _, _ in true }, least)
        // The picture of a cache has both, for what is made and what is kept.
        let pair = try [Ink.accent, .group(0)].map { try #require(scheme.colour(of: $0)) }
        try expectDifferent(
            pair.map { ($0, SeenColour(fixed: $0)) }, isNeighbour: { _, _ in true }, 15)
    }

    @Test(
        "and neighbours of few colours, as xterm has them",
        arguments: [Palette.colours8, .colours16], Theme.allCases)
    func eyesOnFew(palette: Palette, theme: Theme) throws {
        let scheme = ColourScheme(palette, on: theme)
        let plain = theme == .light ? 0 : 15
        let numbers = Self.groups.map { scheme.colour(of: $0) ?? plain }
        try expectDifferent(
            numbers.map { ($0, SeenColour(xterm: $0)) },
            isNeighbour: { ($1 - $0) % (Ink.groupCount - 2) == 1 }, 30)
    }

    private func expectDifferent(
        _ colours: [(number: Int, colour: SeenColour)], isNeighbour: (Int, Int) -> Bool,
        _ least: Double
    ) throws {
        for one in colours.indices {
            for two in colours.indices where one < two && isNeighbour(one, two) {
                for eyes in SeenColour.Eyes.allCases {
                    let difference = colours[one].colour.difference(
                        from: colours[two].colour, to: eyes)
                    #expect(
                        difference >= least,
                        "\(colours[one].number) and \(colours[two].number) to \(eyes)")
                }
            }
        }
    }

    // MARK: What is known of the background

    @Test(
        "a background is dark or light in whatever form it is told",
        arguments: [
            ("rgb:0000/0000/0000", Theme.dark), ("rgb:1e1e/1e1e/2e2e", .dark),
            ("rgb:ffff/ffff/ffff", .light), ("rgb:fdfd/f6f6/e3e3", .light), ("rgb:00/2b/36", .dark),
            ("rgb:f/f/f", .light), ("rgb:000/000/000", .dark), ("RGB:FF/fF/Ff", .light),
            ("rgba:0000/0000/0000/ffff", .dark), ("rgba:ff/ff/ff/00", .light), ("#fff", .light),
            ("#000000", .dark), ("#fffdf6e3e", .light), ("#00002b2b3636", .dark),
            // The border is where black and white stand out alike.
            ("rgb:75/75/75", .dark), ("rgb:77/77/77", .light), ("rgb:00/ff/00", .light),
            ("rgb:00/00/ff", .dark),
        ])
    func background(text: String, theme: Theme) {
        #expect(Theme(background: text) == theme)
    }

    @Test(
        "what tells no background tells none",
        arguments: [
            "", "?", "rgb:", "rgb:0/0", "rgb:0/0/0/0", "rgb:0/0/g", "rgb:0//0", "rgb:00000/0/0",
            "rgba:0/0/0", "#", "#ffff", "#gggggg", "#fffffffffffffff", "rgb:-1/0/0", "rgb:+1/0/0",
            "cmyk:0/0/0/0", "black", "rgb:0/0/0 ", "rgb:é/0/0", "#０００",
        ])
    func noBackground(text: String) {
        #expect(Theme(background: text) == nil)
    }

    @Test(
        "COLORFGBG names the background last",
        arguments: [
            ("15;0", Theme.dark), ("0;15", .light), ("0;default;15", .light), ("7;8", .dark),
            ("0;7", .light), ("12;6", .dark), ("1;9", .light), ("0;default", .unknown),
            ("", .unknown), ("15", .light), ("0;16", .unknown), ("0;-1", .unknown),
            ("0;", .unknown), ("x", .unknown), ("0;99999999999999999999", .unknown),
        ])
    func colourFGBG(text: String, theme: Theme) {
        #expect(Theme(colourFGBG: text) == theme)
    }
}
