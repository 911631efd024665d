import AttentionEngine

/// How the groups of heads are laid out in rows of an area.
struct HeadsArrangement: Equatable {
    /// From roomy to tight: how far groups stand apart and whether lines tie them to their K/V
    /// head.
    enum Density: CaseIterable { case wide, close, touching, tight }

    let groupSize: Int
    /// Query heads of one group in a row.
    let perRow: Int
    /// Groups that stand side by side: the columns at which they start.
    let bands: [[Int]]
    /// Of each band: rows of query heads, of connectors, and the row of K/V heads.
    let bandRows: Int
    let hasConnectors: Bool
    let gapRows: Int

    init(shape: AttentionShape, width: Int, density: Density) {
        let (width, groups) = (max(1, width), shape.keyValueHeads)
        groupSize = shape.groupSize
        perRow = min(groupSize, width)
        hasConnectors = density != .tight
        let gap =
            switch density {
            // A group of one needs no gap to be told from its neighbour's, but reads better with
            // it.
            case .wide: groupSize == 1 ? 1 : 2
            case .close: 1
            case .touching, .tight: 0
            }
        let step = perRow + gap
        let most = max(1, (width + gap) / step)
        // Bands of nearly the same length read better than a full one and a rest.
        let count = (groups + most - 1) / most
        let perBand = (groups + count - 1) / count
        bands = stride(from: 0, to: groups, by: perBand).map { first in
            (0..<min(perBand, groups - first)).map { $0 * step }
        }
        bandRows = (groupSize + perRow - 1) / perRow + (hasConnectors ? 2 : 1)
        gapRows = bands.count > 1 && (density == .wide || density == .close) ? 1 : 0
    }

    var rows: Int { bands.count * (bandRows + gapRows) - gapRows }

    /// The roomiest arrangement that keeps to the height, with two bands more than needed at the
    /// most; where none with lines does, one without; where that does not, the tightest.
    static func best(shape: AttentionShape, width: Int, height: Int) -> HeadsArrangement {
        let all = Density.allCases.map {
            HeadsArrangement(shape: shape, width: width, density: $0)
        }
        let fitting = all.filter { $0.rows <= height }
        let tied = fitting.filter(\.hasConnectors)
        guard let fewest = tied.map(\.bands.count).min() else {
            return fitting.first ?? all[all.count - 1]
        }
        return tied.first { $0.bands.count <= fewest + 2 } ?? tied[0]
    }
}
