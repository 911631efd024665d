import Testing

@testable import ForeignText

@Suite("What shows nothing")
struct UnseenTests {
    @Test(
        "a scalar is of the kind that its general category says, or shows",
        arguments: [
            ("\u{0}", Unseen.control), ("\t", .control), ("\n", .control), ("\u{1B}", .control),
            ("\u{7F}", .control), ("\u{85}", .control), ("\u{9B}", .control),
            ("\u{2028}", .separator), ("\u{2029}", .separator), ("\u{AD}", .format),
            ("\u{200B}", .format), ("\u{202E}", .format), ("\u{FEFF}", .format),
            ("\u{E0067}", .format), ("\u{200C}", .joiner), ("\u{200D}", .joiner),
            ("\u{301}", .mark), ("\u{20DD}", .mark), ("\u{FE0F}", .mark), (" ", nil), ("~", nil),
            ("a", nil), ("é", nil), ("\u{A0}", nil), ("語", nil), ("😀", nil), ("\u{E000}", nil),
            ("\u{3000}", nil),
        ] as [(Unicode.Scalar, Unseen?)])
    func kinds(scalar: Unicode.Scalar, kind: Unseen?) {
        #expect(Unseen(scalar) == kind)
    }

    @Test("every scalar of the categories of what shows nothing has a kind, and no other")
    func everyScalar() {
        let categories: Set<Unicode.GeneralCategory> = [
            .control, .format, .lineSeparator, .paragraphSeparator, .nonspacingMark,
            .enclosingMark,
        ]
        let different = (0...0x10_FFFF as ClosedRange<UInt32>).lazy.compactMap(Unicode.Scalar.init)
            .first { (Unseen($0) != nil) != categories.contains($0.properties.generalCategory) }
        #expect(different == nil)
    }

    private let foreign = "a\r\n\u{1B}[1m\u{202E}b\u{2028}e\u{301}\u{200D}\u{AD}\tz"

    @Test("kinds are replaced one scalar by one sign, what a place takes stays")
    func replaced() {
        #expect(foreign.replacing([.control]) == "a???[1m\u{202E}b\u{2028}e\u{301}\u{200D}\u{AD}?z")
        #expect(
            foreign.replacing([.control, .format], keepingNewlines: true)
                == "a?\n?[1m?b\u{2028}e\u{301}\u{200D}??z")
        #expect(
            foreign.replacing([.control, .separator, .format, .joiner, .mark], by: "_")
                == "a___[1m_b_e____z")
        #expect("".replacing([.control]) == "")
        #expect(foreign.replacing([]) == foreign)
    }

    @Test("kinds are dropped, the rest stays")
    func dropped() {
        #expect(foreign.dropping([.control, .separator, .format, .joiner]) == "a[1mbe\u{301}z")
        #expect(foreign.dropping(Set(Unseen.allCases)) == "a[1mbez")
        #expect(foreign.dropping([]) == foreign)
    }

    @Test(
        "one line has spaces for tabs and ends of lines, and nothing for what shows nothing",
        arguments: [
            ("a\r\nb\tc", "a b c", "a\nb c"), ("a\n\rb\u{2029}", "a  b ", "a\n\nb\n"),
            ("\u{B}\u{C}\u{85}\u{2028}", "    ", "\n\n\n\n"),
            ("\u{1B}[31mq\u{7}\u{202E}\u{0}", "[31mq", "[31mq"),
            ("a\u{AD}b\u{200B}\u{FEFF}\u{E0067}", "ab", "ab"),
            ("\u{301}a\u{301}\u{302}", "\u{301}a\u{301}\u{302}", "\u{301}a\u{301}\u{302}"),
            ("語👩\u{200D}💻☺\u{FE0F}", "語👩\u{200D}💻☺\u{FE0F}", "語👩\u{200D}💻☺\u{FE0F}"),
            ("\u{200D}\u{200C}", "", ""), ("", "", ""), (" \u{A0} ", " \u{A0} ", " \u{A0} "),
        ])
    func lines(text: String, line: String, lines: String) {
        #expect(Array(text.asOneLine.unicodeScalars) == Array(line.unicodeScalars))
        #expect(Array(text.asLines.unicodeScalars) == Array(lines.unicodeScalars))
    }

    @Test("a cleaned text is clean: cleaning it once more changes nothing")
    func idempotent() {
        for text in [foreign, String(foreign.reversed()), "\u{301}\n\u{301}\u{1B}\u{301}"] {
            #expect(text.asOneLine.asOneLine == text.asOneLine)
            #expect(text.asLines.asLines == text.asLines)
        }
    }

    @Test("the time for a text grows with its length, whatever it is made of")
    func linear() {
        // Normalising so many marks on one letter would take hours.
        let marks = "a" + String(repeating: "\u{301}\u{323}", count: 300_000)
        #expect(marks.replacing([.control]).utf8.count == marks.utf8.count)
        #expect(marks.asOneLine.unicodeScalars.count == 31)
        let controls = String(repeating: "\u{1B}", count: 300_000)
        #expect(controls.asLines.utf8.isEmpty)
        #expect(controls.dropping([.control]).utf8.isEmpty)
    }
}
