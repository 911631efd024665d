import AttentionEngine
import CourseContent

extension HeadsSpec {
    func words(_ scene: Scene) -> [Passage] {
        let shape = scene.shownShape
        if mapping == .repeat, let latent = scene.shownLatent {
            let r = latent.rotaryDimension
            let rotary = r == 0 ? "" : " + r \(grouped(r))"
            return [
                .paragraph(
                    "Picture: \(counted(shape.queryHeads, "query head")), and each reads a K/V head "
                        + "of its own, which is rebuilt from one latent and not kept. Kept are "
                        + "the latent's numbers, c \(grouped(latent.latentRank))\(rotary) a token.")
            ]
        }
        guard mapping != .repeat else { return [.paragraph("Picture: " + shape.sharingInWords)] }
        let tiled = Passage.row("Tile: " + shape.reading(shape.tiledKeyValueHead))
        guard mapping == .both else {
            return [.paragraph("Picture: \(shape.countsInWords)."), tiled, difference(shape)]
        }
        return [
            .paragraph("Picture: \(shape.countsInWords), in two orders."),
            .row("Repeat: " + shape.reading(shape.keyValueHead)), tiled, difference(shape),
        ]
    }

    private func difference(_ shape: AttentionShape) -> Passage {
        .row(
            "\(grouped(shape.headsReadingOthersUnderTile)) of \(grouped(shape.queryHeads)) query heads read another "
                + "K/V head under tile.")
    }
}
