/// Tells which presses of the mouse belong to the one before: a value that is told the time.
package struct DoubleClicks: Sendable {
    private var last: (point: Point, time: ContinuousClock.Instant)?

    /// The longest time between both presses; desktops have 400 to 500 ms.
    package static let longest = Duration.milliseconds(450)

    /// Nothing pressed yet.
    package init() {}

    /// What the mouse did, at the time that it came, a press marked as repeated where it is.
    package mutating func marked(_ mouse: Mouse, at time: ContinuousClock.Instant) -> Mouse {
        guard mouse.action == .press else { return mouse }
        guard let first = last, first.time.duration(to: time) <= Self.longest,
            abs(first.point.column - mouse.point.column) <= 1, first.point.row == mouse.point.row
        else {
            last = (mouse.point, time)
            return mouse
        }
        // The third of a row begins another.
        last = nil
        return Mouse(.press, at: mouse.point, isRepeated: true)
    }
}
