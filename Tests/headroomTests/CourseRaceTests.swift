import Testing

extension RealTerminal {
    @Suite struct CourseRaceTests {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        @Test("a race is started, paused, resized, left and quit, and the terminal is as before")
        func race() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" learn mla --step 7")
            try session.wait("the shipped results") { screen in
                screen.contains { $0.contains("Came with the program") }
            }
            try session.send("r")
            try session.wait("the race to run or be done") { screen in
                screen.contains { $0.contains("Training here") || $0.contains("Trained on") }
            }
            try session.send("r")
            // A race that was done by then starts again with the next seed instead.
            let second = try session.wait("the race to pause") { screen in
                screen.contains { $0.contains("Paused, seed 0") || $0.contains("seed 1") }
            }
            #expect(second.first?.contains("Multi-head latent attention") == true)
            try session.resize(columns: 60, rows: 20)
            try session.send("e")
            let explored = try session.wait("exploring") { $0.first?.contains("Explore") == true }
            #expect(explored.allSatisfy { $0.count <= 60 })
            #expect(explored.count <= 20)
            try session.send("q")
            try session.waitForShell()
        }
    }
}
