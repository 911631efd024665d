import Foundation
import Testing

extension RealTerminal {
    @Suite("Lessons edited while they are open")
    struct ReloadTests {
        private let folder: TestFolder
        private let file: URL

        init() throws {
            folder = try TestFolder()
            let lessons = folder.url.appendingPathComponent("lessons")
            try FileManager.default.createDirectory(
                at: lessons, withIntermediateDirectories: true)
            file = lessons.appendingPathComponent("1-own.md")
        }

        private func lesson(_ words: String, steps: [String] = ["One", "Two", "Three"]) -> String {
            """
            ---
            title: Own
            summary: For tests.
            setting: l=32,b=1,n=32,g=8,h=128,s=1024,bytes=2
            ---

            """
                + steps.map { step in
                    """

                    ## \(step)

                    \(words) \(step).

                    ```{sliders}
                    show: [g]
                    ```

                    """
                }.joined()
        }

        /// Writes the lesson as editors do: in place, or beside and renamed.
        private func write(_ text: String, isRenamed: Bool) throws {
            try text.write(to: file, atomically: isRenamed, encoding: .utf8)
        }

        private func shows(_ text: String) -> ([String]) -> Bool {
            { screen in screen.contains { $0.contains(text) } }
        }

        @Test(
            "an edit is on the screen without a key, at the same step with the same values",
            arguments: [true, false])
        func edit(isRenamed: Bool) throws {
            try write(lesson("Old words of"), isRenamed: isRenamed)
            let session = try TmuxSession(folder: folder)
            try session.type(
                "\"$headroom\" learn own --step 2 --lessons \(file.deletingLastPathComponent().path)"
            )
            func slider(_ screen: [String]) -> String? { screen.first { $0.contains("▸") } }
            let before = slider(try session.wait("the step", until: shows("Old words of Two")))
            try session.send("Left")
            let moved = slider(try session.wait("the slider to move") { slider($0) != before })
            try write(
                lesson("New words of", steps: ["Zero", "One", "Two", "Three"]),
                isRenamed: isRenamed)
            let screen = try session.wait("the edit", until: shows("New words of Two"))
            #expect(screen[0].contains("3 of 4"))
            #expect(slider(screen) == moved)
            try session.wait("what was read", until: shows("Reloaded: 1-own.md"))
        }

        @Test("a broken lesson is told by file, line and reason, and the good version stays")
        func broken() throws {
            try write(lesson("Good words of"), isRenamed: true)
            let session = try TmuxSession(folder: folder)
            try session.type(
                "HEADROOM_LESSONS=\(file.deletingLastPathComponent().path) \"$headroom\" learn 1")
            try session.wait("the step", until: shows("Good words of One"))
            let text = lesson("Bad words of").replacing("{sliders}", with: "{slidders}")
            let line = try #require(
                text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
                    $0.contains("slidders")
                })
            try write(text, isRenamed: true)
            let screen = try session.wait("the error", until: shows("1-own.md:\(line + 1): "))
            #expect(screen.joined().contains("slidders"))
            #expect(shows("Good words of One")(screen))
            // It can be walked on in, and is replaced by the next good one.
            try session.send("Space")
            try session.wait("the next step", until: shows("Good words of Two"))
            try write(lesson("Better words of"), isRenamed: true)
            try session.wait("the mended version", until: shows("Better words of Two"))
            try FileManager.default.removeItem(at: file)
            try session.send("?")
            try session.wait("the help", until: shows("Esc"))
            try session.send("Escape")
            try session.wait("the last version", until: shows("Better words of Two"))
        }
    }
}
