import AttentionEngine
import CourseContent

/// A cache at a setting that the learner fills token by token, up to the words of a sentence.
package struct TokensExperiment: Experiment {
    let setting: CacheSetting
    /// Tokens at the most.
    package let words: Int

    static let runKey = RunKey(
        label: "append", help: "Append the next token to the cache")

    var key: ExperimentKey {
        ExperimentKey(name: "tokens", parameters: "\(setting.text),words=\(words)")
    }

    var part: WritableKeyPath<SharedExperiments, TokensStatus?> { \.cache }
    var started: String { "Filling the cache." }

    var obstacle: String? {
        if let leftOut = AppendSpec.leftOut(of: setting) { return leftOut }
        guard ModelCache(setting) != nil else {
            return "The engine holds only 4- and 2-byte numbers."
        }
        guard isTokenSmall else {
            return "A token of \(ModelCache.bytesPerToken(setting).both) is too large to hold "
                + "here: choose fewer layers or heads."
        }
        return nil
    }

    /// Whether a cache of the setting is small enough to be filled with as many tokens as a lesson
    /// may ask for.
    private var isTokenSmall: Bool {
        let most = Experiments.mostBytes.bytes / AppendSpec.mostWords
        return ModelCache.bytesPerToken(setting).bytes <= most
    }

    func status(in experiments: Experiments) -> TokensStatus? {
        guard let cache = experiments.cache, cache.setting == setting, cache.tokens <= words else {
            return nil
        }
        return TokensStatus(tokens: cache.tokens, bytesHeld: cache.bytesHeld.bytes)
    }

    func accepts(_ status: TokensStatus) -> Bool {
        status.tokens <= words && obstacle == nil
    }

    func share(of status: TokensStatus) -> Double { Double(status.tokens) / Double(words) }

    /// Appends a token, or empties the cache that holds the whole sentence.
    func run(in experiments: inout Experiments, seen: ExperimentStatuses) -> ExperimentRun {
        if let obstacle { return .refused(obstacle) }
        // Whoever followed goes on from the tokens that they saw.
        let tokens = seen[self]?.tokens ?? 0
        // Room is doubled, and what was held stays as long as that is filled.
        let bytes = 3 * (tokens + 1) * ModelCache.bytesPerToken(setting).bytes
        if let lack = Experiments.lack(ofBytes: ByteCount(bytes)) { return .refused(lack) }
        if tokens == words || status(in: experiments)?.tokens != tokens {
            experiments.cache = ModelCache(setting)
            guard tokens < words else { return .done }
            for _ in 0..<tokens { experiments.cache?.appendToken() }
        }
        experiments.cache?.appendToken()
        return .done
    }
}

extension PreparedStep {
    /// The cache that the step has filled, where it shows one.
    package func tokens(at setting: CacheSetting) -> TokensExperiment? {
        experiments(at: setting).lazy.compactMap { $0 as? TokensExperiment }.first
    }
}

/// What a cache holds that is filled token by token.
struct TokensStatus: ExperimentStatus {
    let tokens: Int
    /// Counted as they were written.
    let bytesHeld: Int

    var isRunning: Bool { false }
    var isPossible: Bool { tokens >= 0 && 0...Experiments.mostBytes.bytes ~= bytesHeld }
}
