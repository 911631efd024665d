import Synchronization

/// A value that is made when it is first asked for, once for all copies of what holds it, and what
/// it is made from kept no longer than that.
final class Lazily<Value: Sendable>: Sendable {
    private enum State {
        case source(@Sendable () -> Value)
        case made(Value)
    }

    private let state: Mutex<State>

    init(_ make: @escaping @Sendable () -> Value) { state = Mutex(.source(make)) }

    /// The value. Others that ask for it at the same time wait until it is made.
    var value: Value {
        state.withLock { state in
            switch state {
            case .made(let value): return value
            case .source(let make):
                let value = make()
                state = .made(value)
                return value
            }
        }
    }
}
