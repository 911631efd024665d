import AttentionEngine
import Testing

@testable import LessonScreens

@Suite("Questions by line")
struct PlainQuestionTests {
    @Test("a number is asked for with its tolerance, refused with its cause, and accepted")
    func number() {
        var course = PlainCourse.asking(.number)
        let asked = course.words("again")
        #expect(asked.contains("It takes ?."))
        #expect(asked.contains("g 8 × h 128 × s 1,024 × 2 (K and V) × 2 bytes = ?, hidden until"))
        #expect(asked.contains("Question: How large is the cache? Within 10 % counts as right."))
        #expect(course.words("why") == "Guess first: the unfolding would give the answer away.")
        #expect(course.words("predict 400") == "Give it a unit: 12 GB, 384 MiB, 4096 B.")
        #expect(
            course.words("predict 201 MB").hasPrefix("Not 201 MB: you forgot the 2 for a key"))
        #expect(course.words("201 MB").hasSuffix("Try again, or reveal shows the answer."))
        let right = course.words("predict 403 MB")
        #expect(right.hasPrefix("Right: 403 MB (384 MiB). Eight factors make it."))
        #expect(right.contains("- GQA, 8 K/V heads: 403 MB, 1/12 of it; you are here."))
        #expect(course.words("predict 1 GB") == "This question is answered; reset opens it again.")
        #expect(course.app.progress.answers["questions/size"]?.tries == 3)
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
        #expect(course.app.progress.answers["questions/words"]?.given == "Keep only one")
        #expect(course.words("again").contains("Kept: Keep only one"))
    }

    @Test("mistakes are found by the numbers of their cells")
    func find() {
        var course = PlainCourse.asking(.find)
        #expect(course.type("again").contains("Row 1:\n1. sum: 1 + 1\n2. result: 3\n\nRow 2:"))
        #expect(
            course.type("answer 1 2")
                == """
                1. Not one of the mistakes asked for here.
                2. A mistake. It is two.

                1 of 2 found.
                """)
        #expect(course.type("again").contains("2. result: 3 (found)"))
        #expect(course.words("7").hasPrefix("Type answer 1 to 6"))
        #expect(course.words("6") == "6. A mistake. It is six. 2 of 2 found. Sums can be checked.")
    }

    @Test("an answer is shown after a try, or when asked for twice")
    func reveal() {
        for step in [QuestionLesson.Step.number, .choice, .find] {
            var course = PlainCourse.asking(step)
            #expect(
                course.words("reveal") == "Guess first, even roughly; or type reveal once more.")
            #expect(course.app.isQuestionOpen)
            course.type("reveal")
            #expect(!course.app.isQuestionOpen)
            var tried = PlainCourse.asking(step)
            tried.type(step == .number ? "predict 1 GB" : "answer 1", "reveal")
            #expect(!tried.app.isQuestionOpen)
        }
    }

    @Test("an empty line goes on, but not past an open question; next does")
    func emptyLine() {
        var course = PlainCourse.asking(.choice)
        #expect(course.words("") == "This step asks first: answer it, or next goes on without.")
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
        #expect(other.words("hint") == "There is no hint to this question.")
    }
}
