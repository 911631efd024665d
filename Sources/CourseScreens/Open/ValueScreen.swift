import CourseContent
import CourseSession
import TerminalCanvas

/// A value typed for what is moved.
struct ValueScreen: Screen {
    let control: Control
    var line = TextEditor(limit: 20)
    private var problem: String?

    init(_ control: Control) { self.control = control }

    var prompt: Prompt? { Prompt(name: control.name, line: line, problem: problem) }

    func bindings(in app: CourseApp) -> [KeyBinding] { KeyBinding.typing }

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        switch action {
        case .edit:
            let before = line.text
            _ = line.handle(key)
            if line.text != before { problem = nil }
        case .choose:
            problem = app.session.set(control, toText: line.text)
            if problem == nil { return .closes }
        default: return .closes
        }
        return .stays
    }

    mutating func insert(_ text: String, in app: CourseApp) {
        line.insert(text)
        problem = nil
    }
}
