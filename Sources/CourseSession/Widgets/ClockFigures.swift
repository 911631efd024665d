import AttentionEngine
import CourseContent
import ModelCatalog

/// What a scene's pass takes on its machine: to read weights and caches, and to compute; for the
/// present way to share and for every other.
package struct ClockFigures: Sendable {
    /// One way for the heads to share.
    package struct Row: Hashable, Sendable {
        /// "8" or "MLA"
        package let name: String
        /// What its pass asks for.
        package let pass: PassCost
        /// What the machine takes for that; nil before it was measured.
        package let times: PassCost.Times?
        /// Whether it is the scene's own.
        package let isHere: Bool
    }

    private let scene: Scene
    private let known: MachineStatus?
    private let speeds: MachineSpeeds?
    private let weights: (count: Int, size: ByteCount)?
    /// The accelerator; nil where it is this machine.
    package let accelerator: Accelerator?
    /// Whether a token is written or prompts are read.
    package let work: PassCost.Work
    /// Every legal g, MHA's first, and behind them the latent where there is one.
    package let rows: [Row]

    /// The figures at a scene's setting and dials. Cost: a few products for each row.
    package init(_ scene: Scene) {
        let known = scene.experiments[MachineExperiment()]
        let accelerator = Dial.accelerator(scene.dials[.machine])
        let work: PassCost.Work = scene.dials[.work] == 0 ? .writing : .reading
        let speeds = accelerator?.speeds ?? known?.speeds
        let weights = scene.model?.weightsOfEachToken
        let setting = scene.setting
        let legal = divisors(of: setting.queryHeads).reversed().compactMap {
            setting.sharing(keyValueHeads: $0)
        }
        rows = (legal + (setting.latent == nil ? [] : [setting])).map { shared in
            let pass = PassCost(shared, work, weights: weights)
            return Row(
                name: shared.latent == nil
                    ? grouped(shared.keyValueHeads) : AttentionVariant.mla.shortName,
                pass: pass, times: speeds.map(pass.times), isHere: shared == setting)
        }
        (self.scene, self.known, self.speeds, self.weights) = (scene, known, speeds, weights)
        (self.accelerator, self.work) = (accelerator, work)
    }

    /// The scene's own way to share.
    package var here: Row {
        rows.first(where: \.isHere)
            ?? Row(name: "", pass: PassCost(scene.setting, work), times: nil, isHere: true)
    }

    /// What the present pass takes; nil while that is asked, or before the machine was measured.
    package var times: PassCost.Times? { scene.isVeiled ? nil : here.times }

    /// The end of an axis that holds every row, in seconds: one, two, three, five or eight and so
    /// many noughts. Beside a latent, which MHA would leave no room to be seen, it holds the rows
    /// that take a few times as long.
    package var axisEnd: Double {
        let most = scene.shownLatent == nil ? .infinity : 6 * (here.times?.whole ?? 1)
        let longest = rows.compactMap(\.times?.whole).filter { $0 <= most }.max() ?? 1
        var unit = 1e-12
        while unit * 10 <= longest { unit *= 10 }
        return ([1, 2, 3, 5, 8].first { unit * $0 >= longest } ?? 10) * unit
    }

    /// That end as text: "20 ms".
    package var axisLabel: String {
        axisEnd < 1e-4
            ? "\(brief(axisEnd * 1e6)) µs"
            : axisEnd < 1 ? "\(brief(axisEnd * 1e3)) ms" : "\(brief(axisEnd)) s"
    }

    // MARK: As text

    /// "9.91 ms"; a question mark for what is asked or was not measured.
    package static func text(_ seconds: Double?) -> String {
        guard let seconds else { return "?" }
        return seconds < 1e-5
            ? "\(threeDigits(seconds * 1e6)) µs" : inMilliseconds(seconds)
    }

    private var setting: CacheSetting { scene.setting }

    private var machine: String { accelerator?.name ?? "this machine" }

    /// What is timed, from the most words to the fewest.
    package var titles: [String] {
        let texts = counted(setting.batch, "text")
        let isAlone = weights == nil
        let what =
            work == .writing
            ? setting.batch == 1 ? "one token" : "a token for each of \(texts)"
            : "\(counted(setting.batch, "prompt")) of \(counted(setting.tokens, "token"))"
        let verb = work == .writing ? "Writing" : "Reading"
        let short = "\(what), \(machine)" + (isAlone ? ", attention" : "")
        return [
            "\(verb) \(what)\(isAlone ? ", attention alone" : ""), \(machine)", short.capitalised,
            (isAlone ? "Attention, " : "") + machine,
        ]
    }

    /// What is read: the weights, where they are counted, and the caches; each with its size and
    /// its time.
    package var parts: [(name: String, size: String, time: String)] {
        let pass = here.pass
        func part(_ name: String, _ bytes: Double, _ time: Double?) -> (String, String, String) {
            (name, scene.units.short(ByteCount(nearest: bytes)), Self.text(time))
        }
        return (weights == nil ? [] : [part("weights", pass.weightBytes, times?.weights)])
            + [part(setting.batch == 1 ? "cache" : "caches", pass.cacheBytes, times?.caches)]
    }

    /// "264 billion operations"
    package var operations: String { "\(inWords(here.pass.operations)) operations" }

    /// What the pass takes, how many tokens that is in a second and what it waits for, from the
    /// most words to the fewest.
    package var verdicts: [String] {
        guard let times else { return [unknown] }
        let time = Self.text(times.whole)
        let rate = here.pass.tokens / times.whole
        let tokens =
            rate < 10
            ? threeDigits(rate) : rate < 1e6 ? grouped(Int(rate.rounded())) : inWords(rate)
        let what = times.waitsForMemory ? "memory" : "arithmetic"
        return [
            "\(time): \(tokens) tokens a second, waiting for \(what)",
            "\(time), \(tokens) tokens/s: waits for \(what)", "\(time): waits for \(what)",
        ]
    }

    private var unknown: String {
        if scene.isVeiled { return "Your guess first" }
        guard let known, known.isRunning else { return "Not measured yet: press r" }
        return "Measuring this machine: \(Int(known.share * 100)) %"
    }

    /// "9.91 ms memory": the time of another way to share.
    package func text(of row: Row) -> (time: String, waitsFor: String) {
        guard !scene.isVeiled, let times = row.times else { return ("?", "") }
        return (Self.text(times.whole), times.waitsForMemory ? "memory" : "arithmetic")
    }

    /// What the figures rest on, a sentence each, the most needed first.
    package var notes: [String] { [overfull, basis, tempo].compactMap(\.self) }

    private var overfull: String? {
        let held = here.pass.weightBytes + here.pass.cacheBytes
        guard let memory = accelerator?.memory, held > Double(memory.bytes) else { return nil }
        return "\(ByteCount(nearest: held).decimal) exceed its memory, \(memory.decimal): it "
            + "could not hold them."
    }

    private var basis: String {
        if weights != nil { return "All weights are counted, as the model was built." }
        return scene.model?.usesSomeWeights == true
            ? "Weights are left out: which experts are read depends on the text."
            : "Weights are left out: their size is unknown."
    }

    private var tempo: String? {
        guard let speeds else { return nil }
        let ratio = brief((speeds.operationsPerSecond / speeds.bytesPerSecond).rounded())
        let origin =
            accelerator == nil ? "\(measured), 32 bits" : Accelerator.conditions
        return "\(accelerator?.fullName ?? "This machine"): \(speeds.reading), \(speeds.computing) "
            + "(\(origin))."
            + (scene.isVeiled
                ? "" : " It does \(ratio) operations in the time it reads a byte.")
    }

    private var measured: String {
        let threads = counted(known?.threads ?? 1, "thread")
        let origin = scene.experiments.origin(of: MachineExperiment())
        return origin.dateBefore.map { "measured on \($0), \(threads)" }
            ?? "measured \(origin.place), \(threads)"
    }

    // MARK: In words

    func words(withGroups: Bool) -> [Passage] {
        let read = parts.map { "\($0.name) \($0.size), \($0.time)" }.joined(separator: "; ")
        let heading: [Passage] = [
            .paragraph("Picture, two clocks: \(titles[0])."),
            .row("Read: \(read); together \(Self.text(times?.reading))."),
            .row("Compute: \(operations), \(Self.text(times?.computing))."),
            .row(ended(verdicts[0])),
        ]
        let table = Passage.table(
            header: ["g", "time", "waiting for"],
            rows: rows.map { row in
                let text = text(of: row)
                return [row.name + (row.isHere ? ", here" : ""), text.time, text.waitsFor]
            })
        let isShown = withGroups && !scene.isVeiled && speeds != nil
        return heading + (isShown ? Array(table) : []) + notes.map { .row($0, mark: "") }
    }
}

extension Model {
    /// The weights that every token uses; nil where they are not known, or where experts take
    /// turns.
    fileprivate var weightsOfEachToken: (count: Int, size: ByteCount)? {
        guard !usesSomeWeights, let count = parameterCount, let size = shape.weights?.size else {
            return nil
        }
        return (count, size)
    }
}

extension ByteCount {
    /// The count nearest to a sum that may be more than 64 bits can count.
    fileprivate init(nearest bytes: Double) {
        self.init(Int(min(bytes, Double(Int.max).nextDown)))
    }
}

extension MachineStatus {
    /// Nil until both are known.
    var speeds: MachineSpeeds? {
        guard bytesPerSecond >= 1, operationsPerSecond >= 1 else { return nil }
        return MachineSpeeds(
            bytesPerSecond: bytesPerSecond, operationsPerSecond: operationsPerSecond)
    }
}

extension MachineSpeeds {
    /// "3.35 TB a second"
    var reading: String { "\(ByteCount(nearest: bytesPerSecond).decimal) a second" }
    /// "989 trillion operations a second"
    var computing: String { "\(inWords(operationsPerSecond)) operations a second" }
}
