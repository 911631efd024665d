import AttentionEngine
import CourseContent

extension HeadsSpec {
    func words(_ scene: Scene) -> [Passage] {
        let shape = scene.shownShape
        if mapping == .repeat, let latent = scene.shownLatent {
            return [
                .paragraph(
                    "Picture: \(counted(shape.queryHeads, "query head")), and each reads a K/V head "
                        + "of its own, which is made again from one latent and not kept. Kept are "
                        + "the latent's numbers, c \(grouped(latent.latentRank)) + "
                        + "r \(grouped(latent.rotaryDimension)) a token.")
            ]
        }
        guard mapping != .repeat else { return [.paragraph("Picture: " + sharing(shape))] }
        let tiled = Passage.row("Tile: " + reading(shape, everyNth: true))
        guard mapping == .both else {
            return [.paragraph("Picture: \(counts(shape))."), tiled, difference(shape)]
        }
        return [
            .paragraph("Picture: \(counts(shape)), in two orders."),
            .row("Repeat: " + reading(shape, everyNth: false)), tiled, difference(shape),
        ]
    }

    /// "8 query heads on 2 K/V heads, 4 query heads each"
    private func counts(_ shape: AttentionShape) -> String {
        counted(shape.queryHeads, "query head") + " on "
            + counted(shape.keyValueHeads, "K/V head") + ", "
            + counted(shape.groupSize, "query head") + " each"
    }

    private func sharing(_ shape: AttentionShape) -> String {
        if shape.keyValueHeads == 1 {
            return shape.queryHeads == 1
                ? "one query head reads one K/V head."
                : "all \(grouped(shape.queryHeads)) query heads read the one K/V head."
        }
        if shape.groupSize == 1 {
            return "\(grouped(shape.queryHeads)) query heads, and each reads a K/V head of its own."
        }
        return "\(counts(shape)). " + reading(shape, everyNth: false)
    }

    /// The most query heads, or groups of them, that are told one by one.
    private static let mostTold = 4

    /// "Query heads 0 to 3 read K/V head 0, 4 to 7 K/V head 1, and so on to 28 to 31, K/V head 7."
    private func reading(_ shape: AttentionShape, everyNth: Bool) -> String {
        func readers(_ head: Int) -> String {
            let heads = (0..<shape.queryHeads).filter {
                (everyNth
                    ? shape.tiledKeyValueHead(ofQueryHead: $0)
                    : shape.keyValueHead(ofQueryHead: $0)) == head
            }
            guard let first = heads.first, let last = heads.last, heads.count > 1 else {
                return heads.map(String.init).joined()
            }
            if heads.count == 2 { return "\(first) and \(last)" }
            if last - first == heads.count - 1 { return "\(first) to \(last)" }
            let told = heads.prefix(Self.mostTold).map(String.init).joined(separator: ", ")
            return heads.count > Self.mostTold
                ? "\(told) and so on to \(last)" : told
        }
        let groups = shape.keyValueHeads
        let noun = shape.groupSize == 1 ? "Query head" : "Query heads"
        let verb = shape.groupSize == 1 ? "reads" : "read"
        func group(_ head: Int) -> String {
            head == 0
                ? "\(noun) \(readers(0)) \(verb) K/V head 0" : "\(readers(head)) K/V head \(head)"
        }
        guard groups > Self.mostTold else {
            return (0..<groups).map(group).joined(separator: "; ") + "."
        }
        return [group(0), group(1)].joined(separator: "; ")
            + "; and so on; \(group(groups - 1))."
    }

    private func difference(_ shape: AttentionShape) -> Passage {
        .row(
            "\(grouped(shape.headsReadingOthersUnderTile)) of \(grouped(shape.queryHeads)) query heads read another "
                + "K/V head under tile.")
    }
}
