import AttentionEngine
import CourseExport
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("The learner's own words stay theirs")
struct OwnWordsTests {
    private static let project = MeasuredModel.smolLM2.content

    private func app(
        _ step: String = "one-latent", _ content: String = project, words: String? = "My words",
        size: Size = .wide
    ) -> CourseApp {
        var app = ShippedCourse.app("real", step, size: size)
        app.session.now = "2026-11-30 08:00"
        app.session.open(
            LiveModelTests.model(content, LiveMeasuresTests.measures()), beginning: words)
        app.session.reveal()
        return app
    }

    /// The course with that progress, begun anew.
    private func later(_ progress: CourseProgress) throws -> CourseApp {
        let course = ShippedCourse.course
        let index = try #require(course.index(of: "real"))
        return CourseApp(
            course: course, size: .wide, progress: progress, lesson: index,
            step: course.lessons[index].stepIDs.firstIndex(of: "one-latent"))
    }

    /// What r orders here, as a model reports it that has written so many tokens with each way.
    private func write(_ app: inout CourseApp, tokens: Int = 40, isRunning: Bool = false) {
        guard let experiment = app.orderWriting() else { return }
        let rows = experiment.forms.map { form in
            WritingStatus.Row(
                form: form, numbers: 128, bytesPerToken: 7_680, readTokens: 3,
                pieces: (0..<tokens).map { " \(form.id.filter { $0 != " " })-\($0)" })
        }
        let status = WritingStatus(
            model: "Own", content: experiment.model?.content ?? "", beginning: experiment.words,
            rows: isRunning ? [rows[0]] : rows, doing: "", share: isRunning ? 0.3 : 1,
            isRunning: isRunning, built: .measured)
        app.receive(.measured(MeasuredStatus(experiment, status)))
    }

