import TerminalCanvas

/// What a key can do.
enum Action: Hashable, Sendable {
    /// Goes to another step or lesson; `next` and `back` scroll first what is out of view.
    case next, back, nextLesson, previousLesson
    /// Opens a list, an explanation or a comparison; `explore` frees all sliders, or ends that.
    case contents, help, why, models, settingText, explore, gpus, compare
    /// Opens the list of models' files, or a line for what a model takes.
    case files, words
    /// Gives the keys to the next slider, or to the one before.
    case focusNext, focusPrevious
    /// Gives them to the first slider out of view below, or to the last one above.
    case focusBelow, focusAbove
    /// Moves the slider by one stop, by several, or to an end, as the key says.
    case slide
    /// Changes values or how they are shown, runs, follows again, or shows the step as it opens.
    case typeValue, resetValues, pin, units, run, follow, stepAgain
    /// Ends the training, trains for the other number of steps, shows a table, or places a
    /// proposal.
    case stopRun, otherLength, table, place
    /// Ends what a real model writes.
    case stopWriting
    /// Scrolls the step by one row.
    case scrollDown, scrollUp
    /// Opens the step's question, or shows its hint or answer.
    case answer, hint, reveal
    /// Opens a question with the key's own digit: the first of a number, or an answer's place.
    case beginGuess
    /// Opens notes, the search, a review or the summary, or ends the review.
    case note, notes, search, review, endReview, summary
    /// Blanks the screen, shows how the class answered, or ends the course.
    case blank, spread, quit
    // Inside what is open:
    /// Closes it, takes what is typed or chosen, moves in it as the key says, or takes away what
    /// was placed.
    case close, choose, move, erase
    /// Begins a line of a note, or takes its text to the learner's own editor.
    case newLine, elsewhere
    /// What the key does in a line that is typed.
    case edit
}

/// Keys that do one thing, and the words for them in the footer and in the help.
struct KeyBinding: Sendable {
    let keys: [Key]
    let action: Action
    /// A sentence for the help.
    let help: String
    /// A word or two for the footer; nil keeps it out of it.
    let label: String?
    /// Whether the keys do anything now.
    let works: @Sendable (CourseApp) -> Bool
    private let shownNames: [String]

    /// - Parameters:
    ///   - names: the keys as `KeyNotation` has them, "Space PgDn". Shown is the first, or the
    ///     arrows that stand first.
    ///   - shown: what is shown in place of that.
    init(
        _ names: String, shown: String? = nil, _ action: Action, _ help: String,
        label: String? = nil, if works: @escaping @Sendable (CourseApp) -> Bool = { _ in true }
    ) {
        guard let keys = try? KeyNotation.keys(from: names) else {
            preconditionFailure("the tables of keys are constants, and tests read them all")
        }
        self.keys = keys
        self.action = action
        self.help = help
        self.label = label
        self.works = works
        let words = names.split(separator: " ").map(String.init)
        let arrows = words.prefix { Self.arrows[$0] != nil }
        shownNames = shown.map { [$0] } ?? (arrows.isEmpty ? [words[0]] : Array(arrows))
    }

    /// How the keys are written: "Space", "← →".
    func keysText(_ glyphs: Glyphs) -> String {
        shownNames.map { glyphs.isASCII ? $0 : Self.arrows[$0] ?? $0 }.joined(separator: " ")
    }

    /// The key that is meant at a column of what the footer shows for the keys, on the words behind
    /// arrows the last of these, which goes on; nil beside it.
    func key(at column: Int, of width: Int, _ glyphs: Glyphs) -> Key? {
        guard (0..<width).contains(column), !keys.isEmpty else { return nil }
        var end = 0
        for (name, key) in zip(shownNames, keys) where shownNames.count > 1 {
            end += columns(of: glyphs.isASCII ? name : Self.arrows[name] ?? name) + 1
            if column < end { return key }
        }
        return keys[min(shownNames.count, keys.count) - 1]
    }

    private static let arrows = ["Left": "←", "Right": "→", "Up": "↑", "Down": "↓"]
}

extension Key {
    /// How many stops it moves a slider by, where some are a far move.
    func stops(far: Int = 1) -> Int {
        switch self {
        case .left, "h": -1
        case .right, "l": 1
        case .home: -100_000
        case .end: 100_000
        case .shiftLeft, "H": -far
        default: far
        }
    }

    /// The rows that it scrolls by, where a page has so many.
    func rows(ofPage page: Int) -> Int {
        switch self {
        case .control("d"), .control("u"), "d": max(1, page / 2)
        case .control("f"), .control("b"), .pageUp, .pageDown, " ", "f", "b": page
        case .home, .end, "g", "G": 100_000
        default: 1
        }
    }

    /// By how many entries of a list or lines of a text it moves, less than 0 towards the first.
    func distance(page: Int) -> Int {
        let rows = rows(ofPage: page)
        return switch self {
        case .control("b"), .control("u"), .pageUp, .home, "g", "b": -rows
        case .control("f"), .control("d"), .pageDown, " ", .end, "G", "f", "d": rows
        default: direction.rows
        }
    }

    /// Where it moves to from an entry of a list or a line of a text.
    func moved(from index: Int, count: Int, page: Int) -> Int {
        min(max(0, index + distance(page: page)), max(0, count - 1))
    }

    /// The columns and rows that an arrow moves by.
    var direction: (columns: Int, rows: Int) {
        switch self {
        case .left, "h": (-1, 0)
        case .right, "l": (1, 0)
        case .up, "k", .control("p"): (0, -1)
        case .down, "j", .control("n"): (0, 1)
        default: (0, 0)
        }
    }
}
