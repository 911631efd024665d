import Foundation
import Testing

extension RealTerminal {
    @Suite struct CourseRaceTests {
        private let folder: TestFolder

        init() throws { folder = try TestFolder() }

        private var state: URL { folder.home.appendingPathComponent(".local/state/headroom") }

        @Test("a race is started, paused, resized, left and quit, and the terminal is as before")
        func race() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" learn mla --step in-the-same-race")
            try session.wait("the shipped results") { screen in
                screen.contains { $0.contains("Trained beforehand") }
            }
            try session.send("+", "+")
            try session.wait("the race to run") { screen in
                screen.contains { $0.contains("Training here, seed 0, 6,000 steps") }
            }
            try session.send("r")
            let second = try session.wait("the race to pause") { screen in
                screen.contains { $0.contains("Paused, seed 0") }
            }
            #expect(second.first?.contains("Multi-head latent attention") == true)
            try session.resize(columns: 60, rows: 20)
            try session.send("e")
            let explored = try session.wait("exploring") { $0.first?.contains("Explore") == true }
            #expect(explored.allSatisfy { $0.count <= 60 })
            #expect(explored.count <= 20)
            try session.send("q")
            try session.wait("the question before a race is lost") { screen in
                screen.contains { $0.contains("q again quits.") }
            }
            try session.send("q")
            try session.waitForShell()
            #expect(!FileManager.default.fileExists(atPath: state.path + "/race.json"))
        }

        @Test("while a race runs keys are answered, it is seen from another step, and x stops it")
        func runsOn() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" learn question --step four-layers-in-a-race")
            try session.wait("the shipped curves") { $0.contains { $0.contains("GQA-4 0.37") } }
            try session.send("+", "+")
            try session.wait("the race to run") { $0.contains { $0.contains("Training here") } }
            try session.send("PageDown", "PageDown")
            try session.wait("the points of the same race") { screen in
                screen.first?.contains("5 of 9") == true
                    && screen.contains { $0.contains("Training here") }
            }
            try session.send("x")
            try session.wait("the results from before") { screen in
                screen.contains { $0.contains("Stopped:") }
                    && screen.contains { $0.contains("Trained beforehand") }
            }
            try session.send("q")
            try session.waitForShell()
        }

        @Test("results are kept from one start to the next, and so is the proposal beside them")
        func kept() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" learn question --step where-would-it-stand")
            try session.wait("the shipped results") {
                $0.contains { $0.contains("Trained beforehand") }
            }
            try session.send("p", "Left", "Left", "Up", "Enter", "r")
            try session.wait("the race's end", seconds: 60) { screen in
                screen.contains { $0.contains("Trained on this machine, 2") }
            }
            try session.send("q")
            try session.waitForShell()
            try session.type("clear; \"$headroom\" learn mla --step in-the-same-race")
            let again = try session.wait("the kept results") { screen in
                screen.contains { $0.contains("Trained on this machine, 2") }
            }
            #expect(again.contains { $0.contains("+ yours") })
            #expect(again.contains { $0.contains("seed 0, 1,500 steps") })
            try session.send("q")
            try session.waitForShell()
        }

        @Test(
            "a file of results that cannot be understood is one warning at the end, and no more",
            arguments: ["", "{", "[1,2]", #"{"version":9}"#, String(repeating: "[", count: 9_999)])
        func corrupt(text: String) throws {
            try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
            let file = state.appendingPathComponent("race.json")
            try Data(text.utf8).write(to: file)
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" learn question --step four-layers-in-a-race")
            try session.wait("the shipped results") {
                $0.contains { $0.contains("Trained beforehand") }
            }
            try session.send("q")
            try session.waitForShell()
            let warnings = try session.screen().joined().components(
                separatedBy: "headroom: the race")
            #expect(warnings.count == 2)
            #expect(try Data(contentsOf: file) == Data(text.utf8))
        }

        @Test("a layer's heads are trained in its step, and asked question after question")
        func heads() throws {
            let session = try TmuxSession(folder: folder)
            try session.type("\"$headroom\" learn mqa --step perspectives-lost")
            try session.wait("the untrained layer") { screen in
                screen.contains { $0.contains("MQA before training") }
            }
            try session.send("r")
            let first = try session.wait("the trained layer", seconds: 60) { screen in
                screen.contains { $0.contains("1 of 8 perspectives") }
            }
            try session.send("r")
            try session.wait("another question") { $0 != first && $0.count == first.count }
            try session.send("q")
            try session.waitForShell()
        }
    }
}
