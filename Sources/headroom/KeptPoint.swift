import ArgumentParser
import AttentionEngine
import CourseSession
import LanguageModel

/// What a cache keeps of a model's keys and values, and in which numbers: a point of the curve of
/// quality against memory.
struct KeptPoint: Hashable {
    /// What is kept of a token in each layer.
    enum Form: Hashable {
        /// Each head's key and value.
        case asBuilt
        /// More heads than built, of the same content.
        case copies(heads: Int)
        /// Fewer heads than built.
        case joined(heads: Int, by: HeadPooling)
        /// So many numbers that all heads' keys and values are rebuilt from.
        case latent(numbers: Int, isWeighted: Bool)

        /// Whether another text is read first, to know what is worth keeping.
        var isCalibrated: Bool {
            switch self {
            case .asBuilt, .copies, .joined(_, .mean): false
            case .joined(_, .best), .latent: true
            }
        }
    }

    var form = Form.asBuilt
    var format = Self.usualFormat

    /// How numbers are kept where nothing else is asked for.
    static let usualFormat = NumberFormat.bfloat16

    /// In a word or two: "as built", "g = 1, mean".
    var words: String {
        let kept =
            switch form {
            case .asBuilt: "as built"
            case .copies(let heads): "g = \(heads), copies"
            case .joined(let heads, let pooling): "g = \(heads), \(pooling.rawValue)"
            case .latent(let numbers, let isWeighted):
                "latent \(grouped(numbers))" + (isWeighted ? ", weighted" : "")
            }
        return format == Self.usualFormat ? kept : "\(kept), \(format.rawValue)"
    }
}

// MARK: What a model is asked for

extension KeptPoint {
    /// What is found of a calibration text before so much is kept; nil where nothing is.
    var reduction: LanguageModel.Reduction? {
        switch form {
        case .asBuilt, .copies, .joined(_, .mean): nil
        case .joined(let heads, .best): .heads(heads)
        case .latent(let numbers, let isWeighted): .latent(numbers, isWeighted: isWeighted)
        }
    }

    /// How the heads of a model are shared by it; nil where they cannot be, or where what is kept
    /// is found first.
    func sharing(of shape: AttentionShape) -> HeadSharing? {
        switch form {
        case .asBuilt: .asBuilt
        case .copies(let heads), .joined(let heads, .mean): HeadSharing(from: shape, to: heads)
        case .joined(_, .best), .latent: nil
        }
    }

    /// Numbers of its latent; 0 where it has none.
    var latentWidth: Int { if case .latent(let width, _) = form { width } else { 0 } }

    /// Whether the heads of a model allow it.
    func isPossible(with shape: LanguageModelShape) -> Bool {
        let attention = shape.attention
        guard isWholeBlocks(of: attention) else { return false }
        switch form {
        case .asBuilt, .copies, .joined(_, .mean): return sharing(of: attention) != nil
        case .joined(let heads, .best):
            return ModelOptions.obstacle(to: shape) == nil
                && HeadSharing(from: attention, to: heads) != nil
        case .latent(let numbers, _):
            return ModelOptions.obstacle(to: shape) == nil
                && 1...Self.builtNumbers(of: attention) ~= numbers
        }
    }
}

// MARK: What the course calls it

extension KeptPoint {
    /// What a form of the course keeps.
    init(_ form: MeasuredModel.Form) {
        switch form {
        case .built: self.init()
        case .copies(let heads): self.init(form: .copies(heads: heads))
        case .mean(let heads): self.init(form: .joined(heads: heads, by: .mean))
        case .best(let heads): self.init(form: .joined(heads: heads, by: .best))
        case .latent(let numbers): self.init(form: .latent(numbers: numbers, isWeighted: false))
        case .weighted(let numbers): self.init(form: .latent(numbers: numbers, isWeighted: true))
        case .bits(let bits): self.init(format: bits == 8 ? .q8 : .q4)
        }
    }

    /// The form of the course that keeps as much; nil where it has none.
    var measuredForm: MeasuredModel.Form? {
        guard format == Self.usualFormat else {
            return switch (form, format) {
            case (.asBuilt, .q8): .bits(8)
            case (.asBuilt, .q4): .bits(4)
            default: nil
            }
        }
        return switch form {
        case .asBuilt: .built
        case .copies(let heads): .copies(heads)
        case .joined(let heads, .mean): .mean(heads)
        case .joined(let heads, .best): .best(heads)
        case .latent(let numbers, let isWeighted):
            isWeighted ? .weighted(numbers) : .latent(numbers)
        }
    }
}

/// How several K/V heads become one.
enum HeadPooling: String, CaseIterable, ExpressibleByArgument {
    /// Their mean.
    case mean
    /// The one head that stands best for all of them.
    case best
}

// MARK: The curve

extension KeptPoint {
    /// All points of a model's curve: as built first, then more heads, fewer bits, latents from
    /// large to small, and fewer heads.
    static func curve(of shape: AttentionShape) -> [KeptPoint] {
        let others = legalHeads(of: shape).filter { $0 != shape.keyValueHeads }
        let (fewer, more) = (
            others.filter { $0 < shape.keyValueHeads }, others.filter { $0 > shape.keyValueHeads }
        )
        let inBlocks = NumberFormat.allCases.filter { $0.numbersPerBlock > 1 }
            .map { KeptPoint(format: $0) }
        return [KeptPoint()] + more.map { KeptPoint(form: .copies(heads: $0)) }
            + inBlocks.filter { $0.isWholeBlocks(of: shape) }
            + [false, true].flatMap { isWeighted in
                latents(of: shape).map {
                    KeptPoint(form: .latent(numbers: $0, isWeighted: isWeighted))
                }
            }
            + [HeadPooling.best, .mean].flatMap { pooling in
                fewer.reversed().map { KeptPoint(form: .joined(heads: $0, by: pooling)) }
            }
    }

    /// Those of them that can be measured: without what nothing is found for.
    static func measurable(of shape: LanguageModelShape) -> [KeptPoint] {
        curve(of: shape.attention).filter { $0.isPossible(with: shape) }
    }

    /// Whether the blocks of its format divide what a head of the model, or the latent, leaves.
    func isWholeBlocks(of shape: AttentionShape) -> Bool {
        rowWidth(of: shape) % format.numbersPerBlock == 0
    }

    /// Numbers that are kept one behind the other: a head's, or a latent's.
    func rowWidth(of shape: AttentionShape) -> Int {
        if case .latent(let numbers, _) = form { numbers } else { shape.headDimension }
    }

    /// The K/V heads that a model's can become, with those it has, in rising order.
    static func legalHeads(of shape: AttentionShape) -> [Int] {
        divisors(of: shape.queryHeads).filter { HeadSharing(from: shape, to: $0) != nil }
    }

    /// Numbers that a model keeps of a token in each layer.
    static func builtNumbers(of shape: AttentionShape) -> Int {
        KVCacheLayout.perHead(
            keyValueHeads: shape.keyValueHeads, headDimension: shape.headDimension
        ).numbersPerToken
    }

    /// 5/6, 2/3, 1/2, 1/3 and 1/6 of the numbers kept as built; each is there once.
    private static func latents(of shape: AttentionShape) -> [Int] {
        let built = builtNumbers(of: shape)
        var latents: [Int] = []
        for sixths in [5, 4, 3, 2, 1] {
            let numbers = built * sixths / 6
            if numbers > 0, numbers != latents.last { latents.append(numbers) }
        }
        return latents
    }
}
