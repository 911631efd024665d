import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("The learner's own model")
struct LiveModelTests {
    /// One that writes nothing.
    struct Silent: LiveWriting {
        let order: WritingOrder
        var rows: [WritingStatus.Row] { [] }
        var doing: String { order.beginning }
        var share: Double { 0 }
        var isFinished: Bool { true }
        mutating func advance(for time: Duration) {}
    }

    /// One that writes nothing, and reads the same of every sentence.
    static func model(_ content: String, _ measures: LiveMeasures) -> LiveModel {
        LiveModel(
            name: "Own", content: content, begin: { order, _ in Silent(order: order) },
            read: { sentence, _ in
                // Two layers of two heads on one K/V head, and two tokens.
                LooksReading(
                    tokens: [sentence, " b"], groupSize: 2,
                    layers: [
                        [[[100], [40, 60]], [[100], [95, 5]]],
                        [[[100], [1, 99]], [[100], [7, 93]]],
                    ]
                )
            }, measures: measures)
    }

    private static let model = model("1", LiveMeasuresTests.measures())

    private func app(_ step: String = "one-latent", size: Size = .wide) -> CourseApp {
        var app = ShippedCourse.app("real", step, size: size)
        app.session.open(Self.model, beginning: nil)
        return app
    }

    @Test("r has it write what the step shows, and going on with the learner's own words")
    func ordered() throws {
        var app = app()
        app.session.open(Self.model, beginning: "My words")
        guard let writing = app.orderWriting() else { return }
        #expect(writing.forms == [.latent(128), .best(1)])
        let work = try #require(writing.begin(threads: 1))
        guard case .measured(let told) = writing.report(of: work, isRunning: true),
            let status = told.status as? WritingStatus
        else { return }
        #expect(status.model == "Own" && status.beginning == "My words")
        #expect(status.doing == "My words")
    }

    @Test("what it writes is shown as it comes, and x or r stops it")
    func running() {
        var app = app()
        app.press("2", .enter)
        app.receive(Teacher.writing(app, tokens: 25))
        #expect(app.words.contains("A text word0"))
        #expect(app.words.contains("word24") && !app.words.contains("word25"))
        #expect(app.words.contains("wrote this") == false)
        #expect(app.press(.character("x")) == [.run(.stop)])
        #expect(app.press(.character("r")) == [.run(.stop)])
        app.receive(Teacher.writing(app, tokens: 0))
        #expect(app.words.contains("Calibrating, once"))
    }

    @Test("has the losses that were measured only of the same file")
    func losses() {
        var app = app()
        app.press("2", .enter)
        app.receive(Teacher.writing(app, tokens: 80))
        #expect(app.words.contains("0.21 ± 0.02 nats more"))
        app.receive(Teacher.writing(app, tokens: 80, content: "another"))
        #expect(app.words.contains("not measured") && !app.words.contains("0.21"))
        #expect(app.words.contains("A model of somebody's own wrote this on this machine"))
    }

    @Test("what it wrote is kept with its day, and is there the next time")
    func kept() throws {
        var app = app()
        app.session.now = "2026-11-29 23:15"
        app.receive(Teacher.writing(app, tokens: 80))
        let course = ShippedCourse.course
        let index = try #require(course.index(of: "real"))
        let later = CourseApp(
            course: course, size: .wide, progress: app.progress, lesson: index,
            step: course.lessons[index].stepIDs.firstIndex(of: "one-latent"))
        let figures = WritingFigures(WritingSpec(forms: [.latent, .best]), later.scene)
        #expect(figures.beginning == "A text")
        #expect(figures.origins[0].hasSuffix("wrote this on 2026-11-29 23:15"))
        // The losses beside it are the project's and of another text, and that is said.
        #expect(
            figures.conditions[0]
                == "Loss ± its standard error: over 1,659 tokens of lessons 3 and 7, not of this "
                + "text; by Headroom, 2026-11-30, weights in 4 bits.")
    }

    @Test("r has it read the learner's own words, and its heads stand in the picture")
    func looks() throws {
        var app = app("where-its-heads-look")
        app.session.open(Self.model, beginning: "My words")
        guard case .run(.measure(let experiment))? = app.press(.character("r")).first,
            let looks = experiment as? LooksExperiment, var work = looks.begin(threads: 1)
        else {
            Issue.record("nothing is to be read")
            return
        }
        work.advance(for: .zero)
        app.receive(looks.report(of: work, isRunning: false))
        let figures = LooksFigures(app.scene)
        #expect(figures.tokens == ["My words", "b"] && figures.layer == 1)
        #expect(figures.shares == [[1, 99], [7, 93]] && figures.groupSize == 2)
        #expect(app.words.contains("Own read this on this machine"))
        let other = app.follower(size: .wide)
        #expect(LooksFigures(other.scene).shares == figures.shares)
    }

    @Test("what a file says of heads that no model can have is left out")
    func impossibleLooks() {
        func status(_ layers: [[String]], tokens: [String] = ["a", "b"], groupSize: Int = 1) -> Bool
        {
            LooksStatus(
                model: "m", content: "c", tokens: tokens, groupSize: groupSize, layers: layers,
                isRunning: false
            ).isPossible
        }
        #expect(status([["~C1a", "a0"]]) == false)
        #expect(status([["~C1a", "~Ca0"]]))
        #expect(status([["~C1a"], []]) == false)
        #expect(status([["~Z1a"]]) == false)
        #expect(status([["~C1a"]], groupSize: 2) == false)
        #expect(status([["~C1a"]], tokens: []) == false)
        #expect(
            MeasuredModel.triangle(MeasuredModel.coded([[100], [61, 62]])) == [[100], [61, 62]])
    }

    @Test("what a file says that no model can have written is left out")
    func impossible() {
        func status(pieces: Int, share: Double = 1, numbers: Int = 1) -> WritingStatus {
            WritingStatus(
                model: "m", content: "c", beginning: "b",
                rows: [
                    .init(
                        form: .built, numbers: numbers, bytesPerToken: 1, readTokens: 1,
                        pieces: Array(repeating: "a", count: pieces))
                ], doing: "", share: share, isRunning: false)
        }
        #expect(status(pieces: 40).isPossible)
        #expect(!status(pieces: 41).isPossible)
        #expect(!status(pieces: 1, share: 2).isPossible)
        #expect(!status(pieces: 1, numbers: 0).isPossible)
    }
}
