import Foundation
import Testing

@testable import headroom

@Suite("The learner's own editor", .serialized, .onOwnThreads)
struct NoteFileTests {
    @Test("is that of VISUAL or else of EDITOR, where either holds more than spaces")
    func named() {
        #expect(NoteFile.editor([:]) == nil)
        #expect(NoteFile.editor(["VISUAL": "", "EDITOR": " \t\n"]) == nil)
        #expect(NoteFile.editor(["VISUAL": " ", "EDITOR": "vi"]) == "vi")
        #expect(NoteFile.editor(["VISUAL": "code -w", "EDITOR": "vi"]) == "code -w")
    }

    private func failure(_ editor: String) -> String? {
        do throws(NoteFile.Failure) {
            _ = try NoteFile.edit("a", with: editor)
            return nil
        } catch { return error.description }
    }

    @Test("gives the text that it leaves, whatever of shell it is made of")
    func commands() throws {
        for (editor, text) in [
            ("true", "a\n"), ("  true  ", "a\n"), ("printf b >", "b"), ("#", "a\n"),
            ("x=b; printf \"$x\" >", "b"), ("'true'", "a\n"), ("true\ntrue", "a\n"),
        ] {
            #expect(try NoteFile.edit("a", with: editor).text == text, "\(editor)")
        }
    }

    @Test("leaves more than a note can have in its file, and that is said")
    func long() throws {
        let edited = try NoteFile.edit("a", with: "head -c 1000002 /dev/zero >")
        let before = "A note has up to 1,000,000 bytes; all that the editor left is in "
        let path = try #require(edited.remark?.trimmingPrefix(before).dropLast())
        #expect(edited.text.utf8.count == 1_000_000)
        let file = URL(fileURLWithPath: String(path))
        #expect(try Data(contentsOf: file).count == 1_000_002)
        try FileManager.default.removeItem(at: file)
    }

    @Test(
        "leaves the note as it was, and it is said why, where it is no editor or fails",
        arguments: [
            ("/none/editor", "What VISUAL or EDITOR names could not be run"),
            ("none such", "What VISUAL or EDITOR names could not be run"),
            ("/", "What VISUAL or EDITOR names could not be run"),
            ("false", "The editor ended with status 1"),
            ("exit 3;", "The editor ended with status 3"), (";", "The editor ended with status 2"),
            ("vi \"", "The editor ended with status 2"), ("vi '", "The editor ended with status 2"),
            ("kill -9 $$;", "The editor was ended by signal 9"),
            ("rm", "The editor left no file"),
            ("rm \"$1\"; mkfifo", "What the editor left is not a regular file"),
            ("rm \"$1\"; mkdir", "What the editor left is a folder"),
        ])
    func hostile(editor: String, message: String) {
        #expect(failure(editor) == message + ": the note is as it was.")
    }
}
