/// The divisors of `n` in rising order: the legal numbers of K/V heads for `n` query heads.
///
/// Cost: O(√n). Empty where `n` is not positive.
package func divisors(of n: Int) -> [Int] {
    guard n > 0 else { return [] }
    var low: [Int] = []
    var high: [Int] = []
    var d = 1
    while d <= n / d {
        if n % d == 0 {
            low.append(d)
            if d != n / d { high.append(n / d) }
        }
        d += 1
    }
    return low + high.reversed()
}
