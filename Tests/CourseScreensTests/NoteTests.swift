import TerminalCanvas
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("A note")
struct NoteTests {
    private func step() -> CourseApp {
        var app = ShippedCourse.app("gqa", "from-end-to-end")
        app.session.now = "2026-11-23 17:20"
        return app
    }

    /// The rows of the note that is open; nil where none is.
    private func written(_ app: CourseApp) -> String? {
        (app.screens.last as? NoteScreen)?.page(in: app)?.lines
            .map { $0.map(\.text).joined() }.joined(separator: "\n")
    }

    @Test("is written on a step, kept by Esc with lesson, step, setting and time, and opened again")
    func written() {
        var app = step()
        app.press(.character("n"))
        app.type(characters: "Half the heads,")
        app.press(.enter)
        app.type(characters: "half the q.")
        let effects = app.press(.escape)
        let note = Note(
            text: "Half the heads,\nhalf the q.", lesson: "gqa", step: "from-end-to-end",
            setting: app.setting.text, model: app.model,
            focus: app.session.position.focus.flatMap(\.parameter), date: "2026-11-23 17:20")
        #expect(app.progress.notes == [note.key: note])
        #expect(effects == [.save(app.progress)])
        #expect(app.open == nil)
        #expect(app.pressing(.character("n")).words.contains("half the q."))
    }

    @Test("is another one at another setting, and its setting brings the screen back")
    func settings() {
        var app = step()
        app.press(.home)
        let there = app
        app.press(.character("n"))
        app.type(characters: "here")
        app.press(.escape, .end)
        #expect(written(app.pressing(.character("n"))) == "")
        app.press(.character("]"), .character("N"), .enter)
        #expect(app.setting == there.setting)
        #expect(app.step.id == "from-end-to-end")
    }

    @Test("that was emptied is taken away with a word, and n brings it back")
    func emptied() {
        var app = step().pressing("n")
        app.type(characters: "one line")
        app.press(.escape, "n", .control("u"))
        #expect(written(app.pressing(.control("y"))) == "one line")
        app.press(.escape)
        #expect(app.progress.notes.isEmpty)
        #expect(app.notice == "Note deleted; n restores it.")
        let again = app.pressing("n")
        #expect(written(again) == "one line")
        #expect(again.words.contains("This is the note you deleted."))
        #expect(again.pressing(.escape).progress.notes.values.map(\.text) == ["one line"])
        // Emptied once more it is gone, and at another setting there was none.
        #expect(written(again.pressing(.control("u"), .escape, "n")) == "")
        #expect(written(app.pressing(.home, "n")) == "")
    }

    @Test("of a step that the course no longer has still shows its setting")
    func foreign() {
        let note = Note(
            text: "x", lesson: "gone", step: "gone", setting: "l=2,b=1,n=4,g=2,h=8,s=16,bytes=2")
        let progress = CourseProgress(notes: [note.key: note])
        var app = CourseApp(course: ShippedCourse.course, size: .usual, progress: progress)
        app.press(.character("N"), .enter)
        #expect(app.isExploring)
        #expect(app.setting.text == note.position.settingText)
    }

    @Test("takes a paste whole, and keys are no commands in it")
    func pasted() {
        var app = step().pressing(.character("n"))
        _ = app.handle(.paste("q\r\none\ttwo\u{1B}[31m\u{202E}\u{7}"))
        app.press(.character("q"))
        #expect(written(app) == "q\none two[31mq")
    }

    @Test("takes 20,000 characters that are typed one by one, and no more")
    func full() {
        var app = step().pressing(.character("n"))
        for index in 0..<20_010 {
            _ = app.handle(.key(.character(index % 9 == 0 ? " " : "x")))
        }
        #expect((app.screens.last as? NoteScreen)?.line.characters.count == 20_000)
        for _ in 0..<1_000 { _ = app.handle(.key(.backspace)) }
        #expect((app.screens.last as? NoteScreen)?.line.characters.count == 19_000)
        #expect(app.canvas().cursor != nil)
    }

