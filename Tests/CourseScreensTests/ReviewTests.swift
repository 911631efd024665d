import AttentionEngine
import CourseContent
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("A review of missed questions")
struct ReviewTests {
    /// A course in which every number and choice was got wrong at first.
    private static func missed() -> CourseProgress {
        var progress = CourseProgress()
        for lesson in ShippedCourse.course.lessons {
            for question in lesson.steps.compactMap(\.question) {
                progress.answers[lesson.id(of: question)] = AnswerRecord(
                    given: "1", tries: 2, isRevealed: true)
            }
        }
        return progress
    }

    private static func app() -> CourseApp {
        CourseApp(course: ShippedCourse.course, size: .usual, progress: missed())
    }

    @Test("asks every number again with another answer, computed, and right when it is given")
    func otherNumbers() throws {
        for missed in Self.app().session.missedQuestions {
            guard case .number(.figure, _) = missed.question.kind else { continue }
            var app = Self.app()
            app.session.kept.answers = app.progress.answers.filter { $0.key == missed.id }
            let old = try #require(missed.question.rightAnswer(in: missed.step))
            app.press(.character("R"))
            let first = try #require(app.session.answer, "\(missed.id)")
            #expect(first.amount != old.amount && first.amount > 0, "\(missed.id)")
            #expect(app.words.contains("Review"))
            if first.kind == .bytes { #expect(!app.words.contains(first.text)) }
            app.press(.enter)
            app.type(characters: "\(Int(first.amount)) \(first.kind == .bytes ? "B" : "")")
            if first.amount == first.amount.rounded() {
                app.press(.enter)
                #expect(app.progress.reviews[missed.id]?.isRight == true, "\(missed.id)")
                #expect(app.session.missedQuestions.isEmpty)
            }
        }
    }

    @Test("says of a model what is true of it, and asks about the sharing that the lesson is about")
    func trueFacts() throws {
        for missed in Self.app().session.missedQuestions {
            guard case .number(.figure(let figure), _) = missed.question.kind else { continue }
            for times in 0..<40 {
                let step = ReviewQuestion(missed, times: times).step
                let setting = step.setting
                guard let model = step.model else {
                    #expect(figure.variant == .mla, "\(missed.id) \(times)")
                    continue
                }
                #expect(try model.setting(tokens: setting.tokens) == setting)
                let words = try #require(step.question).text.plain
                if words.contains("the KV cache with") {
                    #expect(words.contains(model.attention.longName), "\(missed.id): \(words)")
                }
                if ["kv-cache", "mha"].contains(missed.id.lesson) {
                    #expect(model.attention == .mha, "\(missed.id)")
                }
            }
        }
    }

    @Test("gives a choice the text it needs")
    func context() throws {
        var app = Self.app()
        app.session.kept.answers = app.progress.answers.filter {
            $0.key == QuestionID("mqa/deepseek-factor")!
        }
        app.press(.character("R"))
        #expect(
            app.words.contains(
                "DeepSeek's shape, as in lesson 3. Now all query heads of a layer read one "
                    + "K/V head. Nothing else changes."))
    }

    @Test("gives a question that keeps its text the pictures and sliders that it speaks of, veiled")
    func pictures() throws {
        var app = Self.app()
        app.session.kept.answers = app.progress.answers.filter {
            $0.key == QuestionID("kv-cache/keys-of-six-tokens")!
        }
        let step = try #require(app.session.missedQuestions.first?.step)
        app.press(.character("R"))
        #expect(app.words.contains("Press Right to write"))
        #expect(app.step.widgets == step.widgets && app.session.isVeiled)
        app.press(.right, .right)
        #expect(app.session.subject.dials[.written] == 3)
        #expect(app.words.contains("?") && !app.words.contains("21"))
        for missed in Self.app().session.missedQuestions {
            let again = ReviewQuestion(missed, times: 0).step
            guard Array(again.prose.suffix(missed.step.prose.count)) == missed.step.prose else {
                continue
            }
            #expect(again.widgets == missed.step.widgets, "\(missed.id)")
        }
    }

    @Test("asks a question got wrong again once more, with numbers of its own")
    func again() throws {
        var app = Self.app()
        app.session.kept.answers = app.progress.answers.filter {
            $0.key == QuestionID("gqa/half-of-g")!
        }
        app.press(.character("R"))
        let first = try #require(app.session.answer)
        // Left twice, the answer is shown.
        app.press(.enter, .escape, .enter, .escape)
        #expect(app.words.contains(first.text))
        app.press(.character(" "))
        #expect(app.session.review == nil)
        #expect(app.progress.reviews[QuestionID("gqa/half-of-g")!]?.isRight == false)
        app.press(.character("R"))
        #expect(app.session.answer?.amount != first.amount)
    }

    @Test("shows the choices in another order, and knows the right one")
    func choices() throws {
        let key = QuestionID("mqa/deepseek-factor")!
        var app = Self.app()
        app.session.kept.answers = app.progress.answers.filter { $0.key == key }
        app.press(.character("R"))
        guard case .choice(let choices)? = app.step.question?.kind,
            let right = choices.firstIndex(where: \.isRight)
        else {
            Issue.record("no choice")
            return
        }
        app.press(.enter)
        app.press(Array(repeating: .down, count: right) + [.enter])
        #expect(app.progress.reviews[key]?.isRight == true)
    }

    @Test("leaves answers, place and setting as they were")
    func untouched() {
        var app = Self.app()
        // No text has to be read on.
        _ = app.handle(.resize(Size(width: 100, height: 50)))
        app.press(.character("5"), .right)
        let before = app
        app.press(.character("R"), .pageDown, .pageDown)
        #expect(app.session.review?.index == 2)
        app.press(.escape, .escape)
        #expect(app.setting == before.setting)
        #expect(app.step.id == before.step.id)
        #expect(app.progress == before.progress)
    }

    @Test("goes through all missed questions on the smallest screen and ends")
    func through() {
        var app = Self.app()
        _ = app.handle(.resize(.least))
        app.press(.character("R"))
        for _ in 0..<200 where app.session.review != nil { app.press(.pageDown) }
        #expect(app.session.review == nil)
        #expect(app.notice?.contains("R asks them again.") == true)
    }

    @Test("is not ended by one Esc, and whoever leaves it some other way is told how it went")
    func leaving() {
        let review = Self.app().pressing("R")
        let asked = review.pressing(.escape)
        #expect(asked.session.review != nil)
        #expect(asked.notice == "Esc once more ends the review; any other key goes on.")
        #expect(asked.pressing("u", .escape).session.review != nil)
        for keys: [Key] in [[.escape, .escape], ["R"], ["]"], ["c", .enter], ["/", "k", .enter]] {
            var left = review
            left.press(keys)
            #expect(left.session.review == nil, "\(keys)")
            #expect(left.notice?.hasPrefix("Review over before") == true, "\(keys)")
        }
        var answered = review
        answered.session.reveal()
        #expect(answered.pressing("R").notice?.hasPrefix("Review over: 0 of ") == true)
    }

    @Test("goes on only, and takes no notes, which it says")
    func reasons() {
        let review = Self.app().pressing("R")
        #expect(review.pressing(.backspace).notice == "A review only goes forward; R ends it.")
        #expect(review.pressing("n").notice == "A review has no notes; R ends it.")
    }

    @Test("is not offered where nothing was missed")
    func nothing() {
        let app = CourseApp(course: ShippedCourse.course, size: .usual)
        #expect(app.action(for: .character("R")) == nil)
        #expect(app.pressing("R").notice?.hasPrefix("No missed questions") == true)
    }
}
