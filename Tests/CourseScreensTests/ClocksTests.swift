import AttentionEngine
import ModelCatalog
import TerminalCanvas
import TestSupport
import Testing

@testable import CourseContent
@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("Two clocks")
struct ClocksTests {
    private func scene(
        _ text: String = "l=32,b=16,n=32,g=8,h=128,s=8192,bytes=2", dials: String = "",
        model: String? = "llama3-8b"
    ) throws -> Scene {
        var scene = Scene(
            setting: try CacheSetting(text: text), dials: DialValues(text: dials), units: .both,
            isVeiled: false)
        scene.model = model.flatMap { Catalog.model(id: $0) }
        return scene
    }

    private func rows(_ scene: Scene, width: Int, height: Int, glyphs: Glyphs = .unicode)
        -> [String]
    {
        var canvas = Canvas(size: Size(width: width, height: height), glyphs: glyphs)
        ClocksView(spec: ClocksSpec(), width: width, scene: scene, glyphs: glyphs)
            .draw(in: canvas.area, on: &canvas)
        #expect(canvas.cutTexts.isEmpty)
        return canvas.rows
    }

    @Test("tell what is read and computed for a token, and what it waits for")
    func small() throws {
        // 16 texts of 1.07 GB and 16.06 GB of weights at 3.35 TB/s; 2 operations for a weight and
        // 4 n h for a token kept at 989 TFLOP/s.
        let read = (16 * 32 * 8192 * 8 * 128 * 2 * 2 + 16.06e9) / 3.35e12
        let computing = 16 * (16.06e9 + 32 * 4 * 32 * 128 * 8192) / 989e12
        let figures = ClockFigures(try scene())
        #expect(abs(try #require(figures.times).reading / read - 1) < 1e-12)
        #expect(abs(try #require(figures.times).computing / computing - 1) < 1e-12)
        let rows = try self.rows(scene(), width: 78, height: 5, glyphs: .ascii)
        #expect(rows[0] == " Writing a token for each of 16 texts, H100; scale to 30 ms")
        #expect(rows[1].hasPrefix(" read     #") && rows[1].hasSuffix("# 9.92 ms"))
        #expect(rows[1].contains("|"))
        #expect(rows[2] == "          # weights 16.1 GB, 4.79 ms   # caches 17.2 GB, 5.13 ms")
        #expect(rows[3] == " compute  # 0.33 ms")
        #expect(rows[4] == " 9.92 ms: 1,613 tokens a second, waiting for memory")
    }

