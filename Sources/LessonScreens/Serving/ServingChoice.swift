import AttentionEngine
import CourseContent
import ModelCatalog

/// The GPUs that a setting is looked at on.
struct ServingChoice: Hashable, Sendable {
    /// T, the GPUs that share out every layer's heads.
    var gpus = 1
    /// Memory of each GPU.
    var memory = ByteCount(80_000_000_000)
    /// The weights' size as it was set; nil takes the model's, nothing counts none.
    var weights: ByteCount?
}

/// What can be moved on the page of the GPUs.
enum ServingSlider: Hashable, Sendable {
    case gpus
    case memory
    case weights
    case parameter(Parameter)

    /// In the page's order; a latent has no heads to choose.
    static func all(at setting: CacheSetting) -> [ServingSlider] {
        let heads: [ServingSlider] = setting.latent == nil ? [.parameter(.keyValueHeads)] : []
        return [.gpus, .memory, .weights] + heads
            + [.parameter(.tokens), .parameter(.batch), .parameter(.bytesPerNumber)]
    }

    var letter: String {
        switch self {
        case .gpus: "T"
        case .memory, .weights: ""
        case .parameter(.bytesPerNumber): ""
        case .parameter(let parameter): parameter.letter
        }
    }

    var name: String {
        switch self {
        case .gpus: "GPUs"
        case .memory: "memory per GPU"
        case .weights: "weights"
        case .parameter(let parameter): parameter.name
        }
    }

    /// A value of it in words; sizes are values in bytes.
    func text(_ value: Int) -> String {
        switch self {
        case .gpus: grouped(value)
        case .memory: ByteCount(value).decimal
        case .weights: value == 0 ? "not counted" : ByteCount(value).decimal
        case .parameter(let parameter): Slider(parameter: parameter).text(value)
        }
    }

    /// A value on the track, where room is short.
    func label(_ value: Int) -> String {
        switch self {
        case .memory where value % 1_000_000_000 == 0: grouped(value / 1_000_000_000)
        case .weights where value == 0: "0"
        default: text(value)
        }
    }
}

extension CourseApp {
    /// The setting of the model it came from, with these tokens, batch and number width; nil
    /// without a model.
    var builtSetting: CacheSetting? {
        model.flatMap {
            try? $0.setting(
                tokens: setting.tokens, batch: setting.batch, numberWidth: setting.numberWidth)
        }
    }

    /// The model, where the setting is the model's in everything.
    var builtModel: Model? { builtSetting == setting ? model : nil }

    /// What is on the screen as the memory calculation takes it: the model itself, layer by layer,
    /// or what was made of it.
    var shape: ModelShape {
        if let builtModel { return builtModel.shape }
        if let model { return ModelShape(setting, changedFrom: model) }
        return ModelShape(setting, name: "this setting")
    }

    /// Its name, or what it was made from.
    var shapeName: String {
        builtModel?.name ?? model.map { "\($0.name), changed" } ?? "this setting"
    }

    /// The variant that the step's formula is about, where the setting itself shares otherwise.
    var foreignVariant: AttentionVariant? { step.memory?.foreignVariant(at: setting) }

    /// " as MHA", where the step's formula makes that of what shares otherwise.
    var foreignWords: String { foreignVariant.map { " as \($0.shortName)" } ?? "" }

    /// The same with the weights that were set.
    var servedShape: ModelShape {
        guard let weights = serving.weights else { return shape }
        return shape.with(weights: Weights(size: weights, rule: "as you set it"))
    }

    var load: CacheLoad? {
        try? CacheLoad(
            tokens: setting.tokens, batch: setting.batch, format: CacheFormat(setting.numberWidth))
    }

    func servingPlan(gpus: Int) throws(SettingError) -> ServingPlan {
        try ServingPlan(
            shape: servedShape,
            load: CacheLoad(
                tokens: setting.tokens, batch: setting.batch,
                format: CacheFormat(setting.numberWidth)),
            gpus: gpus, memory: serving.memory)
    }

    // MARK: Sliders

    func value(of slider: ServingSlider) -> Int {
        switch slider {
        case .gpus: serving.gpus
        case .memory: serving.memory.bytes
        case .weights: servedShape.weights?.size.bytes ?? 0
        case .parameter(let parameter): setting[parameter] ?? 0
        }
    }

    /// The values that a slider stops at in rising order, the present one among them.
    func stops(of slider: ServingSlider) -> [Int] {
        let stops: [Int]
        switch slider {
        case .gpus:
            stops = (0...6).map { 1 << $0 }.filter { (try? servingPlan(gpus: $0)) != nil }
        case .memory: stops = [16, 24, 40, 48, 80, 96, 141, 192].map { $0 * 1_000_000_000 }
        case .weights:
            let own = shape.weights.map { [$0.size.bytes] } ?? []
            stops = [0] + own + (0...11).map { 1_000_000_000 << $0 }
        case .parameter(let parameter):
            return Slider(parameter: parameter).stops(at: setting)
        }
        return Set(stops + [value(of: slider)]).sorted()
    }

    /// Sets one of them, or says in the footer why it cannot be.
    mutating func set(_ slider: ServingSlider, to value: Int) {
        switch slider {
        case .gpus:
            do throws(SettingError) {
                _ = try servingPlan(gpus: value)
                serving.gpus = value
            } catch { notice = error.description }
        case .memory: serving.memory = ByteCount(value)
        case .weights:
            serving.weights = value == shape.weights?.size.bytes ? nil : ByteCount(value)
        case .parameter(let parameter): change([parameter: value])
        }
        settleGPUs()
    }

    /// Fewer GPUs, where these can no longer share out the heads.
    mutating func settleGPUs() {
        guard (try? servingPlan(gpus: serving.gpus)) == nil else { return }
        let asked = serving.gpus
        serving.gpus =
            (1...max(1, asked)).reversed().first { (try? servingPlan(gpus: $0)) != nil } ?? 1
        guard serving.gpus != asked else { return }
        notice =
            "T is now \(grouped(serving.gpus)): \(grouped(asked)) GPUs can neither share out nor "
            + "copy \(counted(setting.keyValueHeads, "K/V head")) evenly"
    }
}

/// As text, for those who follow: "gpus 8 80000000000 16000000000", the weights' size left out
/// where it is the model's.
extension ServingChoice {
    var shared: String {
        (["gpus", String(gpus), String(memory.bytes)]
            + [weights.map { String($0.bytes) }].compactMap(\.self)).joined(separator: " ")
    }

    /// Nil for any other text, and for counts and sizes beyond those that can be set.
    init?(shared text: String) {
        let words = text.split(separator: " ")
        guard words.first == "gpus", words.count == 3 || words.count == 4 else { return nil }
        let numbers = words.dropFirst().compactMap { Int($0) }
        guard numbers.count == words.count - 1, (1...CourseApp.mostGPUs).contains(numbers[0]),
            numbers.dropFirst().allSatisfy({ (0..<1 << 60).contains($0) })
        else { return nil }
        self.init(
            gpus: numbers[0], memory: ByteCount(numbers[1]),
            weights: numbers.count == 3 ? ByteCount(numbers[2]) : nil)
    }
}
