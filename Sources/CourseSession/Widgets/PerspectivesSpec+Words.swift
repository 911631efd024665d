import AttentionEngine
import CourseContent

extension PerspectivesSpec {
    func words(_ scene: Scene) -> [Passage] {
        let look = status(scene)
        let name = variant.name
        guard let found = look.found, let followed = look.followed else {
            return [
                .paragraph(
                    look.step == 0
                        ? "\(name) is not trained yet: its heads look everywhere. run trains it."
                        : "\(name) is in training: step \(grouped(look.step)) of "
                            + "\(grouped(look.steps)).")
            ]
        }
        let heads = look.attention.indices.map { head -> Passage in
            let shares = look.attention[head]
            let item = shares.indices.max { shares[$0] < shares[$1] } ?? 0
            return .row(
                "Head \(head) follows the \(Self.name(of: followed[head])): looks at item \(item) "
                    + "with \(Int((shares[item] * 100).rounded())) %; its part asks about item "
                    + "\(look.targets[followed[head]]).")
        }
        let right = look.answers.indices.filter(look.isRight)
        let unfollowed = look.unfollowed.map(Self.name).joined(separator: ", ")
        return [
            .paragraph(
                "\(name), trained \(origin(scene).place), "
                    + "seed \(look.seed), \(grouped(look.step)) steps: accuracy "
                    + "\(fixed(look.accuracy, decimals: 2)), \(found.perspectives) of "
                    + "\(RecallTask.attributes) perspectives, heads differ by "
                    + "\(fixed(found.bits, decimals: 2)) bits. One question:")
        ] + heads + (unfollowed.isEmpty ? [] : [.row("No head follows: \(unfollowed).")]) + [
            .row(
                "Answered rightly: \(right.count) of \(RecallTask.attributes) parts. run asks "
                    + "another question.")
        ]
    }

    /// How the layer stands; before anything was trained, with its first weights.
    package func status(_ scene: Scene) -> LayerStatus {
        let experiment = LayerExperiment(variant: variant)
        guard let status = scene.experiments[experiment] ?? LayerStatus.untrained[variant]
        else { preconditionFailure("a directive names one of the race's variants") }
        return status
    }

    /// The attribute that a part of a question names its item by; it asks for the next one.
    package static func name(of part: Int) -> String {
        ["colour", "shape", "size", "weight", "price", "age", "maker", "owner"][part]
    }

    /// Where the layer was or is trained.
    package func origin(_ scene: Scene) -> ExperimentStatuses.Origin {
        scene.experiments.origin(of: LayerExperiment(variant: variant))
    }
}
