import AttentionEngine
import CourseContent
import CourseSession
import TerminalCanvas

/// A head's scores from latents as matrices, to scale but for the tokens' width: each product
/// stands in the rows of its left factor and the columns of its right one. So the keys stand right
/// of W and below the latents, the query taken through W below W, and both ways end in the same
/// scores.
struct BracketPicture: Widget {
    let scene: Scene
    let glyphs: Glyphs
    private let figures: BracketFigures?
    private let width: Int
    private let captionRows: Int

    init(width: Int, scene: Scene, glyphs: Glyphs) {
        self.scene = scene
        self.glyphs = glyphs
        self.width = width
        figures = BracketFigures(scene)
        captionRows = (figures?.captions ?? []).reduce(1) {
            max($0, wrapped($1, width: width - 2, glyphs: glyphs).count)
        }
    }

    private static let leastScale = 4
    private static let mostScale = 20

    private func arrangement(_ scale: Int, isRoomy: Bool) -> BracketArrangement? {
        figures.map {
            BracketArrangement(
                $0, scale: scale, isRoomy: isRoomy, width: width, captionRows: captionRows)
        }
    }

    /// The largest that some rows hold: with counts as bars below where there is room for that.
    private func arrangement(within rows: Int) -> BracketArrangement? {
        let scales = (Self.leastScale...Self.mostScale).reversed()
        let forms = scales.filter { $0 >= 6 }.map { ($0, true) } + scales.map { ($0, false) }
        return forms.lazy.compactMap(arrangement).first { $0.rows <= rows && $0.fits }
            ?? arrangement(Self.leastScale, isRoomy: false)
    }

    var heights: ClosedRange<Int> {
        let least = arrangement(Self.leastScale, isRoomy: false)?.rows ?? 1
        return least...max(least, arrangement(within: .max)?.rows ?? 1)
    }

    func height(within available: Int) -> Int {
        min(available, arrangement(within: available)?.rows ?? 1)
    }

    func draw(in area: Rect, on canvas: inout Canvas) {
        guard let figures, let arrangement = arrangement(within: area.height) else {
            canvas.draw(
                wrapped(
                    "This needs the widths of latent attention, c and r.", width: width - 2,
                    glyphs: glyphs), column: 1, in: area)
            return
        }
        BracketDrawing(figures: figures, places: arrangement, glyphs: glyphs)
            .draw(in: area, on: &canvas)
    }
}
