import AttentionEngine

extension Question {
    /// The right answer at the step's own values; nil for own words and mistakes to be found.
    package func rightAnswer(in step: PreparedStep, units: Units = .both) -> FigureValue? {
        switch kind {
        case .number(.plain(let value, let text), _):
            FigureValue(amount: value, text: text, kind: .count, origin: nil)
        case .number(.figure(let figure), _):
            figure.value(at: step.setting, units: units)
        case .choice(let choices):
            choices.first(where: \.isRight).map {
                FigureValue(amount: 0, text: step.text(of: $0.text), kind: .count, origin: nil)
            }
        case .free, .find: nil
        }
    }
}