    @Test("moving c keeps them, what is the same at both, and says what is not written yet")
    func latent() {
        var app = app()
        write(&app)
        app.press(.left)
        #expect(app.setting.latent?.latentRank == 64)
        #expect(app.words.contains("My words … not written with c = 64 yet; r runs it"))
        #expect(app.words.contains("My words best1-0"))
        #expect(!app.words.contains("A cache keeps"))
        #expect(app.words.contains("wrote this on this machine"))
        // The losses are of the same file.
        #expect(app.words.contains("0.93 ± 0.04 nats more"))
        let told = WritingFigures(WritingSpec(forms: [.latent, .best]), app.scene).told
        #expect(
            told.map(\.text).joined().contains("It has not written with c = 64 yet; r runs it."))
        let other = app.follower(size: .wide)
        #expect(other.words.contains("My words … not written with c = 64 yet; r runs it"))
        app.press(.right)
        #expect(app.words.contains("My words latent128-0"))
    }

    @Test("moving bytes keeps them, and finds what was written at another c")
    func bits() throws {
        var app = app("fewer-bits")
        write(&app)
        #expect(app.words.contains("My words built-0"))
        app.press(.left)
        #expect(app.words.contains("My words … not written with 8 bits yet"))
        #expect(app.words.contains("My words latent128-0"))
        try app.session.apply(text: "c=64,r=0")
        #expect(app.words.contains("My words … not written with c = 64 yet"))
        app.press(.right)
        write(&app)
        try app.session.apply(text: "c=128,r=0")
        #expect(
            app.words.contains("My words built-0") && app.words.contains("My words latent128-0"))
        #expect(!app.words.contains("yet"))
    }

    @Test("the same text of the same file goes on as the project measured it")
    func project() {
        var app = app(words: nil)
        write(&app)
        app.press(.left)
        #expect(app.words.contains("A cache keeps. ¶") && !app.words.contains("yet"))
        #expect(app.words.contains("Headroom"))
        // Of another file it would not be the same.
        var other = self.app("one-latent", "another", words: nil)
        write(&other)
        other.press(.left)
        #expect(other.words.contains("A cache keeps … not written with c = 64 yet"))
    }

    @Test("they are there at another c the next day, too")
    func nextDay() throws {
        var app = app()
        write(&app)
        for model in [nil, LiveModelTests.model(Self.project, LiveMeasuresTests.measures())] {
            var later = try self.later(app.progress)
            later.session.now = "2026-12-01 08:00"
            // With the file, too, what it wrote last is gone on with.
            if let model { later.session.open(model, beginning: nil) }
            later.session.reveal()
            #expect(model == nil || later.session.ownWords?.text == "My words")
            later.press(.left)
            #expect(later.words.contains("not written with c = 64 yet"))
            #expect(later.words.contains("My words best1-0"))
            #expect(later.words.contains("on 2026-11-30 08:00"))
        }
    }

    /// How what was begun stands that has written so many tokens with some of its ways.
    private func report(
        _ begun: WritingExperiment, ways: Int, doing: String = "", share: Double, isRunning: Bool
    ) -> ExperimentReport {
        let status = WritingStatus(
            model: "Own", content: begun.model?.content ?? "", beginning: begun.words,
            rows: begun.forms.prefix(ways).map { form in
                WritingStatus.Row(
                    form: form, numbers: 128, bytesPerToken: 7_680, readTokens: 3,
                    pieces: (0..<40).map { " \(form.id.filter { $0 != " " })-\($0)" })
            }, doing: doing, share: share, isRunning: isRunning, built: .measured)
        return .measured(MeasuredStatus(begun, status))
    }

    /// What effects have the model write.
    private func writings(_ effects: [Effect]) -> [WritingExperiment] {
        effects.compactMap { effect in
            guard case .run(.measure(let next)) = effect else { return nil }
            return next as? WritingExperiment
        }
    }

    @Test("moving c while a text is calibrated or written begins with that c at once")
    func running() throws {
        for words in ["My words", nil] {
            var app = app(words: words)
            let order = app.orderWriting()
            let begun = try #require(order)
            let doing = "Calibrating, once: 64 of 6,144 tokens."
            app.receive(report(begun, ways: 0, doing: doing, share: 0, isRunning: true))
            app.press(.left)
            #expect(app.words.contains(doing) && !app.words.contains("keeps. ¶"))
            #expect(app.rows.last?.contains("r stop") == true)
            let first = app.receive(report(begun, ways: 0, doing: doing, share: 0, isRunning: true))
            #expect(writings(first).map(\.key.parameters) == ["latent 64,best 1"])
            // What it replaces has ended, and is not gone on with behind it.
            let end = app.receive(report(begun, ways: 0, share: 0, isRunning: false))
            #expect(writings(end).isEmpty && app.notice == nil)
        }
    }

    @Test("what is the same at another c is not written again, and what is whole there not at all")
    func same() throws {
        var app = app()
        let order = app.orderWriting()
        let begun = try #require(order)
        app.receive(report(begun, ways: 1, share: 0.5, isRunning: true))
        app.press(.left)
        #expect(app.words.contains("What was begun before ends, then this is written."))
        // Both were written to their end, and the one head does not depend on c.
        let next = try #require(
            writings(app.receive(report(begun, ways: 2, share: 0.99, isRunning: true))).first)
        #expect(next.key.parameters == "latent 64,best 1" && next.words == begun.words)
        #expect(next.known.map(\.form) == ["best 1"])
        app.receive(report(begun, ways: 2, share: 1, isRunning: false))
        app.receive(report(next, ways: 1, share: 0.5, isRunning: true))
        app.press(.right)
        #expect(writings(app.receive(report(next, ways: 1, share: 0.6, isRunning: true))).isEmpty)
    }

    @Test("moving g writes with as many heads at once, moving bytes with as many bits")
    func heads() throws {
        for (step, before, after) in [
            ("down-to-one", "mean 1,best 1", "mean 1,built"),
            ("fewer-bits", "built,latent 128", "bits 8,latent 128"),
        ] {
            var app = app(step)
            let order = app.orderWriting()
            let begun = try #require(order)
            #expect(begun.key.parameters == before)
            app.receive(report(begun, ways: 1, share: 0.5, isRunning: true))
            app.press(step == "down-to-one" ? .right : .left)
            let next = writings(app.receive(report(begun, ways: 1, share: 0.6, isRunning: true)))
            #expect(next.map(\.key.parameters) == [after])
        }
    }

    @Test("in plain mode, too, what is begun with another c is told, with its way and its end")
    func plain() throws {
        var course = PlainCourse(app().session, width: 200)
        let started = course.take("run")
        let begun = try #require(writings(started.effects).first)
        #expect(started.lines.contains { $0.hasPrefix("The model writes on this machine.") })
        _ = course.receive(report(begun, ways: 1, share: 0.3, isRunning: true))
        #expect(course.take("set c 64").lines.joined().contains("64"))
        let moved = course.receive(report(begun, ways: 1, share: 0.4, isRunning: true))
        let next = try #require(writings(moved.effects).first)
        #expect(next.key.parameters == "latent 64,best 1")
        #expect(
            moved.lines == ["The model writes this now, in place of what it was writing."])
        // The end of what it replaces is no result, and commands from a file wait for the new one.
        let end = course.receive(report(begun, ways: 1, share: 0.4, isRunning: false))
        #expect(end.lines.isEmpty && course.isRunning)
        #expect(
            course.receive(report(next, ways: 1, share: 0.5, isRunning: true)).lines == ["50 %"])
        let told = course.receive(report(next, ways: 2, share: 1, isRunning: false)).lines
        #expect(told.first == "100 %")
        #expect(told.joined().contains("latent64-39") && told.joined().contains("best1-39"))
        #expect(!course.isRunning)
    }

    @Test("what was stopped, or is shown where it began, is not gone on with")
    func notGoingOn() throws {
        for (isMoved, share) in [(true, 0.5), (false, 1)] {
            var app = app()
            let order = app.orderWriting()
            let begun = try #require(order)
            app.receive(report(begun, ways: 1, share: 0.4, isRunning: true))
            if isMoved { app.press(.left) }
            #expect(app.press("r") == [.run(.stop)])
            let effects = app.receive(report(begun, ways: 2, share: share, isRunning: false))
            #expect(!effects.contains { if case .run = $0 { true } else { false } })
        }
    }

    @Test("r on another step says what it stops")
    func stopping() throws {
        var app = app()
        let order = app.orderWriting()
        let begun = try #require(order)
        app.receive(report(begun, ways: 1, share: 0.4, isRunning: true))
        app.session.goBack()
        app.session.reveal()
        #expect(app.orderWriting()?.forms == [.mean(1), .best(1)])
        #expect(app.words.contains("The text that was being written was stopped."))
    }

    @Test("what is typed takes the old words' place, unless they are gone on with")
    func typed() {
        for (keys, text): ([Key], String) in [
            ([], "New"), ([.end], "My wordsNew"), ([.home], "NewMy words"),
            ([.character(" ")], "My words New"),
        ] {
            var app = app()
            app.press("i")
            app.press(keys)
            app.type(characters: "New")
            app.press(.enter)
            #expect(app.session.ownWords?.text == text)
        }
    }

    @Test("a beginning that is too long for its row leaves room for what is said")
    func long() {
        var app = app(words: String(repeating: "word ", count: 39), size: .usual)
        write(&app)
        app.press(.left)
        #expect(app.words.contains("… not written with c = 64 yet; r runs it"))
    }

    // MARK: y and notes

    private static func model(path: String) -> LiveModel {
        LiveModel(
            name: "Own", content: "1", path: path,
            begin: { order, _ in LiveModelTests.Silent(order: order) }, read: { _, _ in nil },
            measures: LiveMeasuresTests.measures())
    }

    @Test("y and the plain command name the file and the words")
    func command() {
        var app = ShippedCourse.app("real", "one-latent")
        #expect(!app.command.text.contains("--gguf"))
        app.session.open(Self.model(path: "/a b/model.gguf"), beginning: nil)
        #expect(app.command.text.hasSuffix(" --gguf '/a b/model.gguf'"))
        app.session.keep(words: "My own words")
        #expect(app.command.text.hasSuffix("--gguf '/a b/model.gguf' --begin 'My own words'"))
        #expect(app.pressing("y").words.contains("same options but --gguf and --begin"))
        #expect(app.pressing("y").words.contains("its bytes are not those of this setting"))
        var elsewhere = ShippedCourse.app("gqa", "half-of-g")
        elsewhere.session.open(Self.model(path: "/model.gguf"), beginning: "My own words")
        #expect(!elsewhere.command.text.contains("--gguf"))
    }

    @Test("a note names the model and the words, and brings the words back")
    func note() throws {
        var app = app()
        app.session.takeNote("It repeats itself.")
        let note = try #require(app.session.notesInOrder.first)
        #expect(note.ownModel == MeasuredModel.smolLM2.name && note.words == "My words")
        #expect(note.placeText.hasSuffix(", with SmolLM2-135M-Instruct on \"My words\""))
        #expect(app.session.notebook.text().contains("on \"My words\""))
        #expect(app.session.notebook.markdown.contains("on \"My words\""))
        var later = try self.later(app.progress)
        later.session.open(
            LiveModelTests.model(Self.project, LiveMeasuresTests.measures()), beginning: nil)
        later.session.show(note)
        #expect(later.session.ownWords?.text == "My words")
        // With the lesson's own words there are none to name.
        var plain = self.app(words: nil)
        plain.session.takeNote("It repeats itself.")
        #expect(plain.session.notesInOrder.first?.words == nil)
    }

    @Test("m names the open file, found or not, and marks it where it was found")
    func open() {
        var app = ShippedCourse.app("real", "it-writes", size: .wide)
        app.session.open(Self.model(path: "/elsewhere/model.gguf"), beginning: nil)
        app.press("m")
        _ = app.receive(MachineFiles.none)
        #expect(app.words.contains("Own is open. /elsewhere/model.gguf"))
        _ = app.receive(MachineFiles.found)
        #expect(app.words.contains("Own is open. /elsewhere/model.gguf"))
        #expect(!app.words.contains("Q4_1     is open"))
        app.session.open(Self.model(path: MachineFiles.run.path), beginning: nil)
        #expect(app.rows.contains { $0.contains("SmolLM2") && $0.contains("is open") })
    }
}
