import AttentionEngine
import Lessons
import Testing

@testable import CourseContent

@Suite("A wrong guess")
struct GuessCauseTests {
    private static let gpt3 = "l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2"

    /// The right number of an address at a setting.
    private static func answer(_ address: String, at text: String) throws -> FigureValue {
        let place = SourcePlace(line: 1, column: 1)
        let figure = try #require(Figure(address: address, written: "", place: place))
        let setting = try CacheSetting(text: text)
        return try #require(FigureExpression(figure).value(at: setting))
    }

    /// The cause named for a guess that is the right number times a factor.
    private static func cause(
        _ factor: Double, of address: String = "cache:", at text: String = gpt3
    ) throws -> String? {
        let answer = try answer(address, at: text)
        return Guess.cause(of: answer.amount * factor, typed: "", answer: answer)
    }

    @Test("is named by the factor of the formula that was forgotten")
    func forgotten() throws {
        let setting = "l=32,b=3,n=64,g=16,h=80,s=5000,bytes=4"
        #expect(try Self.cause(1.0 / 32, at: setting) == "you forgot the layers, l = 32")
        #expect(try Self.cause(1.0 / 3, at: setting) == "you forgot the batch, b = 3")
        #expect(try Self.cause(1.0 / 16, at: setting) == "you forgot the K/V heads, g = 16")
        #expect(try Self.cause(1.0 / 80, at: setting) == "you forgot the head width, h = 80")
        #expect(try Self.cause(1.0 / 5000, at: setting) == "you forgot the tokens, s = 5,000")
        #expect(try Self.cause(1.0 / 2, at: setting) == "you forgot the 2 for a key and a value")
        #expect(
            try Self.cause(1.0 / 8, at: setting)
                == "you forgot both the 2 for a key and a value and the 4 bytes of a number; "
                + "or an eighth: bytes were divided by 8")
    }

    @Test("is named by the factor of the formula that was counted twice")
    func countedTwice() throws {
        let setting = "l=32,b=3,n=64,g=16,h=80,s=5000,bytes=2"
        #expect(try Self.cause(32, at: setting) == "you counted twice the layers, l = 32")
        #expect(try Self.cause(80, at: setting) == "you counted twice the head width, h = 80")
        #expect(
            try Self.cause(2, at: setting)
                == "you counted twice the 2 for a key and a value, or the 2 bytes of a number")
    }

    @Test("that two factors of the same value explain is named by both")
    func sameFactor() throws {
        #expect(
            try Self.cause(0.5)
                == "you forgot the 2 for a key and a value, or the 2 bytes of a number")
        #expect(
            try Self.cause(0.5, at: "l=96,b=2,n=96,g=8,h=128,s=1024,bytes=2")
                == "you forgot the batch, b = 2, or the 2 for a key and a value, "
                + "or the 2 bytes of a number")
        #expect(
            try Self.cause(1.0 / 96, of: "cache:variant=mha")
                == "you forgot the layers, l = 96, or the heads, n = 96")
    }

    @Test("is not blamed on a factor that is one")
    func factorsOfOne() throws {
        let setting = "l=1,b=1,n=8,g=1,h=64,s=1000,bytes=1"
        #expect(try Self.cause(0.5, at: setting) == "you forgot the 2 for a key and a value")
        #expect(try Self.cause(0.25, at: setting) == nil)
        #expect(
            try Self.cause(2, at: "l=7,b=1,n=9,g=9,h=64,s=1000,bytes=0.5")
                == "you forgot the 0.5 bytes of a number; "
                + "or you counted twice the 2 for a key and a value")
    }

    @Test("that took the query heads for the K/V heads is told so, whatever n/g is")
    func queryHeadsForKeyValueHeads() throws {
        #expect(try Self.cause(12) == "you took n, 96 query heads, for g, 8 K/V heads")
        let llama = "l=32,b=1,n=32,g=8,h=128,s=8192,bytes=2"
        #expect(try Self.cause(4, at: llama) == "you took n, 32 query heads, for g, 8 K/V heads")
        let half = "l=32,b=1,n=32,g=16,h=128,s=8192,bytes=2"
        #expect(
            try Self.cause(2, at: half)
                == "you took n, 32 query heads, for g, 16 K/V heads; or you counted twice "
                + "the 2 for a key and a value, or the 2 bytes of a number")
        #expect(
            try Self.cause(96, of: "cache:variant=mqa")?.hasPrefix(
                "you took n, 96 query heads, where one K/V head serves all") == true)
        #expect(
            try Self.cause(8, of: "cache:variant=mqa")?.hasPrefix(
                "you took g, 8 K/V heads, where one K/V head serves all") == true)
        #expect(
            try Self.cause(1.0 / 12, of: "cache:variant=mha")
                == "you took g, 8 K/V heads, where each of the n = 96 query heads has its own")
    }

    @Test("of the latent's cache is blamed on none of the K/V heads' factors")
    func latent() throws {
        let deepSeek = "l=61,b=1,n=128,g=128,h=128,s=100000,bytes=2,c=512,r=64"
        let address = "cache:variant=mla"
        #expect(
            try Self.cause(0.5, of: address, at: deepSeek) == "you forgot the 2 bytes of a number")
        #expect(
            try Self.cause(1.0 / 576, of: address, at: deepSeek)
                == "you forgot the latent's 576 numbers")
        #expect(try Self.cause(128, of: address, at: deepSeek) == nil)
    }

    /// The cause named for a size that is typed.
    private func cause(_ typed: String, _ address: String) throws -> String? {
        let answer = try Self.answer(address, at: Self.gpt3)
        guard case .value(let guess) = Guess.read(typed, kind: .bytes) else { return nil }
        return Guess.cause(of: guess, typed: typed, answer: answer)
    }

    @Test("is blamed on a unit only where that unit was typed")
    func typedUnits() throws {
        // 403 MB (384 MiB): 385 MB is near 403 MB in MiB, and 0.385 GB is not in any.
        #expect(try cause("385 MB", "cache:")?.hasPrefix("the number is right in MiB") == true)
        #expect(try cause("0.385 GB", "cache:") == nil)
        #expect(try cause("385m", "cache:")?.hasPrefix("the number is right in MiB") == true)
    }

    @Test("of one unit too small is told so, however it is rounded")
    func rounded() throws {
        // 4.83 GB (4.50 GiB).
        for typed in ["4.8 MB", "5 MB", "4.83MB"] {
            let cause = try cause(typed, "cache:g=96")
            #expect(cause == "a thousand times too little: one unit too small", "\(typed)")
        }
        for typed in ["4.5 MiB", "4.6 MiB"] {
            let cause = try cause(typed, "cache:g=96")
            let told = "1,024 times too little: one binary unit too small"
            #expect(cause?.hasPrefix(told) == true, "\(typed)")
        }
        #expect(try cause("5 TB", "cache:g=96") == "a thousand times too much: one unit too large")
    }

    @Test("that mixed its units is told which")
    func units() throws {
        // 4.83 GB (4.50 GiB) and 403 MB (384 MiB).
        #expect(
            try cause("4.5 GB", "cache:g=96")
                == "the number is right in GiB, but you wrote GB, which are smaller")
        #expect(
            try cause("4.83 GiB", "cache:g=96")
                == "the number is right in GB, but you wrote GiB, which are larger")
        #expect(
            try cause("384 MB", "cache:")
                == "the number is right in MiB, but you wrote MB, which are smaller")
        #expect(
            try cause("403 MiB", "cache:")
                == "the number is right in MB, but you wrote MiB, which are larger")
        #expect(try Self.cause(1000)?.hasPrefix("a thousand times too much") == true)
        #expect(try Self.cause(0.001)?.hasPrefix("a thousand times too little") == true)
        #expect(try Self.cause(1e6)?.hasPrefix("a million times too much") == true)
        #expect(try Self.cause(1e-6)?.hasPrefix("a million times too little") == true)
        let odd = "l=7,b=1,n=9,g=9,h=11,s=1000,bytes=2"
        #expect(
            try Self.cause(8, at: odd) == "eight times as much: those are bits, not bytes")
        #expect(try Self.cause(1.0 / 8, at: odd) == "an eighth: bytes were divided by 8")
    }

    @Test("that left the question's change out is told so")
    func unchanged() throws {
        #expect(
            try Self.cause(0.5, of: "cache:s=2048")?.hasPrefix(
                "that is the number at s = 1,024, not at s = 2,048") == true)
        #expect(
            try Self.cause(2, of: "cache:g=4")?.hasPrefix(
                "that is the number at g = 8, not at g = 4") == true)
    }

    @Test("of one token's bytes that is the whole cache is told so")
    func wholeForToken() throws {
        #expect(
            try Self.cause(1000, of: "token:", at: "l=96,b=1,n=96,g=8,h=128,s=1000,bytes=2")?
                .hasPrefix("that is the whole cache, 1,000 tokens of it") == true)
        #expect(
            try Self.cause(1.0 / 1000, of: "token:", at: "l=9,b=1,n=9,g=9,h=9,s=1000,bytes=2")
                == "a thousand times too little: one unit too small")
    }

    @Test("at a count is told whose number it is, and when it is the other way round")
    func counts() throws {
        let answer = try Self.answer("group-size:", at: "l=32,b=1,n=64,g=8,h=128,s=4096,bytes=2")
        #expect(answer.amount == 8)
        func cause(_ guess: Double) -> String? { Guess.cause(of: guess, typed: "", answer: answer) }
        #expect(cause(64) == "that is n, the query heads")
        #expect(cause(1.0 / 8) == "the other way round: you gave 1/8")
        // The width and the tokens are not in question, and a count of heads has no factor 2.
        for guess in [128, 4096, 4, 16, 11] { #expect(cause(Double(guess)) == nil) }
    }

    @Test("at a count of numbers is named by the factors of that count")
    func numbers() throws {
        #expect(
            try Self.cause(0.5, of: "numbers:") == "you forgot the 2 for a key and a value")
        #expect(
            try Self.cause(1.0 / 96, of: "numbers-per-token:") == "you forgot the layers, l = 96")
    }

    @Test("that no mistake explains is given no cause")
    func noCause() throws {
        for factor in [0.03, 0.07, 0.3, 0.7, 0.9, 1.02, 1.2, 1.5, 3, 5, 7, 23, 333] {
            #expect(try Self.cause(factor) == nil, "\(factor)")
        }
        let answer = try Self.answer("cache:", at: Self.gpt3)
        #expect(Guess.cause(of: 0, typed: "0", answer: answer) == nil)
        #expect(Guess.cause(of: answer.amount, typed: "", answer: answer) == nil)
    }

    @Test("at a number that the lesson's author typed is given no cause")
    func plainNumber() {
        let answer = FigureValue(amount: 12, text: "12", kind: .count, origin: nil)
        #expect(Guess.cause(of: 6, typed: "6", answer: answer) == nil)
    }
}
