import Testing

@testable import TerminalCanvas

struct InputDecoderTests {
    private func events(
        _ pieces: String..., sequences: [[UInt8]: Key] = [:], isOver: Bool = true
    ) -> [Event] {
        var decoder = InputDecoder(sequences: sequences)
        var events: [Event] = []
        for piece in pieces {
            decoder.feed(piece.utf8)
            while let event = decoder.next() { events.append(event) }
        }
        if isOver, decoder.awaited != .nothing, let last = decoder.giveUp() { events.append(last) }
        return events
    }

    @Test(
        "each key is known in every form that terminals send",
        arguments: [
            (["\u{1B}OA", "\u{1B}[A", "\u{1B}[1A", "\u{1B}[1;1A", "\u{9B}A", "\u{8F}A"], Key.up),
            (["\u{1B}OB", "\u{1B}[B"], .down), (["\u{1B}OC", "\u{1B}[C"], .right),
            (["\u{1B}OD", "\u{1B}[D"], .left),
            (["\u{1B}[H", "\u{1B}OH", "\u{1B}[1~", "\u{1B}[7~"], .home),
            (["\u{1B}[F", "\u{1B}OF", "\u{1B}[4~", "\u{1B}[8~"], .end),
            (["\u{1B}[5~"], .pageUp), (["\u{1B}[6~"], .pageDown), (["\u{1B}[3~"], .delete),
            (["\u{1B}[Z", "\u{1B}[1;2Z"], .backTab),
            (["\u{1B}[1;2D", "\u{1B}[d"], .shiftLeft), (["\u{1B}[1;2C", "\u{1B}[c"], .shiftRight),
            (["\u{1B}OP", "\u{1B}[11~", "\u{1B}[[A", "\u{1B}[P"], .function(1)),
            (["\u{1B}[15~", "\u{1B}[[E", "\u{1B}[15;2~"], .function(5)),
            (["\u{1B}[17~"], .function(6)),
            (["\u{1B}[24~"], .function(12)), (["\r", "\n", "\u{1B}OM"], .enter),
            (["\t"], .tab), (["\u{7F}", "\u{8}"], .backspace), (["\u{1}"], .control("a")),
            (["\u{1A}"], .control("z")), (["\u{1C}"], .control("\\")), (["\u{1B}"], .escape),
            (["H"], .character("H")), (["é"], .character("é")), (["漢"], .character("漢")),
            (["\u{1B}[1;5D", "\u{1B}[1;3D", "\u{1B}b", "\u{1B}Od", "\u{1B}O5D"], .wordLeft),
            (["\u{1B}[1;5C", "\u{9B}1;3C", "\u{1B}f", "\u{1B}Oc", "\u{8F}5C"], .wordRight),
            (["\u{1B}[2~"], .unbound("Insert")), (["\u{1B}[3;5~"], .unbound("C-Delete")),
            (["\u{1B}[1;5A", "\u{1B}Oa"], .unbound("C-Up")), (["\u{1B}x"], .unbound("M-x")),
            (["\u{1B}[1;6C"], .unbound("C-S-Right")), (["\u{1B}[6;3~"], .unbound("M-PgDn")),
            (["\u{1B}[1;2Q"], .unbound("S-F2")), (["\u{1B}[1;5H"], .unbound("C-Home")),
            (["😀"], .character("😀")), (["5", "\u{1B}Ou"], .character("5")),
        ])
    func forms(forms: [String], key: Key) {
        for form in forms { #expect(events(form) == [.key(key)], "\(form.debugDescription)") }
    }

    @Test(
        "what is not understood is swallowed whole, and the key behind it counts",
        arguments: [
            "\u{1B}[1;9C", "\u{1B}é", "\u{1B}[99~", "\u{1B}[27;5;9~", "\u{1B}[97;9u",
            "\u{1B}[?1;2$y", "\u{1B}O9C", "\u{1B}O15C", "\u{1B}[I", "\u{1B}[O", "\u{1B}[[q",
            "\u{1B}]10;rgb:0/0/0\u{7}",
            "\u{1B}]11;?\u{1B}\\", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}\r", "\u{0}",
            "\u{1B}[1;2;3A", "\u{1B}[<0;1;1X", "\u{1B}[<1:2;1;1M", "\u{1B}[<0;0;1M", "\u{1B}[2A",
            "\u{85}", "\u{1B}[>41;354;0c", "\u{1B}[?997;1n", "\u{1B}[8;24;80t",
            "\u{1B}]lÜ©\u{1B}\\", "\u{1B}_Gi=1;OK\u{1B}\\", "\u{1B}^q\u{1B}\\",
            "\u{1B}Xq\u{1B}\\", "\u{9B}1;9C", "\u{9D}4;1;rgb:0/0/0\u{9C}",
            "\u{90}1$rq\u{1B}\\", "\u{8F}9C", "\u{1B}[7$", "\u{1B}[23$",
        ])
    func unknown(sequence: String) {
        #expect(events(sequence + "k") == [.key(.character("k"))])
    }

