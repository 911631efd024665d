import Testing

@testable import CourseContent

@Suite("A typed guess")
struct GuessReadingTests {
    struct Reading: Sendable {
        let text: String
        let kind: FigureValue.Kind
        let value: Double

        init(_ text: String, _ kind: FigureValue.Kind, _ value: Double) {
            self.text = text
            self.kind = kind
            self.value = value
        }
    }

    static let readings = [
        Reading("4.83 GB", .bytes, 4.83e9), Reading("4.83gb", .bytes, 4.83e9),
        Reading("  384   MiB ", .bytes, 402_653_184), Reading("384MIB", .bytes, 402_653_184),
        Reading("1,024 kB", .bytes, 1_024_000), Reading("1_024 KiB", .bytes, 1_048_576),
        Reading("4,831,838,208 bytes", .bytes, 4_831_838_208), Reading("1 byte", .bytes, 1),
        Reading("512 b", .bytes, 512), Reading("2 TB", .bytes, 2e12),
        Reading("1 TiB", .bytes, 1_099_511_627_776), Reading("0.5 PB", .bytes, 5e14),
        Reading("4.5 G", .bytes, 4.5e9), Reading("48 m", .bytes, 48e6), Reading("0 B", .bytes, 0),
        Reading("12", .count, 12), Reading("12 x", .count, 12), Reading("128 times", .count, 128),
        Reading("1/12", .count, 1.0 / 12), Reading("1/1,024", .count, 1.0 / 1024),
        Reading("2.42 billion", .count, 2.42e9),
        Reading("201,326,592", .count, 201_326_592), Reading("1e6", .count, 1e6),
        Reading("3 thousand", .count, 3000), Reading("1.5 million", .count, 1.5e6),
        Reading("2 trillion", .count, 2e12), Reading("2.25", .count, 2.25),
    ]

    @Test("in percent is a share of one, or as many percent as are asked for")
    func percent() {
        for (answer, value) in [(0.45, 0.37), (1, 0.37), (71.9, 37)] {
            let figure = FigureValue(amount: answer, text: "", kind: .count, origin: nil)
            #expect(Guess.read("37 %", for: figure) == .value(value))
        }
    }

    @Test("without a unit is bytes where it is near, and asks for a unit where it is not")
    func bare() {
        let figure = FigureValue(amount: 23_040, text: "", kind: .bytes, origin: nil)
        #expect(Guess.read("23,040", for: figure) == .value(23_040))
        #expect(Guess.read("20000", for: figure) == .value(20_000))
        #expect(Guess.read("23 kB", for: figure) == .value(23_000))
        for text in ["23", "4000000"] {
            guard case .unreadable(let why) = Guess.read(text, for: figure) else {
                Issue.record("\(text) was read")
                continue
            }
            #expect(why.hasPrefix("Give it a unit"))
        }
    }

    @Test("is read with its unit, its separators and its fraction", arguments: readings)
    func isRead(reading: Reading) {
        guard case .value(let value) = Guess.read(reading.text, kind: reading.kind) else {
            Issue.record("\(reading.text) was not read")
            return
        }
        #expect(abs(value - reading.value) <= 1e-12 * reading.value)
    }

    @Test(
        "of a size that cannot be read is answered with what is wrong with it",
        arguments: [
            ("", "Type a size, such as 12 GB or 384 MiB."),
            ("many", "Type a size, such as 12 GB or 384 MiB."),
            ("-3 GB", "Type a size, such as 12 GB or 384 MiB."),
            ("1.2.3 GB", "Type a size, such as 12 GB or 384 MiB."),
            ("12", "Give it a unit: 12 GB, 384 MiB, 4096 B."),
            ("12 apples", "'apples' is not a unit; use kB, MB, GB, TB, KiB, MiB, GiB or TiB."),
            ("1/2 GB", "'/2GB' is not a unit; use kB, MB, GB, TB, KiB, MiB, GiB or TiB."),
            ("0,538 GB", "Write decimals with a point, as in 4.83; commas group thousands."),
            ("4,83 GB", "Write decimals with a point, as in 4.83; commas group thousands."),
        ])
    func unreadableSize(text: String, problem: String) {
        #expect(Guess.read(text, kind: .bytes) == .unreadable(problem))
    }

    @Test(
        "of a count that cannot be read is answered with what is wrong with it",
        arguments: [
            ("", "Type a number, such as 12."), ("½", "Type a number, such as 12."),
            ("twelve", "Type a number, such as 12."),
            ("1/0", "'/0' is not understood; type a plain number."),
            ("12 GB", "'GB' is not understood; type a plain number."),
            ("2,25", "Write decimals with a point, as in 4.83; commas group thousands."),
        ])
    func unreadableCount(text: String, problem: String) {
        #expect(Guess.read(text, kind: .count) == .unreadable(problem))
    }

    @Test("is right up to its tolerance on either side, and not beyond")
    func tolerance() {
        func isRight(_ guess: Double, _ tolerance: Double) -> Bool {
            Guess.isRight(guess, answer: 1000, tolerance: tolerance)
        }
        #expect([900, 1000, 1100].allSatisfy { isRight($0, 0.1) })
        #expect([899.9, 1100.1, 0, -1000].allSatisfy { !isRight($0, 0.1) })
        #expect(isRight(1000, 0))
        #expect([999, 1001].allSatisfy { !isRight($0, 0) })
        #expect(Guess.isRight(0, answer: 0, tolerance: 0.1))
        #expect(!Guess.isRight(1, answer: 0, tolerance: 0.1))
    }
}
