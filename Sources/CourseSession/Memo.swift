import Synchronization

/// The newest values of a pure function beside what they were made from, since they are asked for
/// many times between two changes. Copies of what holds it may share it. Inlinable, since a target
/// that uses it would otherwise look its types up at every question.
package final class Memo<Source: Equatable & Sendable, Value: Sendable>: Sendable {
    @usableFromInline let newest = Mutex<[(source: Source, value: Value)]>([])
    @usableFromInline let count: Int

    /// - Parameter count: how many values are remembered.
    package init(_ count: Int = 1) { self.count = count }

    /// The value of a source: the one that is remembered, else made anew.
    @inlinable package func value(of source: Source, make: (Source) -> Value) -> Value {
        let kept = newest.withLock { $0 }
        // In place: a pair that is taken out is copied with all that it was made from.
        let known = kept.withUnsafeBufferPointer { pairs -> Value? in
            for index in pairs.indices where pairs[index].source == source {
                return pairs[index].value
            }
            return nil
        }
        if let known { return known }
        let value = make(source)
        newest.withLock { $0 = [(source, value)] + kept.prefix(count - 1) }
        return value
    }
}
