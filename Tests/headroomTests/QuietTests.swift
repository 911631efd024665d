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

        #if os(Linux)
            @Test("while nothing happens the program does not run, not even to look")
            func processor() throws {
                let terminal = try PseudoTerminal(folder: folder)
                try terminal.waitForScreen()
                let before = try switches(of: terminal.identifier)
                terminal.settle(milliseconds: 1_500)
                #expect(try switches(of: terminal.identifier) == before)
            }

            /// How often the process's threads gave the processor away or had it taken.
            private func switches(of process: pid_t) throws -> [String] {
                let tasks = "/proc/\(process)/task"
                return try FileManager.default.contentsOfDirectory(atPath: tasks).sorted().flatMap {
                    task in
                    try String(contentsOfFile: "\(tasks)/\(task)/status", encoding: .utf8)
                        .split(separator: "\n").filter { $0.contains("ctxt_switches") }
                        .map { "\(task) \($0)" }
                }
            }
        #endif
    }
}
