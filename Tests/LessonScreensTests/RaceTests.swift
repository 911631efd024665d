import AttentionEngine
import TerminalCanvas
import Testing

@testable import LessonScreens

@Suite("The recall race in the course")
struct RaceTests {
    private var app: CourseApp { ShippedCourse.app("mla", "in-the-same-race") }

    @Test("comes with results that training gives again, to the last digit shown")
    func shippedIsReproduced() async {
        let shipped = RaceStanding.shipped
        for result in shipped.results {
            let trainer = RecallTrainer(result.variant, seed: shipped.seed)
            trainer.train(steps: shipped.steps)
            let measured = trainer.trained.measurement()
            #expect(fixed(measured.accuracy, decimals: 4) == fixed(result.accuracy, decimals: 4))
            #expect(measured.perspectives == result.perspectives)
        }
    }

    @Test("says whose results are shown, and what its key does next")
    func states() {
        var app = app
        #expect(app.rows.contains { $0.contains("Came with the program: seed 0, 1,500 steps") })
        #expect(app.footer.contains("r train it here"))
        #expect(app.handle(.key(.character("r"))) == [.run(.race(.start(seed: 0, steps: 1500)))])

        let race = RecallRace(RecallVariant.race, steps: 50, seed: 7, questions: 64, threads: 1)
        app.receive(.race(race.progress))
        #expect(app.footer.contains("r pause"))
        #expect(app.handle(.key(.character("r"))) == [.run(.race(.pause))])
        #expect(app.rows.contains { $0.contains("Training here, seed 7") && $0.contains("0 %") })

        race.stop()
        app.receive(.race(race.progress))
        #expect(app.footer.contains("r go on"))
        #expect(app.handle(.key(.character("r"))) == [.run(.race(.goOn))])
    }

    @Test("draws the points of the variants that a step names, and the corner")
    func points() {
        let question = ShippedCourse.app("question", "the-empty-corner")
        #expect(question.rows.contains { $0.contains("the empty corner") })
        #expect(!question.rows.contains { $0.contains("MLA-32") })
        #expect(app.rows.contains { $0.contains("MLA-32 0.49") })
        for size in Size.supported {
            var app = app
            _ = app.handle(.resize(size))
            for name in ["MHA", "GQA-2", "MQA", "MLA-32"] {
                #expect(app.rows.contains { $0.contains(name) }, "\(name) at \(size)")
            }
        }
    }
}
