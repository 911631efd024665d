import AttentionEngine
import CourseSession
import TerminalCanvas

/// A value typed in the footer's row for what is moved.
struct ValueScreen: TypingScreen {
    let control: Control
    var line = TextEditor(limit: 80)
    /// What was wrong with the last try.
    private(set) var problem: String?

    init(_ control: Control) { self.control = control }

    static let keys = KeyBinding.typing()

    mutating func perform(_ action: Action, _ key: Key, in app: inout CourseApp) -> Next {
        guard action == .choose else { return .closes }
        let gpus = app.session.gpus.count
        if line.text.trimmed.isEmpty { return .closes }
        let isOnGPUs = app.screens.last is GPUsScreen
        problem = set(
            in: &app.session,
            among: isOnGPUs
                ? app.session.gpuControls : app.session.step.sliders.map(Control.slider))
        if problem != nil { line.offer(isSize: control == .memory || control == .weights) }
        if isOnGPUs { app.session.tellFewerGPUs(than: gpus) }
        return problem == nil ? .closes : .stays
    }

    /// Sets what is moved, or what "n=12, g=4" names; what is wrong with that.
    private func set(in session: inout Session, among controls: [Control]) -> String? {
        let typed = line.text.trimmed
        // Who types the key once more means the value behind it.
        let text = typed.hasPrefix("=") ? String(typed.dropFirst()) : typed
        if text.isEmpty { return "type a value, or n=12 for n" }
        guard text.contains("=") else { return session.set(control, toText: text) }
        let words = Session.assignmentWords(of: text)
        return words.isEmpty ? "type a value, or n=12 for n" : session.set(words, among: controls)
    }

    mutating func wasEdited(isOther: Bool) { if isOther { problem = nil } }
}

extension KeyBinding {
    /// In a line that is typed and then taken.
    static func typing(and others: [KeyBinding] = []) -> [KeyBinding] {
        [KeyBinding("Enter", .choose, "Set what you typed", label: "done")]
            + editing(label: "erase") + others
            + [typedHelp, KeyBinding("Esc", .close, "Leave it for now", label: "leave it")]
    }

    /// Where `?` is text.
    static let typedHelp = KeyBinding("F1", .help, "What every key does here")

    /// In a line that is typed.
    static func editing(label: String? = nil) -> [KeyBinding] {
        erasing(label: label) + [
            KeyBinding("Home C-a", .edit, "To the start (also C-a)"),
            KeyBinding("End C-e", .edit, "To the end (also C-e)"),
        ]
    }

    /// In a text of several lines, where Home and End go by the rows that are shown.
    static func erasing(label: String? = nil) -> [KeyBinding] {
        [
            KeyBinding("Backspace", .edit, "Erase the letter before the cursor", label: label),
            KeyBinding("Delete C-d", .edit, "Erase the letter after it"),
            KeyBinding("Left Right C-b C-f", .edit, "Move the cursor"),
            KeyBinding("C-Left C-Right", .edit, "Move by a word: C-Left, C-Right, M-b, M-f"),
            KeyBinding("C-w", .edit, "Erase the word before the cursor"),
            KeyBinding("C-u", .edit, "Erase the line before the cursor"),
            KeyBinding("C-k", .edit, "Erase all after the cursor"),
            KeyBinding("C-y", .edit, "Paste what C-w, C-u or C-k erased"),
        ]
    }
}
