import AttentionEngine
import Foundation
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("Another model than the lesson's own")
struct OtherModelTests {
    /// A reading of so many layers and tokens, of 4 query heads on 2.
    private func reading(
        layers: Int, tokens: Int, content: String = "2", words: String = "Mine.",
        model: LiveModel? = nil
    ) -> ExperimentReport {
        var experiment = LooksExperiment()
        experiment.words = words
        experiment.model =
            model
            ?? LiveModel(
                name: "Other", content: content,
                begin: { _, _ in fatalError("nothing is written") },
                read: { _, _ in nil }, measures: LiveMeasuresTests.measures())
        let head = (1...tokens).map { count in
            [100 - 5 * (count - 1)] + Array(repeating: 5, count: count - 1)
        }
        let status = LooksStatus(
            model: "Other", content: content, tokens: (0..<tokens).map { " t\($0)" }, groupSize: 2,
            layers: Array(
                repeating: Array(repeating: MeasuredModel.coded(head), count: 4), count: layers),
            isRunning: false)
        return .measured(MeasuredStatus(experiment, status))
    }

    private func app(size: Size = .wide) -> CourseApp {
        ShippedCourse.app("real", "where-its-heads-look", size: size)
    }

    @Test("its layers and tokens can be walked whole, and no further", arguments: [2, 24, 36])
    func walked(layers: Int) {
        var app = app()
        app.receive(reading(layers: layers, tokens: 6))
        // Where the sliders stood beyond its ends they stand at them now.
        #expect(app.session.subject.dials[.layer] == min(13, layers - 1))
        #expect(app.session.subject.dials[.token] == 6)
        app.press(.end)
        #expect(app.session.subject.dials[.layer] == layers - 1)
        #expect(LooksFigures(app.scene).layer == layers - 1)
        #expect(app.words.contains("Layer \(layers - 1): where 't5' looks"))
        app.press(.right)
        #expect(app.session.subject.dials[.layer] == layers - 1)
        #expect(
            app.session.set([(.dial(.layer), "\(layers)")], among: app.session.step.sliders) != nil)
        #expect(
            app.session.set([(.dial(.layer), "\(layers - 1)")], among: app.session.step.sliders)
                == nil)
        #expect(app.session.set([(.dial(.token), "7")], among: app.session.step.sliders) != nil)
        #expect(app.press("0") != [] || !app.session.canReset || layers > 13)
    }

    @Test("the lesson's own is walked to its last layer, 29")
    func own() {
        let app = app().pressing(.end)
        #expect(app.session.subject.dials[.layer] == 29)
        #expect(LooksFigures(app.scene).foreign == [])
    }

    @Test("a follower walks the teacher's layers")
    func followed() {
        var app = app()
        app.receive(reading(layers: 36, tokens: 6))
        app.press(.end)
        let other = app.follower(size: .wide)
        #expect(other.session.subject.dials[.layer] == 35)
        #expect(LooksFigures(other.scene).layer == 35)
    }

    @Test("a line says that the text is about another, and pictures name the heads of this one")
    func named() {
        var app = app()
        app.receive(reading(layers: 24, tokens: 6))
        #expect(app.words.contains("Here: 24 layers, 4 query heads on 2. The text is about"))
        var writing = ShippedCourse.app("real", "as-mha", size: .wide).pressing("2", .enter)
        writing.receive(
            Teacher.writing(
                writing, tokens: 80, content: "another",
                built: BuiltHeads(layers: 36, queryHeads: 32, keyValueHeads: 8)))
        #expect(writing.words.contains("as built, g = 8"))
        #expect(writing.words.contains("g = 32, copies"))
        #expect(writing.words.contains("Here: 36 layers, 32 query heads on 8."))
        // Of the lesson's own file nothing of that is said.
        writing.receive(Teacher.writing(writing, tokens: 80, built: .measured))
        #expect(writing.words.contains("as built, g = 3") && !writing.words.contains("Here: "))
    }

    @Test("its cache has a row for each of its layers")
    func cache() {
        var app = ShippedCourse.app("real", "it-writes", size: .huge)
        app.session.kept.answers[QuestionID("real/bytes-of-a-token")!] = AnswerRecord(
            given: "1", tries: 1, isRevealed: true)
        app.receive(
            Teacher.writing(
                app, tokens: 40, content: "another",
                built: BuiltHeads(layers: 14, queryHeads: 12, keyValueHeads: 4)))
        #expect(app.rows.contains { $0.contains("a row for a layer") })
        #expect(app.rows.contains { $0.contains("      13  ") })
        #expect(!app.rows.contains { $0.contains("      14  ") })
    }

    @Test("heads that no model can have are not read from a file")
    func impossible() {
        #expect(BuiltHeads(layers: 1, queryHeads: 4, keyValueHeads: 2).isPossible)
        #expect(!BuiltHeads(layers: 1, queryHeads: 4, keyValueHeads: 3).isPossible)
        #expect(!BuiltHeads(layers: 0, queryHeads: 4, keyValueHeads: 2).isPossible)
        #expect(!BuiltHeads(layers: 1, queryHeads: 0, keyValueHeads: 0).isPossible)
    }

    // MARK: Kept

    private func later(_ app: CourseApp) throws -> CourseApp {
        let course = ShippedCourse.course
        let index = try #require(course.index(of: "real"))
        let progress = try JSONDecoder().decode(
            CourseProgress.self, from: JSONEncoder().encode(app.progress))
        return CourseApp(
            course: course, size: .wide, progress: progress, lesson: index,
            step: course.lessons[index].stepIDs.firstIndex(of: "where-its-heads-look"))
    }

    @Test("where its heads looked is there the next day, for the same file and sentence alone")
    func kept() throws {
        var app = app()
        app.session.now = "2026-11-30 08:00"
        app.receive(reading(layers: 24, tokens: 6, content: "2", words: "Mine."))
        func opened(_ content: String, _ words: String) throws -> CourseApp {
            var app = try later(app)
            app.session.open(
                LiveModel(
                    name: "Other", content: content,
                    begin: { _, _ in fatalError("nothing is written") }, read: { _, _ in nil },
                    measures: LiveMeasuresTests.measures()),
                beginning: words)
            return app
        }
        let same = try opened("2", "Mine.")
        #expect(same.words.contains("Other read this on 2026-11-30 08:00"))
        #expect(LooksFigures(same.scene).tokens.first == "t0")
        #expect(same.pressing(.end).session.subject.dials[.layer] == 23)
        for other in [try opened("3", "Mine."), try opened("2", "Yours."), try later(app)] {
            #expect(LooksFigures(other.scene).tokens.first == "The")
            #expect(!other.words.contains("2026-11-30 08:00"))
        }
        let told = app.notebook.measurements.first { $0.what.contains("Mine.") }
        #expect(told?.what == "Other read \"Mine.\"")
        #expect(told?.rows.first?.text == "on the first token: 85\u{A0}%")
        #expect(told?.rows.last?.text == "most on another: layer 0, q0, t2 to t1: 5\u{A0}%")
    }

    @Test("many sentences are told of, and the newest kept to be shown again")
    func newest() {
        var app = app()
        for day in 10...20 {
            app.session.now = "2026-11-\(day) 08:00"
            app.receive(reading(layers: 2, tokens: 3, words: "Sentence \(day)."))
        }
        let told = app.progress.measurements.filter { $0.key.hasPrefix("looks ") }
        #expect(told.keys.sorted() == (10...20).map { "looks 2 Sentence \($0)." })
        let kept = told.filter { $0.value.found != nil }.keys.sorted()
        #expect(kept == (17...20).map { "looks 2 Sentence \($0)." })
    }
}
