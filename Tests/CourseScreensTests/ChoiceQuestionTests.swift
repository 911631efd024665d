import CourseContent
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("A question with choices")
struct ChoiceQuestionTests {
    private func answered(_ app: CourseApp) -> AnswerRecord? {
        app.progress.answers[QuestionID("questions/pick")!]
    }

    @Test("is answered by moving to the right one and Enter")
    func rightChoice() {
        var app = QuestionLesson.app(.choice)
        #expect(app.footer.contains("Enter choose"))
        app.press(.enter, .down, .enter)
        #expect(
            answered(app) == AnswerRecord(given: "l", tries: 1, isRight: true, isRevealed: true))
        #expect(app.words.contains("✓ 2 l"))
        #expect(app.words.contains("✓ Right. Layers begin with it."))
        #expect(app.answering == nil)
    }

    @Test("is answered by its number and Enter, opened or not")
    func byNumber() {
        for opening in [[], [Key.enter]] {
            var app = QuestionLesson.app(.choice)
            app.press(opening)
            app.press("2")
            #expect(app.answering == .choosing(selected: 1))
            #expect(app.words.contains("▸ 2 l"))
            app.press("9")
            #expect(app.notice == "There are 3 answers.")
            #expect(app.answering == .choosing(selected: 1))
            app.press(.enter)
            #expect(answered(app)?.isRight == true)
        }
    }

    @Test("that was answered wrong says for Space what the keys are")
    func spaceAfterWrong() {
        let app = QuestionLesson.app(.choice).pressing(.enter, .enter, .space)
        #expect(app.notice == "Arrows or a number choose; Enter answers.")
        #expect(answered(app)?.tries == 1)
        // What is typed for a number begins with no blank, and the reason stays.
        let number = QuestionLesson.app(.number).pressing("1", " ", "G", "B", .enter)
        #expect(number.words.contains("Not 1 GB"))
        #expect(number.pressing(.space).words.contains("Not 1 GB"))
    }

    @Test("calls nothing wrong before it was answered, a choice without a text neither")
    func emptyChoice() {
        let text = QuestionLesson.text.replacing("- text: b", with: "- text: \"\"")
        let course = Course(files: [("1-questions.md", text)])
        var app = CourseApp(
            Session(course: course, at: (0, 1)), size: Size(width: 80, height: 24))
        #expect(app.words.contains("Press a number, or Enter to choose."))
        app.press(.enter, .enter)
        #expect(app.words.contains("Not that one. That is the batch."))
    }

    @Test("answers a wrong choice with its reason and asks again")
    func wrongThenRight() {
        var app = QuestionLesson.app(.choice)
        app.press(.enter, .enter)
        #expect(answered(app) == AnswerRecord(given: "b", tries: 1))
        #expect(app.words.contains("Not that one. That is the batch."))
        // Space goes on everywhere else and answers nothing.
        app.press(.space)
        #expect(answered(app)?.tries == 1)
        app.press(.down, .down, .enter)
        #expect(app.words.contains("Not that one. Try another."))
        app.press(.up, .enter)
        #expect(
            answered(app)
                == AnswerRecord(
                    given: "l", tries: 3, isRight: true, isRevealed: true, first: "b"))
    }

    @Test("left with Esc after a try shows which is right and why")
    func escAfterTry() {
        var app = QuestionLesson.app(.choice)
        app.press(.enter, .enter, .escape)
        #expect(answered(app) == AnswerRecord(given: "b", tries: 1, isRevealed: true))
        #expect(app.words.contains("✗ 1 b"))
        #expect(app.words.contains("✓ 2 l"))
        #expect(app.words.contains("Layers begin with it."))
    }

    @Test("left with Esc before a try stays open")
    func escBeforeTry() {
        var app = QuestionLesson.app(.choice)
        app.press(.enter, .down, .escape)
        #expect(answered(app) == nil)
        #expect(!app.words.contains("✓"))
        #expect(app.footer.contains("Enter choose"))
    }

    @Test("stays inside its list of choices")
    func ends() {
        var app = QuestionLesson.app(.choice)
        app.press(.enter, .up)
        #expect(app.answering == .choosing(selected: 0))
        app.press(.down, .down, .down, .down)
        #expect(app.answering == .choosing(selected: 2))
    }

    @Test("takes no answer from a paste")
    func paste() {
        var app = QuestionLesson.app(.choice)
        app.press(.enter)
        let before = app.canvas()
        _ = app.handle(.paste("\r\r j\r"))
        #expect(app.notice?.contains("dropped") == true)
        app.session.notice = nil
        #expect(app.canvas().shows(before))
        #expect(answered(app) == nil)
    }
}

