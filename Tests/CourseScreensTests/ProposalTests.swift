import CourseContent
import CourseExport
import CoursePlain
import Foundation
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("The learner's own proposal in the plot")
struct ProposalTests {
    private var app: CourseApp { ShippedCourse.app("question", "where-would-it-stand") }

    @Test("is moved by the arrow keys and kept with the progress, to be seen again beside MLA")
    func placed() throws {
        var app = app
        #expect(app.words.contains("Yours is not placed yet."))
        #expect(app.footer.contains("p place yours"))
        #expect(app.press(.character("p")) == [])
        #expect(app.footer.contains("Enter place"))
        #expect(app.words.contains("Yours: 64 numbers, accuracy 0.50"))
        app.press(.left, .left, .up)
        #expect(app.words.contains("Yours: 56 numbers, accuracy 0.55"))
        let effects = app.press(.enter)
        let proposal = Proposal(numbers: 56, percent: 55)
        #expect(app.progress.proposal == proposal)
        #expect(effects == [.save(app.progress)])
        #expect(app.rows.contains { $0.contains("+ yours") })

        let course = ShippedCourse.course
        let lesson = try #require(course.index(of: "mla"))
        let later = CourseApp(
            course: course, size: .usual, progress: app.progress, lesson: lesson,
            step: course.lessons[lesson].stepIDs.firstIndex(of: "in-the-same-race"))
        #expect(later.rows.contains { $0.contains("+ yours") })
        #expect(later.words.contains("Yours: 56 numbers, accuracy 0.55"))
        #expect(!later.footer.contains("p place"))
        #expect(!ShippedCourse.app("mla", "in-the-same-race").words.contains("Yours:"))
    }

    @Test(
        "stands in the learner's own words above the last question, and says so if there are none")
    func inWords() throws {
        let course = ShippedCourse.course
        var app = ShippedCourse.app("mla", "compare-your-proposal")
        #expect(app.words.contains("Your proposal, lesson 7: not written"))
        let asked = try #require(course.find(QuestionID("question/proposal")!))
        var writing = CourseApp(
            course: course, size: .usual, lesson: asked.lesson, step: asked.step)
        writing.press(.enter)
        writing.type(characters: "One short code for all heads")
        writing.press(.enter)
        let place = try #require(course.find(StepID("mla/compare-your-proposal")!))
        app = CourseApp(
            course: course, size: .usual, progress: writing.progress, lesson: place.lesson,
            step: place.step)
        let given = "Your proposal, lesson 7: One short code for all heads"
        #expect(app.words.contains(given))
        #expect(app.markdown(headingLevel: 3).contains(given))
        app.press(.enter)
        #expect(app.words.contains(given))
        app.type(characters: "Nothing")
        app.press(.enter)
        #expect(app.words.contains("Your answer, kept: Nothing"))
        #expect(app.words.contains(given))
        var plain = PlainCourse(app.session, width: 200)
        #expect(plain.words("go mla 14").contains(given + "."))
    }

    @Test("stays where it was where moving is left, and is taken away by a key")
    func leftAndTaken() {
        var app = app.pressing(.character("p"), .up, .enter, .character("p"), .left, .escape)
        #expect(app.progress.proposal == Proposal(numbers: 64, percent: 55))
        #expect(app.open == nil)
        app.press(.character("p"), .backspace)
        #expect(app.progress.proposal == nil)
        #expect(app.words.contains("Yours is not placed yet."))
    }

    @Test("goes no further than the plot")
    func ends() {
        var app = app.pressing(.character("p"))
        for _ in 0..<60 { app.press(.right, .up) }
        #expect(app.scene.proposal == Proposal(numbers: 128, percent: 100))
        for _ in 0..<60 { app.press(.left, .down) }
        #expect(app.scene.proposal == Proposal(numbers: 0, percent: 0))
    }

    @Test("is read from the progress's file, and brought back into the plot from a damaged one")
    func coding() throws {
        let progress = CourseProgress(proposal: Proposal(numbers: 16, percent: 95))
        let data = try JSONEncoder().encode(progress)
        #expect(try JSONDecoder().decode(CourseProgress.self, from: data) == progress)
        let damaged = Data(#"{"proposal":{"numbers":-9,"percent":1000000}}"#.utf8)
        #expect(
            try JSONDecoder().decode(CourseProgress.self, from: damaged).proposal
                == Proposal(numbers: 0, percent: 100))
        let old = Data(#"{"lesson":"gqa"}"#.utf8)
        #expect(try JSONDecoder().decode(CourseProgress.self, from: old).proposal == nil)
    }
}
