import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("What the lesson on a real model says is whose")
struct OwnModelTests {
    private func app(_ step: String, _ content: String, words: String? = nil) -> CourseApp {
        var app = ShippedCourse.app("real", step, size: .wide)
        app.session.now = "2026-11-30 08:00"
        app.session.open(
            LiveModelTests.model(content, LiveMeasuresTests.measures()), beginning: words)
        return app
    }

    /// What was measured of a file, the losses of the project's ten times as high.
    private func losses(_ content: String, share: Double = 1) throws -> ExperimentReport {
        let heads = try AttentionShape(queryHeads: 9, keyValueHeads: 3, headDimension: 64)
        let points = MeasuredModel.smolLM2.points.map { point in
            MeasuredModel.Point(
                form: point.form, numbers: point.numbers, bytesPerToken: point.bytesPerToken,
                perplexity: point.perplexity,
                more: .init(nats: 10 * point.more.nats, error: point.more.error),
                tokens: point.tokens)
        }
        let found = LossesFound(
            heads: heads, layers: 30, tokens: points[0].tokens,
            points: share < 1 ? Array(points.prefix(3)) : points, next: nil, doing: "",
            share: share, secondsLeft: nil)
        let status = LossesStatus(model: "Own", content: content, found: found, isRunning: false)
        return .measured(MeasuredStatus(LossesExperiment(), status))
    }

