import AttentionEngine
import CourseContent
import TerminalCanvas
import Testing

@testable import CourseExport
@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("What was done")
struct NotebookTests {
    @Test(
        "how far off a guess is, in words",
        arguments: [
            (100.0, "exact"), (112, "12 % too much"), (88, "12 % too little"),
            (240, "2.40 times too much"), (25, "4 times too little"), (0, "too little"),
        ])
    func distance(guess: Double, words: String) {
        #expect(distanceInWords(guess, from: 100) == words)
    }

    private func guessed() -> CourseApp {
        var app = QuestionLesson.app(.number)
        app.session.now = "2026-11-23 17:20"
        app.press(.enter)
        app.type(characters: "100 MB")
        app.press(.enter)
        app.type(characters: "400 MB")
        app.press(.enter)
        return app
    }

    @Test("the first guess stays beside the right one, in the contents too")
    func contents() {
        let app = guessed()
        #expect(
            app.record
                == AnswerRecord(
                    given: "400 MB", tries: 2, isRight: true, isRevealed: true, first: "100 MB",
                    date: "2026-11-23 17:20"))
        #expect(
            app.pressing(.character("c")).words.contains(
                "A number ✗ guessed 100 MB, 4.03 times too little"))
    }

    @Test("the end of the course opens the summary of what was learned and missed")
    func summary() {
        var app = guessed()
        for step in QuestionLesson.course.lessons[0].steps {
            app.session.kept.visited.insert(StepID(lesson: "questions", part: step.id))
        }
        app.session.enter(lesson: 0, step: 4)
        app.press(.character(" "))
        let words = app.words
        #expect(words.contains("5 of 5 steps seen, 0 of 1 question right at once"))
        #expect(words.contains("✓ Questions. One of each kind."))
        #expect(words.contains("✗ How large is the cache? 403 MB"))
    }

    @Test("a question left open with some mistakes found is in the summary, on screens and in text")
    func leftOpen() {
        let app = QuestionLesson.app(.find).pressing(.enter, .right, .enter, .escape)
        #expect(app.session.notebook.open.map(\.tries) == [1])
        #expect(app.pressing("s").words.contains("Left open ? Which cells are wrong? 1 of 2 found"))
        var plain = PlainCourse(app.session, width: 72, screenKeys: CourseApp.stepKeys)
        #expect(plain.words("summary").contains("Left open: - Which cells are wrong?"))
        #expect(!guessed().pressing("s").words.contains("Left open"))
        // So is one that was seen and not tried, with or without words begun.
        let typed = QuestionLesson.app(.number).pressing("5", "0", .escape)
        #expect(typed.pressing("s").words.contains("Left open ? How large is the cache? open."))
    }

    @Test("decode times that ran to their end are kept with their day")
    func times() throws {
        var app = ShippedCourse.app("gqa", "from-end-to-end")
        app.session.now = "2026-11-23 17:20"
        var sweep = try DecodeSweep(
            queryHeads: 4, headDimension: 8, tokens: 16, format: .float32, threads: 1)
        let setting = try CacheSetting(text: "l=1,b=1,n=4,g=4,h=8,s=16,bytes=4")
        let experiment = TimesExperiment(setting)
        #expect(app.receive(experiment.report(of: sweep, isRunning: true)) == [])
        while !sweep.isFinished { sweep.advance(for: .milliseconds(50)) }
        let effects = app.receive(experiment.report(of: sweep, isRunning: false))
        #expect(effects == [.save(app.progress)])
        let kept = try #require(app.progress.measurements.values.first)
        #expect(kept.date == "2026-11-23 17:20")
        #expect(kept.rows.map(\.name) == ["g = 4", "g = 2", "g = 1"])
        #expect(app.pressing(.character("s")).words.contains(kept.what))
    }

    @Test("the notebook holds guesses, settings and notes, also those of steps that are gone")
    func notebook() {
        var app = guessed()
        app.takeNote("line one\n\u{1B}[31mline *two*")
        let gone = Note(text: "old", lesson: "gone", step: "away", setting: "l=1")
        app.session.kept.notes[gone.key] = gone
        app.session.kept.answers[QuestionID("gone/q")!] = AnswerRecord(given: "7", tries: 1)
        let book = Notebook(course: app.course, progress: app.progress, races: [.shipped])
        #expect(
            book.markdown == """
                # Notes on how attention heads share keys and values

                ## 1 Questions: A number

                - How large is the cache? 403 MB (384 MiB); guessed 100 MB, 4.03 times too little; right on guess 2 (2026-11-23 17:20).

                *Note of 2026-11-23 17:20*, at `\(app.setting.text)`:

                > line one
                > [31mline *two*

                ## gone (no longer in the course)

                - gone/q guessed 7.

                ## gone/away (no longer in the course)

                *Note*, at `l=1`:

                > old
                """)
        #expect(book.text().utf8.allSatisfy { $0 == 10 || $0 >= 32 })
    }
}

@Suite("Search")
struct SearchTests {
    @Test("finds steps by their words, whatever their case, and opens the one chosen")
    func opens() {
        var app = QuestionLesson.app(.end)
        app.press(.character("/"))
        app.type(characters: "LAYERS counts")
        #expect(app.session.searchHits("LAYERS counts").map(\.step) == [1])
        app.press(.enter)
        #expect(app.step.title == "A choice")
    }

    @Test("has the step first whose title is looked for")
    func titles() {
        let session = ShippedCourse.app("start", "turn-the-page").session
        for title in ["Which eight", "It writes", "Keep them"] {
            let hit = session.searchHits(title).first
            let step = hit.map { session.course.lessons[$0.lesson].steps[$0.step] }
            #expect(step?.title.hasPrefix(title) == true)
        }
    }

    @Test("does not give away the answer of an open question")
    func veiled() {
        var app = QuestionLesson.app(.number)
        app.press(.character("/"))
        app.type(characters: "takes")
        #expect(app.words.contains("takes ?"))
        #expect(!app.words.contains("403"))
        #expect(app.session.searchHits("403").isEmpty)
    }

    @Test("searches for letters that are commands elsewhere, and closes by Esc alone")
    func letters() {
        var app = QuestionLesson.app(.end).pressing(.character("/"), .character("q"))
        let search = app.screens.last as? SearchScreen
        #expect(search?.line.text == "q" && search?.selected == 0)
        app.press(.backspace, .character("c"), .escape)
        #expect(app.open == nil)
    }
}
