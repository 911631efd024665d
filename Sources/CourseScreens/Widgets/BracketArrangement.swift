import CourseContent
import CourseSession
import TerminalCanvas

/// Where the matrices of the two ways to a score stand, in rows and columns from the picture's
/// corner.
struct BracketArrangement {
    /// Whether counts stand below as bars, and other heads' W above the first one's.
    let isRoomy: Bool
    let width: Int
    /// The rows of c, h and r numbers; each takes twice as many columns.
    let latentRows, headRows, rotaryRows: Int
    /// Where the tokens' columns begin, and from one to the next.
    let tokenStart, stride: Int
    /// The rows in which the latents, W and the keys, the rotary keys, and the query begin; above
    /// each is one for what it is.
    let latentRow, weightRow, rotaryRow, queryRow: Int
    /// The rows of words below.
    let captionRows: Int

    /// From one token to the next at the most and, for numbers of one decimal, at the least.
    private static let strides = 5...11
    /// The columns that words and counts like to have where they stand left of the latents.
    private static let textColumns = 39
    /// Between W and the tokens, where the names of kept heads stand.
    private static let gap = 4

    init(
        _ figures: BracketFigures, scale: Int, isRoomy: Bool, width: Int, captionRows: Int
    ) {
        let (h, c) = (figures.headDimension, figures.widths.latentRank)
        let r = figures.widths.rotaryDimension
        func rows(_ numbers: Int) -> Int {
            max(1, Int((Double(numbers) / Double(max(h, c, r)) * Double(scale)).rounded()))
        }
        (latentRows, headRows, rotaryRows) = (rows(c), rows(h), r == 0 ? 0 : rows(r))
        self.isRoomy = isRoomy
        self.width = width
        let boxes = 5 + 2 * (headRows + latentRows + rotaryRows) + Self.gap
        let tokens = 1 + figures.tokens * Self.strides.lowerBound
        tokenStart = max(boxes, isRoomy ? 0 : min(Self.textColumns, width - tokens))
        let room = (width - 1 - tokenStart) / figures.tokens
        stride = max(1, min(Self.strides.upperBound, room))
        latentRow = isRoomy ? 3 : 1
        weightRow = latentRow + latentRows + 1
        rotaryRow = weightRow + headRows + (r == 0 ? 0 : 1)
        queryRow = rotaryRow + rotaryRows + 1
        self.captionRows = captionRows
    }

    /// Whether the boxes leave enough columns to the tokens: large ones more than small ones.
    var fits: Bool { stride >= Self.strides.lowerBound + (latentRows > 12 ? 2 : 0) }

    /// The rows of all.
    var rows: Int { captionRow + captionRows }

    /// The row in which bars begin, where there are any.
    var barRow: Int { queryRow + 2 }

    /// The row in which the words below begin.
    var captionRow: Int { isRoomy ? barRow + 8 : queryRow + 1 }

    /// The columns of W, below which the query stands once it is taken through W.
    var weightColumns: Range<Int> {
        let end = tokenStart - Self.gap
        return end - 2 * latentRows..<end
    }

    /// The columns of the query.
    var queryColumns: Range<Int> {
        let end = weightColumns.lowerBound - 2 - 2 * rotaryRows
        return end - 2 * headRows..<end
    }

    /// Beside them the columns of the query's part that is turned.
    var rotaryColumns: Range<Int> {
        queryColumns.upperBound..<queryColumns.upperBound + 2 * rotaryRows
    }
}
