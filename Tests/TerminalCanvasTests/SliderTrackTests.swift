import Testing

@testable import TerminalCanvas

@Suite("A slider's track")
struct SliderTrackTests {
    private static let labels: [[String]] = [
        ["1"], ["1", "2"], ["1", "2", "4", "8", "16", "32"], ["0.5", "1", "2", "4"],
        ["1", "1,024", "1,048,576"], (0...20).map(powerOfTwo), (1...16).map(String.init),
        (1...128).map(String.init), (1...256).map(String.init),
    ]

    /// "1,048,576"
    private static func powerOfTwo(_ exponent: Int) -> String {
        let digits = String(1 << exponent)
        return String(
            digits.enumerated().flatMap { index, digit in
                index > 0 && (digits.count - index) % 3 == 0 ? [",", digit] : [digit]
            })
    }

    @Test("keeps its stops inside its width, in rising columns", arguments: labels)
    func columnsRise(labels: [String]) {
        for width in [1, 5, 15, 22, 42, 79, 163] {
            let track = SliderTrack(labels, width: width) { $0 }
            let starts = labels.indices.map(track.column)
            let ends = labels.indices.map {
                starts[$0] + (track.isLabelled ? labels[$0].count : 1)
            }
            #expect(starts.first.map { $0 >= 0 } == true)
            #expect(ends.allSatisfy { $0 <= width })
            #expect(track.endColumn <= width)
            if track.isLabelled {
                #expect(zip(ends, starts.dropFirst()).allSatisfy { $0 < $1 })
            } else if labels.count <= width - (labels[0] + labels[labels.count - 1]).count {
                #expect(zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 })
            } else {
                #expect(zip(starts, starts.dropFirst()).allSatisfy { $0 <= $1 })
            }
        }
    }

    @Test("gives the mouse every stop back at each of its columns", arguments: labels)
    func foundByMouse(labels: [String]) {
        for width in [1, 5, 15, 22, 42, 79, 163] {
            let track = SliderTrack(labels, width: width) { $0 }
            for stop in labels.indices {
                let start = track.column(of: stop)
                guard track.isLabelled else {
                    // Several stops share a column where there are more of them than columns.
                    #expect(track.column(of: track.stop(at: start)) == start)
                    continue
                }
                for column in start..<start + labels[stop].count {
                    #expect(track.stop(at: column) == stop, "\(width) \(labels[stop]) \(column)")
                }
            }
        }
    }

    @Test("names its ends wherever a knob can still be seen to move between them")
    func ends() {
        let labels = (0...20).map(Self.powerOfTwo)
        func text(_ width: Int) -> String {
            SliderTrack(labels, width: width) { $0 }
                .line(at: 4, isChosen: true, glyphs: .unicode).map(\.text).joined()
        }
        #expect(text(22) == "1──●─────────1,048,576")
        #expect(text(21) == "────●────────────────")
    }

    @Test("gives the nearest end to a mouse beside it")
    func besideTheTrack() {
        let track = SliderTrack(["1", "2", "4"], width: 42) { $0 }
        #expect(track.stop(at: -10) == 0)
        #expect(track.stop(at: 1000) == 2)
    }
}
