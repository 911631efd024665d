/// A large value that is kept once, however often what holds it is copied: to copy it, or to
/// compare it with its own copy, takes the time of a reference.
@propertyWrapper
package struct Boxed<Value: Hashable & Sendable>: Hashable, Sendable {
    private final class Box: Sendable {
        let value: Value
        init(_ value: Value) { self.value = value }
    }

    private var box: Box

    /// The value; setting it leaves copies as they are.
    package var wrappedValue: Value {
        get { box.value }
        set { box = Box(newValue) }
    }

    /// Keeps a value.
    package init(wrappedValue: Value) { box = Box(wrappedValue) }

    /// Whether the values are equal.
    package static func == (one: Self, other: Self) -> Bool {
        one.box === other.box || one.box.value == other.box.value
    }

    /// Hashes the value.
    package func hash(into hasher: inout Hasher) { hasher.combine(box.value) }
}
