import TerminalCanvas

extension KeyTable {
    /// In a note, where letters are text.
    static let note: [KeyBinding] = [
        KeyBinding([.enter], .newLine, "Enter", label: "new line", help: "A new line"),
        KeyBinding([.backspace], .erase, "Backspace", help: "Erase the letter before"),
        KeyBinding([.delete], .eraseNext, "Delete", help: "Erase the letter behind"),
        KeyBinding(
            [.control("u")], .eraseAll, "C-u", help: "Erase the line up to the cursor"),
        KeyBinding([.left], .left, "←", help: "Move in the text"),
        KeyBinding([.right], .right, "→", help: nil),
        KeyBinding([.up], .up, "↑", help: nil),
        KeyBinding([.down], .down, "↓", help: nil),
        KeyBinding([.home], .top, "Home", help: "The row's beginning"),
        KeyBinding([.end], .bottom, "End", help: "The row's end"),
        KeyBinding([.pageUp], .pageUp, "PgUp", help: "A page back"),
        KeyBinding([.pageDown], .pageDown, "PgDn", help: "A page further"),
        KeyBinding(
            [.control("e")], .elsewhere, "C-e", label: "your own editor",
            help: "Write it in the editor of VISUAL or EDITOR"),
        KeyBinding([.escape], .close, "Esc", label: "keep it", help: "Keep the note and close"),
    ]

    /// In a line that is typed.
    static let text: [KeyBinding] = [
        KeyBinding([.enter], .choose, "Enter", label: "done", help: "Take what was typed"),
        KeyBinding([.backspace], .erase, "Backspace", label: "erase", help: "Erase a letter"),
        KeyBinding([.control("u")], .eraseAll, "C-u", help: "Erase everything"),
        KeyBinding(
            [.tab], .hint, "Tab", label: "hint", help: "A hint", works: \.hasHint),
        KeyBinding(
            [.function(1)], .help, "F1", help: "What every key does here",
            works: { $0.overlay == nil }),
        KeyBinding([.escape], .close, "Esc", label: "leave it", help: "Leave it for now"),
    ]
}