    @Test("a control sequence without end gives no key, however long it is")
    func longSequence() {
        let digits = String(repeating: "1;", count: 500)
        #expect(events("\u{1B}[" + digits + "qk") == [.key(.character("k"))])
        #expect(events("\u{1B}[" + digits, digits, "qk") == [.key(.character("k"))])
        #expect(events("\u{1B}O" + digits + "qk") == [.key(.character("k"))])
    }

    @Test("an unfinished sequence that nothing follows is dropped, and the next key counts")
    func unfinished() {
        for (start, awaited) in [
            ("\u{1B}[", InputDecoder.Awaited.sequence), ("\u{1B}O", .sequence),
            ("\u{1B}]", .sequence), ("\u{1B}[1;5", .body), ("\u{1B}]0;q", .body),
            ("\u{1B}[M !", .body), ("\u{1B}[[", .body), ("\u{1B}]0;q\u{1B}", .body),
        ] {
            var decoder = InputDecoder()
            decoder.feed(start.utf8)
            #expect(decoder.next() == nil)
            #expect(decoder.awaited == awaited, "\(start.debugDescription)")
            #expect(decoder.giveUp() == nil)
            decoder.feed("k".utf8)
            #expect(decoder.next() == .key(.character("k")))
        }
    }

    @Test("a sequence broken off by another or by a control character begins anew")
    func brokenOff() {
        #expect(events("\u{1B}]0;q\u{3}") == [.key(.control("c"))])
        #expect(events("\u{1B}Pq\rq") == [.key(.enter), .key(.character("q"))])
        #expect(events("\u{1B}[1;\u{1B}[A") == [.key(.up)])
        #expect(events("\u{1B}]0;title\u{1B}[A") == [.key(.up)])
    }

    @Test("Escape alone is a key once nothing follows it, and each of two is one")
    func escape() {
        var decoder = InputDecoder()
        decoder.feed([0x1B])
        #expect(decoder.next() == nil)
        #expect(decoder.awaited == .afterEscape)
        #expect(decoder.giveUp() == .key(.escape))
        #expect(decoder.awaited == .tail)
        #expect(decoder.giveUp() == nil)
        #expect(decoder.awaited == .nothing)
        #expect(events("\u{1B}\u{1B}") == [.key(.escape), .key(.escape)])
        #expect(events("\u{1B}\u{1B}OC") == [.key(.escape), .key(.right)])
    }