@Suite("A question for the learner's own words")
struct FreeQuestionTests {
    private func answered(_ app: CourseApp) -> AnswerRecord? {
        app.progress.answers[QuestionID("questions/words")!]
    }

    @Test("keeps what was written, trimmed, and answers it")
    func written() {
        var app = QuestionLesson.app(.free)
        #expect(app.footer.contains("Enter write"))
        app.press(.enter)
        app.type(characters: "  A latent, q and e.  ")
        app.press(.enter)
        #expect(
            answered(app)
                == AnswerRecord(given: "A latent, q and e.", isRight: true, isRevealed: true))
        #expect(app.words.contains("Your answer, kept: A latent, q and e. Keep it in mind."))
    }

    @Test("left empty is no answer")
    func empty() {
        var app = QuestionLesson.app(.free)
        app.press(.enter, .space, .enter)
        #expect(answered(app) == nil)
        #expect(app.session.isQuestionOpen)
    }

    @Test("shows its hint by Tab")
    func hint() {
        let app = QuestionLesson.app(.free).pressing(.enter, .tab)
        #expect(
            app.rows[2...7] == [
                " Own words", "", "", " ? What do you propose?", " Hint: Think of less.", " >",
            ])
    }

    @Test("shows a long answer whole while it is typed, with the cursor behind it")
    func longAnswer() {
        var app = QuestionLesson.app(.free)
        app.press(.enter)
        let answer = String(repeating: "word ", count: 60) + "end"
        app.type(characters: answer)
        #expect(app.words.contains("> \(answer)"))
        #expect(app.canvas().crookedRows == [])
        #expect(app.canvas().cursor.map { $0.column < 80 } == true)
    }
}

@Suite("A table of mistakes")
struct FindQuestionTests {
    private func answered(_ app: CourseApp) -> AnswerRecord? {
        app.progress.answers[QuestionID("questions/mistakes")!]
    }

