/// What is known of the background that a terminal draws on.
package enum Theme: String, CaseIterable, Hashable, Sendable {
    /// Nothing: colours must do on either.
    case unknown
    /// Nearer to black.
    case dark
    /// Nearer to white.
    case light
}

extension Theme {
    /// Of a background as `XParseColor` reads it, which is how terminals tell it: "rgb:1e1e/1e1e/
    /// 2e2e" with one to four digits each, "rgba:" with a fourth number, "#1e1e2e". nil where it is
    /// none of these.
    init?(background text: some StringProtocol) {
        let parts: [Substring]
        if let colon = text.firstIndex(of: ":") {
            let count = ["rgb": 3, "rgba": 4][text[..<colon].lowercased()]
            parts = text[text.index(after: colon)...].split(
                separator: "/", omittingEmptySubsequences: false
            ).map { Substring($0) }
            guard parts.count == count else { return nil }
        } else {
            let digits = Array(text.dropFirst())
            guard text.first == "#", digits.count % 3 == 0 else { return nil }
            let length = digits.count / 3
            parts = (0..<3).map { Substring(digits[($0 * length)..<(($0 + 1) * length)]) }
        }
        let levels = parts.compactMap(Self.level)
        guard levels.count == parts.count else { return nil }
        // Squares come near enough to the light of sRGB. The border is where black and white stand
        // out alike (WCAG 2.1).
        let light = zip(levels, [0.2126, 0.7152, 0.0722]).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
        self = light > 0.2126 ? .light : .dark
    }

    /// A number of one to four hexadecimal digits as a share of the largest of as many.
    private static func level(_ digits: Substring) -> Double? {
        guard (1...4).contains(digits.utf8.count), digits.allSatisfy(\.isHexDigit),
            let number = Int(digits, radix: 16)
        else { return nil }
        return Double(number) / Double(1 << (4 * digits.utf8.count) - 1)
    }

    /// Of COLORFGBG, as rxvt and those that follow it set it: "15;0" or "0;default;15", where the
    /// last is the background's number among 16 colours.
    package init(colourFGBG text: some StringProtocol) {
        let last = text.split(separator: ";", omittingEmptySubsequences: false).last
        switch last.flatMap({ Int($0) }) {
        case (0...6)?, 8?: self = .dark
        case 7?, (9...15)?: self = .light
        default: self = .unknown
        }
    }
}
