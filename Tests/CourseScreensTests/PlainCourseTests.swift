import CourseContent
import Foundation
import TerminalCanvas
import Testing

@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("The course as running text")
struct PlainCourseTests {
    @Test(
        "every step is printable text of the width asked for, veiled and revealed",
        arguments: ShippedCourse.places)
    func everyStep(place: ShippedCourse.Place) {
        for (width, glyphs) in [(72, Glyphs.unicode), (72, .ascii), (30, .unicode)] {
            var course = PlainCourse(
                ShippedCourse.app(place).session, width: width, glyphs: glyphs)
            let title = course.session.step.title
            #expect(
                course.words("again").hasPrefix(
                    course.text.glyphs.printable(
                        "Step \(place.step + 1) of \(course.session.stepCount): \(title)")))
            var said = course.opening()
            for command in ["again", "hint", "reveal", "reveal", "look", "why", "contents", "help"]
            {
                said += course.take(command).lines
            }
            #expect(unfitLines(said, width: width, glyphs: glyphs) == [])
        }
    }

    @Test("every picture of every step has its words", arguments: ShippedCourse.places)
    func everyPicture(place: ShippedCourse.Place) {
        let app = ShippedCourse.app(place)
        for spec in app.step.widgets {
            let words = spec.words(app.scene)
            #expect(!words.isEmpty && words.allSatisfy { !$0.text.isEmpty }, "\(spec)")
        }
    }

    @Test("what a question hides is not told by a picture either", arguments: ShippedCourse.places)
    func veiled(place: ShippedCourse.Place) {
        let app = ShippedCourse.app(place)
        guard app.session.isVeiled, let answer = app.session.answer, answer.kind == .bytes else {
            return
        }
        let size = answer.text.split(separator: "(")[0].trimmingCharacters(in: .whitespaces)
        let course = PlainCourse(app.session, width: 72)
        #expect(!course.opening().joined(separator: " ").contains(size))
    }

    @Test("next leads through all steps in their order, and back again")
    func throughTheCourse() {
        var course = PlainCourse(ShippedCourse.app(ShippedCourse.places[0]).session, width: 72)
        var seen = [ShippedCourse.Place(lesson: 0, step: 0)]
        for _ in ShippedCourse.places.dropFirst() {
            course.type("next")
            seen.append(.init(lesson: course.session.lessonIndex, step: course.session.stepIndex))
        }
        #expect(seen == ShippedCourse.places)
        #expect(course.type("next").hasPrefix("That was the last step."))
        for place in ShippedCourse.places.dropLast().reversed() {
            course.type("back")
            #expect(course.session.lessonIndex == place.lesson)
            #expect(course.session.stepIndex == place.step)
        }
        #expect(course.type("back") == "This is the first step.")
    }

    @Test("a lesson read and answered is as it was recorded")
    func transcript() throws {
        let commands = [
            "", "left", "set g 8", "next", "why", "next", "why", "predict 403 MB", "hint",
            "predict 200 MB", "next", "pin", "end", "home", "g 5", "next", "end", "go gqa 3",
            "explore", "s 2048", "units", "model llama3-8b", "explore", "contents gqa", "setting",
            "go start 9", "4", "3",
        ]
        var course = PlainCourse.at("gqa", "between-the-ends")
        var text = course.opening()
        for command in commands {
            text += ["", "> \(command)", ""] + course.take(command).lines
        }
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Snapshots/plain-gqa.transcript")
        let transcript = text.joined(separator: "\n") + "\n"
        guard ProcessInfo.processInfo.environment["HEADROOM_RECORD_SNAPSHOTS"] != "1" else {
            try transcript.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("recorded the transcript; read it and run the tests again")
            return
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == transcript)
    }

    @Test("a lesson's control and wide characters do no harm")
    func hostileLesson() {
        let junk = "a\u{1B}[31m\u{7}b\u{9B}2J\u{202E}語語語語語語語語語語語語語語語語語語語語語"
        let text = """
            ---
            title: \(junk)
            summary: \(junk)
            ---

            ## \(junk)

            \(junk) *\(junk)*

            - \(junk)

            > \(junk)

            | \(junk) | b |
            |---|---|
            | \(junk) | \(junk) |

            ```
            \(junk)\(junk)
            ```

            ```{cache}
            words: [語\u{202E}語, b]
            ```

            ```{ask}
            id: a
            question: "\(junk.filter { $0.isLetter })"
            choices:
              - text: 語
                right: true
            ```
            """
        var course = PlainCourse(
            Session(course: Course(files: [("1-test.md", text)]), at: (lesson: 0, step: 0)),
            width: 40)
        let said = course.opening() + course.take("contents").lines + course.take("1").lines
        #expect(said.contains { $0.contains("語") })
        #expect(unfitLines(said, width: 40, glyphs: .unicode) == [])
    }

    @Test("tables are told row by row, cells behind the names of their columns")
    func tables() {
        let text = PlainText(width: 72, glyphs: .unicode)
        #expect(
            text.lines(
                Passage.table(
                    header: ["", "g", "cache"],
                    rows: [["MHA", "96", "4.83 GB"], ["MQA", "1", ""]]))
                == [
                    "Table: g; cache.", "- MHA. g: 96; cache: 4.83 GB.", "- MQA. g: 1.",
                ])
        #expect(
            text.lines(
                Passage.table(
                    header: ["heads", "BLEU"], rows: [["8", "26.7"], ["Which?", "Both"]]))
                == ["Table: heads; BLEU.", "- 8; 26.7.", "- Which? Both."])
    }

    @Test("a drawing is told in its author's words, code without any as it was typed")
    func drawings() {
        let text = """
            ---
            title: T
            summary: S
            ---

            ## A

            <!-- words: An arrow leads
            from a to b -->

            ```
            a --> b
            ```

            ```
            a = b
            ```
            """
        var course = PlainCourse(
            Session(course: Course(files: [("1-t.md", text)])), width: 72)
        #expect(
            course.type("again").contains("Drawing: An arrow leads from a to b.\n\n  a = b\n"))
        #expect(!course.type("again").contains("-->"))
    }

    @Test("text breaks between words, never between a number and its unit")
    func wrapping() {
        let text = PlainText(width: 24, glyphs: .unicode)
        #expect(
            text.lines([
                .paragraph("The whole cache takes 403 MB of memory."),
                .row("and 1.65 ms, all told"),
                .row("two", mark: "2. "), .code("  a very long line of code kept whole"),
                .paragraph("end"),
            ]) == [
                "The whole cache takes", "403 MB of memory.", "- and 1.65 ms, all told", "2. two",
                "", "    a very long line of", "  code kept whole", "", "end",
            ])
    }
}
