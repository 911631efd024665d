import Foundation
import Testing

extension RealTerminal {
    @Suite struct QuietTests {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        @Test("while nothing happens nothing is written")
        func bytes() throws {
            let terminal = try PseudoTerminal(folder: folder)
            try terminal.waitForScreen()
            terminal.write("\u{1B}OC")
            terminal.settle()
            terminal.forget()
            #expect(!terminal.read(milliseconds: 1_500))
            #expect(terminal.output == [])
        }

        @Test("with --reduce-motion a measurement shows its begin and its end, and nothing between")
        func reducedMotion() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" learn gqa --step time-against-g --reduce-motion")
            try session.wait("the step") { $0.contains { $0.contains("Not timed here yet") } }
            let before = try session.screen()
            var seen: [[String]] = []
            try session.send("r")
            try session.wait("the times", seconds: 60) { screen in
                if screen != before, !seen.contains(screen) { seen.append(screen) }
                return screen.contains { $0.contains("Timed on this machine") }
            }
            #expect(seen.count <= 2)
        }

        #if os(Linux)
            @Test(
                "while nothing happens the program does not run, not even to look for edits",
                arguments: [false, true], [[], ["--auto", "--pace", "0.1"]])
            func processor(isEdited: Bool, pace: [String]) throws {
                let course = try TestCourse(in: folder)
                let arguments = isEdited ? course.arguments : ["gqa", "--step", "2"]
                try expectRest(try PseudoTerminal(["learn"] + arguments + pace, folder: folder))
            }

            @Test("a course that went on by itself rests at its end")
            func end() throws {
                let course = try TestCourse(in: folder)
                let terminal = try PseudoTerminal(
                    ["learn"] + course.arguments + ["--auto", "--pace", "100"], folder: folder)
                try terminal.waitForScreen()
                // Ten times as long as it stays on a step.
                terminal.settle(milliseconds: 1_000)
                try expectRest(terminal)
            }

            private func expectRest(
                _ terminal: PseudoTerminal, sourceLocation: SourceLocation = #_sourceLocation
            ) throws {
                try terminal.waitForScreen()
                let before = try switches(of: terminal.identifier)
                terminal.settle(milliseconds: 1_500)
                let after = try switches(of: terminal.identifier)
                #expect(after == before, sourceLocation: sourceLocation)
            }

            @Test("who follows looks at the file once a second, not more")
            func following() throws {
                let file = folder.url.appending(path: "class").path
                let terminal = try PseudoTerminal(["follow", file], folder: folder)
                try terminal.wait("the first screen") { $0.text.contains("Waiting") }
                terminal.settle()
                let before = try switches(of: terminal.identifier)
                terminal.settle(milliseconds: 2_000)
                let after = try switches(of: terminal.identifier)
                // Two looks, each a few of a thread's switches; 33 a second would be 66.
                #expect(after - before < 20)
            }

            /// How often the process's threads gave the processor away or had it taken.
            private func switches(of process: pid_t) throws -> Int {
                let tasks = "/proc/\(process)/task"
                return try FileManager.default.contentsOfDirectory(atPath: tasks).reduce(0) {
                    sum, task in
                    try String(contentsOfFile: "\(tasks)/\(task)/status", encoding: .utf8)
                        .split(separator: "\n").filter { $0.contains("ctxt_switches") }
                        .compactMap { $0.split(separator: "\t").last.flatMap { Int($0) } }
                        .reduce(sum, +)
                }
            }
        #endif
    }
}
