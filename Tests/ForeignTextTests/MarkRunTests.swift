import TestSupport
import Testing

@testable import ForeignText

@Suite("Marks in a row")
struct MarkRunTests {
    private static let most = String(repeating: "\u{301}\u{323}", count: 15)

    @Test("are thirty at the most, on whatever they stand, and what is too many is left out")
    func thirty() {
        for base in ["a", "", "語", "\u{200D}", "\n"] {
            let safe = base + Self.most
            #expect(safe.isStreamSafe)
            #expect(Array(safe.streamSafe.utf8) == Array(safe.utf8))
            let over = safe + "\u{327}\u{20DD}\u{903}b" + Self.most
            #expect(!over.isStreamSafe)
            #expect(Array(over.streamSafe.utf8) == Array((safe + "b" + Self.most).utf8))
        }
        var run = MarkRun()
        #expect(Array(run.taken("a" + Self.most).utf8) == Array(("a" + Self.most).utf8))
        #expect(run.taken("") == "")
        #expect(run.taken("\u{301}b\u{301}") == "b\u{301}")
        #expect(run.taken("ASCII").isStreamSafe)
        #expect(run.taken("\u{301}") == "\u{301}")
    }

    @Test("are all scalars that normalising changes the order of")
    func everyReordered() {
        let all = (0...0x10_FFFF as ClosedRange<UInt32>).lazy.compactMap(Unicode.Scalar.init)
        let missed = all.filter { scalar in
            guard scalar.properties.canonicalCombiningClass != .notReordered else { return false }
            var run = MarkRun()
            for _ in 0..<MarkRun.longest { _ = run.takes("\u{301}") }
            return run.takes(scalar)
        }
        #expect(Array(missed) == [])
    }

    @Test(
        "are counted as they will be, where a text spells them",
        arguments: [
            (#"\u0301"#, 31), (#"\u0301\u0323"#, 16), (#"\U00000301"#, 31),
            (#"\ud834\udd65"#, 31), (#"\uD834\uDD65"#, 31), ("\\\n  \u{301}", 31),
            ("\\\r\n\t\u{301}", 31), ("\u{301}\\u0301", 16),
        ])
    func spelled(mark: String, count: Int) {
        #expect(
            !(#"{"a"# + String(repeating: mark, count: count) + #"": 1}"#).isStreamSafeUnescaped)
        #expect((#"{"a"# + String(repeating: mark, count: 15) + #"": 1}"#).isStreamSafeUnescaped)
        let parted = String(repeating: mark + "x", count: 100)
        #expect(parted.isStreamSafeUnescaped)
        let over = #"{"a"# + String(repeating: mark, count: count + 7) + #"": "\\u0301"}"#
        let kept = over.streamSafeUnescaped
        #expect(kept.isStreamSafeUnescaped && kept.hasSuffix(#"": "\\u0301"}"#))
        #expect(kept.hasPrefix(#"{"a"# + String(repeating: mark, count: 15)))
        #expect(Array(parted.streamSafeUnescaped.utf8) == Array(parted.utf8))
    }

    @Test("are not what a text spells where the sign before it is spelled itself")
    func notSpelled() {
        #expect(String(repeating: #"\\u0301"#, count: 100).isStreamSafeUnescaped)
        #expect(String(repeating: #"\u00e9"#, count: 100).isStreamSafeUnescaped)
        #expect(String(repeating: #"\ud83d\ude00"#, count: 100).isStreamSafeUnescaped)
        for broken in [#"\"#, #"\u"#, #"\u03"#, #"\ud834"#, #"\ud834\u"#, #"\ud834\u0301"#, #"\U"#]
        {
            #expect(broken.isStreamSafeUnescaped)
            #expect(Array(broken.streamSafeUnescaped.utf8) == Array(broken.utf8))
        }
    }

    @Test("are few in what is left when what parted them is dropped")
    func joined() {
        let text = "a" + String(repeating: Self.most + "\u{200B}", count: 100)
        #expect(text.isStreamSafe)
        #expect(Array(text.dropping([.format]).utf8) == Array(("a" + Self.most).utf8))
        #expect(Array(text.asOneLine.utf8) == Array(("a" + Self.most).utf8))
    }

    @Test("take time that grows with their number, also to hash and compare")
    func linear() {
        // To hash 500,000 in a row takes an hour.
        let marks = "a" + String(repeating: "\u{301}\u{323}", count: 250_000)
        let spelled = String(repeating: #"\u0301\u0323"#, count: 80_000)
        #expect(!marks.isStreamSafe && !marks.isStreamSafeUnescaped)
        #expect(!spelled.isStreamSafeUnescaped)
        #expect(Set([marks.streamSafe, "b"]).count == 2)
        for part in [Self.most + "x", Self.most + "\u{200D}", Self.most + #"\n"#] {
            var isSafe = true
            let isLinear = Growth.isLinear(from: 50_000) {
                String(repeating: part, count: $0 / part.utf8.count)
            } _: { text in
                isSafe = isSafe && text.isStreamSafe && text.isStreamSafeUnescaped
                isSafe = isSafe && Set([text, text.streamSafe]).count == 1
            }
            #expect(isLinear && isSafe)
        }
    }
}
