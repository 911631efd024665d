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
            terminal.forget()
            terminal.write("\u{1B}OC")
            try terminal.wait("the slider to move") { !$0.output.isEmpty }
            terminal.settle()
            terminal.forget()
            #expect(!terminal.read(milliseconds: 1_000))
            #expect(terminal.output == [])
        }

        @Test("with --reduce-motion a measurement shows its begin and its end, and nothing between")
        func reducedMotion() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" learn gqa --step time-against-g --reduce-motion")
            try session.wait("the step") { $0.contains { $0.contains("Not timed here yet") } }
            // Its row may be seen while it is being written, but never at another share.
            var shares: Set<String> = []
            try session.send("r")
            try session.wait("the times", seconds: 60) { screen in
                shares.formUnion(
                    screen.filter { $0.contains("Timing one layer's step") && $0.hasSuffix("%") })
                return screen.contains { $0.contains("Timed on this machine") }
            }
            #expect(shares.count <= 1)
        }

        // The number and the arguments of a system call are other ones on other processors.
        #if os(Linux) && arch(x86_64)
            @Test("while nothing happens the program sleeps until something does")
            func rest() throws {
                let terminal = try PseudoTerminal(folder: folder)
                try terminal.waitForScreen()
                try expectWaits([-1], terminal)
            }

            @Test("it looks for edits only when it is told of one")
            func edits() throws {
                let course = try TestCourse(in: folder)
                let terminal = try PseudoTerminal(["learn"] + course.arguments, folder: folder)
                try terminal.waitForScreen()
                try expectWaits([-1, -1], terminal)
            }

            @Test("a course that goes on by itself sleeps until the next step, and at its end")
            func pace() throws {
                let course = try TestCourse(in: folder)
                let slow = try PseudoTerminal(
                    ["learn"] + course.arguments + ["--auto", "--pace", "0.1"], folder: folder)
                try slow.waitForScreen()
                let minute: Int32 = 60_000
                try expectWaits("a minute and more, and edits", slow) { waits in
                    waits.count == 2 && waits[0] ?? 0 > minute && waits[1] == -1
                }
                let quick = try PseudoTerminal(
                    ["learn"] + course.arguments + ["--auto", "--pace", "100"], folder: folder)
                try quick.waitForScreen()
                try expectWaits([-1, -1], quick)
            }

            @Test("who follows looks at the file once a second")
            func following() throws {
                let file = folder.url.appending(path: "class").path
                let terminal = try PseudoTerminal(["follow", file], folder: folder)
                try terminal.wait(for: "Waiting")
                try expectWaits([-1, 1_000], terminal)
            }

            private func expectWaits(
                _ expected: [Int32], _ terminal: PseudoTerminal,
                sourceLocation: SourceLocation = #_sourceLocation
            ) throws {
                try expectWaits(
                    "\(expected)", terminal, sourceLocation: sourceLocation,
                    until: { $0 == expected }
                )
            }

            /// Holds how long each of the program's threads waits in `poll` against what is
            /// expected.
            private func expectWaits(
                _ what: String, _ terminal: PseudoTerminal,
                sourceLocation: SourceLocation = #_sourceLocation,
                until isAsExpected: ([Int32?]) -> Bool
            ) throws {
                var last: [Int32?] = []
                let isMet = try Deadline(seconds: 30).met {
                    terminal.read(milliseconds: 10)
                    last = try waits(of: terminal.identifier)
                    return isAsExpected(last)
                }
                #expect(isMet, "\(what), not \(last)", sourceLocation: sourceLocation)
            }

            /// The milliseconds for which each thread waits in `poll`, -1 without end; nil where it
            /// does something else.
            private func waits(of process: pid_t) throws -> [Int32?] {
                let tasks = "/proc/\(process)/task"
                let threads = try FileManager.default.contentsOfDirectory(atPath: tasks)
                return try threads.compactMap { Int($0) }.sorted().map { thread in
                    let call = try String(
                        contentsOfFile: "\(tasks)/\(thread)/syscall", encoding: .utf8
                    )
                    .split(separator: " ")
                    // Number 7 with its descriptors, how many there are, and the time.
                    guard call.first == "7", call.count > 3 else { return nil }
                    return UInt32(call[3].dropFirst(2), radix: 16).map(Int32.init(bitPattern:))
                }
            }
        #endif
    }
}
