import Foundation
import Testing

extension RealTerminal {
    @Suite struct SizeTests {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        @Test("after fifty resizes from 20x5 to 300x100 the screen is right")
        func manyResizes() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" learn gqa --step 2")
            try session.waitForHeadroom()
            for step in 0..<50 {
                try session.resize(columns: 20 + step * 97 % 281, rows: 5 + step * 37 % 96)
            }
            try session.resize(columns: 93, rows: 27)
            try session.wait(forRender: ["gqa", "--step", "2", "--size", "93x27"])
        }

        @Test("down to one cell nothing breaks, and the lesson comes back when there is room")
        func tooSmall() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" learn gqa --step 2")
            try session.waitForHeadroom()
            try session.resize(columns: 59, rows: 19)
            try session.wait("the needed size") { $0.joined().contains("60x20") }
            for (columns, rows) in [(1, 1), (1, 100), (300, 1), (2, 2)] {
                try session.resize(columns: columns, rows: rows)
            }
            try session.resize(columns: 60, rows: 20)
            try session.wait(forRender: ["gqa", "--step", "2", "--size", "60x20"])
        }

        @Test(
            "the whole course can be walked by one key, and every step is the one that is rendered",
            arguments: [(80, 24), (60, 20)])
        func wholeCourse(columns: Int, rows: Int) throws {
            let lessons = try Self.lessons()
            let session = try TmuxSession(columns: columns, rows: rows, folder: folder)
            try session.type("\"$headroom\" learn \(lessons[0])")
            var screen = try session.waitForHeadroom()
            for (index, lesson) in lessons.enumerated() {
                let count = try #require(place(in: screen)?.count)
                for step in 1...count {
                    try #require(place(in: screen)?.lesson == index + 1)
                    try session.wait(
                        forRender: [lesson, "--step", "\(step)", "--size", "\(columns)x\(rows)"])
                    if index == lessons.count - 1, step == count { break }
                    screen = try walkOn(session)
                }
            }
            try session.send("q")
            try session.waitForShell()
        }

        /// Presses Space until another step is there, and leaves questions unanswered.
        private func walkOn(_ session: TmuxSession) throws -> [String] {
            var screen = try session.screen()
            let start = place(in: screen)
            for _ in 0..<20 where place(in: screen) == start {
                let before = screen
                try session.send("Space")
                screen = try session.wait("Space to do something") { $0 != before }
                if !isQuestionOpen(screen), place(in: screen) == start {
                    // The terminal may have been looked at before the frame was whole.
                    screen = try session.settled()
                }
                if isQuestionOpen(screen) {
                    try session.send("Escape")
                    screen = try session.wait("Escape to close") { !isQuestionOpen($0) }
                }
            }
            try #require(place(in: screen) != start)
            return screen
        }

        /// Whether the footer tells how to leave a question.
        private func isQuestionOpen(_ screen: [String]) -> Bool {
            screen.last?.contains("Esc") == true
        }

        private struct Place: Equatable {
            let lesson: Int
            let step: Int
            let count: Int
        }

        /// What the title says: the lesson's number, the step and how many there are.
        private func place(in screen: [String]) -> Place? {
            screen.first?.firstMatch(of: /Headroom . ([0-9]+) .* ([0-9]+) of ([0-9]+)/).flatMap {
                guard let lesson = Int($0.1), let step = Int($0.2), let count = Int($0.3) else {
                    return nil
                }
                return Place(lesson: lesson, step: step, count: count)
            }
        }

        /// The lessons' ids in the course's order.
        private static func lessons() throws -> [String] {
            let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("../../lessons").standardized
            return try FileManager.default.contentsOfDirectory(atPath: folder.path).compactMap {
                file in
                file.wholeMatch(of: /([0-9]+)-(.*)\.md/).map { (Int($0.1) ?? 0, String($0.2)) }
            }.sorted { $0.0 < $1.0 }.map(\.1)
        }

        @Test("wide and combining characters keep the columns straight")
        func wideCharacters() throws {
            let course = try TestCourse(
                in: folder, title: "頭 ｆｕｌｌ e\u{301}", cells: ["漢字", "e\u{301}e\u{301}"])
            let session = try TmuxSession(folder: folder)
            try session.type(course.line)
            try session.wait(forRender: course.arguments)
            let ends = try session.screen().compactMap { line in
                line.range(of: "end").map { Self.columns(of: String(line[..<$0.lowerBound])) }
            }
            #expect(ends.count == 2)
            #expect(Set(ends).count == 1)
        }

        /// Columns of the characters of the lesson above.
        private static func columns(of text: String) -> Int {
            text.unicodeScalars.reduce(0) {
                $0 + ($1.value >= 0x2E80 ? 2 : $1 == "\u{301}" ? 0 : 1)
            }
        }
    }
}
