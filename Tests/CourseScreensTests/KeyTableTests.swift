import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("The key table")
struct KeyTableTests {
    /// The keys of the step, and of everything that can be open above it.
    private static let tables: [(String, [KeyBinding])] = {
        let open = Situation.all.filter { !$0.app.screens.isEmpty }
        return [("step", KeyBinding.step)] + open.map { ($0.name, $0.app.bindings()) }
    }()

    /// Whether a key shows or reports something.
    private func isNoticed(_ key: Key, in app: CourseApp) -> Bool {
        var after = app
        let effects = after.press(key)
        return !effects.isEmpty || !after.canvas().shows(app.canvas())
    }

    @Test("holds no binding that never shows or reports anything")
    func everyBindingIsNoticed() {
        var noticed: Set<String> = []
        for (_, app) in Situation.all {
            for binding in app.bindings() {
                for key in binding.keys where app.action(for: key) == binding.action {
                    if isNoticed(key, in: app) { noticed.insert("\(key) \(binding.action)") }
                }
            }
        }
        for (name, table) in Self.tables {
            for binding in table {
                for key in binding.keys {
                    #expect(
                        noticed.contains("\(key) \(binding.action)"),
                        "\(name): \(key) \(binding.action)")
                }
            }
        }
    }

    @Test("gives every key one meaning in every step and everything that can be open")
    func noTwoMeanings() {
        var apps = Situation.all
        for place in ShippedCourse.places {
            for size in [Size.least, .usual] {
                let app = ShippedCourse.app(place, size: size)
                apps.append((place.testDescription, app))
                if app.session.isQuestionOpen {
                    apps.append((place.testDescription + " put off", app.pressing(.enter, .escape)))
                    apps.append((place.testDescription + " open", app.pressing(.enter)))
                }
                apps.append((place.testDescription + " explored", app.pressing(.character("e"))))
            }
        }
        for (name, app) in apps {
            var owners: [Key: Action] = [:]
            for binding in app.bindings() {
                for key in binding.keys {
                    let other = owners.updateValue(binding.action, forKey: key)
                    #expect(
                        other == nil || other == binding.action,
                        "\(name): \(key) is \(String(describing: other)) and \(binding.action)")
                }
            }
        }
    }

    @Test("does nothing for keys that it does not hold, and says so wherever nothing is typed")
    func otherKeys() {
        for (name, app) in Situation.all where !(app.screens.last is any TypingScreen) {
            for key in Key.all where app.action(for: key) == nil && !app.isBlank {
                var after = app
                #expect(after.press(key) == [])
                #expect(after.notice != nil, "\(name): \(key)")
                after.session.notice = app.notice
                after.pressedKey = app.pressedKey
                #expect(after.canvas().shows(app.canvas()), "\(name): \(key)")
            }
        }
    }

    @Test("says where something is typed that a key which is no text does nothing")
    func otherKeysInText() {
        for (name, app) in Situation.all where app.screens.last is any TypingScreen {
            for key in Key.all where app.action(for: key) == nil {
                let after = app.pressing(key)
                if case .character(let typed) = key {
                    // A blank begins no answer, which is said.
                    let isNothing = typed == " " && app.typedTexts == [""] && app.answering != nil
                    #expect((after.notice == nil) != isNothing, "\(name): \(key)")
                } else {
                    #expect(
                        after.typedTexts == app.typedTexts && after.notice?.contains("F1") == true,
                        "\(name): \(key)")
                }
            }
        }
    }

    @Test("covers one row below the title at the most by what it says of a key that does nothing")
    func shortWords() {
        for place in ShippedCourse.places {
            let app = ShippedCourse.app(place, size: .least)
            for key in Key.all {
                guard app.action(for: key) == nil, let notice = app.pressing(key).notice else {
                    continue
                }
                #expect(app.wrapped(notice, width: Size.least.width - 2).count <= 2, "\(notice)")
            }
        }
    }

    @Test("tells in exploring what would go on, and of digits that they change no lesson")
    func words() {
        let exploring = ShippedCourse.app("gqa", "from-end-to-end").pressing("e")
        for key in [Key.space, .enter, .backspace] {
            #expect(
                exploring.pressing(key).notice
                    == "Exploring has one screen. e returns to the lesson.")
        }
        for digit in "123456789" {
            let app = ShippedCourse.app("gqa", "from-end-to-end").pressing(.character(digit))
            #expect(app.notice?.hasPrefix("Digits answer questions;") == true)
            #expect(app.lessonIndex == 4)
        }
        #expect(
            exploring.pressing("r").notice
                == "There are too few rows here for what r shows.")
        #expect(
            exploring.pressing(.function(9)).notice
                == "F9 does nothing here. ? lists the keys that work.")
    }

    @Test("makes the help: all that works is listed, and nothing else")
    func helpListsWhatWorks() {
        for (name, app) in Situation.all where app.open == nil && app.answering == nil {
            var tall = app
            _ = tall.handle(.resize(Size(width: 120, height: 60)))
            let bindings = tall.bindings().map { "\($0.keysText(.unicode)) \(tall.help(of: $0))" }
            let page = tall.pressing(.character("?")).rows.dropFirst(2).dropLast()
                .map(\.singleSpaced).filter { !$0.isEmpty }
            let anywhere = HelpScreen.anywhere.map { "\($0.0) \($0.1)" }
            #expect(page == ["Keys that work here"] + bindings + anywhere, "\(name)")
        }
    }

    @Test("names in the help every key that works on a step, in its column or in its words")
    func everyKeyIsNamed() {
        for binding in KeyBinding.step {
            let words = binding.keysText(.unicode) + " " + binding.help
            for key in binding.keys {
                let isNamed = Self.names(of: key).contains { words.contains($0) }
                #expect(isNamed, "\(KeyNotation.name(of: key)) is not in '\(words)'")
            }
        }
    }

    private static func names(of key: Key) -> [String] {
        switch key {
        case .character(" "): ["Space"]
        case .character(let character) where character.isNumber: [String(character), "1-9"]
        case .character(let character): [String(character)]
        case .enter: ["Enter"]
        case .escape: ["Esc"]
        case .tab: ["Tab"]
        case .backTab: ["Shift-Tab", "S-Tab"]
        case .backspace: ["Backspace"]
        case .delete: ["Delete"]
        case .up: ["Up", "↑"]
        case .down: ["Down", "↓"]
        case .left: ["Left", "←"]
        case .right: ["Right", "→"]
        case .shiftLeft: ["Shift-Left"]
        case .shiftRight: ["Shift-Right"]
        case .pageUp: ["PgUp"]
        case .pageDown: ["PgDn"]
        case .home: ["Home"]
        case .end: ["End"]
        case .function(let number): ["F\(number)"]
        case .control(let letter): ["C-\(letter)", "Ctrl-\(letter)"]
        case .wordLeft: ["C-Left"]
        case .wordRight: ["C-Right"]
        case .unbound(let name): [name]
        }
    }

    @Test("keeps q quit, or how to leave what is open, in the footer at every size")
    func leavingInFooter() {
        for (name, app) in Situation.all {
            for size in Size.supported {
                var resized = app
                _ = resized.handle(.resize(size))
                #expect(
                    resized.footer.contains("q quit") || resized.footer.contains("Esc"),
                    "\(name) \(size)")
            }
        }
    }

    @Test("never quits by Esc, and always by q on a step, keeping the progress")
    func leaving() {
        for (name, app) in Situation.all {
            var after = app
            #expect(!after.press(.escape).contains(.quit), "\(name)")
            if app.open == nil, app.answering == nil {
                after = app
                // What runs is not lost by one key.
                if app.session.leavingQuestion(key: "q") != nil { #expect(after.press("q") == []) }
                #expect(after.press("q") == [.save(after.progress), .quit], "\(name)")
            }
        }
    }

    @Test("spells arrows out where only ASCII is to be had")
    func asciiKeys() {
        for (_, table) in Self.tables {
            for binding in table {
                let text = binding.keysText(.ascii)
                #expect(text.utf8.allSatisfy { $0 < 0x80 }, "\(text)")
            }
        }
    }
}

extension String {
    /// With one space between its words and none at its ends.
    fileprivate var singleSpaced: String { split(separator: " ").joined(separator: " ") }
}