    @Test("however the bytes are cut, the events are the same")
    func cuts() {
        let input =
            "a\u{1B}OAé\u{1B}[1;2D\u{1B}[200~x\rq\u{1B}[A漢\u{1B}[201~\u{1B}[<0;5;6Mz\u{1B}[5~"
        let whole = events(input)
        #expect(
            whole == [
                .key(.character("a")), .key(.up), .key(.character("é")), .key(.shiftLeft),
                .paste("x\nq\u{1B}[A漢"), .mouse(Mouse(.press, at: Point(column: 4, row: 5))),
                .key(.character("z")), .key(.pageUp),
            ])
        let bytes = Array(input.utf8)
        for cut in 1..<bytes.count {
            var decoder = InputDecoder()
            var pieces: [Event] = []
            for piece in [bytes[..<cut], bytes[cut...]] {
                decoder.feed(piece)
                while let event = decoder.next() { pieces.append(event) }
            }
            #expect(pieces == whole, "cut at \(cut)")
        }
    }

    @Test("five hundred keys in one piece are five hundred keys")
    func burst() {
        let input = String(repeating: "\u{1B}OC", count: 500)
        #expect(events(input) == Array(repeating: .key(.right), count: 500))
    }

    @Test("what is not UTF-8 is dropped, byte by byte")
    func notUTF8() {
        for bytes: [UInt8] in [[0xFF], [0xC3], [0xE2, 0x82], [0xC0, 0x80], [0xED, 0xA0, 0x80]] {
            var decoder = InputDecoder()
            decoder.feed(bytes + Array("k".utf8))
            #expect(decoder.next() == .key(.character("k")))
            #expect(decoder.next() == nil)
        }
    }

    @Test("a paste of any length is one event, and 64 KiB of it are kept")
    func longPaste() {
        let text = String(repeating: "q", count: 100_000)
        #expect(
            events("\u{1B}[200~" + text, text, "\u{1B}[201~k") == [
                .paste(String(repeating: "q", count: Paste.limit)),
                .key(.character("k")),
            ])
    }

    @Test("the mouse's first button, its drags and the wheel are told, other buttons are not")
    func mouse() {
        func report(_ text: String) -> [Event] { events("\u{1B}[<" + text) }
        let point = Point(column: 199, row: 0)
        #expect(report("0;200;1M") == [.mouse(Mouse(.press, at: point))])
        #expect(report("32;200;1M") == [.mouse(Mouse(.drag, at: point))])
        #expect(report("0;200;1m") == [.mouse(Mouse(.release, at: point))])
        #expect(report("64;200;1M") == [.mouse(Mouse(.wheelUp, at: point))])
        #expect(report("65;200;1M") == [.mouse(Mouse(.wheelDown, at: point))])
        #expect(report("20;200;1M") == [.mouse(Mouse(.press, at: point))])
        #expect(report("1;1;1M") + report("2;1;1M") + report("35;1;1M") + report("2;1;1m") == [])
    }

    @Test("the mouse's old reports are understood")
    func oldMouse() {
        #expect(
            events("\u{1B}[M !\"k") == [
                .mouse(Mouse(.press, at: Point(column: 0, row: 1))), .key(.character("k")),
            ])
        #expect(events("\u{1B}[M#!!") == [.mouse(Mouse(.release, at: Point(column: 0, row: 0)))])
    }

    @Test("what a terminal's description says comes first")
    func description() {
        let vt52: [[UInt8]: Key] = [[0x1B, 0x41]: .up, [0x08]: .left]
        #expect(events("\u{1B}Ak", sequences: vt52) == [.key(.up), .key(.character("k"))])
        #expect(events("\u{8}", sequences: vt52) == [.key(.backspace)])
    }

    @Test(
        "a text that is keys and nothing else gives them, in whatever form they were sent",
        arguments: [
            ("", [Key]()), ("\u{1B}", [.escape]), ("\u{1B}\u{1B}[A", [.escape, .up]),
            ("\u{1B}OD\t\u{1B}[3~x", [.left, .tab, .delete, .character("x")]),
            ("é\u{3}\u{1B}\u{1B}", [.character("é"), .control("c"), .escape, .escape]),
        ])
    func keysInText(text: String, keys: [Key]) {
        #expect(InputDecoder.keys(in: text) == keys)
    }

    @Test(
        "a text that holds anything else than keys gives none",
        arguments: [
            "\u{1B}[A\u{1B}x", "\u{1B}[1;5C", "\u{1B}[<0;1;1M", "\u{1B}[M !!", "\u{1B}[200~x",
            "\u{1B}[200~\u{1B}[A\u{1B}[201~", "\u{1B}[", "\u{1B}[1;2", "\u{1B}]0;x\u{7}",
            "\t\u{0}", "\u{85}", "\u{1B}[" + String(repeating: "1", count: 80) + "A",
        ])
    func noKeysInText(text: String) {
        #expect(InputDecoder.keys(in: text) == nil)
    }
}
