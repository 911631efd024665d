import AttentionEngine

/// A plan in words, for the command line and the course alike.
extension ServingPlan {
    /// How each kind of layer's heads are dealt out, a sentence each; empty for one GPU.
    package var dealing: [String] {
        guard gpus > 1 else { return [] }
        func times(_ count: Int) -> String { count == 2 ? "twice" : "\(grouped(count)) times" }
        return zip(shape.stack.entries, share.entries).map { entry, share in
            guard case .heads(let count, _, _) = entry, let own = share.keyValueHeads else {
                return "The latent whole on each: MLA has no heads to split, so it is kept "
                    + "\(times(gpus))."
            }
            let copies = entry.copies(gpus: gpus)
            return copies == 1
                ? "\(grouped(own)) of \(grouped(count)) K/V heads on each."
                : "\(grouped(own)) of \(grouped(count)) K/V heads on each: every head is kept "
                    + "\(times(copies))."
        }
    }

    /// "4,096 tokens at batch 1; the model's ends at 2,048"; nil without a memory.
    package var longestContext: String? {
        guard let mostTokens else { return nil }
        let text = mostTokens.text(of: "token") + " at batch \(grouped(load.batch))"
        guard let limit = shape.maximumTokens else { return text }
        if case .number(let number) = mostTokens, number <= limit { return text }
        return text + "; the model's ends at \(grouped(limit))"
    }

    /// "12 requests of 4,096 tokens"; nil without a memory.
    package var requestsThatFit: String? {
        mostRequests.map { $0.text(of: "request") + " of \(grouped(load.tokens)) tokens" }
    }

    /// The same with one decimal: "12.4 requests of 4,096 tokens".
    package var fractionOfRequests: String? {
        guard let requests, requests < 1e12 else { return requestsThatFit }
        return "\(oneDecimal(requests)) requests of \(grouped(load.tokens)) tokens"
    }

    /// What is kept beside keys and values, with its size on a GPU: "index keys 264 MB (252 MiB)".
    package var besides: [String] {
        [("index keys", sizes.indexKeys), ("states", sizes.states)].filter { $0.1.bytes > 0 }
            .map { "\($0.0) \($0.1.both)" }
    }

    /// "8 of 32", "32 of 32, MHA", "none"; nil where there are no heads, or no memory.
    package var largestSharing: String? {
        mostKeyValueHeads.map { heads in
            let way = heads == shape.queryHeads ? ", MHA" : heads == 1 ? ", MQA" : ""
            return heads == 0 ? "none" : "\(grouped(heads)) of \(grouped(shape.queryHeads))\(way)"
        }
    }

    /// "bf16 (2 bytes)", "none fits".
    package var widestNumbers: String {
        widestFormat.map { format in
            format.numberWidth == nil
                ? "\(format.rawValue) (\(format.bytesText))"
                : "\(format.rawValue) (\(format.bytesText) bytes)"
        } ?? "none fits"
    }
}

extension ServingPlan.Most {
    /// "any number of requests", "not one request", "12 requests".
    package func text(of thing: String) -> String {
        switch self {
        case .unlimited: "any number of \(thing)s"
        case .number(0): "no \(thing)s"
        case .number(1): "1 \(thing)"
        case .number(let number): "\(grouped(number)) \(thing)s"
        }
    }
}

/// A number of requests with one decimal, rounded down: none that does not fit is told.
package func oneDecimal(_ requests: Double) -> String {
    fixed((requests * 10).rounded(.down) / 10, decimals: 1)
}
