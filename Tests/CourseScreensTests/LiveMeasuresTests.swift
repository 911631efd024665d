import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("What the learner's own model is measured for")
struct LiveMeasuresTests {
    /// Something that is found at once.
    private struct Known<Found: Sendable>: LiveFinding {
        let found: Found
        var isFinished: Bool { true }
        mutating func advance(for time: Duration) {}
    }

    /// Of a model of two layers, eight query heads on four K/V heads of width 16: each of its four
    /// ways takes so long.
    static func measures(secondsPerWay: Double = 1, layers: Int = 2) -> LiveMeasures {
        guard let heads = try? AttentionShape(queryHeads: 8, keyValueHeads: 4, headDimension: 16)
        else { preconditionFailure("heads that divide") }
        return LiveMeasures(
            heads: heads, layers: layers, ways: 4, seconds: (secondsPerWay, 0),
            memoryNeeded: ByteCount(1),
            losses: { known, _ in
                Known(
                    found: LossesFound(
                        heads: heads, layers: 2, tokens: 1_024, points: known, next: .built,
                        doing: "", share: Double(known.count) / 4, secondsLeft: nil))
            },
            diversity: { _ in Known(found: DiversityFound(tokens: 0, layers: [], share: 0)) })
    }

    private func app(
        _ step: String = "the-curve", secondsPerWay: Double = 1, content: String = "another",
        layers: Int = 2
    ) -> CourseApp {
        var app = ShippedCourse.app("real", step, size: .wide)
        app.session.open(
            LiveModelTests.model(
                content, Self.measures(secondsPerWay: secondsPerWay, layers: layers)),
            beginning: nil)
        return app
    }

    private let r = Key.character("r")

    private func ordered<Kind>(_ effects: [Effect], _ kind: Kind.Type) -> Kind? {
        guard case .run(.measure(let experiment))? = effects.first else { return nil }
        return experiment as? Kind
    }

    private func points(_ losses: LossesExperiment) throws -> [MeasuredModel.Form] {
        let work = try #require(losses.begin(threads: 1))
        guard case .measured(let told) = losses.report(of: work, isRunning: true),
            let status = told.status as? LossesStatus
        else { return [] }
        #expect(status.model == "Own" && status.content == "another")
        return status.found.points.map(\.form)
    }

    // MARK: What each way costs

    @Test(
        "r looks for a model where none is open",
        arguments: ["the-curve", "the-golden-question-again"])
    func none(step: String) {
        var app = ShippedCourse.app("real", step)
        #expect(app.press(r) == [.findModels] && app.open == "FilesScreen")
    }

    @Test("what takes a minute is asked for twice, and a shorter one begins at once")
    func asked() throws {
        var app = app(secondsPerWay: 60)
        #expect(app.press(r) == [])
        #expect(app.session.notice == "This takes about 4 minutes. r again starts, x stops it.")
        let losses = try #require(ordered(app.press(r), LossesExperiment.self))
        #expect(try points(losses) == [])
        app = self.app()
        #expect(ordered(app.press(r), LossesExperiment.self) != nil)
    }

    @Test("points stand in the plot as they come; the project's of another file until the first")
    func running() {
        var app = app()
        #expect(app.words.contains("pip download") && app.words.contains("c=128"))
        app.receive(Teacher.losses(points: 0))
        #expect(!app.words.contains("pip download") && app.words.contains("(c=128) 0.21"))
        #expect(app.words.contains("In brackets: Headroom's points of 2026-11-30."))
        // What is done once before has a figure of its own, and the rest none beside it.
        #expect(app.words.contains("calibrating: 64 of 6,144 tokens"))
        #expect(!app.words.contains("tokens, 0 %"))
        app.receive(Teacher.losses(points: 3))
        #expect(app.words.contains("8 bits 0.50") && !app.words.contains("c=64"))
        #expect(!app.words.contains("In brackets"))
        #expect(app.words.contains("latent, c = 64, 37 %, 88 s left"))
        app.receive(Teacher.losses(points: 8))
        #expect(app.words.contains("c=64 0.75") && app.words.contains("g=1 best 1.50"))
        #expect(app.words.contains("1,024 tokens of lessons 3, 7"))
        #expect(app.words.contains("A model of somebody's own, measured on this machine"))
        app.press(.character("t"))
        #expect(app.words.contains("g=4") && app.words.contains("48.1"))
        #expect(app.words.contains("perplexity: among so many equally likely tokens"))
    }

