import Foundation
import LessonScreens
import Testing

extension RealTerminal {
    @Suite("Notes in a real terminal")
    struct Notes {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        private func notes() throws -> [String] {
            let file = folder.home.appending(path: ".local/state/headroom/progress.json")
            let data = try Data(contentsOf: file)
            return try JSONDecoder().decode(CourseProgress.self, from: data).notes.values.map(
                \.text)
        }

        @Test("a note is typed, kept by Esc and by quitting, and brought back the next time")
        func typed() throws {
            let terminal = try TmuxSession(folder: folder)
            try terminal.type("\"$headroom\" learn gqa --step 2")
            try terminal.waitForHeadroom()
            try terminal.send("n")
            try terminal.wait("the note") { $0.contains { $0.contains("Note ·") } }
            try terminal.send("q", "Enter", "z", "é")
            try terminal.wait("the text") { $0.contains { $0.contains("zé") } }
            try terminal.send("Escape")
            try terminal.wait("the step") { $0.contains { $0.contains("Noted.") } }
            try terminal.send("q")
            try terminal.waitForShell()
            #expect(try notes() == ["q\nzé"])
        }

        @Test("the learner's own editor has the terminal to itself, and the course comes back")
        func ownEditor() throws {
            let editor = folder.url.appending(path: "editor")
            let script =
                "#!/bin/sh\nstty -a | grep -c ' icanon' > '\(folder.url.path)/modes'\n"
                + "printf 'from elsewhere\\n' >> \"$1\"\n"
            try Data(script.utf8).write(to: editor)
            chmod(editor.path, 0o700)
            let terminal = try TmuxSession(environment: ["EDITOR": editor.path], folder: folder)
            try terminal.type("\"$headroom\" learn gqa --step 2")
            try terminal.waitForHeadroom()
            try terminal.send("n", "a", "C-e")
            try terminal.wait("the step") { $0.contains { $0.contains("Noted.") } }
            try terminal.send("q")
            try terminal.waitForShell()
            #expect(try notes() == ["a\nfrom elsewhere"])
            let modes = try String(
                contentsOf: folder.url.appending(path: "modes"), encoding: .utf8)
            #expect(modes == "1\n")
        }
    }
}
