import CourseContent

/// What the app asks of the training that runs beside it; there is one at a time.
public enum RaceOrder: Hashable, Sendable {
    case start(RacePlan)
    case pause
    case goOn
    case stop
}
