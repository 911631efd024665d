/// A cache spread over several GPUs, each computing some of the heads (Megatron-LM, arXiv
/// 1909.08053, section 3; what serving engines call tensor parallelism).
extension TokenEntry {
    /// What one GPU keeps of a token: g / gpus K/V heads, or one where there are more GPUs than
    /// heads; a latent whole, since it has no heads to split.
    ///
    /// Throws where the GPUs neither divide the K/V heads nor are divided by them.
    package func share(gpus: Int) throws(SettingError) -> TokenEntry {
        if gpus < 1 { throw .tooFewGPUs(gpus) }
        guard let heads = keyValueHeads else { return self }
        guard heads % gpus == 0 || gpus % heads == 0 else {
            throw .gpusDoNotSplit(gpus: gpus, keyValueHeads: heads)
        }
        return with(keyValueHeads: max(1, heads / gpus))
    }

    /// On how many of the GPUs each number is kept.
    package func copies(gpus: Int) -> Int { keyValueHeads.map { max(1, gpus / $0) } ?? gpus }
}

extension LayerStack {
    /// The layers as one of several GPUs keeps them; errors as for an entry's share.
    package func share(gpus: Int) throws(SettingError) -> LayerStack {
        if gpus < 1 { throw .tooFewGPUs(gpus) }
        return try mapEntries { entry throws(SettingError) in try entry.share(gpus: gpus) }
    }

    /// The same layers with another number of K/V heads in each.
    package func with(keyValueHeads: Int) -> LayerStack {
        mapEntries { $0.with(keyValueHeads: keyValueHeads) }
    }
}
