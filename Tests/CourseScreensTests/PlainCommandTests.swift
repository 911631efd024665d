import AttentionEngine
import CourseContent
import TerminalCanvas
import Testing

@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("The plain mode's commands")
struct PlainCommandTests {
    @Test("a moved slider is one sentence of what changed, from and to")
    func sentence() {
        var course = PlainCourse.at("gqa", "from-end-to-end")
        #expect(
            course.words("set g 4")
                == "K/V heads 8 → 4, 24 query heads each: cache 403 MB → 201 MB (192 MiB), "
                + "1/24 of MHA.")
        #expect(course.words("end").hasSuffix("201 MB → 4.83 GB (4.50 GiB), as much as MHA."))
        var other = PlainCourse.at("mqa", "n-times-less")
        #expect(
            other.words("n 48")
                == "Query heads 96 → 48, 48 query heads each: cache still 50.3 MB (48.0 MiB), "
                + "1/48 of MHA; MHA 4.83 GB → 2.42 GB.")
    }

    @Test("the factors shown so far are told in numbers, and figures in the text that follow")
    func factors() {
        var course = PlainCourse.at("kv-cache", "layers")
        course.type("reveal", "reveal")
        #expect(course.words("set l 24") == "Layers 12 → 24: 18,432 numbers → 36,864 numbers.")
        var other = PlainCourse.at("mla", "both-on-this-machine")
        #expect(other.words("set s 256").contains("one new token, 256 tokens in the cache"))
    }

    @Test(
        "a value is set by any of its spellings",
        arguments: [
            "set g 4", "g 4", "g=4", "set g = 4", "set g to 4", "SET G 4", "  g  4  ", "= 4",
        ])
    func spellings(command: String) {
        var course = PlainCourse.at("gqa", "from-end-to-end")
        course.type(command)
        #expect(course.session.setting.keyValueHeads == 4)
    }

    @Test("several values are set at once, thousands with commas")
    func several() {
        var course = PlainCourse.at("mqa", "n-times-less")
        course.type("n=64,s=2,048")
        #expect(course.session.setting.text == "l=96,b=1,n=64,g=1,h=128,s=2048,bytes=2")
    }

    @Test("the numbers a slider takes are those that it says")
    func range() {
        var course = PlainCourse.at("kv-cache", "query-heads")
        #expect(
            course.words("n")
                == "n, query heads (new): 12, stops from 1 to 256; left and right move it. set n takes "
                + "numbers between and beyond these too.")
        course.type("n 1000")
        #expect(course.session.setting.queryHeads == 1000)
        let text = """
            ---
            title: T
            summary: S
            ---

            ## A

            Move them.

            ```{sliders}
            show: [s, g]
            s: {from: 1024, to: 131072}
            g: {stops: [8, 12]}
            ```
            """
        var ranged = PlainCourse(
            Session(course: Course(files: [("1-t.md", text)])), width: 72)
        #expect(ranged.words("s").hasSuffix("set s takes those between these too."))
        #expect(ranged.words("s 5000").hasPrefix("Tokens 1,024 → 5,000"))
        #expect(ranged.words("s 200000") == "s, tokens: here 131,072 is the most.")
        #expect(ranged.words("s 1") == "s, tokens: here 1,024 is the least.")
        #expect(ranged.words("g").hasSuffix("set g takes other divisors of n, 96, too."))
        #expect(ranged.words("=") == "Type = and the value on one line, as in = 12.")
    }

    @Test("what happened stands before the values that it led to, and numbers are grouped")
    func noticeFirst() {
        var course = PlainCourse.at("gqa", "from-end-to-end")
        #expect(course.type("units").hasPrefix("Sizes: decimal (GB, powers of 1,000)"))
        course.type("explore", "n 1000")
        #expect(
            course.words("n 1001").hasPrefix(
                "g is now 7: K/V heads must divide the 1,001 query heads Query heads 1,000"))
        #expect(course.words("look").contains("- g: 1,001; query heads each: 1; cache:"))
    }

    @Test("a size without its twin is in the units chosen, and so is what is told of a measurement")
    func units() {
        var course = PlainCourse.at("mla", "what-is-kept")
        course.type("units")
        #expect(course.words("units").hasPrefix("Sizes: binary (GiB, powers of 1,024)"))
        let told = course.words("again")
        #expect(told.contains("caches the same 6.54 GiB."))
        #expect(!told.contains(" GB"))
        #expect(!course.words("why").contains(" GB"))
        course.type("go mla 3")
        #expect(course.words("look").contains("Expanded: made for it 8.00 MiB in 32-bit numbers"))
        #expect(course.words("look").contains("Absorbed: made for it "))
        course.type("go gqa 9")
        #expect(course.words("again").contains("cache: 1.00 GiB; with MHA: 4.00 GiB"))
        course.type("units")
        #expect(course.words("again").contains("cache: 1,073,741,824 B; with MHA: 4,294,967,296 B"))
    }

    @Test("keys move the slider that was chosen")
    func keys() {
        var course = PlainCourse.at("kv-cache", "query-heads")
        course.type("right")
        #expect(course.session.setting.queryHeads == 13)
        #expect(course.words("slider h").hasPrefix("h, head width: 64"))
        course.type("home")
        #expect(course.session.setting.headDimension == 1)
        #expect(course.type("left") == "h, head width stays 1: that is its limit.")
        course.type("end n")
        #expect(course.session.setting.queryHeads == 256)
    }

    @Test(
        "a wrong command is one sentence with what would be right",
        arguments: [
            ("nxt", "'nxt' is not a command. Did you mean next? help next explains it."),
            ("qqqqqqq", "'qqqqqqq' is not a command. help lists them."),
            (
                "set",
                "set needs a letter and a value, as in set g 4. This step has g; explore frees all sliders."
            ),
            ("set g", "g needs a value, as in set g 4."),
            ("set q 4", "'q' is not a parameter; they are l, b, n, g, h, s, bytes, c, r, wl, w."),
            (
                "set s 4",
                "No slider here for s, tokens. This step has g; explore frees all sliders."
            ),
            (
                "set g 5",
                "g=5: K/V heads must divide the 96 query heads (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 96)."
            ),
            ("set g four", "g=four: K/V heads must be a whole number."),
            ("answer 2", "This step has no question."), ("hint", "No question is open here."),
            ("reveal", "Nothing is hidden here."), ("run", "There is nothing to run on this step."),
            ("stop", "Nothing is running."),
            ("step 99", "This lesson has the steps 1 to "),
            ("go gqa 99", "Lesson 5 has the steps 1 to "),
            (
                "go nowhere",
                "No lesson 'nowhere'. The lessons are start, kv-cache, mha, mqa, gqa, compare, question, mla, real."
            ),
            ("go", "go needs a lesson, as in go gqa or go 5 3; contents lists them."),
            ("model nothing-like-it", "No model 'nothing-like-it'."),
            ("model lama4-8b", "No model 'lama4-8b'. The nearest is llama3-8b."),
            ("why mha", "why unfolds the cache's size, and nothing else: why, or why cache."),
            ("quit now", "quit takes no argument."),
            ("7", "No question is open that a number answers. go 7 opens a lesson."),
        ])
    func wrong(command: String, sentence: String) {
        var course = PlainCourse.at("gqa", "from-end-to-end")
        let before = course.session
        #expect(course.words(command).hasPrefix(sentence))
        #expect(course.session.setting == before.setting)
        #expect(course.session.position == before.position)
    }

    @Test("every command has its help, and answers to all its names")
    func help() {
        var course = PlainCourse.at("gqa", "from-end-to-end")
        let all = ["help all", "rest", "rest"].map { course.words($0) }.joined(separator: " ")
        for command in PlainCommand.all {
            #expect(all.contains("- \(command.usage): \(command.help)"))
            for name in command.names {
                #expect(course.words("help \(name)").hasPrefix("\(command.usage): "), "\(name)")
            }
        }
        let names = PlainCommand.all.flatMap(\.names)
        #expect(Set(names).count == names.count)
    }

    @Test(
        "the letters that lessons name as keys do what the keys do",
        arguments: ["e", "y", "w", "c"])
    func letters(key: String) {
        var typed = PlainCourse.at("gqa", "from-end-to-end")
        let long = ["e": "explore", "y": "setting", "w": "why", "c": "contents"]
        var named = typed
        #expect(typed.type(key) == named.type(long[key] ?? ""))
        #expect(typed.session.isExploring == (key == "e"))
    }

    @Test("a letter with a value behind it is a slider")
    func letterOrKey() {
        var course = PlainCourse.at("mla", "what-is-kept")
        course.type("c 256")
        #expect(course.session.setting.latent?.latentRank == 256)
        course.type("r 0")
        #expect(course.session.setting.latent?.rotaryDimension == 0)
        #expect(course.words("n").hasPrefix("n, query heads: 128, stops 16, 32, 64, 128"))
    }

    @Test("why unfolds the size one factor a line")
    func why() {
        var course = PlainCourse.at("gqa", "gpt-3-with-eight-k-v-heads")
        #expect(
            course.type("why cache")
                == """
                Why 403 MB (384 MiB): 8 K/V heads, 12 query heads each.
                - h, numbers of a key: 128 for one key.
                - × 2 (a key, a value): 256 for one K/V head.
                - × 8 K/V heads: 2,048 for one layer.
                - × 96 layers: 196,608 for one token.
                - × 1,024 tokens: 201,326,592 for one sequence.
                - × 1 in the batch: 201,326,592 for all sequences.
                - × 2 bytes each: 402,653,184 bytes.

                Beside it:
                - MHA: 12 times as much, 4.83 GB (4.50 GiB).
                - MQA: 1/8 of it, 50.3 MB (48.0 MiB).
                """)
    }

    @Test("a model's values are taken by its name, and several are listed by their ids")
    func models() {
        var course = PlainCourse.at("gqa", "from-end-to-end")
        #expect(
            course.words("model llama3-8b").hasPrefix("The values of Llama-3-8B. Layers 96 → 32,"))
        #expect(course.session.model?.id == "llama3-8b")
        #expect(course.words("model gemma").contains("- gemma-2b: Gemma-2B, MQA, 18 layers,"))
        #expect(course.session.model?.id == "llama3-8b")
    }

    @Test("search tells whole words, with no mark doubled and no cells run together")
    func search() {
        var course = PlainCourse.at("gqa", "from-end-to-end")
        let said = course.words("search latent")
        #expect(said.contains("- go 8 8: How many heads is that?"))
        #expect(!said.contains("?."))
        #expect(
            said.contains("...kept of each token? One latent and one rotary key, for all heads;"))
    }

    @Test("explore frees all sliders and returns to the lesson as it was")
    func explore() {
        var course = PlainCourse.at("gqa", "from-end-to-end")
        course.type("set g 4")
        #expect(course.words("explore").contains("Here: set g, n, s, l, h, b or bytes"))
        course.type("set s 4096", "set g 2")
        #expect(course.type("next") == "You are exploring; explore returns to the lesson.")
        #expect(course.words("explore").hasPrefix("Back to the lesson, with its values as you"))
        #expect(course.session.setting.text == "l=96,b=1,n=96,g=4,h=128,s=1024,bytes=2")
    }

    @Test("a pinned setting is compared with in the sentence")
    func pin() {
        var course = PlainCourse.at("gqa", "from-end-to-end")
        #expect(course.type("pin").hasPrefix("Pinned: l=96"))
        #expect(course.words("g 4").hasSuffix("1/24 of MHA, 1/2 of the pin."))
    }

    @Test("a token is appended to the cache on the spot")
    func append() {
        var course = PlainCourse.at("kv-cache", "held-in-memory")
        #expect(course.words("run").hasPrefix("A cache in memory: 1 token (The)"))
        #expect(course.words("r").contains("- Held: 73,728 bytes"))
    }

    @Test("a proposal is placed by its numbers, and told beside the race")
    func place() throws {
        var course = PlainCourse.at("question", "where-would-it-stand")
        #expect(course.words("again").contains("Your proposal is not placed yet."))
        #expect(course.words("place 24").hasPrefix("place needs the numbers cached"))
        #expect(course.words("p 200 50").hasPrefix("place needs the numbers cached"))
        #expect(
            course.words("p 24 60%")
                == "Your proposal is at 24 numbers cached for each token, accuracy 60 %.")
        #expect(course.session.progress.proposal == Proposal(numbers: 24, percent: 60))
        #expect(course.words("look").contains("Your proposal: 24 numbers cached, accuracy 0.60."))
        course.type("place none")
        #expect(course.session.progress.proposal == nil)
    }

    @Test("a race is started, told by quarters, and stopped")
    func race() throws {
        var course = PlainCourse.at("question", "the-empty-corner")
        let started = course.take("run")
        guard case .run(.race(.start(let plan)))? = started.effects.first else {
            Issue.record("the race should be started: \(started.effects)")
            return
        }
        #expect(course.isRunning)
        let race = RecallRace(plan.variants, steps: 100, seed: plan.seed, questions: 16, threads: 1)
        race.start()
        var said: [String] = []
        while course.isRunning {
            said += course.receive(.race(plan, race.progress, date: "2026-11-23")).lines
        }
        #expect(said.first.map { $0.hasSuffix(" %") } == true)
        #expect(said.contains("100 %"))
        #expect(
            said.contains { $0.hasPrefix("- MHA: 128 numbers cached for each token, accuracy") })
        #expect(course.take("run").effects.count == 1)
        #expect(course.take("stop").effects == [.run(.race(.stop))])
        #expect(!course.isRunning)
        #expect(course.words("longer").hasSuffix("steps; stop ends it."))
    }

    @Test("where the race's g moves, the words follow it")
    func raceAtG() {
        var course = PlainCourse.at("gqa", "quality-as-g-moves")
        #expect(course.words("set g 2").contains("You are at g = 2, GQA-2: 32 numbers cached"))
    }

    @Test("progress is asked to be saved where it changed, and only there; quit ends")
    func effects() {
        var course = PlainCourse.at("gqa", "from-end-to-end")
        #expect(course.take("g 4").effects == [.save(course.session.progress)])
        #expect(course.take("g").effects == [])
        #expect(course.take("next").effects == [.save(course.session.progress)])
        #expect(course.take("next").effects == [.save(course.session.progress)])
        #expect(course.take("reveal").effects == [])
        #expect(course.take("q").effects == [.quit])
    }

    @Test("hostile lines are answered in printable text and change nothing")
    func hostile() {
        let lines = [
            String(repeating: "a", count: 1_000_000), "\u{0}\u{0}\u{1B}[2J\u{7}", "\u{202E}txen",
            "set g \u{1B}[31m", "go \u{9B}2J", "answer \u{1B}]0;title\u{7}", "\u{FFFD}\u{FFFD}",
            String(repeating: "e\u{301}", count: 1_000), "= = = =", ",,,,", "g=4=5=6", "set g=,",
            "🧑‍🚀 go", "help \u{1B}c",
        ]
        for line in lines {
            var course = PlainCourse.at("gqa", "from-end-to-end")
            let before = course.session.setting
            let answer = course.take(line)
            #expect(unfitLines(answer.lines, width: 72, glyphs: .unicode) == [])
            #expect(answer.lines.count < 30)
            #expect(course.session.setting == before, "\(line.prefix(20))")
        }
    }
}
