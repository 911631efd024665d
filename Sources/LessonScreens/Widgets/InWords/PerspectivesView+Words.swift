import AttentionEngine

extension PerspectivesView {
    func words(scene: Scene) -> [Passage] {
        let standing = standing(scene)
        let look = LayerLook(standing, question: scene.lookedAt)
        let name = spec.variant.name
        guard let result = standing.result, let followed = look.followed else {
            return [
                .paragraph(
                    standing.layer.steps == 0
                        ? "\(name) is not trained yet: its heads look everywhere. run trains it."
                        : "\(name) is in training: step \(grouped(standing.layer.steps)) of "
                            + "\(grouped(standing.steps)).")
            ]
        }
        let heads = look.heads.map { head -> Passage in
            let shares = look.attention[head]
            let item = shares.indices.max { shares[$0] < shares[$1] } ?? 0
            return .row(
                "Head \(head) follows part \(Self.letter(followed[head])): looks at item \(item) "
                    + "with \(Int((shares[item] * 100).rounded())) %; its part asks about item "
                    + "\(look.targets[followed[head]]).")
        }
        let right = look.answers.indices.filter { look.answers[$0] == look.right[$0] }
        return [
            .paragraph(
                "\(name), trained here, seed \(standing.layer.seed), "
                    + "\(grouped(standing.layer.steps)) steps: accuracy "
                    + "\(fixed(result.accuracy, decimals: 2)), \(result.perspectives) of "
                    + "\(RecallTask.attributes) perspectives, heads differ by "
                    + "\(fixed(result.headDivergenceBits, decimals: 2)) bits. One question:")
        ] + heads + [
            .row(
                "Answered rightly: \(right.count) of \(RecallTask.attributes) parts. run asks "
                    + "another question.")
        ]
    }
}