    @Test("memory is that of the model's own heads, in numbers and in bits")
    func memory() {
        var app = app()
        app.receive(Teacher.losses(points: 8))
        let numbers = LossFigures(app.scene)
        #expect(numbers.most == 128 && numbers.rows[0].memory == 128)
        app.press(.right)
        let bits = LossFigures(app.scene)
        #expect(bits.most == 2_048 && bits.rows[0].memory == 2_048)
    }

    @Test("r or x stops it, and r goes on behind the points of the same model")
    func goingOn() throws {
        var app = app()
        app.receive(Teacher.losses(points: 3))
        #expect(app.press(r) == [.run(.stop)] && app.press(.character("x")) == [.run(.stop)])
        #expect(app.session.runLabel == "stop")
        app.receive(Teacher.losses(points: 3, isRunning: false))
        #expect(app.words.contains("topped at 37 %"))
        #expect(app.session.runLabel == "go on" && app.rows.last?.contains("r go on") == true)
        let losses = try #require(ordered(app.press(r), LossesExperiment.self))
        #expect(try points(losses) == Array(Teacher.ways.prefix(3)))

        app.receive(Teacher.losses(points: 3, isRunning: false, content: "a third"))
        #expect(app.session.runLabel == nil)
        let anew = try #require(ordered(app.press(r), LossesExperiment.self))
        #expect(try points(anew) == [])
    }

    @Test("leaving while it is measured is asked for twice")
    func leaving() {
        var app = app()
        app.receive(Teacher.losses(points: 3))
        #expect(app.press(.character("q")) == [])
        #expect(app.session.notice == "What is measured so far would be lost. q again quits.")
        #expect(app.press(.character("q")).contains(.quit))
    }

    @Test("what was measured is kept with its day, told in the notes, and there the next time")
    func kept() throws {
        var app = app()
        app.session.now = "2026-11-30 08:15"
        app.receive(Teacher.losses(points: 3))
        app.receive(Teacher.losses(points: 3, isRunning: false))
        #expect(app.session.notebook.measurements.isEmpty)
        app.receive(Teacher.losses(points: 8))
        let kept = try #require(app.session.notebook.measurements.first)
        #expect(kept.title.hasPrefix("What ways to keep the cache of A model of somebody's own"))
        #expect(kept.title.hasSuffix("1,024 tokens of lessons 3 and 7 (2026-11-30 08:15)"))
        #expect(kept.rows[0].text == "as built, g = 4: perplexity 48.1")
        #expect(kept.rows[3].text == "latent, c = 64: 0.75 ± 0.01 nats more")
        let course = ShippedCourse.course
        let index = try #require(course.index(of: "real"))
        let later = CourseApp(
            course: course, size: .wide, progress: app.progress, lesson: index,
            step: course.lessons[index].stepIDs.firstIndex(of: "the-curve"))
        let figures = LossFigures(later.scene)
        #expect(figures.rows.count == 8)
        #expect(figures.origins[0].hasSuffix("measured on 2026-11-30 08:15"))
    }

