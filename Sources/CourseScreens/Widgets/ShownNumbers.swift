/// The numbers from 1 that stand in some rows, 3 or more: all, or the first, the last, and between
/// them nil for those that are left out.
func shownNumbers(upTo count: Int, rows: Int) -> [Int?] {
    guard count > rows else { return count < 1 ? [] : (1...count).map { $0 } }
    let last = max(1, (rows - 1) / 2)
    let first = max(0, rows - 1 - last)
    return (0..<first).map { $0 + 1 } + [nil] + (0..<last).map { count - last + 1 + $0 }
}
