/// The name a misspelt word most likely stands for, or nil where none is near.
///
/// Near is a distance of a third of the longer one's length, at most 3, in letters inserted,
/// deleted, replaced or swapped with their neighbour; case does not count. Of equally near names
/// the first is taken. Cost: the product of both lengths for each name, nothing past 64 letters.
package func nearest(_ word: String, in names: some Sequence<String>) -> String? {
    let word = Array(word.lowercased())
    guard !word.isEmpty, word.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    for name in names {
        let letters = Array(name.lowercased())
        let shorter = min(word.count, letters.count)
        let longer = max(word.count, letters.count)
        let allowed = min(3, (longer + 2) / 3, (best?.distance ?? 4) - 1)
        guard longer - shorter <= allowed else { continue }
        let distance = editDistance(word, letters)
        // A name of which no letter is left is not near, however short.
        if distance <= allowed, distance < shorter || distance == 0 { best = (name, distance) }
    }
    return best?.name
}

/// The optimal string alignment distance.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var distance = min(
                last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                distance = min(distance, beforeLast[j - 1] + 1)
            }
            row.append(distance)
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}
