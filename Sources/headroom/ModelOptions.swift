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
        help: ArgumentHelp("Threads (default: one per processor).", valueName: "N"))
    var threads: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("K/V heads kept (default: as many as built).", valueName: "G"))
    var kvHeads: Int?

    @Option(
        help: ArgumentHelp(
            "How heads are joined: the mean of several, or the best of them.",
            valueName: "KIND"),
        completion: .list(HeadPooling.allCases.map(\.rawValue)))
    var pool: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Numbers kept in each layer, from which all heads are rebuilt.", valueName: "C"))
    var latent: Int?

    @Flag(help: "Weight what a latent keeps by its effect on attention.")
    var weighted = false

    @Option(
        help: ArgumentHelp(
            "A text to calibrate on (default: part of the course).", valueName: "FILE"),
        completion: .file())
    var calibration: String?

    @Option(
        help: ArgumentHelp(
            "How numbers are cached: \(Self.formats) (without it "
                + "\(KeptPoint.usualFormat.rawValue)).", valueName: "FORMAT"),
        completion: .list(NumberFormat.allCases.map(\.rawValue)))
    var kvDtype: String?

    private static let formats = NumberFormat.allCases.map(\.rawValue).joined(separator: ", ")

    /// Threads that a model runs on, started: as many as are asked for, or it throws; where none
    /// are, one for each processor, or what the system gives of them.
    func checkedThreads() throws -> Int {
        try check(1...256 ~= threads ?? 1, "--threads \(threads ?? 0): threads must be 1 to 256")
        let count = threads ?? threadsReady(for: Machine.processors)
        try requireThreads(count)
        return count
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
    /// An empty sequence of a point on the model's curve. The point is one of its heads'; findings
    /// are those that `findings` gives for it. Throws where Ctrl-C was pressed.
    func sequence(
        keeping point: KeptPoint, of model: OpenModel, findings: inout KeptFindings
    ) throws -> ModelSequence {
        let threads = try checkedThreads()
        let status = point.reduction == nil ? nil : StatusLine()
        status?.show("\(point.words): looking for what it keeps")
        defer { status?.erase() }
        guard
            let kept = findings.kept(
                point, of: model.own.model, threads: threads, goesOn: { !Interruption.isAsked })
        else { throw Interrupted(work: "looking for what '\(point.words)' keeps") }
        return ModelSequence(
            of: model.own.model, kept: kept, format: point.format, threads: threads)
    }

    /// An empty sequence of what is asked for. Throws where nothing can be found for it, and ends
    /// the program where Ctrl-C was pressed.
    func sequence(keeping point: KeptPoint, of model: OpenModel) throws -> ModelSequence {
        do {
            var findings = try findings(for: [point], of: model)
            return try sequence(keeping: point, of: model, findings: &findings)
        } catch let interrupted as Interrupted {
            throw interrupted.end()
        }
    }

    /// What the calibration text leaves in the model's layers, where a point asks for it: kept from
    /// another time, or gathered now, which is shown. Throws where Ctrl-C was pressed, or nothing
    /// can be found for a point.
    func findings(for points: [KeptPoint], of model: OpenModel) throws -> KeptFindings {
        guard let point = points.first(where: \.form.isCalibrated) else {
            return KeptFindings(of: [], for: [])
        }
        if let obstacle = Self.obstacle(to: model.own.model.shape) {
            throw ValidationError("'\(point.words)': \(obstacle)")
        }
        let text = try calibration.map(textOfFile) ?? OwnTexts.calibration
        let ids = model.tokens(of: text, findsSpecial: false)
        let numbers = KeptPoint.builtNumbers(of: model.own.model.shape.attention)
        try check(
            ids.count >= numbers,
            "\(calibration ?? "the course's text") has \(counted(ids.count, "token")): to "
                + "calibrate on, \(grouped(numbers)) are needed, as many as this model keeps "
                + "numbers of a token in a layer")
        try requireMemory(Calibration.memoryNeeded(of: model.own.model.shape))
        let status = StatusLine()
        defer { status.erase() }
        let moments = KeptMomentsFile(of: model, text: ids).moments(threads: try checkedThreads()) {
            status.show(
                "calibrating, once: \(grouped($0)) of \(grouped($1)) tokens")
            return !Interruption.isAsked && model.isWhole
        }
        try model.check(madeNumbers: true)
        guard let moments else { throw Interrupted(work: "calibrating: it starts over next time") }
        return KeptFindings(of: moments, for: points)
    }

    /// Why nothing that stands best for all can be found in a model; nil where it can.
    static func obstacle(to shape: LanguageModelShape) -> String? {
        let (width, numbers) = (
            shape.attention.headDimension, KeptPoint.builtNumbers(of: shape.attention)
        )
        if width % 2 != 0 { return "this model's heads of \(grouped(width)) numbers are not pairs" }
        // A square of so many numbers for each layer is gathered, and is to be made diagonal.
        if numbers > 1_024 || shape.layers > 256 {
            return "this model keeps \(grouped(numbers)) numbers of a token in each of "
                + "\(counted(shape.layers, "layer")); what represents them best is found for up to "
                + "1,024 in 256"
        }
        return nil
    }

    /// What is asked for, checked.
    func point(of shape: AttentionShape) throws -> KeptPoint {
        let name = kvDtype ?? KeptPoint.usualFormat.rawValue
        guard let format = NumberFormat(rawValue: name) else {
            throw ValidationError("--kv-dtype: '\(name)' is not one of \(Self.formats)")
        }
        let point = KeptPoint(form: try form(of: shape), format: format)
        let width = point.rowWidth(of: shape)
        try check(
            point.isWholeBlocks(of: shape),
            "--kv-dtype \(name): blocks of \(format.numbersPerBlock) numbers do not fit "
                + (latent == nil ? "this model's heads of \(width)" : "a latent of \(width)"))
        try check(
            calibration == nil || point.form.isCalibrated,
            "--calibration: '\(point.words)' needs no calibration; --latent and --pool best do"
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
