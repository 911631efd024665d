import AttentionEngine
import CourseContent
import Foundation
import TerminalCanvas
import Testing

@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("A picture's dial")
struct DialTests {
    private func app() -> CourseApp { ShippedCourse.app("kv-cache", "keep-them") }

    @Test("moves by the keys of a slider, and is put back by 0")
    func moves() {
        var app = app()
        #expect(app.session.subject.dials.text == "written=6")
        app.press(.right, .tab, .right)
        #expect(app.session.subject.dials.text == "written=7,cache=on")
        app.press("0")
        #expect(app.session.subject.dials.text == "written=6")
    }

    @Test("stands where its question has it once the answer is shown, and when one comes back")
    func answered() {
        var app = ShippedCourse.app("kv-cache", "write-the-sentence")
        #expect(app.session.subject.dials.text == "")
        app.press(.enter, "2", "1", .enter)
        #expect(app.session.subject.dials.text == "written=6")
        app.session.goOn()
        app.session.goBack()
        #expect(app.session.subject.dials.text == "written=6")
        app.press("0")
        #expect(app.session.isQuestionOpen)
        #expect(app.session.subject.dials.text == "")
    }

    @Test("is typed by its name, and what it cannot be is said")
    func typed() {
        var app = app()
        app.enter("=cache=on,written=3")
        #expect(app.session.subject.dials.text == "written=3,cache=on")
        app.enter("=cache=maybe")
        #expect(app.words.contains("cache=maybe: must be off or on"))
        app.press(.escape)
        app.enter("=written=9")
        #expect(app.words.contains("written=9: must be 1 to 8"))
        #expect(app.session.subject.dials.text == "written=3,cache=on")
    }

    @Test("is told where a name is none, and refused where it is given twice")
    func misnamed() {
        var course = PlainCourse.at("kv-cache", "keep-them")
        let known = "is not a parameter or dial; they are l, b, n, g, h, s, bytes, c, r, wl, w, "
        #expect(course.words("set wriitten 3") == "'wriitten' \(known)cache, written.")
        #expect(course.words("slider foo") == "'foo' \(known)cache, written.")
        let before = course.session.subject
        #expect(course.words("set written 3 written 4") == "written is given twice.")
        #expect(course.session.subject == before)
        var app = app()
        app.enter("=written=3,written=4")
        #expect(app.words.contains("written is given twice"))
    }

    @Test("stays where it was in progress, in a screen that is followed and in the text of y")
    func kept() throws {
        var app = app()
        app.press(.right, .tab, .right, .right)
        let place = app.session.subject.dials
        let resumed = Session(course: app.session.course, progress: app.session.progress)
        #expect(resumed.subject.dials == place)
        var follower = ShippedCourse.app("gqa", "from-end-to-end").session
        follower.show(app.session.shared())
        #expect(follower.subject.dials == place)
        var other = self.app().session
        try other.apply(text: app.session.stateText)
        #expect(other.subject == app.session.subject)
        #expect(app.session.stateText.hasSuffix("written=8,cache=on"))
    }

    @Test("is in the text of y wherever it is not as the step has it, at its usual value, too")
    func usual() throws {
        let opening = ShippedCourse.app("kv-cache", "keep-them").session
        #expect(opening.stateText == opening.setting.text)
        var moved = opening
        moved.position.subject?.dials = DialValues()
        try #require(moved.subject != opening.subject)
        var other = opening
        try other.apply(text: moved.stateText)
        #expect(other.subject == moved.subject)
    }

    @Test("is as the step has it elsewhere")
    func afresh() {
        var app = app()
        app.press(.right)
        app.session.goOn()
        #expect(app.session.subject.dials == DialValues())
    }