    @Test("is done when every wrong cell was marked, each with its reason")
    func allFound() {
        var app = QuestionLesson.app(.find)
        #expect(app.footer.contains("Enter look"))
        app.press(.enter, .right, .enter)
        #expect(app.words.contains("1 of 2 found. It is two."))
        #expect(answered(app) == AnswerRecord(tries: 1, found: [1]))
        app.press(.down, .enter)
        #expect(app.words.contains("That is not one of the mistakes asked for here."))
        app.press(.down, .enter)
        #expect(
            answered(app)
                == AnswerRecord(tries: 3, isRight: true, isRevealed: true, found: [1, 5]))
        #expect(app.answering == nil)
        #expect(app.words.contains("2 of 2 found. ✓ It is two. ✓ It is six."))
    }

    @Test("counts a mistake once, however often it is marked")
    func markedTwice() {
        var app = QuestionLesson.app(.find)
        app.press(.enter, .right, .enter, .enter, .enter)
        #expect(answered(app)?.found == [1])
    }

    @Test(
        "is left by q again and again, and by Esc the second time with its answer",
        arguments: [QuestionLesson.Step.choice, .find])
    func left(kind: QuestionLesson.Step) {
        var app = QuestionLesson.app(kind)
        for _ in 0..<3 {
            app.press(.enter, "q")
            #expect(app.session.isQuestionOpen && app.open == nil)
        }
        app.press(.enter, "?")
        #expect(app.words.contains("Esc Show the answer"))
        #expect(app.footer.contains("Esc close"))
        app.press("?", .escape)
        #expect(!app.session.isQuestionOpen)
    }

    @Test("shows all that is left when it is left for the second time, with the reasons")
    func showAll() {
        var app = QuestionLesson.app(.find)
        app.press(.enter, .right, .enter)
        #expect(app.pressing("s").answering == app.answering)
        app.press(.escape)
        #expect(app.session.isQuestionOpen)
        #expect(app.notice == "Left open. Enter resumes; Esc there shows the answer.")
        app.press(.enter)
        #expect(app.footer.contains("Esc show all"))
        app.press(.escape)
        #expect(answered(app)?.isRevealed == true)
        #expect(answered(app)?.isRight == false)
        #expect(app.words.contains("1 of 2 found."))
        #expect(app.words.contains("It is six. Sums can be checked."))
    }

    @Test("keeps what was found when it is left with Esc and taken up again")
    func takenUpAgain() {
        var app = QuestionLesson.app(.find)
        app.press(.enter, .right, .enter, .escape)
        #expect(app.words.contains("1 of 2 found."))
        app.press(.enter, .right, .down, .down, .enter)
        #expect(answered(app)?.found == [1, 5])
        #expect(answered(app)?.isRight == true)
    }

    @Test("says for a digit that Enter comes first, and names the arrows on the smallest screen")
    func first() {
        let app = QuestionLesson.app(.find, size: .least)
        #expect(app.pressing("1").notice?.hasPrefix("Press Enter first") == true)
        #expect(
            QuestionLesson.app(.free).pressing("1").notice?.hasPrefix("Press Enter first") == true)
        #expect(app.pressing(.enter).footer.contains("← ↑ ↓ → move"))
    }

    @Test("stays inside its table")
    func edges() {
        var app = QuestionLesson.app(.find)
        app.press(.enter, .up, .left)
        #expect(app.answering == .hunting(row: 0, column: 0, tried: false))
        app.press(.right, .right, .right, .down, .down, .down, .down)
        #expect(app.answering == .hunting(row: 2, column: 1, tried: false))
    }
}

@Suite("Space and Enter on a question")
struct QuestionKeysTests {
    @Test("for one's own words: Space goes on, and Enter begins to write")
    func ownWords() {
        let app = QuestionLesson.app(.free)
        #expect(app.footer.contains("Space next"))
        #expect(app.pressing(.space).stepIndex == app.stepIndex + 1)
        #expect(app.pressing(.enter).answering != nil)
    }

    @Test("open it first and go on once it is answered, as the footer says", arguments: [0, 1, 3])
    func spaceOpensFirst(step: Int) throws {
        var app = QuestionLesson.app(try #require(QuestionLesson.Step(rawValue: step)))
        #expect(!app.footer.contains("Space next"))
        #expect(app.footer.contains("PgDn skip"))
        #expect(app.pressing(.enter).answering != nil)
        app.press(.space)
        #expect(app.answering != nil)
        app.press(.escape)
        #expect(app.footer.contains("Space next"))
        app.press(.space)
        #expect(app.stepIndex == step + 1)
    }

    @Test("go on where the question was answered before")
    func answeredBefore() {
        let progress = CourseProgress(answers: [
            "questions/size": AnswerRecord(given: "1 GB", isRevealed: true)
        ])
        for key in [Key.space, .enter, .pageDown] {
            let app = QuestionLesson.app(.number, progress: progress)
            #expect(app.footer.contains("Space next"))
            #expect(app.pressing(key).stepIndex == 1)
        }
    }

    @Test("leave the question by PgDn without an answer")
    func skipped() {
        let app = QuestionLesson.app(.number).pressing(.pageDown)
        #expect(app.stepIndex == 1)
        #expect(app.progress.answers == [:])
    }

    @Test("say at 60x20 what they do there too")
    func leastSize() {
        var app = QuestionLesson.app(.number, size: .least)
        #expect(app.footer.contains("Enter guess"))
        while app.hasMoreBelow { app.press(.character("j")) }
        app.press(.enter)
        #expect(app.canvas().cursor != nil)
    }
}
