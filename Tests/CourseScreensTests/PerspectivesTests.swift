import AttentionEngine
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CourseScreens
@testable import CourseSession

@Suite("The heads of a trained layer")
struct PerspectivesTests {
    /// Layers as their step trains them.
    private static let trained = ["mha", "mqa"].compactMap { id in
        RecallVariant(id: id).map { variant in
            let plan = RacePlan(.layer(variant))
            return (plan: plan, progress: Training.finished(plan))
        }
    }

    private static func app(_ lesson: String, size: Size = .usual, glyphs: Glyphs = .unicode)
        -> CourseApp
    {
        let step = lesson == "mha" ? "perspectives-measured" : "perspectives-lost"
        return ShippedCourse.app(lesson, step, size: size, glyphs: glyphs)
    }

    private static func trainedApp(
        _ lesson: String, size: Size = .usual, glyphs: Glyphs = .unicode
    ) -> CourseApp {
        var app = app(lesson, size: size, glyphs: glyphs)
        for (plan, progress) in trained {
            app.receive(.race(plan, progress, date: Training.day))
        }
        return app
    }

    @Test("once trained are among what the summary and the notebook tell")
    func summed() throws {
        let app = Self.trainedApp("mha")
        let kept = try #require(
            app.progress.measurements["layer mha seed=0,steps=1500"])
        #expect(kept.what == "One layer trained: MHA, seed 0, 1,500 steps")
        #expect(kept.rows.map(\.name) == ["accuracy", "perspectives", "heads differ by"])
        let result = try #require(Self.trained[0].progress.lanes[0].result)
        #expect(kept.rows[1].result == "\(result.perspectives) of 8")
        #expect(app.pressing(.character("s")).words.contains("One layer trained: MHA"))
    }

    @Test("look everywhere before training, and are trained by a key as the race was")
    func untrained() throws {
        var app = Self.app("mha")
        #expect(app.words.contains("MHA before training: accuracy 0.07 (by guessing 0.06)"))
        #expect(app.footer.contains("r train it here"))
        #expect(!app.words.contains("perspectives"))
        let mha = try #require(RecallVariant(id: "mha"))
        #expect(app.press(.character("r")) == [.run(.race(.start(RacePlan(.layer(mha)))))])
        // As the race that was kept.
        let kept = RaceResults(
            plan: RacePlan(seed: 5, steps: 50), date: Training.day, rows: RaceResults.shipped.rows)
        app.receive(.kept(kept))
        #expect(
            app.press(.character("r"))
                == [.run(.race(.start(RacePlan(.layer(mha), seed: 5, steps: 50))))])
    }

    @Test("are shown while they learn")
    func learning() throws {
        let mha = try #require(RecallVariant(id: "mha"))
        let plan = RacePlan(.layer(mha), steps: 1_000_000)
        let race = Training.race(plan)
        race.start()
        Training.wait { race.progress.lanes[0].step > 0 }
        race.pause()
        var app = Self.app("mha")
        app.receive(.race(plan, race.progress, date: Training.day))
        race.stop()
        #expect(app.words.contains("MHA in training, step "))
        #expect(app.words.contains(" of 1,000,000: accuracy 0."))
    }

    @Test("follow six parts of eight with MHA, and one with MQA")
    func followed() {
        let mha = Self.trainedApp("mha")
        #expect(mha.words.contains("MHA trained here, seed 0, 1,500 steps: accuracy"))
        #expect(mha.words.contains("6 of 8 perspectives, heads differ by"))
        #expect(mha.words.contains("No head follows price ✗, age ✗"))
        #expect((0..<8).allSatisfy { head in mha.rows.contains { $0.hasPrefix("     \(head) ") } })
        let mqa = Self.trainedApp("mqa")
        #expect(mqa.words.contains("1 of 8 perspectives"))
        #expect(mqa.rows.filter { $0.contains("item 2 ") }.count == 8)
        #expect(mqa.words.contains("No head follows 7 parts: "))
    }

    @Test("each have brackets around the item that their part asks about, question after question")
    func brackets() {
        for lesson in ["mha", "mqa"] {
            var app = Self.trainedApp(lesson)
            for question in 0..<5 {
                #expect(app.footer.contains("r another question"))
                let look = app.look
                #expect(look.targets == TrainedRecall.question(question, seed: 0).targets)
                #expect(app.rows.filter { $0.contains("[") && $0.contains(" item ") }.count == 8)
                let right = (look.followed ?? []).filter { look.answers[$0] == look.right[$0] }
                #expect(app.rows.filter { $0.hasSuffix("✓ right") }.count == right.count)
                #expect(app.rows.filter { $0.hasSuffix("✗ wrong") }.count == 8 - right.count)
                #expect(app.press(.character("r")) == [])
            }
        }
    }

    @Test("are a table of percents on a key, and in ASCII")
    func table() {
        var app = Self.trainedApp("mha")
        let share = app.look.attention[0][1]
        let percent = min(99, Int((share * 100).rounded()))
        let number = percent < 10 ? "[  \(percent)]" : "[ \(percent)]"
        #expect(!app.words.contains(number))
        app.press(.character("t"))
        #expect(app.rows.contains { $0.hasPrefix("     0 colour ") && $0.contains(number) })
        let ascii = Self.trainedApp("mha", glyphs: .ascii)
        #expect(ascii.rows.contains { $0.hasPrefix("     0 colour ") && $0.contains(number) })
    }

    @Test("are a table of tenths where there is no room for percents")
    func tenths() throws {
        let app = Self.trainedApp("mha").pressing(.character("t"))
        let tenths = min(9, Int((app.look.attention[0][1] * 10).rounded()))
        let mha = try #require(RecallVariant(id: "mha"))
        let lines = PerspectivesView(
            spec: PerspectivesSpec(variant: mha), width: 42, scene: app.scene, glyphs: .unicode
        ).lines(height: 16).map { $0.map(\.text).joined() }
        #expect(
            lines.contains {
                $0.hasPrefix("0 colour") && $0.contains("[\(tenths)]") && $0.hasSuffix("✓")
            })
        #expect(lines.contains { $0.contains("attention in tenths.") })
    }

    @Test("are drawn whole at every size", arguments: Size.supported, Glyphs.both)
    func drawnWhole(size: Size, glyphs: Glyphs) {
        for lesson in ["mha", "mqa"] {
            for key in [Key.character("u"), .character("t")] {
                let canvas = Self.trainedApp(lesson, size: size, glyphs: glyphs).pressing(key)
                    .canvas()
                #expect(canvas.crookedRows == [])
                if glyphs.isASCII { #expect(canvas.charactersBeyondASCII == []) }
                // A head's row, or as many as its cells are high.
                let marked = canvas.rows.filter { $0.contains("[") && !$0.contains("[ ]") }
                #expect([8, 16, 24].contains(marked.count))
            }
        }
    }

    @Test("of a race that ran here can be looked at without training them again")
    func afterRace() {
        let plan = RacePlan(seed: 4, steps: 25)
        var app = Self.app("mqa")
        app.receive(.race(plan, Training.finished(plan), date: Training.day))
        #expect(app.words.contains("MQA trained here, seed 4, 25 steps"))
        #expect(app.footer.contains("r another question"))
        // A layer of another width is another layer.
        var other = Self.app("mqa")
        let wide = RacePlan(.widened, steps: 25)
        other.receive(.race(wide, Training.finished(wide), date: Training.day))
        #expect(other.words.contains("MQA before training"))
    }

    @Test(
        "that MHA has are told where MQA's are looked for, as the race that is shipped found them")
    func toldBefore() throws {
        let found = try #require(RaceResults.shipped.rows[0].measured)
        let bits = fixed(found.bits, decimals: 2)
        #expect(
            Self.app("mqa").words.contains(
                "follow \(found.perspectives) of 8 parts and differ by \(bits) bits"))
    }
}

extension CourseApp {
    /// What the step's layer makes of the question that is looked at.
    fileprivate var look: LayerStatus {
        guard let look = (session.experiment as? LayerExperiment)?.status(in: session.experiments)
        else {
            preconditionFailure("the step's layer is trained")
        }
        return look
    }
}