    @Test("is told in the plain mode as a parameter is, and its picture with it")
    func plain() {
        var course = PlainCourse.at("mla", "made-again-or-not-at-all")
        let said = course.words("set bracket 3")
        #expect(said.hasPrefix("The bracket start → 3."))
        #expect(said.contains("3 of 6 keys are made."))
        #expect(course.words("set bracket 3") == "That is its value already.")
    }

    @Test("is the step's own where a file of an older program has none, and else as it was kept")
    func older() throws {
        var session = ShippedCourse.app("gqa", "from-end-to-end").session
        let setting = app().setting.text
        func go(_ dials: String) throws -> String {
            let text = #"{"lesson":"kv-cache","step":"keep-them","setting":"\#(setting)"\#(dials)}"#
            let place = try JSONDecoder().decode(Position.self, from: Data(text.utf8))
            session.go(to: place)
            return session.subject.dials.text
        }
        #expect(try go("") == "written=6")
        #expect(try go(#","dials":"""#) == "")
        #expect(try go(#","dials":"written=40,machine=L4,cache=on""#) == "written=8,cache=on")
    }

    @Test("is not as it was left where the lesson has another now")
    func edited() throws {
        func course(_ written: Int) -> Course {
            Course(files: [
                (
                    "1-a.md",
                    """
                    ---
                    title: A
                    summary: For tests.
                    ---

                    ## First

                    ```{setting}
                    written: \(written)
                    ```

                    ```{cache}
                    words: [a, b, c]
                    ```

                    ```{sliders}
                    show: [written]
                    ```
                    """
                )
            ])
        }
        var app = CourseApp(course: course(2), size: .usual, lesson: 0, step: 0)
        app.press(.left)
        #expect(app.session.subject.dials[.written] == 1)
        func back(_ course: Course) -> Int {
            Session(course: course, progress: app.session.progress).subject.dials[.written]
        }
        #expect(back(course(2)) == 1)
        #expect(back(course(3)) == 3)
    }

    @Test("takes no value from a text that no picture of the step can show, and nothing with it")
    func shown() throws {
        var session = app().session
        let before = session.subject
        for text in ["g=1,written=40", "machine=L4", "written=3,g=x", "cache=on,g=1000003"] {
            #expect(throws: SettingError.self) { try session.apply(text: text) }
            #expect(session.subject == before)
        }
        var tank = ShippedCourse.app("gqa", "why-so-often-eight").session
        #expect(throws: SettingError.self) { try tank.apply(text: "machine=here") }
    }

    @Test("stands in every step where a picture of it can show")
    func inLessons() {
        for step in ShippedCourse.course.lessons.flatMap(\.steps) {
            #expect(step.dials == step.dials.held(to: step.dialRanges))
            for slider in step.sliders {
                guard case .dial(let dial) = slider.moved, let range = step.dialRanges[dial] else {
                    continue
                }
                #expect(slider.stops(at: step.setting, step.dials).allSatisfy(range.contains))
            }
        }
    }

    @Test("has notes of its own where it stands")
    func notes() {
        var session = app().session
        session.takeNote("six")
        session.slide(1)
        #expect(session.noteHere.text == "")
        session.takeNote("seven")
        #expect(
            session.progress.notes.values.map(\.position.text).allSatisfy {
                $0.contains("written=")
            })
        session.slide(-1)
        #expect(session.noteHere.text == "six")
    }

    @Test("of anything else that text may say is left alone")
    func foreign() {
        #expect(DialValues(text: "written=99,cache=on,=,x=1,written").text == "cache=on")
    }

    @Test(
        "has a value for each text, a text for each value, and begins at one",
        arguments: Dial.allCases)
    func texts(dial: Dial) throws {
        #expect(dial.stops.contains(dial.initial))
        #expect(Set(dial.stops.map(dial.text)).count == dial.stops.count)
        for stop in dial.stops { #expect(try dial.value(text: dial.text(stop)) == stop) }
    }
}

extension CourseApp {
    fileprivate mutating func enter(_ line: String) {
        type(characters: line)
        press(.enter)
    }
}
