import AttentionEngine
import CourseContent
import ModelCatalog

/// What fills the GPUs of a scene: each one's part of the weights, and the caches of the users that
/// fit above it.
package struct TankFigures: Sendable {
    /// A cache on the GPUs.
    package struct Filling: Hashable, Sendable {
        /// K/V heads of a layer; nil of a latent.
        package let keyValueHeads: Int?
        /// One GPU's part of a user's cache.
        package let cache: ByteCount
        /// The users that fit.
        package let users: ServingPlan.Most
        /// On how many GPUs each number is kept.
        package let copies: Int
    }

    private let scene: Scene
    /// Whose memory one GPU has.
    package let accelerator: Accelerator
    /// T, the GPUs.
    package let gpus: Int
    /// One GPU's part of the weights; nil where their size is not known.
    package let weights: ByteCount?
    /// Every legal g, MHA's first; nil where the GPUs cannot share out the heads.
    package let rows: [(keyValueHeads: Int, filling: Filling?)]
    /// The scene's own; nil where the GPUs cannot share out its heads.
    package let here: Filling?
    /// A latent in the place of its heads; nil where none is shown.
    package let latent: Filling?

    /// DeepSeek's, what stands beside where the setting has no latent of its own.
    private static let widths = LatentWidths(latentRank: 512, rotaryDimension: 64)

    /// The figures at a scene's setting and dials. Cost: some fifty sizes for each row.
    package init(_ scene: Scene) {
        let setting = scene.setting
        let accelerator = Accelerator.all[scene.dials[.machine]]
        let (gpus, weights) = (scene.dials[.devices], scene.gpus.weights)
        func filling(_ setting: CacheSetting?) -> Filling? {
            setting.flatMap {
                Filling($0, weights: weights, gpus: gpus, memory: accelerator.memory)
            }
        }
        rows = divisors(of: setting.queryHeads).reversed().map {
            ($0, filling(setting.sharing(keyValueHeads: $0)))
        }
        here = filling(setting)
        let isBeside = scene.dials[.mla] == 1 && setting.latent == nil
        let widths: [Parameter: Int] = [
            .latentRank: Self.widths.latentRank, .rotaryDimension: Self.widths.rotaryDimension,
        ]
        latent = isBeside ? filling(try? setting.setting(widths)) : nil
        self.weights = weights.map { ByteCount(($0.bytes + gpus - 1) / gpus) }
        (self.scene, self.accelerator, self.gpus) = (scene, accelerator, gpus)
    }

    /// Whether the users that fit are asked for, and so hidden.
    package var isVeiled: Bool { scene.isVeiled }

    /// The K/V heads that a GPU, counted from 0, keeps of each layer, and whether it is the first
    /// to keep them; nil where the GPUs cannot share them out. A latent is head 0 on each.
    package func heads(on gpu: Int, of filling: Filling) -> (heads: Range<Int>, isCopy: Bool) {
        let count = filling.keyValueHeads ?? 1
        let first = gpu * count / gpus
        return (first..<first + max(1, count / gpus), gpu % filling.copies > 0)
    }

    /// Parts of a GPU's memory, 0 to 1: the weights, and one user's cache.
    package func shares(_ filling: Filling?) -> (weights: Double, user: Double) {
        let memory = Double(accelerator.memory.bytes)
        return (
            min(1, Double(weights?.bytes ?? 0) / memory),
            Double(filling?.cache.bytes ?? 0) / memory
        )
    }

    // MARK: As text

    /// "92", "none", "any number", a question mark for what is asked; "-" where the heads cannot be
    /// shared out.
    package func users(_ filling: Filling?) -> String {
        guard !isVeiled else { return "?" }
        return switch filling?.users {
        case .number(0): "none"
        case .number(let number): grouped(number)
        case .unlimited: "any number"
        case nil: "-"
        }
    }

    /// "92 users", "1 user", "no user".
    package func usersInWords(_ filling: Filling) -> String {
        switch filling.users {
        case _ where isVeiled: "? users"
        case .number(0): "no users"
        case .number(let number): counted(number, "user")
        case .unlimited: "any number of users"
        }
    }

    /// A piece of a text, with what is drawn of what it tells, so that a picture can show its sign.
    package struct Piece: Hashable, Sendable {
        /// What is drawn.
        package enum Part: Hashable, Sendable {
            /// A GPU's part of the weights.
            case weights
            /// The users' caches, where they are kept first.
            case caches
            /// The same where another GPU keeps them as well.
            case copies
        }

        /// The words.
        package let text: String
        /// What they tell of; nil of nothing that is drawn.
        package let part: Part?

        init(_ text: String, _ part: Part? = nil) { (self.text, self.part) = (text, part) }
    }

    /// "8 GPUs of 80.0 GB, on each 17.6 GB of weights", from the most words to the fewest.
    package var titles: [[Piece]] {
        let gpus = "\(counted(self.gpus, "GPU")) of \(accelerator.memory.decimal)"
        guard let weights else {
            return [[Piece(gpus + ", weights not known and not counted")], [Piece(gpus)]]
        }
        if weights.bytes == 0 {
            return [[Piece(gpus + ", weights not counted")], [Piece(gpus)]]
        }
        let each = self.gpus == 1 ? ", " : ", on each "
        return [
            [Piece(gpus + each), Piece("\(weights.decimal) of weights", .weights)],
            [Piece(gpus + ", "), Piece("weights \(weights.decimal)", .weights)],
        ]
    }

    /// "23 users: 336 MB for each on every GPU, every head kept twice", from the most words to the
    /// fewest; why the heads cannot be shared out, where they cannot.
    package var caches: [[Piece]] {
        guard let here else {
            let heads = counted(scene.setting.keyValueHeads, "K/V head")
            return [
                [Piece("\(counted(gpus, "GPU")) can neither split nor copy \(heads) evenly")],
                [Piece("\(heads) do not split evenly")],
            ]
        }
        let start = "\(usersInWords(here)): "
        if isVeiled { return [[Piece(start + "each takes ?")]] }
        return texts(of: here).map { [Piece(start, .caches)] + $0 }
    }

    /// The same of the latent that stands beside; nil where none does.
    package var latentCaches: [[Piece]]? {
        latent.map { filling in
            if isVeiled { return [[Piece("MLA beside it: ?")]] }
            let widths = "\(Self.widths.latentRank) + \(Self.widths.rotaryDimension)"
            let start = "MLA, a latent of \(widths): \(usersInWords(filling)), "
            return texts(of: filling).map { [Piece(start)] + $0 }
                + [[Piece("MLA, a latent of \(widths): \(usersInWords(filling))")]]
        }
    }

    private func texts(of filling: Filling) -> [[Piece]] {
        let size = scene.units.short(filling.cache)
        let each = gpus == 1 ? "\(size) for each" : "\(size) for each on every GPU"
        let times = filling.copies == 2 ? "twice" : "\(grouped(filling.copies)) times"
        let what = filling.keyValueHeads == nil ? "all of it" : "every head"
        let own = [[Piece(each)], [Piece(size)]]
        if filling.copies == 1 { return own }
        let copies = Piece("\(what) kept \(times)", .copies)
        return [[Piece(each + ", "), copies], [Piece(size + " each, "), copies]] + own
    }

    // MARK: In words

    var words: [Passage] {
        let tokens = counted(scene.setting.tokens, "token")
        var rows: [Passage] = [
            .paragraph("Picture: \(titles[0].text). A user has a text of \(tokens)."),
            .row("\(scene.shownShape.groupsInWords.capitalised)."),
            .row(ended(caches[0].text)),
        ]
        if let latentCaches { rows.append(.row(ended(latentCaches[0].text))) }
        if isVeiled { return rows }
        let table = Passage.table(
            header: ["g", "users that fit"],
            rows: self.rows.map { [grouped($0.keyValueHeads), users($0.filling)] })
        return rows + table
    }
}

extension [TankFigures.Piece] {
    /// The pieces as one text.
    package var text: String { map(\.text).joined() }
}

extension TankFigures.Filling {
    /// Of a setting's cache; nil where the GPUs cannot share it out.
    fileprivate init?(
        _ setting: CacheSetting, weights: ByteCount?, gpus: Int, memory: ByteCount
    ) {
        var shape = ModelShape(setting, name: "")
        if let weights { shape = shape.with(weights: Weights(size: weights, rule: "")) }
        guard
            let load = try? CacheLoad(
                tokens: setting.tokens, batch: 1, format: CacheFormat(setting.numberWidth)),
            let plan = try? ServingPlan(shape: shape, load: load, gpus: gpus, memory: memory),
            let users = plan.mostRequests
        else { return nil }
        self.init(
            keyValueHeads: setting.latent == nil ? setting.keyValueHeads : nil, cache: plan.cache,
            users: users, copies: plan.copies)
    }
}
