import AttentionEngine
import CourseContent
import CourseSession

/// How the groups of heads are laid out in rows of an area.
struct HeadsArrangement: Equatable {
    /// From roomy to tight: how far groups stand apart and whether lines tie them to their K/V head.
    enum Density: CaseIterable {
        case wide, close, touching, tight

        var gap: Int {
            switch self {
            case .wide: 2
            case .close: 1
            case .touching, .tight: 0
            }
        }
        var hasConnectors: Bool { self != .tight }
    }

    /// Groups that stand side by side.
    struct Band: Equatable {
        /// The column at which each group starts.
        let groups: [Int]
        /// Rows of query heads, of connectors, and the row of K/V heads.
        let rows: Int
    }

    let groupSize: Int
    /// Query heads of one group in a row.
    let perRow: Int
    let bands: [Band]
    let hasConnectors: Bool
    let gapRows: Int

    init(shape: AttentionShape, width: Int, density: Density) {
        let width = max(1, width)
        groupSize = shape.groupSize
        perRow = min(groupSize, width)
        hasConnectors = density.hasConnectors
        // A group of one needs no gap to be told from its neighbour's, but reads better with it.
        let gap = groupSize == 1 && density == .wide ? 1 : density.gap
        let most = max(1, (width + gap) / (perRow + gap))
        // Bands of nearly the same length read better than a full one and a rest.
        let count = (shape.keyValueHeads + most - 1) / most
        let perBand = (shape.keyValueHeads + count - 1) / count
        let rows = (groupSize + perRow - 1) / perRow + (density.hasConnectors ? 2 : 1)
        let stride = perRow + gap
        var bands: [Band] = []
        var placed = 0
        while placed < shape.keyValueHeads {
            let count = min(perBand, shape.keyValueHeads - placed)
            bands.append(Band(groups: (0..<count).map { $0 * stride }, rows: rows))
            placed += count
        }
        self.bands = bands
        gapRows = bands.count > 1 && density.hasConnectors && density != .touching ? 1 : 0
    }

    var rows: Int { bands.reduce(0) { $0 + $1.rows } + (bands.count - 1) * gapRows }

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
