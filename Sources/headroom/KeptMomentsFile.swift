import Foundation
import LanguageModel
import ModelFiles

/// What a text leaves in a model's layers, gathered once and kept in `$XDG_CACHE_HOME/headroom`, or
/// under `~/.cache`, by the model's digest and the text's.
struct KeptMomentsFile {
    private let model: LanguageModel
    private let digests: (model: ContentDigest, text: ContentDigest)
    private let ids: [Int]

    /// Tokens that are read at the most.
    static let mostTokens = 6_144

    /// Of a model's file, and a text's tokens.
    init(of model: OpenModel, text: [Int]) {
        self.model = model.own.model
        ids = Array(text.prefix(Self.mostTokens))
        digests = (
            model.digest,
            ids.map { UInt32($0) }.withUnsafeBytes { ContentDigest(of: $0) }
        )
    }

    private var file: URL? {
        UserFolder.cache(ProcessInfo.processInfo.environment)?
            .appending(path: "moments-\(digests.model.text)-\(digests.text.text)")
    }

    /// The moments: those that are kept, or gathered now and kept. `progress` hears of tokens read
    /// of how many, and says whether to go on; nil where it does not.
    func moments(
        threads: Int, progress: (_ read: Int, _ of: Int) -> Bool
    ) -> [LayerMoments]? {
        if let kept { return kept }
        var calibration = Calibration(of: model, threads: threads)
        while calibration.tokens < ids.count {
            guard progress(calibration.tokens, ids.count) else { return nil }
            calibration.read(part(from: calibration.tokens))
        }
        // What was read of a file that became shorter meanwhile is not this file's.
        guard progress(ids.count, ids.count) else { return nil }
        if calibration.isNumber {
            do { try keep(calibration.moments) } catch {
                writeErrorLine(
                    "\(file?.path ?? ""): cannot be written; the search is repeated next time")
            }
        }
        return calibration.moments
    }

    /// Tokens that are read.
    var count: Int { ids.count }

    /// Up to 64 of them, from one on: what is read at once, since what is gathered depends on it in
    /// the last digits.
    func part(from start: Int) -> [Int] { Array(ids.dropFirst(start).prefix(64)) }

    /// Those that are kept from another time.
    var kept: [LayerMoments]? {
        let count = KeptMoments.byteCount(of: model.shape)
        guard let file, let bytes = try? FileBytes(path: file.path), bytes.count == count,
            let all = try? bytes.read(0..<count)
        else { return nil }
        return KeptMoments.moments(
            in: all, model: digests.model, text: digests.text, shape: model.shape)
    }

    /// Keeps moments for another time; throws where they cannot be written.
    func keep(_ moments: [LayerMoments]) throws {
        guard let file else { return }
        let bytes = KeptMoments.bytes(of: moments, model: digests.model, text: digests.text)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(
            besideAndRenamedTo: file.path, suffix: ".new-\(UInt64.random(in: 0 ... .max))")
    }
}
