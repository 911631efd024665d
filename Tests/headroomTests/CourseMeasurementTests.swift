import Foundation
import Testing

extension RealTerminal {
    @Suite struct CourseMeasurementTests {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        @Test("a decode step is timed beside the course, which answers keys meanwhile")
        func times() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" learn gqa --step time-against-g")
            try session.wait("the step") { $0.contains { $0.contains("Not timed here yet") } }
            try session.send("r")
            try session.wait("the timing to run") { screen in
                screen.contains { $0.contains("Timing one layer") || $0.contains("Timed on") }
            }
            try session.send("Left")
            try session.wait("the slider to move") {
                $0.contains { $0.contains("4    8  8.39 MB") }
            }
            let timed = try session.wait("the times") { screen in
                screen.contains { $0.contains("Timed on this machine") }
            }
            // A time for every legal g of n = 32, and one for keys and values written out again.
            let rows = timed.filter { $0.contains("33,554,432") }
            #expect(rows.filter { $0.contains("written out again") }.count == 1)
            let shown = rows.compactMap { $0.split(separator: " ").first.flatMap { Int($0) } }
            #expect(shown == [32, 16, 8, 4, 2, 1])
            #expect(rows.allSatisfy { !$0.contains("?") })
            // Started again, stopped, and quit in the middle of a third.
            try session.send("r")
            try session.send("r")
            let ended = try session.wait("the timing to end") { screen in
                screen.contains { $0.contains("Stopped early") || $0.contains("Timed on") }
            }
            let kept = ended.contains { $0.contains("Timed on") } ? ended : timed
            try session.send("r")
            try session.send("q")
            try session.waitForShell()
            // Another day the step shows the same figures and says when they were found.
            try session.type("\"$headroom\" learn gqa --step time-against-g")
            try session.wait("the date") { screen in
                screen.contains { $0.contains(": r times again") }
            }
            let again = try session.settled()
            #expect(times(again).count == 6)
            #expect(times(again) == times(kept))
            try session.send("s")
            let summary = try session.wait("the summary") { screen in
                screen.contains { $0.contains("One layer's decode step: 32 query heads") }
            }
            #expect(summary.contains { $0.contains("g = 32") })
            try session.send("Escape")
            try session.wait("the step again") { $0.contains { $0.contains(": r times again") } }
            try session.send("q")
            try session.waitForShell()
        }

        /// The rows of every g, up to their times.
        private func times(_ screen: [String]) -> [String] {
            screen.filter { $0.contains("33,554,432") && !$0.contains("written out again") }
                .compactMap { $0.components(separatedBy: " ms ").first }
        }

        @Test("latent attention is computed both ways beside the course")
        func forms() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" learn mla --step both-on-this-machine")
            try session.wait("the step") { $0.contains { $0.contains("Not run here yet") } }
            try session.send("r")
            let screen = try session.wait("the comparison") { screen in
                screen.contains { $0.contains("equal up to rounding") }
                    && screen.contains { $0.contains("Computed on this machine") }
            }
            // 64 tokens of c + r = 576 numbers of 2 bytes, held by both forms.
            #expect(screen.contains { $0.contains("kept") && $0.contains("65.5 kB (64.0 KiB)") })
            let time = try #require(screen.first { $0.contains("time here") })
            #expect(!time.contains("?"))
            try session.send("q")
            try session.waitForShell()
        }
    }
}
