import TestSupport
import Testing

@testable import CourseContent

@Suite("A block in braces")
struct DirectiveLintTests {
    @Test("of an unknown name is found, with the nearest known one")
    func unknownName() {
        MarkedLesson(step: "```{^^slider}\nshow: [g]\n```").expect(
            ("unknown-directive", "no block '{slider}'; did you mean 'sliders'?"))
        MarkedLesson(step: "```{^^weather}\n```").expect(
            (
                "unknown-directive",
                "no block '{weather}'; there are "
                    + DirectiveReader.readers.map(\.about.name).joined(separator: ", ")
            ))
    }

    @Test(
        "with a key it does not know is found, with the nearest known one",
        arguments: [
            ("{heads}\n^^maping: tile", "{heads} has no key 'maping'; did you mean 'mapping'?"),
            (
                "{memory}\n^^variant: [mha]",
                "{memory} has no key 'variant'; did you mean 'variants'?"
            ),
            ("{memory}\n^^bar: false", "{memory} has no key 'bar'; did you mean 'bars'?"),
            ("{race}\n^^plots: curves", "{race} has no key 'plots'; did you mean 'plot'?"),
            (
                "{perspectives}\nvariant: mha\n^^head: 3",
                "{perspectives} has no key 'head'; there are variant"
            ),
            (
                "{heads}\n^^mappings: both",
                "{heads} has no key 'mappings'; did you mean 'mapping'?"
            ),
            (
                "{sliders}\nshow: [g]\n^^shows: [s]",
                "{sliders} has no key 'shows'; did you mean 'show'?"
            ),
            (
                "{head}\ntokens: [{word: a, key: [1, 2], value: 3, ^^worth: 1}]",
                "a token has no key 'worth'; did you mean 'word'?"
            ),
            ("{setting}\n^^modle: gpt2", "{setting} has no key 'modle'; did you mean 'model'?"),
            (
                "{sliders}\nshow: [s]\ns: {from: 1, ^^too: 8}",
                "s has no key 'too'; did you mean 'to'?"
            ),
            (
                "{ask}\nid: a\nquestion: Why?\nfree: true\n^^becuase: So.",
                "{ask} has no key 'becuase'; did you mean 'because'?"
            ),
            (
                "{ask}\nid: a\nquestion: Why?\nchoices:\n  - text: a\n    right: true\n"
                    + "  - text: b\n    ^^rigth: false",
                "a choice has no key 'rigth'; did you mean 'right'?"
            ),
            (
                "{find}\nid: a\nquestion: Where?\nrows: [[a]]\n^^headers: [b]\n"
                    + "mistakes: [{cell: [1, 1], because: So.}]",
                "{find} has no key 'headers'; did you mean 'header'?"
            ),
            (
                "{find}\nid: a\nquestion: Where?\nrows: [[a]]\n"
                    + "mistakes: [{cell: [1, 1], because: So., ^^cells: 2}]",
                "a mistake has no key 'cells'; did you mean 'cell'?"
            ),
        ])
    func unknownKey(block: String, message: String) {
        MarkedLesson(step: "```\(block)\n```").expect(("unknown-key", message))
    }

    @Test(
        "without a key it needs is found",
        arguments: [
            ("{^^perspectives}", "{perspectives} needs 'variant'"),
            ("{^^sliders}", "{sliders} needs 'show'"), ("{^^head}", "{head} needs 'tokens'"),
            ("{^^cache}", "{cache} needs 'words'"),
            ("{^^ask}\nquestion: Why?\nfree: true", "{ask} needs 'id'"),
            ("{^^ask}\nid: a\nfree: true", "{ask} needs 'question'"),
            (
                "{^^find}\nquestion: Where?\nrows: [[a]]\nmistakes: [{cell: [1, 1], because: So.}]",
                "{find} needs 'id'"
            ),
        ])
    func missingKey(block: String, message: String) {
        MarkedLesson(step: "```\(block)\n```").expect(("missing-key", message))
    }

