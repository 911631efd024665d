import AttentionEngine
import Lessons
import ModelCatalog

extension FigureExpression {
    /// Reads a lesson's figure; nil with a finding where its address cannot be understood.
    static func read(_ figure: Figure, findings: inout [Finding]) -> FigureExpression? {
        guard let quantity = Quantity(rawValue: figure.quantity) else {
            findings.append(
                .unknownFigure(
                    figure.quantity, known: Quantity.allCases.map(\.rawValue), at: figure.place))
            return nil
        }
        var parameter: Parameter?
        var model: Model?
        var changes: [Parameter: Int] = [:]
        var variant = AttentionVariant.gqa
        var units: SizeStyle?
        var isLive = false
        for argument in figure.arguments {
            switch (argument.key, argument.value) {
            case (nil, "live"): isLive = true
            case (nil, let letter):
                guard quantity == .value, let known = Parameter(rawValue: letter) else {
                    findings.append(.badFigureArgument(letter, at: figure.place))
                    return nil
                }
                parameter = known
            case ("model"?, let id):
                guard let known = Catalog.model(id: id) else {
                    findings.append(.unknownModel(id, at: figure.place))
                    return nil
                }
                model = known
            case ("variant"?, let name):
                guard let known = AttentionVariant(rawValue: name) else {
                    findings.append(
                        .badValue(
                            "variant", name, expected: "mha, gqa, mqa or mla", at: figure.place))
                    return nil
                }
                variant = known
            case ("as"?, let name):
                guard let known = SizeStyle(name: name) else {
                    findings.append(
                        .badValue(
                            "as", name, expected: "both, decimal, binary, bytes or short",
                            at: figure.place))
                    return nil
                }
                units = known
            case (let key?, let value):
                do throws(SettingError) {
                    changes.merge(try CacheSetting.changes(text: "\(key)=\(value)")) { $1 }
                } catch {
                    findings.append(.badSetting(error, at: figure.place))
                    return nil
                }
            }
        }
        if quantity == .value, parameter == nil {
            findings.append(.badFigureArgument("", at: figure.place))
            return nil
        }
        if quantity == .equalHeads { variant = .mla }
        return FigureExpression(
            quantity: quantity, parameter: parameter, model: model, changes: changes,
            variant: variant, units: units, isLive: isLive)
    }
}
