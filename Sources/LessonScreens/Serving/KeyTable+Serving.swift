extension KeyTable {
    /// On the page of the GPUs.
    static let gpus: [KeyBinding] = [
        KeyBinding([.left], .decrease, "← →", label: "slide", help: "Move the slider by one stop"),
        KeyBinding([.right], .increase, "→", help: nil),
        KeyBinding(
            [.down, .tab], .down, "↑ ↓", label: "slider", help: "Choose another slider (also Tab)"),
        KeyBinding([.up, .backTab], .up, "↑", help: nil),
        KeyBinding([.home], .least, "Home", help: "Move the slider to its lower end"),
        KeyBinding([.end], .most, "End", help: "Move the slider to its upper end"),
        KeyBinding(
            [.character("=")], .typeValue, "=", label: "type", help: "Type a value for the slider"),
        KeyBinding(
            [.escape, .character("g"), .character("q"), .function(5)], .close, "Esc",
            label: "close", help: "Close (also g, F5)"),
    ]
}