    @Test(
        "with a value of the wrong type is found",
        arguments: [
            ("{heads}\nmapping: ^^[tile]", "'mapping' must be text"),
            ("{memory}\nvariants: ^^mha", "'variants' must be a list"),
            ("{memory}\nvariants: [^^{a: b}]", "'variants' must be a list of plain values"),
            ("{memory}\nfactors: ^^h", "'factors' must be a list"),
            ("{memory}\nbars: ^^[false]", "'bars' must be text"),
            ("{cache}\nwords: ^^The cat", "'words' must be a list"),
            ("{heads}\nmapping: ^^{a: b}", "'mapping' must be text"),
            ("{sliders}\nshow: ^^g", "'show' must be a list"),
            ("{sliders}\nshow: [g]\ng: ^^8", "'g' must be a mapping of keys"),
            ("{sliders}\nshow: [g]\ng: {stops: ^^8}", "'stops' must be a list"),
            ("{sliders}\nshow: [g]\nnew: ^^[g]", "'new' must be text"),
            ("{setting}\ng: ^^[8]", "'g' must be text"),
            ("{setting}\nmodel: ^^[gpt2]", "'model' must be text"),
            (
                "{ask}\nid: a\nquestion: ^^[Why?]\nfree: true",
                "'question' must be text"
            ),
        ])
    func wrongType(block: String, message: String) {
        MarkedLesson(step: "```\(block)\n```").expect(("wrong-type", message))
    }

    @Test(
        "with a value out of its range is found",
        arguments: [
            (
                "{heads}\nmapping: ^^mirror",
                "'mapping' is 'mirror'; it must be one of repeat, tile, both"
            ),
            (
                "{memory}\nvariants: [mha, ^^mga]",
                "'variants' is 'mga'; it must be mha, gqa, mqa or mla"
            ),
            (
                "{memory}\nfactors: [h, ^^x]",
                "'factors' is 'x'; it must be letters of parameters, or kv"
            ),
            ("{memory}\nbars: ^^no", "'bars' is 'no'; it must be true or false"),
            (
                "{append}\nwords: ^^[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]",
                "'words' is '13 words'; it must be 1 to 12 words"
            ),
            ("{cache}\nwords: ^^[]", "'words' is '0 words'; it must be 1 to 40 words"),
            (
                "{heads}\nmapping: ^^lost",
                "'mapping' is 'lost'; it must be one of repeat, tile, both"
            ),
            (
                "{sliders}\nshow: [s]\ns: {from: ^^9, to: 8}",
                "'from' is '9'; it must be no more than 'to', 8"
            ),
            (
                "{sliders}\nshow: [bytes]\nbytes: {from: ^^2, to: 0.5}",
                "'from' is '2'; it must be no more than 'to', 0.5"
            ),
            (
                "{ask}\nid: a\nquestion: Why?\nanswer: 12\ntolerance: ^^60%",
                "'tolerance' is '60%'; it must be a percentage from 0% to 50%"
            ),
            (
                "{ask}\nid: a\nquestion: Why?\nanswer: 12\ntolerance: ^^0.1",
                "'tolerance' is '0.1'; it must be a percentage from 0% to 50%"
            ),
            (
                "{ask}\nid: a\nquestion: Why?\nanswer: ^^twelve",
                "'answer' is 'twelve'; it must be a number or a figure such as cache:g=4"
            ),
            (
                "{head}\ntokens: [{word: a, key: [1, ^^0.25], value: 3}]",
                "'key' is '0.25'; it must be numbers from -9.9 to 9.9, in tenths"
            ),
            (
                "{head}\ntokens: [{word: a, key: [1, 2], value: ^^100}]",
                "'value' is '100'; it must be a whole number from -99 to 99"
            ),
            (
                "{find}\nid: a\nquestion: Where?\nrows: [[a]]\n"
                    + "mistakes: [{cell: [1, 1], because: So.}, {cell: ^^[2, 1], because: So.}]",
                "'cell' is '2, 1'; it must be [row, column] of a cell in rows"
            ),
            (
                "{find}\nid: a\nquestion: Where?\nheader: [a, b]\nrows: ^^[[a, b], [c]]\n"
                    + "mistakes: [{cell: [1, 1], because: So.}]",
                "'rows' is 'row 2 of 1 cells'; it must be rows of 2 cells"
            ),
        ])
    func wrongValue(block: String, message: String) {
        MarkedLesson(step: "```\(block)\n```").expect(("wrong-value", message))
    }

