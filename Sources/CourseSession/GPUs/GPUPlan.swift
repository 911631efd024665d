import AttentionEngine
import CourseContent
import ModelCatalog

/// What each GPU holds of the setting, and what fits.
extension Session {
    /// Whether there is a size to look at on GPUs.
    package var canServe: Bool { isExploring || showsWholeSize }

    /// What can be moved on the page of the GPUs; a latent has no heads to choose.
    package var gpuControls: [Control] {
        [.gpus, .memory, .weights]
            + (setting.latent == nil ? [.parameter(.keyValueHeads)] : [])
            + [.parameter(.tokens), .parameter(.batch), .parameter(.bytesPerNumber)]
    }

    /// What is on the screen as the memory calculation takes it: the model itself, layer by layer,
    /// or what was made of it.
    var shape: ModelShape {
        if let builtModel { return builtModel.shape }
        if let model { return ModelShape(setting, changedFrom: model) }
        return ModelShape(setting, name: "this setting")
    }

    /// Its name, or what it was made from.
    package var shapeName: String {
        builtModel?.name ?? model.map { "\($0.name), changed" } ?? "this setting"
    }

    /// The same with the weights that were set.
    package var servedShape: ModelShape {
        guard let weights = chosenGPUs.weights else { return shape }
        return shape.with(weights: Weights(size: weights, rule: "as you set it"))
    }

    /// The GPUs that were chosen, whether or not they can share out the heads, with the weights
    /// that are counted there.
    var servedGPUs: GPUChoice {
        var gpus = chosenGPUs
        gpus.weights = servedShape.weights?.size
        return gpus
    }

    func load() throws(SettingError) -> CacheLoad {
        try CacheLoad(
            tokens: setting.tokens, batch: setting.batch, format: CacheFormat(setting.numberWidth))
    }

    /// What is held on the GPUs that were chosen.
    package func servingPlan() throws(SettingError) -> ServingPlan {
        try servingPlan(gpus: gpus.count)
    }

    func servingPlan(gpus count: Int) throws(SettingError) -> ServingPlan {
        try ServingPlan(shape: servedShape, load: load(), gpus: count, memory: chosenGPUs.memory)
    }

    /// The GPUs that are looked at: those that were chosen, or as many fewer as can share out or
    /// copy the heads of the setting.
    package var gpus: GPUChoice {
        var gpus = chosenGPUs
        let counts = (1...max(1, gpus.count)).reversed()
        gpus.count = counts.first { (try? servingPlan(gpus: $0)) != nil } ?? 1
        return gpus
    }

    /// Says that there are fewer GPUs than before and than were chosen, where there are.
    package mutating func tellFewerGPUs(than before: Int) {
        let count = gpus.count
        guard count < before, count < chosenGPUs.count else { return }
        notice =
            "T is now \(grouped(count)): \(grouped(before)) GPUs can neither split nor "
            + "copy \(counted(setting.keyValueHeads, "K/V head")) evenly"
    }

    /// What else is to be said beside what each GPU holds, name by name: who shares which heads,
    /// and what fits.
    package func servingRows(_ plan: ServingPlan) -> [(name: String, text: String)] {
        var rows =
            plan.besides.isEmpty
            ? [] : [("of the cache", plan.besides.joined(separator: ", "))]
        rows += plan.dealing.map { ("heads", $0) }
        let isEmpty = (plan.weights?.bytes ?? 0) == 0
        let condition = isEmpty ? ", weights not counted" : ""
        if let users = plan.requestsThatFit {
            rows.append(("users that fit", users + condition))
        }
        if let context = plan.longestContext {
            rows.append(("longest context", context + condition))
        }
        if let heads = plan.largestSharing { rows.append(("largest g", heads)) }
        rows.append(("widest numbers", plan.widestNumbers))
        if servedShape.stack.hasWindows {
            rows.append(("counted here", "what attention needs; engines may keep more"))
        }
        return rows
    }

    // MARK: Another tool's figure

    /// Whether a size with all its factors is on the screen, in the open.
    package var showsWholeSize: Bool {
        guard let spec = step.memory else { return false }
        return spec.factors == nil && !isVeiled
    }

    /// What is compared: the model, or the variant whose formula stands on the screen.
    private var comparedShape: ModelShape {
        let shape = shape
        let shared = shape.variants.first { $0.variant == foreignVariant }
        return shared.map { shape.with(stack: $0.stack) } ?? shape
    }

    /// What another tool's figure is held against.
    package var comparedSize: ByteCount? {
        try? comparedShape.stack.needed(load())
    }

    /// What is said to another tool's figure, a sentence each.
    package func compared(with text: String) -> [String] {
        guard NumberText.plain(text) != nil else {
            return ["\(SettingError.misplacedComma(text).description)."]
        }
        guard let stated = StatedSize(text: text), stated.unit != nil else {
            return ["That is not a size. Write a number and its unit, as in 13.34 GiB."]
        }
        guard !stated.mayBeBits else {
            return ["That may be bits or bytes. Write bytes with a capital B, as in 13.34 GiB."]
        }
        let shape = comparedShape
        do throws(SettingError) {
            let comparison = try SizeComparison(
                stated: stated, stack: shape.stack, load: load(), queryHeads: shape.queryHeads,
                headDimension: shape.headDimension, hiddenSize: shape.hiddenSize,
                others: [.total(of: shape.kept.sizes(load()))])
            let (verdict, causes) = comparison.sentences
            return [verdict] + causes
        } catch {
            return ["\(error.description)."]
        }
    }
}
