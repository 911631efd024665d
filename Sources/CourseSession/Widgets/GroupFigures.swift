import AttentionEngine
import CourseContent
import ModelCatalog

/// Every legal g of a scene, MHA's first: what its cache takes, how many users fit, and the time
/// of one layer's step.
package struct GroupFigures: Sendable {
    /// Which sharing a row is about.
    package enum Kind: Hashable, Sendable {
        /// So many K/V heads.
        case heads(Int)
        /// One latent for all heads.
        case latent
        /// The pinned setting, where more than its g is another.
        case pinned
    }

    /// One way for the heads to share.
    package struct Row: Hashable, Sendable {
        /// Which it is.
        package let kind: Kind
        /// g and n/g, also of the pinned setting; nil for a latent.
        package let shape: AttentionShape?
        /// Of the whole cache.
        package let size: ByteCount
        /// Parts of what MHA's cache takes at the scene's setting.
        package let share: Double
        /// The most users that fit; nil where the GPUs cannot share out the heads.
        package let users: ServingPlan.Most?
        /// Of one layer's step; nil where it was not timed.
        package let time: Duration?
        /// "as built", "pin", "slider": what else it is.
        package let remarks: [String]
    }

    private let spec: GroupsSpec
    private let scene: Scene
    /// How the timing of steps stands.
    package let times: TimesFigures
    /// Every legal g, MHA's first, then the latent where the setting has one, then the pinned
    /// setting where it is none of these.
    package let rows: [Row]
    /// The row that the scene is about: the latent's, or that of its g.
    package let current: Int

    private var setting: CacheSetting { scene.setting }
    /// n.
    package var queryHeads: Int { setting.queryHeads }

    /// The figures at a scene's setting, on its GPUs. Cost: a few products for each row.
    package init(_ spec: GroupsSpec, _ scene: Scene) {
        (self.spec, self.scene) = (spec, scene)
        times = TimesFigures(scene)
        let (setting, times) = (scene.setting, times)
        let legal = divisors(of: setting.queryHeads).reversed().compactMap {
            setting.sharing(keyValueHeads: $0)
        }
        let whole = Self.size(of: legal.first ?? setting)
        func row(_ kind: Kind, _ shared: CacheSetting, _ remarks: [String] = []) -> Row {
            let size = Self.size(of: shared)
            let (heads, isTimed) = (shared.keyValueHeads, kind == .heads(shared.keyValueHeads))
            return Row(
                kind: kind, shape: shared.latent == nil ? shared.shape : nil, size: size,
                share: Double(size.bytes) / Double(whole.bytes),
                users: Self.users(of: shared, on: scene.gpus),
                time: isTimed ? times.time(keyValueHeads: heads, .shared) : nil, remarks: remarks)
        }
        let isLatent = scene.shownLatent != nil
        func remarks(_ shared: CacheSetting) -> [String] {
            // What the slider of g moves, where the setting itself has no use for it.
            (isLatent && shared.latent == nil && shared.shape == scene.shownShape ? ["slider"] : [])
                + (scene.asBuilt?.keepsSame(as: shared) == true ? ["as built"] : [])
                + (scene.pinned?.keepsSame(as: shared) == true ? ["pin"] : [])
        }
        var all = legal.map { row(.heads($0.keyValueHeads), $0, remarks($0)) }
        if setting.latent != nil { all.append(row(.latent, setting, remarks(setting))) }
        let isPinApart = !(legal + [setting]).contains { scene.pinned?.keepsSame(as: $0) == true }
        if isPinApart, let pinned = scene.pinned { all.append(row(.pinned, pinned)) }
        rows = all
        let own = isLatent ? Kind.latent : .heads(scene.shownShape.keyValueHeads)
        current = all.firstIndex { $0.kind == own } ?? 0
    }

    private static func size(of setting: CacheSetting) -> ByteCount {
        let report = MemoryReport(setting)
        return (setting.latent == nil ? report[.gqa] : report[.mla])?.size ?? ByteCount(0)
    }

    private static func users(of setting: CacheSetting, on gpus: GPUChoice) -> ServingPlan.Most? {
        var shape = ModelShape(setting, name: "")
        if let weights = gpus.weights {
            shape = shape.with(weights: Weights(size: weights, rule: ""))
        }
        let load = try? CacheLoad(
            tokens: setting.tokens, batch: setting.batch, format: CacheFormat(setting.numberWidth))
        guard let load else { return nil }
        return try? ServingPlan(
            shape: shape, load: load, gpus: gpus.count, memory: gpus.memory
        ).mostRequests
    }

    // MARK: As text

    /// "8", "MLA", "pin": what it is called in a column.
    package func name(of row: Row) -> String {
        switch row.kind {
        case .heads(let count): grouped(count)
        case .latent: AttentionVariant.mla.shortName
        case .pinned: "pin"
        }
    }

    /// Whether it says how many users fit.
    package var showsUsers: Bool { spec.showsUsers }
    /// Whether it says how long a step takes, of numbers that can be timed.
    package var showsTimes: Bool { spec.showsTimes && times.canBeTimed }

    /// What is timed: a layer with K/V heads that keeps every token.
    package var timedLayer: String {
        if setting.latent != nil { return "one layer with K/V heads, no latent" }
        return setting.windowed == nil ? "one layer" : "one full layer"
    }

    /// Whether the figures are hidden by an open question.
    package var isVeiled: Bool { scene.isVeiled }

    /// The size of a row's cache, in one unit.
    package func size(of row: Row) -> String { isVeiled ? "?" : scene.units.short(row.size) }

    /// Its share of MHA's: "1", "1/12", "2.5".
    package func share(of row: Row) -> String {
        if isVeiled { return "?" }
        return row.share < 1 ? "1/\(brief(1 / row.share))" : brief(row.share)
    }

    /// How many users fit: "59", "none", "any number"; "-" where there can be none on these GPUs.
    package func users(of row: Row) -> String {
        if isVeiled { return "?" }
        return switch row.users {
        case .number(0): "none"
        case .number(let number): grouped(number)
        case .unlimited: "any number"
        case nil: "-"
        }
    }

    /// "Users: requests of 8,192 tokens on 1 GPU of 80.0 GB, beside 16.1 GB of weights (about:
    /// 8.03B parameters of 2 bytes)."
    package var aboutUsers: String {
        let gpus = scene.gpus
        let weights =
            gpus.weights.map {
                $0.bytes == 0
                    ? "no weights counted"
                    : "beside \($0.decimal) of weights"
                        + (scene.weightsRule.map { " (\($0))" } ?? "")
            } ?? "weights not known"
        let undealt =
            rows.contains { $0.users == nil }
            ? " -: \(counted(gpus.count, "GPU")) can neither split nor copy the heads evenly."
            : ""
        return "Users: requests of \(counted(setting.tokens, "token")) on "
            + "\(counted(gpus.count, "GPU")) of \(gpus.memory.decimal), \(weights)." + undealt
    }

    // MARK: In words

    var words: [Passage] {
        let heading =
            "Every legal g of \(counted(setting.queryHeads, "query head"))"
            + (isVeiled ? ", the figures hidden until you answer:" : ":")
        var columns: [(name: String, cell: (Row) -> String)] = [
            ("g", name), ("query heads each", { $0.shape.map { grouped($0.groupSize) } ?? "" }),
            ("cache", size), ("share of MHA", share),
        ]
        if showsUsers { columns.append(("users that fit", users)) }
        if showsTimes, rows.contains(where: { $0.time != nil }) {
            columns.append(("time", { $0.time?.inMilliseconds ?? "" }))
        }
        columns.append(("", { $0.remarks.joined(separator: ", ") }))
        let notes =
            [yours] + (showsUsers ? [aboutUsers] : []) + (showsTimes ? [times.headline] : [])
        let table = Passage.table(
            header: columns.map(\.name), rows: rows.map { row in columns.map { $0.cell(row) } })
        return [.paragraph(heading)] + table.dropFirst() + notes.map { .row($0, mark: "") }
    }

    private var yours: String {
        let row = rows[current]
        guard let shape = row.shape else { return "Yours is MLA, one latent for all heads." }
        return "Yours is \(shape.groupsInWords)."
    }

    /// How many users fit at the row the sliders stand at: "59"; hidden by an open question.
    package var usersHere: String { users(of: rows[current]) }
}

extension CacheSetting {
    /// Whether a cache of another setting is the same in everything; where a latent is kept there
    /// are no K/V heads to tell apart.
    fileprivate func keepsSame(as other: CacheSetting) -> Bool {
        guard latent != nil, other.latent != nil, queryHeads == other.queryHeads else {
            return self == other
        }
        return self == (try? other.setting([.keyValueHeads: keyValueHeads]))
    }

    /// The same with so many K/V heads and no latent; nil where they do not divide the query heads.
    func sharing(keyValueHeads: Int) -> CacheSetting? {
        guard
            let shape = try? AttentionShape(
                queryHeads: queryHeads, keyValueHeads: keyValueHeads, headDimension: headDimension)
        else { return nil }
        return try? CacheSetting(
            layers: layers, batch: batch, shape: shape, tokens: tokens, numberWidth: numberWidth,
            windowed: windowed)
    }
}
