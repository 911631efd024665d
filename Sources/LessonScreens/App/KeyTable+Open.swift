import TerminalCanvas

/// Keys in what is open above a step.
extension KeyTable {
    /// In a list that is chosen from; letters that are no command search, where it can be searched.
    static let list: [KeyBinding] = [
        KeyBinding([.enter], .choose, "Enter", label: "choose", help: "Take the marked entry"),
        KeyBinding([.down], .down, "↑ ↓", label: "move", help: "Move to another entry"),
        KeyBinding([.up], .up, "↑", help: nil),
        KeyBinding([.pageDown], .pageDown, "PgDn", help: "A page further"),
        KeyBinding([.pageUp], .pageUp, "PgUp", help: "A page back"),
        KeyBinding([.home], .top, "Home", help: "The first entry"),
        KeyBinding([.end], .bottom, "End", help: "The last entry"),
        KeyBinding(
            [.backspace], .erase, "Backspace", help: "Erase a letter of the search",
            works: \.isSearching),
        KeyBinding(
            [.escape, .function(5)], .close, "Esc", label: "close",
            help: "Close the list (also F5)"),
        KeyBinding(
            [.character("c"), .character("q")], .close, "c", help: "Close the list",
            works: { !$0.isSearchable }),
        KeyBinding(
            [.character("R")], .review, "R", label: "review",
            help: "Review the questions you missed",
            works: { $0.overlay?.isContents == true && $0.canReview }),
        KeyBinding(
            [.character("s")], .summary, "s", label: "summary", help: "What you did so far",
            works: { $0.overlay?.isContents == true }),
    ]

    /// In a text that is only read.
    static let reading: [KeyBinding] = [
        KeyBinding(
            [.down, .character("j")], .down, "↑ ↓", label: "scroll", help: "Scroll",
            works: \.hasScrollingOverlay),
        KeyBinding(
            [.up, .character("k")], .up, "↑", help: nil, works: \.hasScrollingOverlay),
        KeyBinding(
            [.pageDown, .character(" ")], .pageDown, "Space", help: "A page further",
            works: \.hasScrollingOverlay),
        KeyBinding([.pageUp], .pageUp, "PgUp", help: "A page back", works: \.hasScrollingOverlay),
        KeyBinding(
            [
                .escape, .enter, .character("q"), .character("?"), .character("w"),
                .character("y"), .character("s"), .function(5),
            ], .close, "Esc", label: "close", help: "Close (also F5)"),
        KeyBinding(
            [.character("R")], .review, "R", label: "review",
            help: "Review the questions you missed",
            works: { if case .summary? = $0.overlay { $0.canReview } else { false } }),
    ]
}
