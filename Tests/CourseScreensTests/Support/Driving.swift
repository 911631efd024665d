import AttentionEngine
import CourseContent
import ModelCatalog
import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

extension CourseApp {
    /// Starts at a lesson and step (counted from 0), or where the progress says.
    init(
        course: Course, size: Size, glyphs: Glyphs = .unicode,
        progress: CourseProgress = CourseProgress(), lesson: Int? = nil, step: Int? = nil
    ) {
        self.init(
            Session(
                course: course, progress: progress, at: lesson.map { ($0, step ?? 0) }),
            size: size, glyphs: glyphs)
    }

    /// Presses keys one after the other; what the app asked for with the last one.
    @discardableResult
    mutating func press(_ keys: Key...) -> [Effect] { press(keys) }

    @discardableResult
    mutating func press(_ keys: [Key]) -> [Effect] {
        keys.reduce([]) { _, key in handle(.key(key)) }
    }

    /// What r has the learner's own model write here; nil, which is an issue, where nothing.
    mutating func orderWriting() -> WritingExperiment? {
        guard case .run(.measure(let ordered))? = press("r").first,
            let experiment = ordered as? WritingExperiment
        else {
            Issue.record("nothing is to be written")
            return nil
        }
        return experiment
    }

    /// Types a text character by character.
    mutating func type(characters text: String) { press(text.map(Key.character)) }

    /// The same app after some keys.
    func pressing(_ keys: Key...) -> CourseApp {
        var app = self
        app.press(keys)
        return app
    }

    /// The screen as rows of text.
    var rows: [String] { canvas().rows }

    /// The screen as one text, its lines joined by spaces, so that wrapped words are found.
    var words: String {
        rows.joined(separator: " ").split(separator: " ").joined(separator: " ")
    }

    var footer: String { rows.last ?? "" }

    // MARK: What of the session tests look at

    var course: Course { session.course }
    var lesson: PreparedLesson? { session.lesson }
    var step: PreparedStep { session.step }
    var lessonIndex: Int { session.lessonIndex }
    var stepIndex: Int { session.stepIndex }
    var setting: CacheSetting { session.setting }
    var model: Model? { session.model }
    var focused: Slider? { session.focused }
    var progress: CourseProgress { session.progress }
    var record: AnswerRecord? { session.record }
    var notice: String? { session.notice }
    var isExploring: Bool { session.isExploring }
    var experiments: Experiments { session.experiments }
    var notebook: Notebook { session.notebook }

    /// The name of what is open on top, "ContentsScreen"; nil on a step.
    var open: String? { screens.last.map { "\(Swift.type(of: $0))" } }

    /// All that is open, the topmost last, each with all that it holds: the same where two apps
    /// have the same open, chosen, scrolled and typed.
    var opened: [String] { screens.map { String(reflecting: $0) } }

    /// What stands in the line that is being typed as an answer; nil while none is.
    var typed: String? {
        if case .typing(let line, _)? = answering { line.text } else { nil }
    }
}

extension Key {
    static let space = Key.character(" ")

    /// Every key the terminal knows, and every printable ASCII character.
    static let all: [Key] =
        (0x20...0x7E).map { .character(Character(Unicode.Scalar(UInt8($0)))) } + [
            .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right,
            .shiftLeft, .shiftRight, .pageUp, .pageDown, .home, .end, .function(1), .control("u"),
            .control("l"), .wordLeft, .wordRight, .unbound("Insert"),
        ]
}

/// A generator whose numbers are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension Session {
    /// Whether no step of the course comes after this one.
    var isLastStep: Bool {
        lessonIndex == course.lessons.count - 1 && stepIndex == stepCount - 1
    }
}

extension ShippedCourse {
    /// A step with three notes, each at another setting.
    static func noted() -> CourseApp {
        var app = app("gqa", "from-end-to-end")
        for text in ["one", "two", "three"] {
            app.takeNote(text)
            app.press(.right)
        }
        return app
    }
}
