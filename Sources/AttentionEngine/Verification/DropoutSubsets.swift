// Dropped weights of rows that have more weights than numbers.

extension Dropout {
    /// The parts that are usually dropped.
    private static let usualParts = [0.1, 0.2, 0.5, 0.05, 0.25, 0.3, 0.15, 0.4]

    /// The factor that explains three rows with a usual part of their weights dropped. Numbers
    /// do not give them, but which of them are left is one of 2^s choices, found by halves.
    static func ofSubsets(_ comparison: RecordComparison) -> (String, Double)? {
        guard case .heads = comparison.reading.finish,
            let inputs = comparison.inputs(InputRule())
        else { return nil }
        let (sizes, rule) = (comparison.reading.sizes, comparison.rightRule)
        let width = comparison.reading.outputs.width
        // Of so many choices hardly one agrees by chance.
        let most = min(24, 10 * (width - 1))
        let rows = comparison.allRows.filter {
            let seen = rule.mask.seen($0.batch, $0.query, sizes).count
            return seen > width && seen <= most
        }
        guard rows.count >= 3, inputs.values.width == width else { return nil }
        let few = [rows[0], rows[rows.count / 2], rows[rows.count - 1]]
        let terms = few.map { row in
            let seen = rule.mask.seen(row.batch, row.query, sizes)
            let from = row.head / sizes.groupSize
            let powers = inputs.powers(row.batch, row.head, row.query, from, seen, rule.factor)
            let sum = powers.reduce(0, +)
            return zip(seen, powers).map { key, power in
                let start = inputs.values.start(row.batch, from, key)
                return inputs.values.numbers[start..<start + width].map { power / sum * $0 }
            }
        }
        let factor = usualParts.map { 1 / (1 - $0) }.first { factor in
            zip(few, terms).allSatisfy { row, terms in
                guard let allowed = comparison.row(row, of: rule)?.allowed else { return false }
                let outputs = comparison.reading.outputs
                let start = outputs.start(row.batch, row.head, row.query)
                return isSum(
                    of: terms, outputs.numbers[start..<start + width].map { $0 / factor },
                    within: allowed)
            }
        }
        return factor.map { ("weights", $0) }
    }

    /// Whether some of the terms, each a row, sum to a row, as far as is allowed.
    private static func isSum(
        of terms: [[Double]], _ row: [Double], within allowed: [Double]
    ) -> Bool {
        let half = terms.count / 2
        let one = sums(Array(terms[..<half]), row.count)
        let two = sums(Array(terms[half...]), row.count).sorted { $0[0] < $1[0] }
        for first in one {
            let least = row[0] - first[0] - allowed[0]
            var (low, high) = (0, two.count)
            while low < high {
                let middle = (low + high) / 2
                if two[middle][0] < least { low = middle + 1 } else { high = middle }
            }
            while low < two.count, two[low][0] <= least + 2 * allowed[0] {
                let second = two[low]
                if row.indices.allSatisfy({
                    abs(first[$0] + second[$0] - row[$0]) <= allowed[$0]
                }) {
                    return true
                }
                low += 1
            }
        }
        return false
    }

    /// The sums of all choices of some terms.
    private static func sums(_ terms: [[Double]], _ width: Int) -> [[Double]] {
        terms.reduce([[Double](repeating: 0, count: width)]) { sums, term in
            sums + sums.map { sum in zip(sum, term).map { $0 + $1 } }
        }
    }
}
