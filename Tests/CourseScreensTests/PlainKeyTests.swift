import AttentionEngine
import CourseContent
import TerminalCanvas
import Testing

@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("The screen's keys, typed as lines")
struct PlainKeyTests {
    @Test("every key of a step is a command by its name, or a line says what it is on the screen")
    func everyKey() {
        for key in Set(KeyBinding.step.flatMap(\.keys)) {
            let name = KeyNotation.name(of: key)
            for spelling in key.isNamed ? [name, name.lowercased(), name.uppercased()] : [name] {
                var course = PlainCourse.at("gqa", "from-end-to-end")
                #expect(!course.words(spelling).contains("is not a command"), "\(spelling)")
            }
        }
    }

    @Test("a key that has nothing to do as text says what it does on the screen")
    func screenOnly() {
        var course = PlainCourse.at("gqa", "from-end-to-end")
        #expect(
            course.words("j")
                == "j is a key of the screens (Scroll the text down; C-d by half a page, C-f by "
                + "one) and does nothing in plain mode; help lists the commands.")
        #expect(course.words("delete") == "Delete does nothing here; help lists the commands.")
        #expect(course.words("t").hasPrefix("Plots and pictures are already in words"))
    }

    @Test("up and down choose a slider, and the ends are reached by name")
    func sliders() {
        var course = PlainCourse.at("kv-cache", "query-heads")
        let first = course.session.focused?.parameter
        course.type("down")
        let second = course.session.focused?.parameter
        #expect(second != first)
        course.type("up")
        #expect(course.session.focused?.parameter == first)
        course.type("shift-tab", "shift-tab")
        #expect(course.session.focused?.parameter == first)
        course.type("End")
        #expect(course.session.setting.queryHeads == 256)
    }

    @Test("what a lesson says about a slider can be typed as it stands there")
    func asWritten() {
        var course = PlainCourse.at("start", "type-a-value")
        course.type("choose g", "= 4")
        #expect(course.session.setting.text.contains("n=8,g=4"))
        course.type("choose n", "= 12")
        #expect(course.session.setting.text.contains("n=12,g=4"))
        var other = PlainCourse.at("start", "move-a-slider")
        #expect(other.words("choose 3") == "This step has no question.")
    }

    @Test("a capital is the key that it is on the screen")
    func capitals() {
        var course = PlainCourse.at("kv-cache", "query-heads")
        course.type("note a thought", "N")
        #expect(course.type("N").hasPrefix("Your notes;"))
        #expect(course.words("n").hasPrefix("n, query heads (new): 12"))
        course.type("L")
        #expect(course.session.setting.queryHeads == 44)
        course.type("H")
        #expect(course.session.setting.queryHeads == 12)
        course.type("N 1", "H 128", "n 24")
        #expect(course.session.setting.headDimension == 128)
        #expect(course.session.setting.queryHeads == 24)
        #expect(course.words("R").hasPrefix("No missed questions"))
        #expect(course.type("SUMMARY").contains(" of \(ShippedCourse.places.count) steps seen"))
    }

    @Test("a letter alone is the step's slider, else the key, else a value of the setting")
    func letters() {
        var course = PlainCourse.at("mla", "what-is-kept")
        #expect(course.words("c").hasPrefix("c, latent width: 512, stops 128"))
        #expect(course.words("r").hasPrefix("r, rotary width: 64, stops 0"))
        #expect(course.type("s").contains("steps seen"))
        #expect(
            course.words("b") == "b, batch: 1. This step has n, c, r; explore frees all sliders.")
        #expect(course.words("w").hasPrefix("Why 7.03 GB"))
        var other = PlainCourse.at("gqa", "llama-3")
        #expect(other.words("c").hasPrefix("Lessons;"))
        #expect(other.words("r") == "There is nothing to run on this step.")
        #expect(other.words("n") == "No note here yet; type note and your words.")
        #expect(other.words("g").hasPrefix("g, K/V heads: 8."))
    }

    @Test(
        "a line that is what a terminal sends for a key means that key",
        arguments: [
            ("\u{1B}[D", 6), ("\u{1B}OD", 6), ("\u{1B}[C", 12), ("\u{1B}[D\u{1B}[D", 4),
            ("\u{1B}[H", 1), ("\u{1B}[1~", 1), ("\u{1B}[F", 96), ("\u{1B}OF ", 96),
            ("\u{1B}[1;2D", 4), ("\t", 8),
        ])
    func sequences(line: String, heads: Int) {
        var course = PlainCourse.at("gqa", "from-end-to-end")
        course.type(line)
        #expect(course.session.setting.keyValueHeads == heads)
        #expect(course.session.step.id == "from-end-to-end")
    }

    @Test("page keys turn the page, Esc leaves, and an arrow inside a line is refused")
    func moreSequences() {
        var course = PlainCourse.at("gqa", "from-end-to-end")
        course.type("\u{1B}[6~")
        #expect(course.session.step.id == "both-ends-computed")
        course.type("\u{1B}[5~", "explore")
        #expect(course.session.isExploring)
        course.type("\u{1B}")
        #expect(!course.session.isExploring)
        #expect(course.words("set g 4\u{1B}[D").hasPrefix("That line contains a special key"))
        #expect(course.session.setting.keyValueHeads == 8)
    }

    @Test(
        "a line of keys is keys, up to 20 of them; with anything else in it, it is none",
        arguments: [
            ("\u{1B}[B\u{1B}OB\t\u{1B}[Z", [Key.down, .down, .tab, .backTab]),
            ("\u{1B}OP\u{1B}[11~ \r", [.function(1), .function(1)]), ("\u{1B} ", [.escape]),
            (" \t", []), ("\t ", [.tab]), ("", []), (" ", []), ("q", []), ("\u{3}", []),
            ("\u{7F}", []), ("\u{1B}OM", []), ("\u{1B}Ou", []), ("\u{1B}[Cq", []),
            ("\u{1B}x", []), ("\u{1B}[<0;3;4M", []), ("\u{1B}[M !!", []),
            ("\u{1B}[200~\u{1B}[A\u{1B}[201~", []),
            (String(repeating: "\t", count: 20), Array(repeating: .tab, count: 20)),
            (String(repeating: "\t", count: 21), []),
        ])
    func keysOfALine(line: String, keys: [Key]) {
        #expect(TypedKeys.keys(in: line) == keys)
    }

    @Test("Enter and Space by name do not pass an open question, PgDn does")
    func asked() {
        for key in ["enter", "Space"] {
            var course = PlainCourse.asking(.choice)
            #expect(course.words(key).hasPrefix("This step has a question"))
        }
        var course = PlainCourse.asking(.choice)
        #expect(course.words("PgDn").hasPrefix("Step 3 of 5"))
        #expect(course.words("PageUp").hasPrefix("Step 2 of 5"))
    }

    @Test("a review is ended by the key that ends it on the screen")
    func review() {
        for end in ["R", "esc", "review"] {
            var course = PlainCourse.asking(.choice)
            course.type("1", "2", "R")
            #expect(course.session.review != nil)
            #expect(course.words(end).hasPrefix("Review over before"))
            #expect(course.session.review == nil)
        }
    }

    @Test("a race that is under way is ended with the course only by a second quit")
    func race() throws {
        var course = PlainCourse.at("question", "the-empty-corner")
        guard case .run(.race(.start(let plan)))? = course.take("run").effects.first else {
            Issue.record("the race should be started")
            return
        }
        _ = course.receive(.race(plan, Training.race(plan).progress, date: Training.day))
        for command in ["quit", "look", "q"] {
            #expect(course.take(command).effects == [], "\(command)")
        }
        course.type("look")
        #expect(course.words("q") == "The race would be lost. quit again quits.")
        #expect(course.take("quit").effects == [.quit])
    }

    @Test("a line of commas is nothing but commas, however long")
    func commas() {
        var course = PlainCourse.at("gqa", "from-end-to-end")
        let commas = String(repeating: ",", count: 4_000)
        #expect(course.words("set \(commas)").hasPrefix("set needs a letter and a value"))
        #expect(course.words("set g=4,\(commas)").contains("8 → 4"))
    }
}

extension Key {
    /// Whether it has a name, and not only a character.
    fileprivate var isNamed: Bool {
        if case .character(let character) = self { character == " " } else { true }
    }
}
