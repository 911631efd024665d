import AttentionEngine
import TerminalCanvas

/// Typing: values of sliders, and letters and pastes that go to whatever is being typed.
extension CourseApp {
    mutating func performEntry(_ action: Action, _ parameter: Parameter, _ text: String) {
        switch action {
        case .erase:
            overlay = .entry(parameter, text: String(text.dropLast()), problem: nil)
        case .eraseAll: overlay = .entry(parameter, text: "", problem: nil)
        case .choose:
            do throws(SettingError) {
                let typed = text.filter { $0 != "," && $0 != " " }
                let value = try CacheSetting.value(of: parameter, text: typed)
                _ = try setting.setting([parameter: value])
                if let slider = focused, let range = slider.range, !slider.allows(value) {
                    let problem =
                        value < range.lowerBound
                        ? "here \(slider.text(range.lowerBound)) is the least"
                        : "here \(slider.text(range.upperBound)) is the most"
                    overlay = .entry(parameter, text: text, problem: problem)
                    return
                }
                overlay = nil
                change([parameter: value])
            } catch {
                overlay = .entry(parameter, text: text, problem: error.description)
            }
        default: overlay = nil
        }
    }

    mutating func type(_ text: String) {
        switch (overlay, answering) {
        case (.models(let query, _)?, _):
            overlay = .models(query: String((query + text).prefix(40)), selected: 0)
        case (.entry(let parameter, let old, _)?, _):
            overlay = .entry(parameter, text: String((old + text).prefix(20)), problem: nil)
        case (.search(let query, _)?, _):
            overlay = .search(query: String((query + text).prefix(40)), selected: 0)
        case (.note(var editor)?, _):
            editor.insert(text)
            overlay = .note(editor)
        case (.gpus(let row, let typed?)?, _):
            overlay = .gpus(
                row: row, typed: TypedLine(text: String((typed.text + text).prefix(20))))
        case (.comparison(let old, _)?, _):
            overlay = .comparison(text: String((old + text).prefix(24)), answer: [])
        case (nil, .typing(let old, _)?):
            answering = .typing(text: String((old + text).prefix(500)), feedback: nil)
        default: break
        }
    }

    /// A paste goes into a note whole and into a line being typed as one line; it is no command
    /// anywhere.
    mutating func paste(_ text: String) {
        if case .note? = overlay { return type(text) }
        let line = text.prefix(500).map { $0.isNewline || $0 == "\t" ? " " : $0 }
            .filter { columns(of: $0) > 0 }
        type(String(line))
    }
}
