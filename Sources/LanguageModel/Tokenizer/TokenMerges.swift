/// Which two neighbouring tokens become one, and which pair does so first.
struct TokenMerges: Sendable {
    private struct Merge {
        let rank: Int32
        let token: Int32
    }

    private var merges: [UInt64: Merge] = [:]

    /// None, with room for so many.
    init(room count: Int) { merges.reserveCapacity(count) }

    /// Adds a merge that comes after all there are. A pair that has one keeps it.
    mutating func append(_ left: Int, _ right: Int, to token: Int) {
        let pair = Self.pair(Int32(left), Int32(right))
        guard merges[pair] == nil else { return }
        merges[pair] = Merge(rank: Int32(merges.count), token: Int32(token))
    }

    private static func pair(_ left: Int32, _ right: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }

    /// A piece's tokens on their way, kept from piece to piece for the memory's sake.
    struct Work {
        /// The tokens; -1 where the one before it has taken it up.
        var tokens: [Int32] = []
        fileprivate var previous: [Int32] = []
        fileprivate var next: [Int32] = []
        fileprivate var candidates = Heap()
    }

    /// Joins a piece's tokens, none below 0, for as long as there is a pair that has a merge, of
    /// all the pair with the first merge and of equal ones the leftmost, and adds what is left of
    /// them to `result`. Cost: O(n log n).
    func join(in work: inout Work, to result: inout [Int]) {
        let count = Int32(work.tokens.count)
        work.previous.removeAll(keepingCapacity: true)
        work.previous.append(contentsOf: -1..<max(-1, count - 1))
        work.next.removeAll(keepingCapacity: true)
        work.next.append(contentsOf: 1..<max(1, count + 1))
        for place in 0..<max(0, count - 1) { propose(place, place + 1, in: &work) }
        while let candidate = work.candidates.popFirst() {
            let left = Int(candidate.place)
            let right = Int(work.next[left])
            guard right < count, work.tokens[left] >= 0,
                Self.pair(work.tokens[left], work.tokens[right]) == candidate.pair
            else { continue }
            work.tokens[left] = candidate.token
            work.tokens[right] = -1
            let following = work.next[right]
            work.next[left] = following
            if following < count {
                work.previous[Int(following)] = candidate.place
                propose(candidate.place, following, in: &work)
            }
            if work.previous[left] >= 0 { propose(work.previous[left], candidate.place, in: &work) }
        }
        for token in work.tokens where token >= 0 { result.append(Int(token)) }
    }

    private func propose(_ left: Int32, _ right: Int32, in work: inout Work) {
        let pair = Self.pair(work.tokens[Int(left)], work.tokens[Int(right)])
        guard let merge = merges[pair] else { return }
        work.candidates.push(
            Candidate(rank: merge.rank, place: left, pair: pair, token: merge.token))
    }
}

/// A pair that was side by side when it was proposed, and may be no more.
private struct Candidate {
    let rank: Int32
    let place: Int32
    let pair: UInt64
    let token: Int32

    /// Lower goes first.
    var order: UInt64 { UInt64(rank) << 32 | UInt64(place) }
}

/// A heap of candidates, the one that goes first on top.
private struct Heap {
    private var candidates: [Candidate] = []

    mutating func push(_ candidate: Candidate) {
        var place = candidates.count
        candidates.append(candidate)
        while place > 0 {
            let parent = (place - 1) / 2
            guard candidate.order < candidates[parent].order else { break }
            candidates[place] = candidates[parent]
            place = parent
        }
        candidates[place] = candidate
    }

    mutating func popFirst() -> Candidate? {
        guard let first = candidates.first else { return nil }
        let moved = candidates.removeLast()
        guard !candidates.isEmpty else { return first }
        var place = 0
        while true {
            var child = 2 * place + 1
            guard child < candidates.count else { break }
            if child + 1 < candidates.count, candidates[child + 1].order < candidates[child].order {
                child += 1
            }
            guard candidates[child].order < moved.order else { break }
            candidates[place] = candidates[child]
            place = child
        }
        candidates[place] = moved
        return first
    }
}
