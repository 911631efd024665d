import AttentionEngine
import CourseContent
import CourseSession
import ModelCatalog

/// GPUs and other tools' figures, told in words.
extension PlainCourse {
    /// Tells what each GPU holds and what fits; a number of GPUs and a memory may be given first.
    mutating func gpus(_ arguments: String) -> [Passage] {
        guard session.canServe else { return say(noServing) }
        session.tellFewerGPUs(than: session.chosenGPUs.count)
        let words = arguments.split(separator: " ", maxSplits: 1).map(String.init)
        return serving(at: Array(zip([.gpus, .memory], words)))
    }

    /// "set t 8", "set memory 80 GB", "set weights 16 GB"; nil where it is about another slider.
    mutating func setServing(_ words: [String]) -> [Passage]? {
        guard let name = words.first?.lowercased(), let slider = Self.servingSliders[name],
            !session.dialNames.contains(name)
        else { return nil }
        guard session.canServe else { return say(noServing) }
        guard words.count > 1 else {
            return say("\(name) needs a value, as in set \(name) \(slider.example).")
        }
        return serving(at: [(slider.control, words.dropFirst().joined(separator: " "))])
    }

    private static let servingSliders: [String: (control: Control, example: String)] = [
        "t": (.gpus, "8"), "gpus": (.gpus, "8"), "memory": (.memory, "80 GB"),
        "weights": (.weights, "16 GB"),
    ]

    private mutating func serving(at values: [(control: Control, text: String)]) -> [Passage] {
        for value in values {
            if let problem = session.set(value.control, toText: value.text) {
                return say(problem.capitalised + ".")
            }
        }
        return toldServing
    }

    private var noServing: String {
        if session.isVeiled { return Session.veiledWords }
        return "Not here: this step shows no whole size; explore shows one for its setting."
    }

    private var toldServing: [Passage] {
        do throws(SettingError) {
            let plan = try session.servingPlan()
            let weights =
                session.servedShape.weights.map { "\($0.size.decimal) (\($0.rule))" } ?? "not known"
            return say(
                "On \(counted(plan.gpus, "GPU")) of \(session.gpus.memory.decimal), "
                    + "\(session.shapeName), weights \(weights):")
                + [.row("Each GPU holds \(held(plan)).")]
                + session.servingRows(plan).map {
                    .row($0.name == "heads" ? $0.text : "\($0.name.capitalised): \($0.text).")
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
        guard session.showsWholeSize else { return say(noServing) }
        guard !figure.isEmpty else {
            return say("compare needs another tool's figure, as in compare 13.34 GiB.")
        }
        let sentences = session.compared(with: figure)
        return say(sentences[0]) + sentences.dropFirst().map { .row($0) }
    }
}
