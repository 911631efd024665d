import ArgumentParser
import AttentionEngine
import LanguageModel
import ModelFiles

/// What the commands that run a real model have in common: its file, and what its cache keeps.
struct ModelOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("The model's file.", valueName: "MODEL.gguf"),
        completion: .file(extensions: ["gguf"]))
    var model: String

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Threads (without it one for each processor).", valueName: "N"))
    var threads: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("K/V heads kept (without it as many as built).", valueName: "G"))
    var kvHeads: Int?

    @Option(
        help: ArgumentHelp(
            "What fewer K/V heads are: the mean of several, or the best one for them.",
            valueName: "KIND"),
        completion: .list(HeadPooling.allCases.map(\.rawValue)))
    var pool: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Numbers kept in each layer, which all heads are rebuilt from.", valueName: "C"))
    var latent: Int?

    @Flag(help: "Weigh what a latent keeps by what attention makes of it.")
    var weighted = false

    @Option(
        help: ArgumentHelp(
            "A text to calibrate by (without it some of the course's lessons).", valueName: "FILE"),
        completion: .file())
    var calibration: String?

    @Option(
        help: ArgumentHelp(
            "How numbers are cached: \(Self.formats) (without it "
                + "\(KeptPoint.usualFormat.rawValue)).", valueName: "FORMAT"),
        completion: .list(NumberFormat.allCases.map(\.rawValue)))
    var kvDtype: String?

    private static let formats = NumberFormat.allCases.map(\.rawValue).joined(separator: ", ")

    /// Threads that a model runs on; throws where there cannot be as many.
    func checkedThreads() throws -> Int {
        try check(1...256 ~= threads ?? 1, "--threads \(threads ?? 0): threads must be 1 to 256")
        return threads ?? Machine.processors
    }

    /// The names of those options given that say what is kept.
    var keptOptions: [String] {
        [
            kvHeads.map { _ in "--kv-heads" }, pool.map { _ in "--pool" },
            latent.map { _ in "--latent" }, weighted ? "--weighted" : nil,
            kvDtype.map { _ in "--kv-dtype" },
        ].compactMap { $0 }
    }
}

// MARK: What is kept

extension ModelOptions {
    /// An empty sequence that keeps what is asked for; throws where options are not what they may
    /// be, or this model has no such form.
    func sequence(of model: OpenModel) throws -> ModelSequence {
        try sequence(keeping: point(of: model.own.model.shape.attention), of: model)
    }

    /// An empty sequence of a point on the model's curve. The point is one of its heads'.
    func sequence(keeping point: KeptPoint, of model: OpenModel) throws -> ModelSequence {
        let shape = model.own.model.shape.attention
        let heads: Int
        switch point.form {
        case .asBuilt: heads = shape.keyValueHeads
        case .copies(let count), .joined(let count, .mean): heads = count
        case .joined(_, .best), .latent:
            // PLACE OF THE LATENTS: their engine goes here, with `calibrationText()`.
            throw ValidationError("'\(point.words)' is not there yet")
        }
        guard let sharing = HeadSharing(from: shape, to: heads) else {
            preconditionFailure("a point of the model's own curve")
        }
        return ModelSequence(
            of: model.own.model, sharing: sharing, format: point.format,
            threads: try checkedThreads())
    }

    /// The bytes of the text that is read to know what is worth keeping.
    func calibrationText() throws -> [UInt8] {
        try calibration.map(textOfFile) ?? OwnTexts.calibration
    }

    /// What is asked for, checked.
    func point(of shape: AttentionShape) throws -> KeptPoint {
        let name = kvDtype ?? KeptPoint.usualFormat.rawValue
        guard let format = NumberFormat(rawValue: name) else {
            throw ValidationError("--kv-dtype: '\(name)' is none of \(Self.formats)")
        }
        let point = KeptPoint(form: try form(of: shape), format: format)
        let width = point.rowWidth(of: shape)
        try check(
            point.isWholeBlocks(of: shape),
            "--kv-dtype \(name): blocks of \(format.numbersPerBlock) numbers do not fit "
                + (latent == nil ? "this model's heads of \(width)" : "a latent of \(width)"))
        try check(
            calibration == nil || point.form.isCalibrated,
            "--calibration: '\(point.words)' is calibrated by nothing; --latent and --pool best are"
        )
        return point
    }

    private func form(of shape: AttentionShape) throws -> KeptPoint.Form {
        let pooling = try pool.map { name in
            guard let pooling = HeadPooling(rawValue: name) else {
                throw ValidationError("--pool: '\(name)' is neither mean nor best")
            }
            return pooling
        }
        if let latent {
            let built = KeptPoint.builtNumbers(of: shape)
            try check(
                kvHeads == nil && pool == nil,
                "--latent stands for all heads: leave out --kv-heads and --pool")
            try check(
                1...built ~= latent,
                "--latent \(latent): this model keeps \(grouped(built)) numbers of a token in each "
                    + "layer; a latent can have 1 to as many")
            return .latent(numbers: latent, isWeighted: weighted)
        }
        try check(!weighted, "--weighted says how a latent is made: it needs --latent")
        let (built, wanted) = (shape.keyValueHeads, kvHeads ?? shape.keyValueHeads)
        let legal = KeptPoint.legalHeads(of: shape)
        try check(
            legal.contains(wanted),
            "--kv-heads \(wanted): this model has \(shape.queryHeads) query heads on \(built) K/V "
                + "heads, which can become " + legal.map(String.init).joined(separator: ", "))
        try check(
            pool == nil || wanted < built,
            "--pool says how heads are joined: it needs --kv-heads below this model's \(built)")
        if wanted == built { return .asBuilt }
        return wanted > built
            ? .copies(heads: wanted) : .joined(heads: wanted, by: pooling ?? .mean)
    }
}

/// Throws a bad argument's line where something does not hold.
func check(_ isRight: Bool, _ text: @autoclosure () -> String) throws {
    if !isRight { throw ValidationError(text()) }
}
