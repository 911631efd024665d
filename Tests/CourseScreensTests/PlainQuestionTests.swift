import AttentionEngine
import CourseContent
import Testing

@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("Questions by line")
struct PlainQuestionTests {
    @Test("a number is asked for with its tolerance, refused with its cause, and accepted")
    func number() {
        var course = PlainCourse.asking(.number)
        let asked = course.words("again")
        #expect(asked.contains("It takes ?."))
        #expect(asked.contains("g 8 × h 128 × s 1,024 × 2 (K and V) × 2 bytes = ?, hidden until"))
        #expect(asked.contains("Question: How large is the cache? Within 10 % counts as right."))
        #expect(course.words("why") == Session.veiledWords)
        #expect(course.words("predict 400") == "Give it a unit: 12 GB, 384 MiB, 4096 B.")
        #expect(
            course.words("predict 201 MB").hasPrefix("Not 201 MB: you forgot the 2 for a key"))
        #expect(course.words("201 MB").hasSuffix("Try again, or reveal shows the answer."))
        let right = course.words("predict 403 MB")
        #expect(right.hasPrefix("Right: 403 MB (384 MiB). Eight factors make it."))
        #expect(right.contains("- GQA, 8 K/V heads: 403 MB, 1/12 of it; you are here."))
        #expect(course.words("predict 1 GB") == "This question is answered; reset opens it again.")
        #expect(course.session.progress.answers[QuestionID("questions/size")!]?.tries == 2)
        #expect(course.words("reset").contains("Within 10 % counts as right."))
    }

    @Test("a choice is made by its number")
    func choice() {
        var course = PlainCourse.asking(.choice)
        #expect(course.type("again").contains("1. b\n2. l\n3. s\n\nHere: answer 1 to 3,"))
        #expect(course.words("answer l") == "Type answer 1 to 3.")
        #expect(course.words("4") == "Type answer 1 to 3.")
        #expect(
            course.words("1")
                == "Not 1. That is the batch. Answer again, or reveal shows it.")
        #expect(course.words("answer 2") == "Right: 2, l. Layers begin with it.")
    }

    @Test("one's own words are kept, and may be written anew")
    func free() {
        var course = PlainCourse.asking(.free)
        #expect(
            course.words("answer Keep less = more") == "Kept: Keep less = more Keep it in mind.")
        course.type("answer Keep only one")
        #expect(
            course.session.progress.answers[QuestionID("questions/words")!]?.given
                == "Keep only one")
        #expect(course.words("again").contains("Kept: Keep only one"))
    }

    @Test("mistakes are found by the numbers of their cells")
    func find() {
        var course = PlainCourse.asking(.find)
        #expect(course.type("again").contains("Row 1:\n1. 1 + 1\n2. 3\n\nRow 2:"))
        #expect(
            course.type("answer 1 2")
                == """
                1. Not one of the mistakes asked for here.
                2. A mistake. It is two.

                1 of 2 found.
                """)
        #expect(course.type("again").contains("2. 3 (found)"))
        #expect(course.words("6") == "6. A mistake. It is six. 2 of 2 found. Sums can be checked.")
    }

    @Test("cells are marked all or not at all, and one that was found is free")
    func findAllOrNothing() {
        var course = PlainCourse.asking(.find)
        for (line, said) in [
            ("7", "7: no cell; nothing was marked. The cells are 1 to 6, as in answer 1 2."),
            (
                "answer 2 99 x",
                "99, x: no cells; nothing was marked. The cells are 1 to 6, as in answer 1 2."
            ),
            ("answer and", "The cells are 1 to 6, as in answer 1 2."),
        ] {
            #expect(course.words(line) == said)
            #expect(course.session.record == nil)
        }
        #expect(course.words("answer 2, and 2").contains("2. A mistake. It is two."))
        #expect(course.words("2").hasPrefix("2. Found already. It is two. 1 of 2 found."))
        course.type("answer 2 and 6")
        #expect(course.session.record?.tries == 2)
        #expect(course.words("summary").contains("2 of 2 found, 2 guesses."))
        #expect(course.words("summary").hasSuffix("Missed: nothing so far."))
    }

    @Test("the end is told once, whole lines under names that say what they are")
    func end() {
        var course = PlainCourse.asking(.choice)
        course.type("choose 1", "2", "next", "next", "next")
        #expect(
            course.type("next")
                == """
                That was the last step.

                4 of 5 steps seen, 0 of 1 question right at once, 0 notes.

                Measured on this machine: nothing yet; run starts a step's measurement.

                Learned: no lesson finished and no question right yet.

                Missed:
                - Which letter counts layers? l; guessed b; right on guess 2.

                Left open:
                - What do you propose? open.
                - Which cells are wrong? open.
                """)
        #expect(course.type("next") == "That was the last step; summary repeats what you did.")
        course.type("back", "next")
        #expect(course.type("next").contains("Missed:"))
    }

    @Test("a question stands under one name: missed, until it is right when asked again")
    func learnedOrMissed() {
        var course = PlainCourse.asking(.choice)
        course.type("1", "2")
        #expect(course.session.notebook.learned.isEmpty)
        #expect(course.session.notebook.missed.map(\.id) == [QuestionID("questions/pick")!])
        course.type("review")
        guard case .choice(let choices)? = course.session.step.question?.kind,
            let right = choices.firstIndex(where: \.isRight)
        else {
            Issue.record("the choice should be asked again")
            return
        }
        course.type("\(right + 1)", "esc")
        #expect(course.session.notebook.missed.isEmpty)
        let said = course.words("summary")
        #expect(
            said.contains("Learned: - Which letter counts layers? l; guessed b; right on guess 2; ")
        )
        #expect(said.contains("right when asked again. Missed: nothing so far."))
    }

    @Test("an answer that was right at once is told once")
    func once() {
        var course = PlainCourse.asking(.choice)
        course.type("2")
        #expect(
            course.words("summary").contains(
                "Learned: - Which letter counts layers? guessed l; right. Missed: nothing so far."))
    }

    @Test("a unit that is none is told back as it was typed")
    func unit() {
        var course = PlainCourse.asking(.number)
        #expect(course.words("predict 12 XB").hasPrefix("'XB' is not a unit;"))
    }

    @Test("a hint is there when a question is asked again, where it holds at any setting")
    func hintAgain() {
        var course = PlainCourse.asking(.number)
        course.type("predict 1 GB", "reveal", "review")
        #expect(course.session.review != nil)
        #expect(course.words("hint") == "Hint: Multiply everything.")
    }

    @Test("an answer is shown after a try, or when asked for twice")
    func reveal() {
        for step in [QuestionLesson.Step.number, .choice, .find] {
            var course = PlainCourse.asking(step)
            #expect(
                course.words("reveal") == "Guess first, even roughly; or type reveal once more.")
            #expect(course.session.isQuestionOpen)
            course.type("reveal")
            #expect(!course.session.isQuestionOpen)
            var tried = PlainCourse.asking(step)
            tried.type(step == .number ? "predict 1 GB" : "answer 1", "reveal")
            #expect(!tried.session.isQuestionOpen)
        }
    }

    @Test("an empty line goes on, but not past an open question; next does")
    func emptyLine() {
        var course = PlainCourse.asking(.choice)
        #expect(course.words("") == "This step has a question: answer it, or next skips it.")
        #expect(course.words("next").hasPrefix("Step 3 of 5: Own words"))
        course.type("next")
        course.type("next")
        #expect(course.words("").hasPrefix("That was the last step."))
    }

    @Test("hints are given when asked for")
    func hint() {
        var course = PlainCourse.asking(.number)
        #expect(course.words("hint") == "Hint: Multiply everything.")
        #expect(course.words("again").contains("Hint: Multiply everything."))
        var other = PlainCourse.asking(.find)
        #expect(other.words("hint") == "There is no hint for this question.")
    }
}
