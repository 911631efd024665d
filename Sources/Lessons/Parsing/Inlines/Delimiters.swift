/// A row of `*` or `_`, and what emphasis it ends and starts.
struct DelimiterRun {
    let mark: Unicode.Scalar
    let offset: Int
    let count: Int
    let canOpen: Bool
    let canClose: Bool
    /// The marks not yet used.
    var left: Int
    /// The widths, 1 or 2, of the emphasis it ends, the innermost first.
    var closes: [Int] = []
    /// The widths of the emphasis it starts, the innermost first.
    var opens: [Int] = []

    /// The run at `offset`, by CommonMark's rules of what stands before and behind it.
    init(_ scalars: [Unicode.Scalar], at offset: Int) {
        mark = scalars[offset]
        self.offset = offset
        var end = offset
        while end < scalars.count, scalars[end] == mark { end += 1 }
        count = end - offset
        left = count
        let before = offset > 0 ? scalars[offset - 1] : "\n"
        let after = end < scalars.count ? scalars[end] : "\n"
        let leansRight =
            !after.isUnicodeSpace
            && (!after.isUnicodePunctuation || before.isUnicodeSpace || before.isUnicodePunctuation)
        let leansLeft =
            !before.isUnicodeSpace
            && (!before.isUnicodePunctuation || after.isUnicodeSpace || after.isUnicodePunctuation)
        if mark == "*" {
            canOpen = leansRight
            canClose = leansLeft
        } else {
            canOpen = leansRight && (!leansLeft || before.isUnicodePunctuation)
            canClose = leansLeft && (!leansRight || after.isUnicodePunctuation)
        }
    }

    private func matches(_ closer: DelimiterRun) -> Bool {
        guard canOpen, mark == closer.mark else { return false }
        // CommonMark's rule of three keeps `*a**b*` one emphasis.
        guard canClose || closer.canOpen, (count + closer.count) % 3 == 0 else { return true }
        return count % 3 == 0 && closer.count % 3 == 0
    }

    /// Pairs the runs of a text. Cost: their number, because a search that failed is not repeated.
    static func pair(_ runs: inout ArraySlice<DelimiterRun>) {
        /// The runs that may still open, by index.
        var open: [Int] = []
        /// For each kind of closer, how many at the bottom of `open` are known not to match it.
        var floors = Array(repeating: 0, count: 12)
        for index in runs.indices {
            let kind =
                (runs[index].mark == "*" ? 0 : 6) + (runs[index].canOpen ? 0 : 3)
                + runs[index].count % 3
            while runs[index].canClose, runs[index].left > 0 {
                guard
                    let match = open[floors[kind]...].lastIndex(where: {
                        runs[$0].matches(runs[index])
                    })
                else {
                    floors[kind] = open.count
                    break
                }
                let width = min(runs[open[match]].left, runs[index].left, 2)
                runs[open[match]].left -= width
                runs[open[match]].opens.append(width)
                runs[index].left -= width
                runs[index].closes.append(width)
                // What stands between the two cannot pair with anything outside.
                open.removeSubrange((runs[open[match]].left > 0 ? match + 1 : match)...)
                for kind in floors.indices { floors[kind] = min(floors[kind], open.count) }
            }
            if runs[index].canOpen, runs[index].left > 0 { open.append(index) }
        }
    }
}