    @Test("plain mode tells how long it takes, its way and its table")
    func plain() {
        var course = PlainCourse(app(secondsPerWay: 60).session, width: 1_000)
        let begun = course.take("run")
        #expect(begun.effects.count == 1)
        let said = begun.lines.joined(separator: " ")
        #expect(said.contains("measured on this machine. It takes about 4 minutes. Progress"))
        #expect(course.receive(Teacher.losses(points: 3)).lines.joined().contains("25 %"))
        let over = course.receive(Teacher.losses(points: 8)).lines.joined(separator: " ")
        #expect(over.contains("latent, c = 64") && over.contains("perplexity: among"))
        #expect(over.contains("A model of somebody's own, measured on this machine."))
    }

    @Test("ways to keep a cache come back from their names, and no other text is one")
    func names() throws {
        for form in Teacher.ways + [.bits(4), .weighted(1)] {
            #expect(MeasuredModel.Form(id: form.id) == form)
        }
        for id in ["", "built 1", "latent", "latent 0", "latent -1", "bits 16", "best 1 ", "x 1"] {
            #expect(MeasuredModel.Form(id: id) == nil, "\(id)")
        }
    }

    // MARK: How different heads are

    @Test("heads are compared once the question is answered, since that would answer it")
    func waits() {
        var app = app("how-different-are-they")
        #expect(app.press(r) == [])
        #expect(app.session.notice == Session.veiledWords)
        app.receive(Teacher.diversity(tokens: 48))
        #expect(!app.words.contains("differ by"))
        app.session.reveal()
        #expect(ordered(app.press(r), DiversityExperiment.self) == nil)
        app.receive(Teacher.diversity(tokens: 496))
        #expect(ordered(app.press(r), DiversityExperiment.self) != nil)
    }

    @Test("they stand in the plot layer by layer, with the tokens read so far")
    func diversity() {
        var app = app("how-different-are-they")
        app.session.reveal()
        app.receive(Teacher.diversity(tokens: 48))
        let summary = DiversityFigures(app.scene).summary
        #expect(summary.contains("differ by 0.25, others by 0.75, by more in 2 of 2 layers"))
        #expect(app.words.contains("48 tokens of lesson 3"))
        #expect(
            app.words.contains("A model of somebody's own is measured on this machine: 9 %"))
        #expect(app.press(.character("x")) == [.run(.stop)])
        app.receive(Teacher.diversity(tokens: 496))
        #expect(app.words.contains("A model of somebody's own, measured on this machine"))
        app.press(.character("t"))
        #expect(app.words.contains("0.251") && app.words.contains("0.752"))
        let kept = app.session.notebook.measurements.first?.rows.map(\.text)
        #expect(kept == ["share a K/V head: 0.25", "do not: 0.75"])
    }

    @Test("a model none of whose heads share, or all, says so")
    func oneKind() throws {
        func summary(_ sharing: Double, _ apart: Double) -> String {
            var app = app("how-different-are-they")
            app.session.reveal()
            app.receive(Teacher.diversity(tokens: 496, sharing: sharing, apart: apart))
            let other = app.follower(size: .wide)
            var shown = other.scene
            shown.isVeiled = false
            #expect(DiversityFigures(shown).summary == DiversityFigures(app.scene).summary)
            return DiversityFigures(app.scene).summary
        }
        #expect(summary(.nan, 0.5).contains("No two heads share a K/V head here; they differ by"))
        #expect(summary(0.5, .nan).contains("All heads share one K/V head here; they differ by"))
        #expect(summary(.nan, .nan).contains("There is one query head"))
    }

    @Test("more layers than are compared are refused")
    func layers() {
        var app = app("how-different-are-they", layers: 257)
        app.session.reveal()
        #expect(app.press(r) == [])
        #expect(app.session.notice == "This model has 257 layers; up to 256 are compared.")
    }

    @Test("layers in which both kinds are nearly the same are told apart in the table")
    func decimals() {
        let app = ShippedCourse.app("real", "how-different-are-they")
        var scene = app.scene
        scene.isVeiled = false
        for row in DiversityFigures(scene).cells(ofEvery: 1) {
            #expect(row[1] != row[2], "layer \(row[0])")
        }
    }
}
