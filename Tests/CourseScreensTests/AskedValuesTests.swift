import CourseContent
import TerminalCanvas
import Testing

@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("The values that a question asks about")
struct AskedValuesTests {
    /// The places that ask something with an answer of its own beside sliders.
    private static let places = ShippedCourse.places.filter {
        let session = ShippedCourse.app($0).session
        return session.isAnswerOpen && !session.step.sliders.isEmpty
    }

    /// The session with each slider as far from where it stands as it goes.
    private static func moved(_ session: Session) -> Session {
        var session = session
        for slider in session.step.sliders {
            session.focus(on: slider.moved)
            let before = session.subject
            session.slide(1000)
            if session.subject == before { session.slide(-1000) }
        }
        session.notice = nil
        return session
    }

    private static func answered(_ session: Session) -> Session {
        var session = session
        switch session.step.question?.kind {
        case .number?:
            // Of "4.83 GB (4.50 GiB)" the first.
            let text = session.answer?.text.split(separator: " (").first
            _ = session.guess(text.map(String.init) ?? "")
        case .choice(let choices)?: session.choose(choices.firstIndex(where: \.isRight) ?? 0)
        case .find(_, _, let mistakes)?:
            for mistake in mistakes { session.mark(row: mistake.row, column: mistake.column) }
        case .free?, nil: break
        }
        return session
    }

    private static func revealed(_ session: Session) -> Session {
        var session = session
        session.reveal()
        return session
    }

    @Test("are back as its answer is shown, whatever was moved before, and that is said")
    func back() {
        var kept: [String] = []
        for place in Self.places {
            let session = ShippedCourse.app(place).session
            for (name, answer) in [("answered", Self.answered), ("revealed", Self.revealed)] {
                let start = Self.moved(session)
                let (calm, moved) = (answer(session), answer(start))
                let said = start.subject == calm.subject ? nil : Session.askedAgainWords
                if calm.isAnswerOpen || moved.isAnswerOpen { kept.append("\(place): not \(name)") }
                if moved.subject != calm.subject || calm.notice != nil || moved.notice != said
                    || moved.canResetValues
                {
                    kept.append("\(place): \(name)")
                }
            }
        }
        #expect(Self.places.count > 10)
        #expect(kept == [])
    }

    @Test("are what a question says where its pictures begin with others")
    func otherThanBefore() {
        let app = ShippedCourse.app("gqa", "why-so-often-eight")
        #expect(app.setting.keyValueHeads == 8)
        let answered = Self.answered(app.session)
        #expect(answered.setting.keyValueHeads == 4 && answered.notice == nil)
        // And where somebody comes back.
        var again = answered
        again.enter(lesson: 0, step: 0)
        again.enter(lesson: answered.lessonIndex, step: answered.stepIndex)
        #expect(again.setting.keyValueHeads == 4 && !again.canResetValues)
    }

    @Test("are on the screen and told by line beside the sentence that is about them")
    func shown() {
        var app = ShippedCourse.app("start", "which-key-fits")
        app.press(.right, .right, "2", .enter)
        #expect(app.words.contains("Right. 1.7 x 0.5 + 1.0 x 2.4 = 3.25."))
        #expect(app.words.contains("query, degrees 30"))
        #expect(app.notice == Session.askedAgainWords)
        var course = PlainCourse.at("start", "which-key-fits")
        course.type("right")
        let words = course.words("2")
        #expect(words.contains("3.25"))
        #expect(words.contains(Session.askedAgainWords))
    }
}
