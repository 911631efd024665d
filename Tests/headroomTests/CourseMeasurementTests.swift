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
            try session.wait("the times") { $0.contains { $0.contains("Timed on this machine") } }
            // Started again, stopped, and quit in the middle of a third.
            try session.send("r")
            try session.send("r")
            try session.wait("the timing to end") { screen in
                screen.contains { $0.contains("Stopped early") || $0.contains("Timed on") }
            }
            try session.send("r")
            try session.send("q")
            try session.waitForShell()
        }

        @Test("latent attention is computed both ways beside the course")
        func forms() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" learn mla --step both-on-this-machine")
            try session.wait("the step") { $0.contains { $0.contains("Not run here yet") } }
            try session.send("r")
            try session.wait("the comparison") { screen in
                screen.contains { $0.contains("the same but for rounding") }
                    && screen.contains { $0.contains("Computed on this machine") }
            }
            try session.send("q")
            try session.waitForShell()
        }
    }
}
