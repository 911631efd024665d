import AttentionEngine
import LanguageModel
import Synchronization

/// What stands best for all that a model keeps of a token, found where it is asked for in what a
/// calibration text left in its layers.
struct KeptFindings: Sendable {
    private let moments: [LayerMoments]
    /// The widest latent that is asked for: the others are its first numbers.
    fileprivate let width: Int
    private var known: [LanguageModel.Reduction: KeptForm] = [:]

    /// Nothing found yet; points that are asked for later are among these.
    init(of moments: [LayerMoments], for points: [KeptPoint]) {
        self.moments = moments
        width = points.map(\.latentWidth).max() ?? 0
    }

    /// What a point keeps, which the model's heads allow; nil where `goesOn`, which is asked now
    /// and then, says no. Cost: a few seconds where it is found for the first time.
    mutating func kept(
        _ point: KeptPoint, of model: LanguageModel, threads: Int, goesOn: () -> Bool
    ) -> KeptForm? {
        func found(_ reduction: LanguageModel.Reduction) -> KeptForm? {
            let found =
                known[reduction]
                ?? model.kept(reduction, of: moments, threads: threads, goesOn: goesOn)
            known[reduction] = found
            return found
        }
        switch point.reduction {
        case .latent(let numbers, let isWeighted)?:
            return found(.latent(width, isWeighted: isWeighted))?.narrowed(to: numbers)
        case let reduction?: return found(reduction)
        case nil:
            guard let sharing = point.sharing(of: model.shape.attention) else {
                preconditionFailure("a point of the model's own curve")
            }
            return .heads(sharing)
        }
    }
}

/// The same beside the course, where the calibration text is read a part at a time first.
struct KeptSearch: Sendable {
    private let model: OpenModel
    private let threads: Int
    private let points: [KeptPoint]
    /// The widest latent among them.
    private let width: Int
    private let file: KeptMomentsFile
    /// Tokens of it that are read; nil before any.
    private var read: Int?
    private var findings: KeptFindings?

    /// Of points that are asked for, one after the other.
    init(of points: [KeptPoint], for model: OpenModel, threads: Int) {
        (self.model, self.threads) = (model, threads)
        self.points = points.filter { $0.isPossible(with: model.own.model.shape) }
        width = self.points.map(\.latentWidth).max() ?? 0
        file = KeptMomentsFile(
            of: model, text: model.tokens(of: OwnTexts.calibration, findsSpecial: false))
    }

    /// How far the text is read, as long as it is: "64 of 6,144 tokens".
    var progress: String? {
        guard let read, findings == nil else { return nil }
        return "\(grouped(read)) of \(grouped(file.count)) tokens"
    }

    /// An empty sequence of a point that the model's heads allow; nil where a part of the text was
    /// read, and it is to be asked again, and where `goesOn` says no.
    mutating func sequence(keeping point: KeptPoint, goesOn: () -> Bool) -> ModelSequence? {
        if point.reduction != nil, findings == nil {
            findings = model.calibration.findings(width: width)
        }
        if point.reduction != nil, findings == nil {
            guard let moments = moments() else { return nil }
            findings = KeptFindings(of: moments, for: points)
        }
        var found = findings ?? KeptFindings(of: [], for: [])
        let kept = found.kept(point, of: model.own.model, threads: threads, goesOn: goesOn)
        if findings != nil {
            findings = found
            model.calibration.keep(found)
        }
        return kept.map {
            ModelSequence(
                of: model.own.model, kept: $0, format: point.format, threads: threads)
        }
    }

    private mutating func moments() -> [LayerMoments]? {
        if read == nil, let kept = file.kept { return kept }
        var calibration =
            model.calibration.take() ?? Calibration(of: model.own.model, threads: threads)
        let part = file.part(from: calibration.tokens)
        calibration.read(part)
        read = calibration.tokens
        guard part.isEmpty else {
            model.calibration.keep(calibration)
            return nil
        }
        if calibration.isNumber { try? file.keep(calibration.moments) }
        return calibration.moments
    }
}

/// A calibration that was begun with a model, and what was found by it: whatever asks for it next
/// goes on with it.
final class CalibrationUnderWay: Sendable {
    private let begun = Mutex<Calibration?>(nil)
    private let found = Mutex<KeptFindings?>(nil)

    /// What was found, where latents are as wide as is asked for.
    func findings(width: Int) -> KeptFindings? {
        found.withLock { found in found.flatMap { $0.width >= width ? $0 : nil } }
    }

    /// Keeps it for whatever asks next.
    func keep(_ findings: KeptFindings) { found.withLock { $0 = findings } }

    /// What was begun, which is the caller's from now on; nil where nothing was.
    func take() -> Calibration? {
        begun.withLock { begun in
            defer { begun = nil }
            return begun
        }
    }

    /// Keeps it for whatever goes on.
    func keep(_ calibration: Calibration) { begun.withLock { $0 = calibration } }
}
