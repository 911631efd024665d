import Foundation
import Testing

@testable import TerminalCanvas

@Suite("Colours on a page")
struct PageColoursTests {
    @Test("every ink has a contrast of 4.5 to 1 with the paper, light or dark")
    func contrast() {
        for colours in [PageColours.light, .dark] {
            let paper = SeenColour(hexadecimal: colours.paper)
            for ink in [Ink.text] + PageColours.inks.map(\.ink) {
                let contrast = SeenColour(hexadecimal: colours.colour(of: ink))
                    .contrast(with: paper)
                #expect(contrast >= 4.5, "\(ink) on \(colours.paper): \(contrast)")
            }
        }
    }

    @Test("groups have colours of their own, without red or green cones, too")
    func groups() {
        for colours in [PageColours.light, .dark] {
            #expect(colours.groups.count == Ink.groupCount)
            let groups = colours.groups.map(SeenColour.init(hexadecimal:))
            for (index, one) in groups.enumerated() {
                for eyes in SeenColour.Eyes.allCases {
                    let nearest = groups[..<index].map { $0.difference(from: one, to: eyes) }.min()
                    #expect(nearest ?? 20 >= 20, "\(colours.groups[index]) to \(eyes)")
                }
            }
        }
    }

    @Test("every class that a style has is a rule of both schemes")
    func rules() {
        let attributes = PageColours.attributes(below: ".screen")
        for colours in [PageColours.light, .dark] {
            let rules = colours.rules(below: ".screen") + attributes
            for ink in [Ink.text] + PageColours.inks.map(\.ink) + [.group(-1), .group(99)] {
                let style = Style(ink, [.bold, .italic, .underline, .reverse])
                for name in PageColours.classes(of: style).split(separator: " ") {
                    #expect(rules.contains(".screen .\(name){"))
                }
            }
        }
    }
}
