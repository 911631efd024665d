import Testing

@testable import TerminalCanvas

@Suite("Characters read from a text's bytes")
struct NarrowCharactersTests {
    private static let scalars = (0...0x2FFF).compactMap(Unicode.Scalar.init)

    private static func characters(_ text: String, isASCII: Bool = false) -> [CharacterBytes]? {
        var text = text
        return text.withUTF8 { bytes in
            let characters = NarrowCharacters(bytes)
            guard let columns = characters.columns(isASCII: isASCII) else { return nil }
            let read = Array(characters)
            return read.count == columns ? read : nil
        }
    }

    @Test("are those that are drawn alone, as they are anyway")
    func drawnAlone() {
        for scalar in Self.scalars {
            let expected = isDrawnAlone(scalar) ? [CharacterBytes(scalar)] : nil
            #expect(Self.characters(String(scalar)) == expected, "\(scalar.value)")
        }
    }

    @Test("are of one column, and a character for themselves beside each other")
    func alone() {
        let alone = Self.scalars.filter(isDrawnAlone)
        #expect(alone.allSatisfy { !WidthTables.isWide($0.value) })
        #expect(alone.allSatisfy { columns(of: Character($0)) == 1 })
        for other in alone {
            let text = String(String.UnicodeScalarView(alone.flatMap { [$0, other] }))
            #expect(text.count == 2 * alone.count, "\(other.value)")
        }
    }

    @Test("are ASCII alone where no more can be shown")
    func ascii() {
        for scalar in Self.scalars {
            let isRead = Self.characters(String(scalar), isASCII: true) != nil
            #expect(isRead == (scalar.isASCII && isDrawnAlone(scalar)), "\(scalar.value)")
        }
    }

    @Test("are all read or none")
    func mixed() {
        let read = Self.characters("a─▼ é")
        #expect(read == ["a", "─", "▼", " ", "é"].map { CharacterBytes($0 as Unicode.Scalar) })
        #expect(Self.characters("a─中") == nil)
        #expect(Self.characters("") == [])
    }
}