    @Test("losses beside what was written are the learner's, once measured of the same file")
    func ownLosses() throws {
        let own = MeasuredModel.smolLM2.content
        var app = app("one-latent", own)
        app.press("2", .enter)
        #expect(app.words.contains("0.21 ± 0.02 nats more"))
        app.receive(try losses("another"))
        #expect(app.words.contains("0.21 ± 0.02 nats more"))
        // Half a curve is not mixed with the project's.
        app.receive(try losses(own, share: 0.2))
        #expect(app.words.contains("0.21 ± 0.02 nats more"))
        app.receive(try losses(own))
        #expect(app.words.contains("2.05 ± 0.02 nats more"))
        #expect(
            app.words.contains(
                /1,659 tokens of lessons 3(, | and )7[,;] (measured )?(here|on this machine)\./))
        #expect(app.follower(size: .wide).words.contains("2.05 ± 0.02 nats more"))
    }

    @Test("another model has losses beside what it wrote, once they are measured")
    func otherLosses() throws {
        var app = app("one-latent", "another")
        app.press("2", .enter)
        app.receive(Teacher.writing(app, tokens: 80, content: "another"))
        #expect(app.words.contains("not measured"))
        app.receive(try losses("another"))
        #expect(app.words.contains("2.05 ± 0.02 nats more"))
        #expect(!app.words.contains("not measured"))
    }

    @Test("a width or bytes that were not measured say what is shown instead")
    func instead() throws {
        var latent = ShippedCourse.app("real", "one-latent", size: .wide)
        #expect(!latent.words.contains("not measured;"))
        try latent.session.apply(text: "c=100")
        #expect(latent.words.contains("c = 100 was not measured; the nearest is shown, c = 128."))
        var bits = ShippedCourse.app("real", "fewer-bits", size: .wide)
        try bits.session.apply(text: "bytes=4")
        #expect(bits.words.contains("4 bytes a number were not measured; as built, with 2"))
    }

    @Test("a sentence of the learner's, and one of which not all is read, say so")
    func sentence() {
        var app = app("where-its-heads-look", "2")
        var experiment = LooksExperiment()
        experiment.model = LiveModelTests.model("2", LiveMeasuresTests.measures())
        func read(_ tokens: Int, of all: Int?) {
            let head = (1...tokens).map { Array(repeating: 0, count: $0 - 1) + [100] }
            let status = LooksStatus(
                model: "Own", content: "2", tokens: (0..<tokens).map { " t\($0)" }, groupSize: 2,
                layers: [[MeasuredModel.coded(head), MeasuredModel.coded(head)]],
                isRunning: false, sentenceTokens: all)
            #expect(status.isPossible == (all ?? tokens >= tokens))
            app.receive(.measured(MeasuredStatus(experiment, status)))
        }
        // The lesson's own, as other models divide it.
        for tokens in [["<s>", "The", " cat", " that"], ["The c", "at ", "that ch"]] {
            let head = tokens.indices.map { Array(repeating: 0, count: $0) + [100] }
            let status = LooksStatus(
                model: "Own", content: "2", tokens: tokens, groupSize: 1,
                layers: [[MeasuredModel.coded(head)]], isRunning: false)
            app.receive(.measured(MeasuredStatus(experiment, status)))
            #expect(!app.words.contains("not the one"))
        }
        let other = "The sentence is not the one that the text is about."
        read(15, of: 40)
        #expect(app.words.contains(other))
        #expect(app.words.contains("Read: its first 15 tokens of 40. More are not read."))
        read(9, of: nil)
        #expect(app.words.contains(other) && !app.words.contains("Read: its first"))
    }

    @Test("a text that was stopped, or ended, says why its bar is shorter")
    func stopped() {
        var app = app("as-mha", MeasuredModel.smolLM2.content)
        app.session.reveal()
        func write(_ second: Int, share: Double) {
            func row(_ form: MeasuredModel.Form, _ count: Int) -> WritingStatus.Row {
                WritingStatus.Row(
                    form: form, numbers: 384, bytesPerToken: 23_040, readTokens: 3,
                    pieces: (0..<count).map { " w\($0)" })
            }
            let status = WritingStatus(
                model: "Own", content: MeasuredModel.smolLM2.content, beginning: "A",
                rows: [row(.built, 40), row(.copies(9), second)], doing: "", share: share,
                isRunning: false)
            let spec = WritingSpec(forms: [.built, .copies])
            app.receive(
                .measured(MeasuredStatus(WritingExperiment(spec, app.setting), status)))
        }
        write(12, share: 0.6)
        #expect(app.words.contains("g = 9, copies, stopped"))
        write(12, share: 1)
        #expect(app.words.contains("g = 9, copies, ended by itself"))
        write(40, share: 1)
        #expect(!app.words.contains("stopped") && !app.words.contains("ended by itself"))
    }

    @Test("what a model held that ended by itself is with the last token, which it has read")
    func lastToken() throws {
        var app = app("as-mha", "1")
        app.session.reveal()
        let row = WritingStatus.Row(
            form: .built, numbers: 384, bytesPerToken: 23_040, readTokens: 3,
            pieces: (0..<12).map { " w\($0)" }, heldTokens: 15)
        let status = WritingStatus(
            model: "Own", content: MeasuredModel.smolLM2.content, beginning: "A", rows: [row],
            doing: "", share: 1, isRunning: false)
        let spec = WritingSpec(forms: [.built])
        var scene = app.scene
        scene.dials[.written] = 40
        var experiments = ExperimentStatuses()
        experiments.set(WritingExperiment(spec, app.setting), status, from: .here)
        scene.experiments = experiments
        let figures = WritingFigures(spec, scene)
        #expect(figures.rows.map(\.bytes) == ["345,600 bytes = 15 tokens x 23,040"])
        #expect(figures.rows.map(\.name) == ["as built, g = 3, ended by itself"])
        scene.dials[.written] = 5
        #expect(WritingFigures(spec, scene).rows[0].tokens?.held == 7)
        #expect(!figures.hasLosses)
    }

    @Test("what was written is found again by its model and words, and its ways have names")
    func written() throws {
        var app = app("as-mha", "2", words: "Mine")
        app.session.reveal()
        guard let experiment = app.orderWriting() else { return }
        let rows = experiment.forms.map { form in
            WritingStatus.Row(
                form: form, numbers: 384, bytesPerToken: 23_040, readTokens: 3,
                pieces: [" more"])
        }
        let status = WritingStatus(
            model: "Own", content: "2", beginning: "Mine", rows: rows, doing: "", share: 1,
            isRunning: false)
        app.receive(.measured(MeasuredStatus(experiment, status)))
        let told = try #require(app.progress.measurements["writing built,copies 9 2 Mine"])
        #expect(told.rows.map(\.name) == ["as built", "a copy for each query head"])
        func beginning(_ model: LiveModel?, _ words: String?) -> String {
            var later = CourseApp(
                course: app.course, size: .wide, progress: app.progress, lesson: 8, step: 3)
            if let model { later.session.open(model, beginning: words) }
            return WritingFigures(WritingSpec(forms: [.built, .copies]), later.scene).beginning
        }
        let model = LiveModelTests.model("2", LiveMeasuresTests.measures())
        let other = LiveModelTests.model("3", LiveMeasuresTests.measures())
        let project = MeasuredModel.smolLM2.beginning
        #expect(beginning(model, "Mine") == "Mine")
        #expect(beginning(model, "Yours") == project && beginning(other, "Mine") == project)
        // Where no model is open it is the newest.
        #expect(beginning(nil, nil) == "Mine")
    }

    @Test("a layer beyond the lesson's is there again with the model that has it")
    func layer() {
        let model = LiveModelTests.model("2", LiveMeasuresTests.measures())
        var before = app("where-its-heads-look", "2")
        var experiment = LooksExperiment()
        experiment.model = model
        let head = MeasuredModel.coded([[100], [40, 60]])
        let status = LooksStatus(
            model: "Own", content: "2", tokens: [" a", " b"], groupSize: 1,
            layers: Array(repeating: [head], count: 36), isRunning: false)
        before.receive(.measured(MeasuredStatus(experiment, status)))
        before.press(.end)
        #expect(before.session.subject.dials[.layer] == 35)
        var app = CourseApp(course: before.course, size: .wide, progress: before.progress)
        #expect(app.session.subject.dials[.layer] == 29)
        var moved = app.pressing(.left)
        app.session.open(model, beginning: nil)
        #expect(app.session.subject.dials[.layer] == 35)
        #expect(LooksFigures(app.scene).layer == 35)
        // Whoever has moved it since wished for that.
        moved.session.open(model, beginning: nil)
        #expect(moved.session.subject.dials[.layer] == 28)
    }

    @Test("of a text that is too long as much is shown as has room")
    func longText() throws {
        let app = ShippedCourse.app("real", "down-to-one")
        let text = try #require(
            app.pressing("3", .space).rows.last { $0.contains("│") && $0.contains(" … ") })
        #expect(text.count > 50)
    }

    @Test("files that can be run are listed first, and the marked one stays marked")
    func files() {
        var app = ShippedCourse.app("real", "it-writes").pressing("m")
        _ = app.receive(
            .found([MachineFiles.other, MachineFiles.broken], isOver: false, isCut: false))
        app.press(.down)
        _ = app.receive(MachineFiles.found)
        #expect(
            app.session.modelFiles.found
                == [MachineFiles.run, MachineFiles.other, MachineFiles.broken])
        #expect((app.screens.last as? FilesScreen)?.selected == 2)
        var fresh = ShippedCourse.app("real", "it-writes").pressing("m")
        _ = fresh.receive(MachineFiles.found)
        #expect((fresh.screens.last as? FilesScreen)?.selected == 0)
    }
}