    private static let unknownSlider =
        "'q' is not a parameter or dial; they are l, b, n, g, h, s, bytes, c, r, wl, w, written, "
        + "cache, query, token, second, machine, work, devices, mla, bracket, matrix, "
        + "layer, first, memory"

    @Test(
        "with a parameter that cannot be is found",
        arguments: [
            (
                "{sliders}\nshow: [g, ^^q]",
                unknownSlider
            ),
            (
                "{sliders}\nshow: [g]\nnew: ^^q",
                unknownSlider
            ),
            (
                "{sliders}\nshow: [g]\ng: {stops: [1, ^^two]}",
                "g=two: K/V heads must be a whole number"
            ),
            ("{setting}\ng: ^^many", "g=many: K/V heads must be a whole number"),
            ("{setting}\nbytes: ^^3", "bytes=3: bytes per number must be 4, 2, 1 or 0.5"),
            (
                "{^^setting}\ng: 7",
                "g=7: K/V heads must divide the 96 query heads "
                    + "(1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 96)"
            ),
            ("{setting}\ns: ^^0", "s=0: tokens must be 1 or more"),
            (
                "{sliders}\nshow: [s]\ns: {from: ^^few}",
                "s=few: tokens must be a whole number"
            ),
            (
                "{sliders}\nshow: [bytes]\nbytes: {to: ^^3}",
                "bytes=3: bytes per number must be 4, 2, 1 or 0.5"
            ),
            (
                "{sliders}\nshow: [l]\nl: {stops: [^^0, 1]}", "l=0: layers must be 1 or more"
            ),
        ])
    func badSetting(block: String, message: String) {
        MarkedLesson(step: "```\(block)\n```").expect(("setting", message))
    }

    @Test("with a model that is not known is found, with the nearest one")
    func unknownModel() {
        MarkedLesson(step: "```{setting}\nmodel: ^^llama3-8bb\n```").expect(
            ("unknown-model", "no model 'llama3-8bb'; did you mean 'llama3-8b'?"))
    }

