import AttentionEngine
import CourseContent
import CourseSession
import ModelCatalog

/// GPUs and other tools' figures, told in words.
extension PlainCourse {
    /// Tells what each GPU holds and what fits; a number of GPUs and a memory may be given first.
    mutating func gpus(_ arguments: String) -> [Passage] {
        guard session.isExploring || session.showsWholeSize else { return say(noSize) }
        session.settleGPUs()
        var words = arguments.split(separator: " ").map(String.init)
        if let count = words.first {
            words.removeFirst()
            if let problem = take(count, for: .gpus) { return say(problem) }
            if !words.isEmpty, let problem = take(words.joined(separator: " "), for: .memory) {
                return say(problem)
            }
        }
        return toldServing
    }

    /// "set t 8", "set memory 80 GB", "set weights 16 GB"; nil where it is about another slider.
    mutating func setServing(_ words: [String]) -> [Passage]? {
        guard let name = words.first?.lowercased(), let slider = Self.servingSliders[name] else {
            return nil
        }
        guard session.isExploring || session.showsWholeSize else { return say(noSize) }
        guard words.count > 1 else {
            return say("\(name) needs a value behind it, as in set \(slider.example).")
        }
        let value = words.dropFirst().joined(separator: " ")
        if let problem = take(value, for: slider.slider) { return say(problem) }
        return toldServing
    }

    private static let servingSliders: [String: (slider: Control, example: String)] = [
        "t": (.gpus, "t 8"), "gpus": (.gpus, "gpus 8"), "memory": (.memory, "memory 80 GB"),
        "weights": (.weights, "weights 16 GB"),
    ]

    private mutating func take(_ text: String, for slider: Control) -> String? {
        session.set(slider, toText: text).map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
    }

    private var noSize: String {
        "Not here: this step shows no whole size; explore shows one for its setting."
    }

    private var toldServing: [Passage] {
        do throws(SettingError) {
            let plan = try session.servingPlan()
            let weights =
                session.servedShape.weights.map { "\($0.size.decimal) (\($0.rule))" } ?? "not known"
            return say(
                "On \(counted(plan.gpus, "GPU")) of \(session.gpus.memory.decimal), "
                    + "\(session.shapeName), weights \(weights):")
                + [.row("Each GPU holds \(held(plan)).")] + plan.dealing.map { .row($0) }
                + session.servingRows(plan).dropFirst(plan.dealing.count).map {
                    .row("\($0.name.prefix(1).uppercased())\($0.name.dropFirst()): \($0.text).")
                }
                + say(
                    "set t, set memory and set weights change it, as in set t 8, set memory 80 GB.")
        } catch {
            return say("\(error.description).")
        }
    }

    private func held(_ plan: ServingPlan) -> String {
        let weights = plan.weights.map { "\($0.decimal) of weights and " } ?? ""
        let fits = plan.fits == true ? "" : ", which do not fit"
        return "\(weights)\(session.units.text(plan.cache)) of cache\(fits)"
    }

    /// Another tool's figure, answered by the mistake that leads to it.
    func compare(_ figure: String) -> [Passage] {
        guard session.showsWholeSize else {
            return say(session.isVeiled ? "Not while the question is open." : noSize)
        }
        guard !figure.isEmpty else {
            return say("compare needs another tool's figure, as in compare 13.34 GiB.")
        }
        let sentences = session.compared(with: figure)
        return say(sentences[0]) + sentences.dropFirst().map { .row($0) }
    }
}
