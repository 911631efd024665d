import Foundation

/// Tests that are long by nature: `.ci/slow` asks for them by HEADROOM_SLOW_TESTS, `swift test` is
/// over without them in some minutes.
public enum SlowTests {
    private static let asked = ProcessInfo.processInfo.environment["HEADROOM_SLOW_TESTS"]

    public static let areRun = asked != nil

    /// Whether `.ci/sweep` asks, for the sweeps over every width.
    private static let areWhole = asked == "all"

    /// How far a sweep goes: a part of the way in `swift test`, all of it in `.ci/slow`.
    public static func extent<Value>(_ part: Value, of whole: Value) -> Value {
        areRun ? whole : part
    }

    /// The same of a sweep of an hour: `.ci/slow` takes a larger part, `.ci/sweep` all.
    public static func extent<Value>(_ part: Value, _ largerPart: Value, of whole: Value) -> Value {
        areWhole ? whole : areRun ? largerPart : part
    }
}
