import Foundation
import Testing

extension RealTerminal {
    @Suite("What is said of keys")
    struct KeysTests {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        /// Starts a lesson's step, and waits until it is on the screen.
        @discardableResult
        private func start(
            _ arguments: [String], in session: TmuxSession, size: String
        ) throws -> [String] {
            try session.type("\"$headroom\" learn " + arguments.joined(separator: " "))
            try session.wait(forRender: arguments + ["--size", size])
            return try session.screen()
        }

        @Test("the help lists exactly the letters and signs that do something")
        func help() throws {
            let session = try TmuxSession(rows: 40, folder: folder)
            let arguments = ["gqa", "--step", "from-end-to-end"]
            let step = try start(arguments, in: session, size: "80x40")
            try session.send("?")
            let help = try session.wait("the whole help") { $0.contains { $0.contains("Quit") } }
            let listed = help.compactMap { line in
                line.firstMatch(of: #/^ {3}(\S) {2}/#).map { String($0.1) }
            }
            try #require(Set(listed).isSuperset(of: ["w", "c", "e", "u", "H", "=", "q"]))
            try session.send("Escape")
            try session.wait("the step again") { $0 == step }

            // All others at once; the help behind them shows that they were read.
            let others = (UInt8(0x21)...0x7E).filter { byte in
                !listed.contains(String(Unicode.Scalar(byte)))
                    && !(UInt8(ascii: "1")...UInt8(ascii: "9")).contains(byte)
            }
            try session.send(bytes: others + Array("?".utf8))
            try session.wait("the same help") { $0 == help }
            try session.send("Escape")
            try session.wait("the same step") { $0 == step }

            for key in listed {
                try session.send(key)
                try session.wait("\(key) to do something") { $0 != step }
                if key != "q" { try session.send("C-c") }
                try session.waitForShell()
                if key != listed.last { try start(arguments, in: session, size: "80x40") }
            }
        }

        @Test("everything that can be open says how to leave it, and Esc does")
        func overlays() throws {
            let session = try TmuxSession(columns: 60, rows: 20, folder: folder)
            for (name, keys) in [
                ("from-end-to-end", ["c", "m", "w", "y", "=", "?", "e"]), ("half-of-g", ["Enter"]),
            ] {
                let step = try start(
                    ["gqa", "--step", name], in: session, size: "60x20")
                for key in keys {
                    try session.send(key)
                    let open = try session.wait("\(key) to open something") { $0 != step }
                    let footer = open.last ?? ""
                    #expect(
                        footer.contains("Esc ") || footer.contains("back to the lesson"),
                        "\(key): \(footer)")
                    try session.send("Escape")
                    try session.wait("Escape to close what \(key) opened") {
                        $0.first == step.first && $0.last?.contains("q quit") == true
                    }
                    // A question that is put off says so; everything else is as it was.
                    if key != "Enter" {
                        try session.wait("the step behind \(key)") { $0 == step }
                    }
                }
                try session.send(".")
                try session.wait("a blank screen") { $0.isEmpty }
                try session.send("x")
                try session.wait("the step again") { $0.first == step.first }
                try session.send("q")
                try session.waitForShell()
            }
        }

        @Test("C-l draws the screen again, whatever stands there")
        func redrawn() throws {
            let terminal = try PseudoTerminal(folder: folder)
            try terminal.waitForScreen()
            terminal.settle()
            terminal.forget()
            terminal.write("\u{0C}")
            try terminal.waitForScreen()
        }

        @Test("without colours, too, exactly one slider is seen to have the keys")
        func focus() throws {
            let course = try TestCourse(in: folder)
            let session = try TmuxSession(environment: ["NO_COLOR": "1"], folder: folder)
            try session.type(course.line)
            try session.wait(forRender: course.arguments)
            func marked() throws -> [Int] {
                let screen = try session.screen()
                return screen.indices.filter { screen[$0].contains("▸") }
            }
            let first = try marked()
            #expect(first.count == 1)
            try session.send("Tab")
            try session.wait(forRender: course.arguments + ["--keys", "Tab"])
            let second = try marked()
            #expect(second.count == 1)
            #expect(second != first)
            try session.send("BTab")
            try session.wait(forRender: course.arguments)
            #expect(try marked() == first)
        }
    }
}