    @Test("is kept when the program is asked to end while it is open")
    func interrupted() {
        var app = step().pressing(.character("n"))
        app.type(characters: "unfinished")
        let effects = app.handle(.interrupt(signal: 15))
        #expect(app.progress.notes.values.map(\.text) == ["unfinished"])
        #expect(effects == [.save(app.progress), .quit])
    }

    @Test("goes to the learner's own editor and comes back")
    func elsewhere() {
        var app = step().pressing(.character("n"), .character("a"))
        #expect(app.press(.control("x")) == [.edit("a")])
        app.takeNote("b\n")
        #expect(app.progress.notes.values.map(\.text) == ["b"])
        app.takeNote(" \n")
        #expect(app.progress.notes.isEmpty)
    }

    @Test("is shown whole at every size, the cursor on the screen, with control characters as text")
    func sizes() {
        let hostile = "\u{1B}]0;x\u{7} \u{9B}31m " + String(repeating: "wide 中文 words ", count: 80)
        var app = step()
        app.session.kept.notes = [:]
        app.press(.character("n"))
        _ = app.handle(.paste(hostile))
        for size in Size.supported {
            _ = app.handle(.resize(size))
            for key in [Key.pageUp, .up, .end, .home, .pageDown, .left] {
                app.press(key)
                let canvas = app.canvas()
                let cursor = canvas.cursor ?? Point(column: -1, row: -1)
                #expect(cursor.column >= 0 && cursor.column < size.width)
                #expect(cursor.row > 1 && cursor.row < size.height - 1)
                #expect(canvas.crookedRows == [])
            }
        }
    }
}

@Suite("The note editor")
struct NoteEditorTests {
    @Test("breaks rows at spaces and moves over them by columns")
    func rows() {
        var editor = TextEditor("aaa bbb ccc\ndd", limit: 20_000, isMultiline: true)
        let rows = editor.rows(width: 8, glyphs: .unicode).map {
            String(editor.characters[$0])
        }
        #expect(rows == ["aaa bbb", "ccc", "dd"])
        editor.move(rows: -2, width: 8, glyphs: .unicode)
        #expect(editor.cursor == 2)
        editor.moveInRow(toEnd: true, width: 8, glyphs: .unicode)
        #expect(editor.cursor == 7)
        editor.move(rows: 9, width: 8, glyphs: .unicode)
        #expect(editor.cursor == 14)
    }

    @Test("loses no character to any key, wherever the rows break")
    func wandering() {
        var generator = SeededGenerator(seed: 3)
        let alphabet: [String] = ["a", " ", "\n", "中", "e\u{301}", "👩‍👩‍👧", "longer word"]
        for width in [1, 2, 5, 9, 30] {
            var editor = TextEditor(limit: 20_000, isMultiline: true)
            for _ in 0..<300 {
                switch Int.random(in: 0..<9, using: &generator) {
                case 0...3: editor.insert(alphabet.randomElement(using: &generator)!)
                case 4: _ = editor.handle(.backspace)
                case 5: editor.move(to: editor.cursor + Int.random(in: -3...3, using: &generator))
                case 6:
                    editor.move(
                        rows: Int.random(in: -2...2, using: &generator), width: width,
                        glyphs: .unicode)
                case 7: _ = editor.handle(.delete)
                default: editor.moveInRow(toEnd: true, width: width, glyphs: .unicode)
                }
                let rows = editor.rows(width: width, glyphs: .unicode)
                #expect((0...editor.characters.count).contains(editor.cursor))
                // What stands between two rows is one space or line end, or nothing.
                for (row, next) in zip(rows, rows.dropFirst()) {
                    let gap = editor.characters[row.upperBound..<next.lowerBound]
                    #expect([[], [" "], ["\n"]].contains(Array(gap)))
                }
                #expect(rows.first?.lowerBound == 0)
                #expect(rows.last?.upperBound == editor.characters.count)
            }
        }
    }
}
