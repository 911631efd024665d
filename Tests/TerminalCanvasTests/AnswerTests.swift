import Testing

@testable import TerminalCanvas

@Suite("Answers of a terminal")
struct AnswerTests {
    private static let answers: [(text: String, event: Event)] =
        [
            ("\u{1B}]11;rgb:0000/0000/0000\u{1B}\\", .background(.dark)),
            ("\u{1B}]11;rgb:ff/ff/ff\u{7}", .background(.light)),
            ("\u{9D}11;rgba:f/f/f/0\u{9C}", .background(.light)),
            ("\u{1B}]11;#1e1e2e\u{7}", .background(.dark)),
            ("\u{1B}[?62;4c", .deviceAttributes), ("\u{1B}[?6c", .deviceAttributes),
            ("\u{9B}?1;2c", .deviceAttributes),
        ]

    @Test("are events, and what is typed around them is keys, however the bytes are cut")
    func cuts() {
        for (text, event) in Self.answers {
            let bytes = Array("a\(text)q".utf8)
            for cut in 0...bytes.count {
                #expect(
                    events([bytes[..<cut], bytes[cut...]])
                        == [.key(.character("a")), event, .key(.character("q"))],
                    "\(text.debugDescription) cut at \(cut)")
            }
            #expect(events(bytes.map { [$0] }).count == 3)
        }
    }

    @Test("are events behind an Escape that was told as a key, too, however they are cut")
    func late() {
        for (text, event) in Self.answers where text.hasPrefix("\u{1B}") {
            let rest = Array(text.utf8.dropFirst())
            for cut in 0...rest.count {
                var decoder = InputDecoder()
                decoder.feed([0x1B])
                #expect(decoder.next() == nil)
                #expect(decoder.giveUp() == .key(.escape))
                #expect(
                    events([rest[..<cut], rest[cut...], Array("q".utf8)[...]], behind: decoder)
                        == [event, .key(.character("q"))],
                    "\(text.debugDescription) cut at \(cut)")
            }
        }
    }

    @Test("have the time of an answer where nobody types what they begin with")
    func time() {
        for (text, awaited) in [
            ("]1", InputDecoder.Awaited.lateBody), ("]11;", .body), ("]11;rgb:0/0/0\u{1B}", .body),
            ("]110;", .lateBody), ("P11;", .lateBody),
        ] {
            var decoder = InputDecoder()
            decoder.feed([0x1B])
            #expect(decoder.next() == nil)
            #expect(decoder.giveUp() == .key(.escape))
            decoder.feed(text.utf8)
            #expect(decoder.next() == nil)
            #expect(decoder.awaited == awaited, "\(text.debugDescription)")
        }
    }

    @Test("never are in the text of a paste that they come into, however the bytes are cut")
    func paste() {
        for (text, event) in Self.answers where text.hasPrefix("\u{1B}") {
            let input = Array("\u{1B}[200~ab\(text)\u{1B}[1mc\u{1B}[201~k".utf8)
            let expected = [event, .paste("ab\u{1B}[1mc"), .key(.character("k"))]
            for cut in 0...input.count {
                #expect(
                    events([input[..<cut], input[cut...]]) == expected,
                    "\(text.debugDescription) cut at \(cut)")
            }
            #expect(events(input.map { [$0] }) == expected)
        }
    }

    @Test("that break off in a paste leave it one, whatever comes in time")
    func brokenOffInPaste() {
        let paste = Event.paste("ab\nc")
        #expect(events(["\u{1B}[200~ab\u{1B}]11;rgb:0\rc\u{1B}[201~".utf8]) == [paste])
        #expect(
            events(["\u{1B}[200~ab\u{1B}]11;rgb:0\u{1B}[201~k".utf8])
                == [.paste("ab"), .key(.character("k"))])
        var decoder = InputDecoder()
        decoder.feed("\u{1B}[200~ab\u{1B}]11;rgb:0".utf8)
        #expect(decoder.next() == nil)
        #expect(decoder.awaited == .paste)
        #expect(decoder.giveUp() == .paste("ab"))
        #expect(decoder.awaited == .pasteRest)
        #expect(
            events(["/0/0\u{7}q\u{1B}[201~k".utf8], behind: decoder)
                == [.background(.dark), .paste("q"), .key(.character("k"))])
        #expect(decoder.giveUp() == nil)
        #expect(events(["q".utf8], behind: decoder) == [.key(.character("q"))])
    }

    @Test(
        "that tell nothing are swallowed, and keys count behind them",
        arguments: [
            "\u{1B}]11;\u{7}", "\u{1B}]11;rgb:0/0\u{7}", "\u{1B}]111;rgb:0/0/0\u{7}",
            "\u{1B}P11;rgb:0/0/0\u{1B}\\", "\u{1B}_11;rgb:0/0/0\u{1B}\\", "\u{1B}[>41;354;0c",
            "\u{1B}[=0c", "\u{1B}]11;rgb:é/0/0\u{7}", "\u{1B}]11;rgb:0/0/0 \u{7}",
            "\u{1B}]11;rgb:0/0/0" + String(repeating: "0", count: 100) + "\u{7}",
        ])
    func nothing(text: String) {
        #expect(events(["\(text)k".utf8]) == [.key(.character("k"))])
    }

    @Test("a broken-off answer tells nothing")
    func brokenOff() {
        #expect(events(["\u{1B}]11;rgb:0/0/0\r".utf8]) == [.key(.enter)])
        #expect(events(["\u{1B}]11;rgb:0/0/0\u{1B}[A".utf8]) == [.key(.up)])
        #expect(
            events(["\u{1B}]11;rgb:0/0/0\u{1B}]11;rgb:f/f/f\u{7}".utf8]) == [.background(.light)])
    }

    @Test("a string of a million bytes tells nothing, and the next answer is one")
    func long() {
        let part = [UInt8](repeating: UInt8(ascii: "0"), count: 10_000)
        let pieces =
            [Array("\u{1B}]11;rgb:0/0/0".utf8)] + Array(repeating: part, count: 100)
            + [Array("\u{7}k\u{1B}]11;rgb:0/0/0\u{7}".utf8)]
        #expect(events(pieces) == [.key(.character("k")), .background(.dark)])
    }
}
