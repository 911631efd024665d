import AttentionEngine
import Lessons
import ModelCatalog

extension FigureExpression {
    /// Reads a lesson's figure; throws what is wrong with its address.
    init(_ figure: Figure) throws(Finding) {
        func operation(_ argument: Figure.Argument) -> Comparison.Operation? {
            argument.key == nil ? Comparison.Operation(rawValue: argument.value) : nil
        }
        let arguments = figure.arguments
        guard let cut = arguments.firstIndex(where: { operation($0) != nil }),
            let operation = operation(arguments[cut])
        else {
            try self.init(figure, arguments[...])
            return
        }
        try self.init(figure, arguments[..<cut])
        let other = try FigureExpression(figure, arguments[(cut + 1)...], of: parameter)
        units = units ?? other.units
        comparison = Comparison(operation: operation, other: other)
    }

    /// - Parameter parameter: what `value` shows where its arguments do not say.
    private init(
        _ figure: Figure, _ arguments: ArraySlice<Figure.Argument>, of parameter: Parameter? = nil
    ) throws(Finding) {
        self.parameter = parameter
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
        for argument in arguments {
            let value = argument.value
            switch argument.key {
            case nil where value == "live": isLive = true
            case nil:
                self.parameter = try known(
                    quantity == .value ? Parameter(rawValue: value) : nil,
                    else: .badFigureArgument(value, at: place))
            case "model"?:
                model = try known(Catalog.model(id: value), else: .unknownModel(value, at: place))
            case "variant"?:
                let expected = "mha, gqa, mqa or mla"
                variant = try known(
                    AttentionVariant(rawValue: value),
                    else: .badValue("variant", value, expected: expected, at: place))
            case "windows"?:
                _ = try known(
                    value == "none" ? true : nil,
                    else: .badValue("windows", value, expected: "none", at: place))
                dropsWindows = true
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
        if quantity == .value, self.parameter == nil { throw .badFigureArgument("", at: place) }
        if quantity == .equalHeads { variant = .mla }
    }
}
