import CourseContent
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

    @Test("is typed by its name, and what it cannot be is said")
    func typed() {
        var app = app()
        app.enter("=cache=on,written=3")
        #expect(app.session.subject.dials.text == "written=3,cache=on")
        app.enter("=cache=maybe")
        #expect(app.words.contains("cache=maybe: it is off or on"))
        app.press(.escape)
        app.enter("=written=9")
        #expect(app.words.contains("here 8 is the most"))
        #expect(app.session.subject.dials.text == "written=3,cache=on")
    }

    @Test("is told where a name is none, and refused where it is given twice")
    func misnamed() {
        var course = PlainCourse.at("kv-cache", "keep-them")
        let known = "is no parameter or dial; they are l, b, n, g, h, s, bytes, c, r, wl, w, "
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
        try other.apply(text: app.session.subject.text)
        #expect(other.subject == app.session.subject)
        #expect(app.session.subject.text.hasSuffix("written=8,cache=on"))
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
