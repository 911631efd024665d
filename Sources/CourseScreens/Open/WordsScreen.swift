import CourseSession
import TerminalCanvas

/// A text that the learner's own model is to take, typed above the keys.
struct WordsScreen: TypingScreen {
    /// What stands before it.
    let name: String
    var line: TextEditor

    /// Begins with the text that it takes now, which goes as soon as another is typed.
    init(name: String, text: String) {
        self.name = name
        line = TextEditor(text, limit: WritingStatus.mostBeginning)
        line.offer()
    }

    static let keys =
        [
            KeyBinding(
                "Enter", .choose, "Have your model take this; where it is empty, the lesson's own",
                label: "run")
        ] + KeyBinding.editing(label: "erase")
        + [.typedHelp, KeyBinding("Esc", .close, "Keep it for later", label: "keep it")]

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        guard action == .choose else {
            app.session.keepForLater(words: line.text)
            return .closes
        }
        let needsModel = app.session.needsModel
        let effects = app.session.run(words: line.text)
        app.bringRunIntoView()
        return needsModel ? .opens(FilesScreen(), effects) : .asks(effects)
    }

    mutating func wasEdited(isOther: Bool) {}
}
