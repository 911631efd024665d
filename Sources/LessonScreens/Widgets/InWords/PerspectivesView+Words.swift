import AttentionEngine
import CourseContent

extension PerspectivesView {
    func words(scene: Scene) -> [Passage] {
        let standing = standing(scene)
        let look = standing.look(at: scene.lookedAt)
        let name = spec.variant.name
        guard let found = standing.found else {
            return [
                .paragraph(
                    standing.step == 0
                        ? "\(name) is not trained yet: its heads look everywhere. run trains it."
                        : "\(name) is in training: step \(grouped(standing.step)) of "
                            + "\(grouped(standing.steps)).")
            ]
        }
        let heads = look.heads.map { head -> Passage in
            let shares = look.attention[head]
            let item = shares.indices.max { shares[$0] < shares[$1] } ?? 0
            return .row(
                "Head \(head) follows part \(Self.letter(found.followed[head])): looks at item \(item) "
                    + "with \(Int((shares[item] * 100).rounded())) %; its part asks about item "
                    + "\(look.targets[found.followed[head]]).")
        }
        let right = look.answers.indices.filter { look.answers[$0] == look.right[$0] }
        return [
            .paragraph(
                "\(name), trained \(scene.measured.place(of: .layer(spec.variant))), "
                    + "seed \(standing.seed), \(grouped(standing.step)) steps: accuracy "
                    + "\(fixed(standing.accuracy, decimals: 2)), \(found.measured.perspectives) of "
                    + "\(RecallTask.attributes) perspectives, heads differ by "
                    + "\(fixed(found.measured.bits, decimals: 2)) bits. One question:")
        ] + heads + [
            .row(
                "Answered rightly: \(right.count) of \(RecallTask.attributes) parts. run asks "
                    + "another question.")
        ]
    }
}
