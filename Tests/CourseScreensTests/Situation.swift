import AttentionEngine
import CourseContent
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

/// Places and states of the app that together put every key to use.
enum Situation {
    static let all: [(name: String, app: CourseApp)] = {
        let step = ShippedCourse.app("gqa", "from-end-to-end")
        var middle = step
        middle.session.change([.keyValueHeads: 24])
        let long = ShippedCourse.places.first { ShippedCourse.app($0, size: .least).hasMoreBelow }
        let small = ShippedCourse.app(long ?? ShippedCourse.places[0], size: .least)
        let scrolled = small.pressing(.character("j"))
        let texts = ShippedCourse.places.map { ShippedCourse.app($0, size: .least) }
        let text = texts.first { $0.hasMoreBelow && $0.step.sliders.isEmpty } ?? small
        let question = QuestionLesson.app(.number)
        var typing = question.pressing(.enter)
        typing.type(characters: "12")
        let choosing = QuestionLesson.app(.choice).pressing(.enter, .down)
        let hunting = QuestionLesson.app(.find).pressing(.enter, .right, .down)
        let contents = middle.pressing(.character("c"))
        let models = middle.pressing(.character("m"), .down)
        let searched = middle.pressing(.character("m"), .character("l"), .down)
        let help = ShippedCourse.app("gqa", "from-end-to-end", size: .least).pressing(
            .character("?"), .pageDown)
        let placing = Key.character("p")
        let looking = ShippedCourse.app("real", "where-its-heads-look")
        var files = looking.pressing("m")
        _ = files.receive(MachineFiles.found)
        let plan = RacePlan()
        var racing = ShippedCourse.app("question", "four-layers-in-a-race")
        racing.receive(.race(plan, Training.race(plan).progress, date: Training.day))
        return [
            ("first step", CourseApp(course: ShippedCourse.course, size: .usual)),
            ("step", step), ("race", ShippedCourse.app("mla", "in-the-same-race")),
            ("text cut", ShippedCourse.app("real", "fewer-bits")), ("race under way", racing),
            ("model writing", Teacher.writingRunning.app()),
            ("perspectives", ShippedCourse.app("mha", "perspectives-measured")),
            ("proposal", ShippedCourse.app("question", "where-would-it-stand")),
            ("placing", ShippedCourse.app("question", "where-would-it-stand").pressing(placing)),
            ("slider in its middle", middle), ("least size", small),
            ("scrolled", scrolled), ("text", text), ("text, scrolled", text.pressing(.down)),
            ("question", question),
            ("question put off", question.pressing(.enter, .escape)), ("typing", typing),
            ("typing, before its end", typing.pressing("1", .left)),
            ("typing, erased", typing.pressing(.control("u"))),
            ("choosing", choosing), ("hunting", hunting),
            ("choosing begun", QuestionLesson.app(.choice).pressing(.enter)),
            ("hunting begun", QuestionLesson.app(.find).pressing(.enter)),
            ("contents", contents),
            ("models", models), ("models searched", searched), ("help", help),
            ("help half way", help.pressing(.up)), ("why", middle.pressing(.character("w"))),
            ("setting", middle.pressing(.character("y"))),
            ("entry", middle.pressing(.character("="), .character("7"))),
            ("explore", middle.pressing(.character("e"))),
            ("GPUs", middle.pressing(.character("g"), .right, .right)),
            ("GPUs, typing", middle.pressing(.character("g"), .character("="), .character("8"))),
            ("files", files.pressing(.down)), ("files searched", files.pressing("/", "b", .down)),
            ("no files", looking.pressing("m")),
            ("words", looking.pressing("i", .left)),
            ("comparison", middle.pressing(.character("v"), .character("8"))),
            (
                "explore at least size",
                ShippedCourse.app("gqa", "from-end-to-end", size: .least).pressing(.character("e"))
            ),
            (
                "explore at least size, at the sliders below",
                ShippedCourse.app("gqa", "from-end-to-end", size: .least).pressing("e", .pageDown)
            ),
            ("presented, answer open", presented("half-of-g")),
            ("presented, exploring", presented("from-end-to-end").pressing(.character("e"))),
            ("on one's own", onesOwn), ("asked to join", joining),
            ("presented to a class", toClass(.choice)),
            ("how a class answered", toClass(.choice).pressing("A")),
            ("how a class answered, with the answer", toClass(.number).pressing("A", .space)),
        ] + alone
    }()

    /// Situations with notes, missed questions and what is made of them.
    private static var alone: [(name: String, app: CourseApp)] {
        let start = ShippedCourse.app("gqa", "from-end-to-end")
        var noted = start
        noted.takeNote("one")
        noted.press(.home)
        noted.takeNote("two lines\nand words")
        noted.session.kept.answers[QuestionID("gqa/half-of-g")!] = AnswerRecord(
            given: "1 B", tries: 2)
        noted.session.kept.answers[QuestionID("mqa/deepseek-factor")!] = AnswerRecord(
            given: "1", tries: 2)
        noted.press(.end)
        var writing = noted.pressing(.character("n"))
        _ = writing.handle(.paste(String(repeating: "some words\n", count: 30)))
        writing.press(.up, .right)
        let contents = noted.pressing(.character("c"))
        let review = noted.pressing(.character("R"))
        let searched = noted.pressing(.character("/"), .character("k"), .down)
        return [
            ("noted", noted), ("writing", writing), ("contents to review", contents),
            ("notes", noted.pressing(.character("N"))),
            ("notes searched", noted.pressing("N", "/", "o", .down)),
            ("clicker in a question", presented("half-of-g").pressing(.enter)), ("review", review),
            ("searched", searched), ("summary", noted.pressing(.character("s"))),
        ]
    }

    private static func presented(_ step: String) -> CourseApp {
        var app = ShippedCourse.app("gqa", step)
        app.session.isPresenting = true
        return app
    }

    private static func toClass(_ step: QuestionLesson.Step) -> CourseApp {
        let question = step == .choice ? "pick" : "size"
        return Classroom.app(step, Classroom.answering(question, ["l", "1 GB", "403 MB"]))
    }

    private static var joining: CourseApp {
        var app = onesOwn.pressing("f")
        app.askToJoin()
        app.type(characters: "Ada")
        return app
    }

    private static var onesOwn: CourseApp {
        var app = CourseApp(course: ShippedCourse.course, size: .usual)
        app.follow(ShippedCourse.app("gqa", "from-end-to-end").shared)
        return app.pressing(.right)
    }
}