    @Test("that gives a slider's ends in bytes, or with separators, is understood so")
    func sliderEnds() throws {
        let lesson = MarkedLesson(
            step: "```{sliders}\nshow: [bytes, s]\nbytes: {from: 1, to: 4}\n"
                + "s: {from: '1,024', to: 4096}\n```")
        lesson.expect()
        let step = Course(files: [("1-test.md", lesson.text)]).lessons[0].steps[0]
        #expect(
            step.sliders.map { $0.stops(at: step.setting).map($0.text) } == [
                ["1", "2", "4"], ["1,024", "2,048", "4,096"],
            ])
    }

    @Test(
        "that has a slider for a dial of no picture here is found, and one for a picture's is not")
    func dials() {
        let picture = "```{cache}\nwords: [a, b, c]\n```\n\n"
        let sliders = "```{sliders}\nshow: [written]\n```"
        let lesson = MarkedLesson(step: picture + sliders)
        lesson.expect()
        let step = Course(files: [("1-test.md", lesson.text)]).lessons[0].steps[0]
        #expect(step.sliders.map { $0.stops(at: step.setting) } == [[1, 2, 3]])
        #expect(
            MarkedLesson(step: sliders).findings.map(\.message)
                == ["no picture of this step has 'written' to move"])
        MarkedLesson(step: picture + "```{setting}\ncache: ^^maybe\n```")
            .expect(("setting", "cache=maybe: must be off or on"))
        func messages(_ step: String) -> [String] {
            MarkedLesson(step: step).findings.map(\.message)
        }
        #expect(
            messages("```{setting}\nwritten: 2\n```")
                == ["no picture of this step has 'written' to move"])
        #expect(
            messages(picture + "```{setting}\nwritten: 4\n```") == ["written=4: must be 1 to 3"])
        let some = "\nwritten: {from: 2, to: 3}\n```"
        let shown = picture + sliders.replacing("\n```", with: some)
        #expect(
            messages(shown + "\n\n```{setting}\nwritten: 1\n```") == ["written=1: must be 2 to 3"])
        #expect(messages(shown.replacing("to: 3", with: "to: 4")) == ["written=4: must be 1 to 3"])
    }

    @Test(
        "is quoted without the tab that its key holds: a finding is one line that commands nothing")
    func quoted() throws {
        let messages = MarkedLesson(step: "```{race}\npropo\tsal: show\n```").findings.map(
            \.message)
        #expect(messages.contains { $0.hasPrefix("{race} has no key 'propo\u{FFFD}sal'") })
    }

    @Test(
        "of a chart needs a number for each of its series in every row, and no more bars than fit",
        arguments: [
            ("rows:\n  - ^^[a, 1]", "a, 1", "a name and 2 numbers a row"),
            ("rows:\n  - ^^[a, 1, many]", "a, 1, many", "a name and 2 numbers a row"),
            ("rows: ^^[]", "0 bars", "1 to 24 bars"),
        ])
    func chart(body: String, given: String, expected: String) {
        let lesson = MarkedLesson(
            step: "```{chart}\ntitle: t\nseries: [one, two]\n\(body)\n```")
        #expect(
            lesson.findings.first?.message == "'rows' is '\(given)'; it must be \(expected)")
        #expect(lesson.findings.first?.place == lesson.places[0])
    }

    @Test("that shows a slider twice is found")
    func sliderTwice() {
        MarkedLesson(step: "```{sliders}\nshow: ^^[g, s, g]\n```").expect(
            ("repeated", "a slider appears twice"))
    }

    @Test("that asks without exactly one right answer is found")
    func oneRightAnswer() {
        let none = "choices: ^^[{text: a}, {text: b}]"
        let two = "choices: ^^[{text: a, right: true}, {text: b, right: true}]"
        for (choices, count) in [(none, 0), (two, 2)] {
            MarkedLesson(step: "```{ask}\nid: a\nquestion: Why?\n\(choices)\n```").expect(
                (
                    "one-right-answer",
                    "a question has exactly one right answer; this one has \(count)"
                ))
        }
        MarkedLesson(step: "```{^^ask}\nid: a\nquestion: Why?\nfree: true\nanswer: 3\n```").expect(
            ("one-right-answer", "a question has exactly one right answer; this one has 2"))
        MarkedLesson(step: "```{^^find}\nid: a\nquestion: Why?\nrows: [[a]]\n```").expect(
            ("one-right-answer", "a question has exactly one right answer; this one has 0"))
    }

    @Test("that asks a second time in a step, or under an id that is taken, is found")
    func questionTwice() {
        let ask = "ask}\nid: a\nquestion: Why?\nfree: true\n```"
        MarkedLesson(step: "```{\(ask)\n\n```{^^\(ask)").expect(
            ("repeated", "a step's question appears twice"))
        MarkedLesson(step: "```{\(ask)\n\n## Another step\n\n```{^^\(ask)").expect(
            ("repeated", "the question id 'a' appears twice"))
    }

    @Test("that asks for what cannot be computed is found")
    func notComputable() {
        MarkedLesson(step: "```{^^ask}\nid: a\nquestion: Why?\nanswer: cache:g=7\n```").expect(
            (
                "figure",
                "'answer' cannot be computed at this step's setting (does g divide n, are c and r "
                    + "set for MLA?)"
            ))
    }
}
