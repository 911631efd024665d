import AttentionEngine
import CourseContent
import CourseSession
import Lessons
import TerminalCanvas

/// A line read as a command.
extension PlainCourse {
    mutating func perform(_ line: String) -> [Passage] {
        guard let typed = line.split(separator: " ").first.map(String.init) else {
            return goOnUnlessAsked()
        }
        let first = typed.lowercased()
        let rest = String(line.dropFirst(typed.count + 1))
        if first.first?.isNumber == true, line != "0" || isNumberAsked {
            return isAnswerNumbered
                ? answer(line)
                : say("No question is open that a number answers. go \(first) opens a lesson.")
        }
        if line.contains("="), PlainCommand.named("answer")?.names.contains(first) != true {
            return set(first == "set" ? rest : line)
        }
        if first == "]" { return goOn("lesson") }
        if first == "[" { return goBack("lesson") }
        let command = PlainCommand.named(typed)
        // N is another key than n, which is also a slider's letter.
        let isCapital = typed != first && command?.names.contains(typed) == true
        if let moved = Movable(letter: first) {
            if !rest.isEmpty, !isCapital || command?.arguments.isEmpty == true { return set(line) }
            if rest.isEmpty, !isCapital, isSlider(moved, else: command) { return value(of: moved) }
        }
        guard let command else { return unknown(typed) }
        guard rest.isEmpty || !command.arguments.isEmpty else {
            return say("\(command.names[0]) takes no argument.")
        }
        return command.perform(&self, rest)
    }

    /// Whether a letter alone means the slider, and not the command that it is a key of: where the
    /// step has the slider, and where the key would do nothing.
    private func isSlider(_ moved: Movable, else command: PlainCommand?) -> Bool {
        guard let command else { return true }
        if session.slider(of: moved) != nil { return true }
        guard case .parameter(let parameter) = moved else { return false }
        return session.setting[parameter] != nil && !command.works(session)
    }

    /// Whether it is a key somewhere on the screens; of characters most are none.
    private func isKey(_ key: Key) -> Bool {
        if case .character = key { screenKeys[key] != nil } else { true }
    }

    private func unknown(_ name: String) -> [Passage] {
        if let key = Key(typed: name), isKey(key) {
            let name = KeyNotation.name(of: key)
            return say(
                screenKeys[key].map {
                    "\(name) is a key of the screens (\($0)) and does nothing in plain mode; "
                        + "help lists the commands."
                } ?? "\(name) does nothing here; help lists the commands.")
        }
        let names = PlainCommand.all.flatMap(\.names).filter { $0.count > 1 }
        let near = nearest(name.lowercased(), in: names)
            .flatMap { PlainCommand.named($0)?.names[0] }
        return say(
            "'\(shortened(name))' is not a command. "
                + (near.map { "Did you mean \($0)? help \($0) explains it." }
                    ?? "help lists them."))
    }

    func help(_ name: String) -> [Passage] {
        if name.isEmpty {
            return say("The main commands; arguments in brackets are optional.")
                + PlainCommand.main.map { .row("\($0.usage): \($0.help)") }
                + say("help all lists every command, help set explains one.")
        }
        guard name.lowercased() == "all" else {
            guard let command = PlainCommand.named(name) else { return unknown(name) }
            let others = command.names.dropFirst().joined(separator: ", ")
            let also = others.isEmpty ? "" : " Also: \(others)."
            return say("\(command.usage): \(command.help)" + also)
        }
        return PlainCommand.groups.flatMap { group in
            say(group.name + ":") + group.commands.map { .row("\($0.usage): \($0.help)") }
        }
            + say(
                "Letters of sliders: " + Parameter.allCases.map(\.spoken).joined(separator: "; ")
                    + ". A letter on its own shows its slider's value.")
            + say(
                "Keys: type the name of a key that a lesson names, such as left, end, tab, "
                    + "pgdn or esc, or its letter. Capitals are other keys, as on the screen: "
                    + "n writes a note, N lists them. Where a letter is also a slider of the "
                    + "step, as c and r are in lesson 8, it is the slider; contents and run "
                    + "are the commands.")
    }
}

/// Long lists, told a part at a time: a screen reader reads on until it is stopped.
extension PlainCourse {
    /// Rows that are told at once.
    private static let rowsAtOnce = 20

    /// The first part of a list whose rows are many, the whole where they are not many more.
    mutating func inParts(_ passages: [Passage]) -> [Passage] {
        let rows = passages.count { $0.kind == .row }
        guard rows > Self.rowsAtOnce * 3 / 2 else { return passages }
        rest = (passages, rows)
        return tellRest()
    }

    mutating func tellRest() -> [Passage] {
        let (passages, rows) = rest
        guard !passages.isEmpty else { return say("No list was left unfinished.") }
        var told = 0
        let end = passages.firstIndex { passage in
            if passage.kind == .row { told += 1 }
            return told > Self.rowsAtOnce
        }
        let left = end.map { Array(passages[$0...]) } ?? []
        rest = (left, rows)
        guard let end else { return passages }
        let count = rows - left.count { $0.kind == .row }
        return passages[..<end] + say("\(count) of \(rows); rest goes on.")
    }
}
