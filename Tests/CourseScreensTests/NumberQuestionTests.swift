import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("A question for a number")
struct NumberQuestionTests {
    private func answered(_ app: CourseApp) -> AnswerRecord? {
        app.progress.answers[QuestionID("questions/size")!]
    }

    @Test("hides the figures it asks for until it is answered")
    func veil() {
        var app = QuestionLesson.app(.number)
        #expect(!app.words.contains("403 MB"))
        #expect(app.words.contains("It takes ?."))
        app.press(.enter)
        app.type(characters: "403 MB")
        app.press(.enter)
        #expect(app.words.contains("It takes 403 MB (384 MiB)."))
    }

    @Test("keeps what was typed and not tried until it is opened again, and replaces it then")
    func untried() {
        var app = QuestionLesson.app(.number)
        app.press("3", "8", .escape)
        #expect(app.session.isQuestionOpen && answered(app) == nil)
        app.press(.enter)
        #expect(app.words.contains("> 38"))
        #expect(app.pressing("4").typedTexts == ["4"])
        // It stays once, and not beyond the question's answer.
        app.press(.escape)
        #expect(answered(app)?.isRevealed == true && answered(app)?.tries == 0)
        app.press("0", .enter)
        #expect(app.typedTexts == [""])
    }

    @Test("is answered by Enter, a number and Enter, and the answer is kept")
    func rightAnswer() {
        var app = QuestionLesson.app(.number)
        #expect(app.footer.contains("Enter guess"))
        app.press(.enter)
        #expect(app.canvas().cursor != nil)
        app.type(characters: "384 MiB")
        #expect(app.words.contains("> 384 MiB"))
        let effects = app.press(.enter)
        #expect(effects == [.save(app.progress)])
        #expect(
            answered(app)
                == AnswerRecord(given: "384 MiB", tries: 1, isRight: true, isRevealed: true))
        #expect(app.words.contains("✓ Right: 403 MB (384 MiB). Eight factors make it."))
        #expect(app.answering == nil)
    }

    @Test("says what was guessed where that was right, but not exact")
    func nearlyExact() {
        var app = QuestionLesson.app(.number)
        app.press(.enter)
        app.type(characters: "410 MB")
        app.press(.enter)
        #expect(
            app.words.contains(
                "✓ Right: 403 MB (384 MiB). You said 410 MB. Eight factors make it."))
    }

    @Test("names the cause of a wrong answer, counts the try and asks again")
    func wrongThenRight() {
        var app = QuestionLesson.app(.number)
        app.press(.enter)
        app.type(characters: "4.83 GB")
        app.press(.enter)
        #expect(
            app.words.contains("Not 4.83 GB: you took n, 96 query heads, for g, 8 K/V heads."))
        #expect(answered(app) == AnswerRecord(given: "4.83 GB", tries: 1))
        #expect(!app.words.contains("403 MB"))
        app.type(characters: "403 MB")
        app.press(.enter)
        #expect(
            answered(app)
                == AnswerRecord(
                    given: "403 MB", tries: 2, isRight: true, isRevealed: true, first: "4.83 GB"))
    }

    @Test("tells a wrong answer without a cause whether it is too little or too much")
    func tooLittleTooMuch() {
        for (guess, word) in [("70 MB", "too little"), ("1.21 GB", "too much")] {
            var app = QuestionLesson.app(.number)
            app.press(.enter)
            app.type(characters: guess)
            app.press(.enter)
            #expect(app.words.contains("Not \(guess): \(word)."))
        }
        let count = ShippedCourse.app("start", "several-heads")
        #expect(count.pressing("1", .enter).words.contains("Not 1: too low."))
        #expect(count.pressing("9", .enter).words.contains("Not 9: too high."))
    }

    @Test("takes an unreadable answer for no try, and says what is wrong with it")
    func unreadable() {
        var app = QuestionLesson.app(.number)
        app.press(.enter)
        app.type(characters: "403")
        app.press(.enter)
        #expect(app.words.contains("Give it a unit: 12 GB, 384 MiB, 4096 B."))
        #expect(answered(app) == nil)
        app.type(characters: " MB")
        app.press(.enter)
        #expect(answered(app)?.isRight == true)
    }

    @Test("put off with Esc before a try stays open, and Space goes on past it")
    func putOff() {
        var app = QuestionLesson.app(.number)
        app.press(.enter, .character("4"), .escape)
        #expect(app.answering == nil)
        #expect(answered(app) == nil)
        #expect(!app.words.contains("403 MB"))
        #expect(app.footer.contains("Space next"))
        app.press(.space)
        #expect(app.stepIndex == QuestionLesson.Step.choice.rawValue)
    }

    @Test("left with Esc after a try shows the answer")
    func escAfterTry() {
        var app = QuestionLesson.app(.number)
        app.press(.enter)
        app.type(characters: "1 GB")
        app.press(.enter, .escape)
        #expect(answered(app) == AnswerRecord(given: "1 GB", tries: 1, isRevealed: true))
        #expect(app.words.contains("It is 403 MB (384 MiB). You said 1 GB."))
    }

    @Test("shows its hint by Tab until it is answered")
    func hint() {
        var app = QuestionLesson.app(.number)
        app.press(.enter)
        #expect(app.footer.contains("Tab hint"))
        app.press(.tab)
        #expect(app.words.contains("Multiply everything."))
        app.type(characters: "403 MB")
        #expect(app.words.contains("Multiply everything."))
        app.press(.enter)
        #expect(!app.words.contains("Multiply everything."))
    }

    @Test("erases a letter by Backspace and the line by Ctrl-U")
    func erasing() {
        var app = QuestionLesson.app(.number)
        app.press(.enter)
        app.type(characters: "404")
        app.press(.backspace)
        #expect(app.typed == "40")
        app.press(.control("u"))
        #expect(app.typed == "")
        app.press(.backspace)
        #expect(app.typed == "")
    }

    @Test("shows a right guess with a mixed unit what slipped")
    func slip() {
        var app = QuestionLesson.app(.number)
        app.press(.enter)
        app.type(characters: "384 MB")
        app.press(.enter)
        #expect(answered(app)?.isRight == true)
        #expect(app.words.contains("One slip, though: the number is right in MiB"))
    }

    @Test("takes a paste as typed text and runs no command of it")
    func paste() {
        var app = QuestionLesson.app(.number)
        app.press(.enter)
        _ = app.handle(.paste("403\r\nMB\tq\u{1B}[A\u{7}"))
        #expect(app.typed == "403 MB q[A")
        #expect(answered(app) == nil)
    }

    @Test("hides a figure that equals the answer, but not what a parameter was set to")
    func whatIsSet() throws {
        var app = ShippedCourse.app("start", "type-a-value")
        try app.session.apply([.queryHeads: 3, .keyValueHeads: 1])
        #expect(app.session.isVeiled && app.session.answer?.amount == 3)
        #expect(app.words.contains("For n = 3 it can be 1, 3."))

        let setting = try CacheSetting(text: "l=1,b=1,n=12,g=4,h=64,s=16,bytes=2")
        func figure(
            _ quantity: FigureExpression.Quantity, _ setting: CacheSetting
        ) -> FigureValue? {
            FigureExpression(quantity: quantity, parameter: .keyValueHeads).value(at: setting)
        }
        let step = app.step
        let three = try #require(figure(.groupSize, setting))
        let sized = Veil(over: step, answer: three, record: nil)
        #expect(sized.text(of: three) == "?")
        let set = try #require(figure(.value, try setting.setting([.keyValueHeads: 3])))
        #expect(set.amount == three.amount && sized.text(of: set) == "3")
        #expect(Veil(over: step, answer: set, record: nil).text(of: set) == "?")
        let legal = try #require(figure(.legal, setting))
        let counted = Veil(over: step, answer: figure(.legalCount, setting), record: nil)
        #expect(counted.text(of: legal) == "?")
    }
}