    @Test("draw every bar as long as its time on one axis", arguments: [40, 78, 120])
    func lengths(width: Int) throws {
        let scene = try scene()
        let figures = ClockFigures(scene)
        let rows = try self.rows(self.scene(), width: width, height: 60)
        let axis = try #require(rows.first { $0.contains("├") })
        let room = axis.filter { "├─┤".contains($0) }.count
        let drawn = rows.map { $0.filter { "█▉▊▋▌▍▎▏".contains($0) }.count }
        for row in figures.rows {
            let share = try #require(row.times).whole / figures.axisEnd
            let index = try #require(
                rows.indices.last { rows[$0].prefix(10).hasSuffix(" \(row.name)  ") })
            #expect(abs(Double(drawn[index]) - share * Double(room)) <= 1, "g = \(row.name)")
        }
    }

    @Test("tell the longest times as they tell any", arguments: Accelerator.all.map(\.name))
    func longest(machine: String) throws {
        let largest = "l=1,b=1,n=1,g=1,h=1,s=200000000000000000,bytes=2"
        for work in ["writing", "reading"] {
            let figures = ClockFigures(
                try scene(largest, dials: "machine=\(machine),work=\(work)", model: nil))
            let times = try #require(figures.times)
            #expect(figures.verdicts[0].hasPrefix(ClockFigures.text(times.whole) + ": "))
            #expect(!figures.words(withGroups: true).isEmpty && figures.axisEnd >= times.whole)
        }
        #expect(ClockFigures.text(1e20) == "1e+20 s")
    }

    @Test("read a prompt with weights shared by all its tokens, and wait for arithmetic")
    func prompt() throws {
        let figures = ClockFigures(try scene(dials: "work=reading"))
        let times = try #require(figures.times)
        #expect(!times.waitsForMemory)
        #expect(figures.titles[0] == "Reading 16 prompts of 8,192 tokens, H100")
        #expect(figures.verdicts[0].hasSuffix("waiting for arithmetic"))
        #expect(figures.here.pass.weightBytes == 16.06e9)
    }

    @Test("of a latent show MLA beside every g, and how the machine decides the trade")
    func latent() throws {
        let text = "l=61,b=1,n=128,g=128,h=128,s=100000,bytes=2,c=512,r=64"
        for (machine, isMemory) in [("H100", true), ("A100", false), ("H200", false)] {
            let scene = try scene(text, dials: "machine=\(machine)", model: "deepseek-v3")
            let figures = ClockFigures(scene)
            #expect(
                figures.rows.map(\.name) == ["128", "64", "32", "16", "8", "4", "2", "1", "MLA"])
            #expect(figures.here.name == "MLA")
            #expect(figures.here.times?.waitsForMemory == isMemory)
            #expect(figures.here.pass.weightBytes == 0)
            #expect(figures.notes[0].hasPrefix("Weights are left out: which experts"))
            // MHA's bar is sixteen times that of g = 8, whatever the axis above has room for.
            let rows = rows(scene, width: 78, height: 40)
            #expect(rows.contains { $0.contains("to a scale of their own") })
            func cells(_ name: String) throws -> Double {
                let row = try #require(rows.last { $0.prefix(10).hasSuffix(" \(name)  ") })
                return Double(row.filter { "█▉▊▋▌▍▎▏".contains($0) }.count)
            }
            #expect(try abs(cells("8") - cells("128") / 16) <= 1)
        }
    }

    @Test("say so where the machine could not hold what it reads")
    func overfull() throws {
        let figures = ClockFigures(try scene("l=32,b=16,n=32,g=32,h=128,s=8192,bytes=2"))
        #expect(
            figures.notes[0] == "84.8 GB exceed its memory, 80.0 GB: it could not hold them."
        )
        #expect(ClockFigures(try scene()).notes[0].hasPrefix("All weights are counted"))
    }

    @Test("leave out the other g where the lesson says so, however much room there is")
    func withoutGroups() {
        func words(_ lesson: String, _ step: String) -> String {
            ShippedCourse.app(lesson, step, size: Size(width: 160, height: 60)).words
        }
        #expect(words("mqa", "two-clocks").contains("the same with every g"))
        #expect(!words("mha", "read-again-for-each-token").contains("every g"))
    }

    @Test("hide every time while it is asked")
    func veiled() throws {
        var scene = try scene()
        scene.isVeiled = true
        #expect(!rows(scene, width: 100, height: 50).joined().contains(" ms"))
        #expect(!"\(ClockFigures(scene).words(withGroups: true))".contains(" ms"))
    }

    @Test("of this machine are drawn once it was measured, and kept with their day")
    func measured() throws {
        var app = ShippedCourse.app("mqa", "two-clocks", size: .wide)
        app.press("2", .enter)
        app.press(.end)
        app.session.position.subject?.dials = DialValues(text: "machine=here")
        #expect(app.words.contains("Not measured yet: press r"))
        let experiment = MachineExperiment()
        #expect(app.press("r").contains(.run(.measure(experiment))))
        let status = MachineStatus(
            bytesPerSecond: 1e10, operationsPerSecond: 1e11, threads: 1, share: 1, isRunning: false)
        app.session.now = "2026-11-22 09:30"
        app.receive(.measured(MeasuredStatus(experiment, status)))
        // 16.06 GB of weights and 34.4 GB of caches.
        #expect(app.words.contains("5.04 s: 1.59 tokens a second, waiting for memory"))
        #expect(app.words.contains("measured here, 1 thread, 32 bits"))
        let resumed = Session(course: app.session.course, progress: app.session.progress)
        #expect(
            ClockFigures(resumed.scene()).notes.contains {
                $0.contains("measured on 2026-11-22 09:30")
            })
        #expect(app.follower(size: .wide).words.contains("measured there, 1 thread"))
    }

    @Test("take what can have been measured from a file, and nothing else")
    func foreign() {
        func status(_ bytes: Double, _ operations: Double) -> MachineStatus {
            MachineStatus(
                bytesPerSecond: bytes, operationsPerSecond: operations, threads: 1, share: 1,
                isRunning: false)
        }
        #expect(status(1e10, 1e11).isPossible && status(0, 0).isPossible)
        for wrong in [-1, 1e300, .infinity, .nan] {
            #expect(!status(wrong, 1e11).isPossible && !status(1e10, wrong).isPossible)
        }
        #expect(status(1e10, 0).speeds == nil)
    }

    @Test("cut no text without a mark, however wide they are")
    func widths() throws {
        let settings = [
            "l=32,b=16,n=32,g=8,h=128,s=8192,bytes=2",
            "l=96,b=1024,n=96,g=96,h=128,s=1048576,bytes=4",
            "l=61,b=1,n=128,g=128,h=128,s=100000,bytes=2,c=512,r=64",
            "l=26,b=1,n=8,g=4,h=256,s=131072,bytes=2,wl=22,w=512",
        ]
        for text in settings {
            for (dials, isVeiled) in [("", false), ("work=reading", true), ("machine=here", false)]
            {
                var scene = try scene(text, dials: dials, model: nil)
                scene.isVeiled = isVeiled
                for width in 40...220 {
                    for height in [5, 9, 22, 45] {
                        _ = rows(
                            scene, width: width, height: height,
                            glyphs: width.isMultiple(of: 2) ? .ascii : .unicode)
                    }
                }
            }
        }
    }

    @Test("are told in words where there is no screen")
    func words() throws {
        let words = "\(ClockFigures(try scene()).words(withGroups: true))"
        for part in [
            "Picture, two clocks: Writing a token for each of 16 texts, H100.",
            "Read: weights 16.1 GB, 4.79 ms; caches 17.2 GB, 5.13 ms; together 9.92 ms.",
            "Compute: 326 billion operations, 0.33 ms.", "8, here",
            "It does 295 operations in the time it reads a byte.",
        ] {
            #expect(words.contains(part), "\(part)")
        }
    }
}
