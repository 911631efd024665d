import Testing

@testable import TerminalCanvas

@Suite("Input that comes late")
struct LateInputTests {
    /// A decoder that has told Escape as a key.
    private func afterEscape() throws -> InputDecoder {
        var decoder = InputDecoder()
        decoder.feed([0x1B])
        #expect(decoder.next() == nil)
        #expect(decoder.giveUp() == .key(.escape))
        #expect(decoder.awaited == .tail)
        return decoder
    }

    private static let tails = [
        "[C", "OC", "[1;2D", "[3~", "[<64;10;5M", "[M !\"", "[I", "[O", "[99~",
        "[97;1:3u", "]10;rgb:0/0/0\u{7}", "]11;?\u{1B}\\", "P1$r0m\u{1B}\\",
        "_Gi=1;OK\u{1B}\\", "^q\u{1B}\\", "[" + String(repeating: "1;", count: 100) + "C",
    ]

    @Test("the rest of a sequence whose Escape was a key is swallowed, however it is cut")
    func tails() throws {
        for tail in Self.tails.map({ Array($0.utf8) }) {
            for cut in 0..<tail.count {
                let told = try events(
                    [tail[..<cut], tail[cut...], Array("kq".utf8)[...]], behind: afterEscape())
                #expect(
                    told == [.key(.character("k")), .key(.character("q"))],
                    "\(String(decoding: tail, as: UTF8.self).debugDescription) cut at \(cut)")
            }
        }
    }

    @Test(
        "what is typed behind Escape and looks like such a rest is waited for as keys deserve",
        arguments: [
            "] ", "P1", "X1", "^1", "_G", "[1", "O5", "[" + String(repeating: "1", count: 99),
        ])
    func typed(beginning: String) throws {
        var decoder = try afterEscape()
        decoder.feed(beginning.utf8)
        #expect(decoder.next() == nil)
        #expect(decoder.awaited == .lateBody)
        for _ in 1...14 {
            decoder.feed("1".utf8)
            #expect(decoder.next() == nil)
            #expect(decoder.awaited == .lateBody)
        }
        #expect(decoder.giveUp() == nil)
        #expect(decoder.awaited == .nothing)
        #expect(events(["q".utf8], behind: decoder) == [.key(.character("q"))])
        // What comes in time has its time.
        decoder.feed("\u{1B}]1".utf8)
        #expect(decoder.next() == nil)
        #expect(decoder.awaited == .body)
    }

    @Test("a paste whose first Escape was a key is a paste")
    func pasteBehindEscape() throws {
        #expect(
            try events(["[200~q\u{1B}[201~k".utf8], behind: afterEscape())
                == [.paste("q"), .key(.character("k"))])
    }

    @Test(
        "what could begin such a rest and has nothing behind it is the key",
        arguments: ["[", "O", "]", "P", "X", "^", "_"])
    func keys(sign: Character) throws {
        var decoder = try afterEscape()
        decoder.feed(String(sign).utf8)
        #expect(decoder.next() == nil)
        #expect(decoder.awaited == .tail)
        #expect(decoder.giveUp() == .key(.character(sign)))
        #expect(decoder.awaited == .nothing)
        for (behind, key) in [
            (sign, Key.character(sign)), ("\r", .enter), ("\u{3}", .control("c")),
        ] {
            #expect(
                try events([String([sign, behind]).utf8], behind: afterEscape())
                    == [.key(.character(sign)), .key(key)])
        }
        #expect(
            try events(["k\(sign)".utf8], behind: afterEscape())
                == [.key(.character("k")), .key(.character(sign))])
    }

    @Test("keys behind Escape are keys, and once nothing came in time everything is one")
    func keysBehindEscape() throws {
        #expect(
            try events(["é\u{1B}[C".utf8], behind: afterEscape()) == [
                .key(.character("é")), .key(.right),
            ])
        var decoder = try afterEscape()
        #expect(decoder.giveUp() == nil)
        #expect(
            events(["[C".utf8], behind: decoder) == [.key(.character("[")), .key(.character("C"))])
    }

    @Test("a paste that does not go on in time is told in two parts, and none of it is a key")
    func stalledPaste() {
        let input = Array("\u{1B}[200~ab\rq\u{1B}[1mz\u{1B}[201~k".utf8)
        for cut in 6..<(input.count - 1) {
            var decoder = InputDecoder()
            decoder.feed(input[..<cut])
            #expect(decoder.next() == nil)
            #expect(decoder.awaited == .paste)
            guard case .paste(let beginning)? = decoder.giveUp() else {
                Issue.record("no paste at \(cut)")
                continue
            }
            #expect(decoder.awaited == .pasteRest)
            var rest = ""
            var keys: [Event] = []
            for event in events([input[cut...]], behind: decoder) {
                if case .paste(let text) = event { rest += text } else { keys.append(event) }
            }
            #expect(beginning + rest == "ab\nq\u{1B}[1mz", "cut at \(cut)")
            #expect(keys == [.key(.character("k"))], "cut at \(cut)")
        }
    }

    @Test("a paste without end is one in the end, and then keys count again")
    func openPaste() {
        var decoder = InputDecoder()
        decoder.feed("\u{1B}[200~q\r\nq\u{1B}[20".utf8)
        #expect(decoder.next() == nil)
        #expect(decoder.giveUp() == .paste("q\nq"))
        decoder.feed("z".utf8)
        #expect(decoder.next() == nil)
        #expect(decoder.giveUp() == .paste("\u{1B}[20z"))
        #expect(decoder.awaited == .nothing)
        #expect(events(["k".utf8], behind: decoder) == [.key(.character("k"))])
    }

    @Test("of each part of a paste 64 KiB are kept")
    func longPaste() {
        let text = [UInt8](repeating: UInt8(ascii: "q"), count: 100_000)
        var decoder = InputDecoder()
        decoder.feed(Array("\u{1B}[200~".utf8) + text)
        #expect(decoder.next() == nil)
        let part = Event.paste(String(repeating: "q", count: Paste.limit))
        #expect(decoder.giveUp() == part)
        #expect(events([text, Array("\u{1B}[201~".utf8)], behind: decoder) == [part])
    }
}
