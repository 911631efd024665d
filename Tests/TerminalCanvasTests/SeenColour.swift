import Foundation

/// A colour in sRGB, and how it looks to people.
struct SeenColour {
    /// Eyes by their cones.
    enum Eyes: CaseIterable {
        /// All three kinds.
        case all
        /// Without the red ones: protanopia.
        case withoutRed
        /// Without the green ones: deuteranopia.
        case withoutGreen

        /// Linear red, green and blue as they look to these eyes (Viénot, Brettel and Mollon 1999,
        /// with the primaries of sRGB).
        fileprivate var seen: [[Double]] {
            switch self {
            case .all: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
            case .withoutRed:
                [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]]
            case .withoutGreen:
                [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]]
            }
        }
    }

    /// Red, green and blue, linear, from 0 to 1.
    private let linear: [Double]

    init(_ levels: [Int]) {
        linear = levels.map { level in
            let value = Double(level) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
    }

    /// "#rrggbb"
    init(hexadecimal text: String) {
        let number = Int(text.dropFirst(), radix: 16) ?? 0
        self.init([16, 8, 0].map { (number >> $0) & 0xFF })
    }

    /// One of the 240 fixed colours of 256: a cube of six levels each, then greys.
    init(fixed number: Int) {
        self.init(
            number >= 232
                ? Array(repeating: 8 + 10 * (number - 232), count: 3)
                : [36, 6, 1].map { (number - 16) / $0 % 6 }.map { $0 == 0 ? 0 : 55 + 40 * $0 })
    }

    /// One of 16 colours, as xterm has them where nobody has chosen others.
    init(xterm number: Int) {
        let colours = [
            "#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
            "#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff",
        ]
        self.init(hexadecimal: colours[number])
    }

    /// Relative luminance (WCAG 2.1).
    private var luminance: Double {
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// How far one stands out from the other, from 1 to 21 (WCAG 2.1).
    func contrast(with other: SeenColour) -> Double {
        let (one, two) = (luminance, other.luminance)
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    /// The difference to some eyes: the distance in CIE L*a*b* (1976, white D65). 2.3 can just be
    /// noticed where large areas touch.
    func difference(from other: SeenColour, to eyes: Eyes) -> Double {
        let (one, two) = (lab(to: eyes), other.lab(to: eyes))
        return zip(one, two).reduce(0) { $0 + pow($1.0 - $1.1, 2) }.squareRoot()
    }

    private func lab(to eyes: Eyes) -> [Double] {
        func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
            matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
        }
        let seen = product(eyes.seen, linear).map { min(max($0, 0), 1) }
        let xyz = product(
            [
                [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                [0.0193339, 0.1191920, 0.9503041],
            ], seen)
        let root = zip(xyz, [0.95047, 1, 1.08883]).map { part, white -> Double in
            let share = part / white
            return share > 216.0 / 24389 ? cbrt(share) : (24389.0 / 27 * share + 16) / 116
        }
        return [116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])]
    }
}
