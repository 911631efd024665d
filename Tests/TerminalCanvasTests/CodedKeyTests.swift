import Testing

@testable import TerminalCanvas

@Suite("Keys that come as numbers")
struct CodedKeyTests {
    private func events(_ input: String) -> [Event] {
        var decoder = InputDecoder()
        decoder.feed(input.utf8)
        var events: [Event] = []
        while let event = decoder.next() { events.append(event) }
        #expect(decoder.awaited == .nothing)
        return events
    }

    private static let keys: [([String], Key)] = [
        (
            ["[97u", "[97;1u", "[97;1:1u", "[97;1:2u", "[27;1;97~", "[97;129u"],
            .character("a")
        ),
        (
            ["[65;2u", "[97;2u", "[97:65;2u", "[27;2;65~", "[97;65u", "[97;2;65u"],
            .character("A")
        ),
        (["[49:33;2u", "[33;2u", "[27;2;33~", "[49;2;33u"], .character("!")),
        (["[233u", "[0;;233u", "[233;;233u"], .character("é")), (["[201;2u", "[233;2u"], "É"),
        (["[223;2u"], "ß"), (["[28450u"], "漢"), (["[32u", "[32;2u"], " "), (["[91u"], "["),
        (["[97;66u"], "a"), (["[13u", "[13;2u", "[57414u"], .enter), (["[27u"], .escape),
        (["[9u"], .tab), (["[9;2u", "[27;2;9~"], .backTab),
        (["[127u", "[27;2;8~"], .backspace),
        (["[99;5u", "[27;5;99~", "[1089::99;5u", "[99;133u"], .control("c")),
        (["[122;5u"], .control("z")), (["[92;5u"], .control("\\")), (["[91;5u"], .escape),
        (["[105;5u"], .tab), (["[109;5u"], .enter), (["[57399u"], "0"), (["[57408u"], "9"),
        (["[57413u"], "+"), (["[57415u"], "="), (["[57417u", "[1;1:1D", "[1;129D"], .left),
        (["[57417;2u", "[1;130D", "[1;2:2D"], .shiftLeft), (["[57418;2u"], .shiftRight),
        (["[57419u"], .up), (["[57420u"], .down), (["[57421u", "[5;129~"], .pageUp),
        (["[57422u"], .pageDown), (["[57423u"], .home), (["[57424u"], .end),
        (["[97;3u", "[27;3;97~"], .unbound("M-a")), (["[98;3u", "[27;3;98~"], .wordLeft),
        (["[57426u", "[3;1:2~"], .delete), (["[57364u", "[1;1:1P"], .function(1)),
    ]

    @Test("a key is the one it is without them", arguments: keys)
    func forms(forms: [String], key: Key) {
        for form in forms { #expect(events("\u{1B}" + form) == [.key(key)], "\(form)") }
    }

    @Test(
        "a key that is let go, and one that is none of ours, does nothing",
        arguments: [
            "[97;1:3u", "[99;5:3u", "[1;1:3A", "[5;1:3~", "[13;1:3u", "[97;9u",
            "[97;7u", "[99;6u", "[13;5u", "[57441u", "[57358u", "[57428u", "[63743u", "[57417;5u",
            "[u", "[;u", "[0u", "[1u", "[133u", "[55296u", "[1114112u", "[9999999999999u", "[32;5u",
            "[1;1;1;1u", "[28;5;97~", "[27;1;97:98;1~", "[97:98~", "[1:2A", "[27;5~",
        ])
    func nothing(sequence: String) {
        #expect(events("\u{1B}" + sequence + "k") == [.key("k")])
    }
}
