import AttentionEngine
import LanguageModel
import Testing

@Suite("Text shown as it is made")
struct TextStreamTests {
    /// What is shown after each part, and at the end.
    private func shown(_ parts: [[UInt8]]) -> [[UInt8]] {
        var stream = TextStream()
        return parts.map { stream.append($0) } + [stream.finish()]
    }

    @Test("a character is shown once its last byte is there")
    func wholeCharacters() {
        let text = Array("aé你😀b".utf8)
        #expect(
            shown(text.map { [$0] }).map { String(decoding: $0, as: UTF8.self) }
                == ["a", "", "é", "", "", "你", "", "", "", "😀", "b", ""])
        #expect(shown([[], text, []]) == [[], text, [], []])
        #expect(
            shown([Array(text[..<2]), Array(text[2..<5]), Array(text[5...])])
                == [[0x61], Array("é".utf8), Array("你😀b".utf8), []])
    }

    @Test("bytes that are no UTF-8 are shown as soon as that is known")
    func brokenBytes() {
        #expect(shown([[0xFF], [0x80], [0xC0]]) == [[0xFF], [0x80], [0xC0], []])
        #expect(shown([[0xE4], [0xBD], [0x61]]) == [[], [], [0xE4, 0xBD, 0x61], []])
        #expect(shown([[0xF0, 0x9F], [0xC3]]) == [[], [0xF0, 0x9F], [0xC3]])
        #expect(shown([[0xE0], [0x80]]) == [[], [0xE0, 0x80], []])
        #expect(shown([[0xED], [0xA0, 0x80]]) == [[], [0xED, 0xA0, 0x80], []])
        #expect(shown([[0xF4], [0x90]]) == [[], [0xF4, 0x90], []])
    }

    @Test("what a character lacks at the end does not hide its beginning")
    func unfinished() {
        #expect(shown([[0x61, 0xF0, 0x9F, 0x98]]) == [[0x61], [0xF0, 0x9F, 0x98]])
        var stream = TextStream()
        _ = stream.append([0xC3])
        _ = stream.finish()
        #expect(stream == TextStream())
    }

    @Test("any bytes in any parts come out as they were")
    func allBytes() {
        var random = SplitMix(state: 3)
        let pieces: [[UInt8]] = [[0x61], [0xC3, 0xA9], [0xF0, 0x9F, 0x98, 0x80], [0xFF], [0xE4]]
        let changed = (0..<1000).filter { _ in
            let text = (0..<20).flatMap { _ in pieces.randomElement(using: &random)! }
            var parts: [[UInt8]] = [[]]
            for byte in text {
                if Bool.random(using: &random) { parts.append([]) }
                parts[parts.count - 1].append(byte)
            }
            return shown(parts).flatMap { $0 } != text
        }
        #expect(changed == [])
    }
}
