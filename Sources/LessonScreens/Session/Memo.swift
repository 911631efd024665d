import CourseContent

import Synchronization

/// The newest value of a pure function beside what it was made from, since it is asked for many times
/// between two changes. Copies of what holds it may share it.
package final class Memo<Source: Equatable & Sendable, Value: Sendable>: Sendable {
    private let newest = Mutex<(source: Source, value: Value)?>(nil)

    package init() {}

    /// The value of a source: the newest again, where that is its, else made anew.
    package func value(of source: Source, make: (Source) -> Value) -> Value {
        if let kept = newest.withLock({ $0 }), kept.source == source { return kept.value }
        let value = make(source)
        newest.withLock { $0 = (source, value) }
        return value
    }
}
