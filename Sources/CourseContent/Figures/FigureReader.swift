import AttentionEngine
import Lessons
import ModelCatalog

extension FigureExpression {
    /// Reads a lesson's figure; throws what is wrong with its address.
    init(_ figure: Figure) throws(Finding) {
        let place = figure.place
        func known<Value>(
            _ value: Value?, else finding: @autoclosure () -> Finding
        ) throws(Finding) -> Value {
            guard let value else { throw finding() }
            return value
        }
        quantity = try known(
            Quantity(rawValue: figure.quantity),
            else: Finding(
                "unknown-figure", at: place,
                "'\(figure.quantity):' is not a figure that can be computed"
                    + Finding.suggestion(figure.quantity, Quantity.allCases.map(\.rawValue))))
        for argument in figure.arguments {
            let value = argument.value
            switch argument.key {
            case nil where value == "live": isLive = true
            case nil:
                parameter = try known(
                    quantity == .value ? Parameter(rawValue: value) : nil,
                    else: .badFigureArgument(value, at: place))
            case "model"?:
                model = try known(Catalog.model(id: value), else: .unknownModel(value, at: place))
            case "variant"?:
                let expected = "mha, gqa, mqa or mla"
                variant = try known(
                    AttentionVariant(rawValue: value),
                    else: .badValue("variant", value, expected: expected, at: place))
            case "as"?:
                let expected = "both, decimal, binary, bytes or short"
                units = try known(
                    SizeStyle(rawValue: value),
                    else: .badValue("as", value, expected: expected, at: place))
            case let key?:
                do throws(SettingError) {
                    changes.merge(try CacheSetting.changes(text: "\(key)=\(value)")) { $1 }
                } catch {
                    throw .badSetting(error, at: place)
                }
            }
        }
        if quantity == .value, parameter == nil { throw .badFigureArgument("", at: place) }
        if quantity == .equalHeads { variant = .mla }
    }
}
