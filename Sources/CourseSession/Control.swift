import AttentionEngine
import CourseContent
import ModelCatalog

/// Something that can be moved stop by stop, dragged and typed: a parameter or a dial, or what is
/// chosen of GPUs. Values are whole numbers: sizes in bytes, bytes per number in bits.
package enum Control: Hashable, Sendable {
    /// A parameter of the setting or a dial, at the stops of its slider.
    case slider(Slider)
    /// How many GPUs there are, each one's memory, and the weights' size; sizes in bytes.
    case gpus, memory, weights

    /// A parameter with all its usual stops.
    static func parameter(_ parameter: Parameter) -> Control {
        .slider(Slider(parameter: parameter))
    }

    /// Empty where no letter stands for it.
    package var letter: String {
        switch self {
        case .slider(let slider):
            slider.parameter.map { $0 == .bytesPerNumber ? "" : $0.letter } ?? ""
        case .gpus: "T"
        case .memory, .weights: ""
        }
    }

    /// What it is called, without its letter: "memory per GPU".
    package var name: String {
        switch self {
        case .slider(let slider): slider.moved.name
        case .gpus: "GPUs"
        case .memory: "memory per GPU"
        case .weights: "weights"
        }
    }

    /// What it is called in a sentence: "g, K/V heads".
    var spoken: String {
        if case .slider(let slider) = self { slider.moved.spoken } else { name }
    }

    /// A value of it in words.
    package func text(_ value: Int) -> String {
        switch self {
        case .slider(let slider): slider.text(value)
        case .gpus: grouped(value)
        case .memory: ByteCount(value).decimal
        case .weights: value == 0 ? "not counted" : ByteCount(value).decimal
        }
    }

    /// A value on the track, where room is short.
    package func label(_ value: Int) -> String {
        switch self {
        case .memory where value % 1_000_000_000 == 0: grouped(value / 1_000_000_000)
        case .weights where value == 0: "0"
        default: text(value)
        }
    }
}

extension Session {
    /// nil where the setting has no such parameter.
    package func value(of control: Control) -> Int? {
        switch control {
        case .slider(let slider): slider.value(at: setting, subject.dials)
        case .gpus: gpus.count
        case .memory: chosenGPUs.memory.bytes
        case .weights: servedShape.weights?.size.bytes ?? 0
        }
    }

    /// The values that it stops at in rising order, the present one among them.
    package func stops(of control: Control) -> [Int] {
        let stops: [Int]
        switch control {
        case .slider(let slider): return slider.stops(at: setting, subject.dials)
        case .gpus:
            stops = (0...6).map { 1 << $0 }.filter { (try? servingPlan(gpus: $0)) != nil }
        case .memory: stops = [16, 24, 40, 48, 80, 96, 141, 192].map { $0 * 1_000_000_000 }
        case .weights:
            let own = shape.weights.map { [$0.size.bytes] } ?? []
            stops = [0] + own + (0...11).map { 1_000_000_000 << $0 }
        }
        return Set(stops + [value(of: control) ?? 0]).sorted()
    }

    /// How many stops a far step of it takes.
    package func farStep(of control: Control) -> Int {
        if case .slider(let slider) = control { slider.farStep(at: setting) } else { 2 }
    }

    /// Moves it by some stops, held at its ends, which is said.
    package mutating func move(_ control: Control, by steps: Int) {
        let stops = stops(of: control)
        guard let value = value(of: control), let index = stops.firstIndex(of: value) else {
            return
        }
        let next = stops[min(max(index + steps, 0), stops.count - 1)]
        guard next != value else {
            notice = "\(control.spoken) stays \(control.text(value)): that is its limit."
            return
        }
        set(control, to: next)
    }

    /// Sets it, or says why it cannot be.
    package mutating func set(_ control: Control, to value: Int) {
        do throws(SettingError) {
            try take(value, as: control)
        } catch {
            notice = error.description
        }
    }

    /// Sets g to one of its slider's stops; false where the step has no slider that stops there.
    package mutating func choose(keyValueHeads: Int) -> Bool {
        let slider = slider(of: .parameter(.keyValueHeads))
        guard let slider, slider.stops(at: setting).contains(keyValueHeads) else { return false }
        focus(on: slider.moved)
        set(.slider(slider), to: keyValueHeads)
        return true
    }

    private mutating func take(_ value: Int, as control: Control) throws(SettingError) {
        switch control {
        case .slider(let slider):
            switch slider.moved {
            case .parameter(let parameter): change([parameter: value])
            case .dial(let dial): position.subject?.dials[dial] = value
            }
        case .gpus:
            _ = try servingPlan(gpus: value)
            chosenGPUs.count = value
        case .memory: chosenGPUs.memory = ByteCount(value)
        case .weights:
            chosenGPUs.weights = value == shape.weights?.size.bytes ? nil : ByteCount(value)
        }
    }

    /// Sets it to a typed value; what is wrong with that, where something is.
    package mutating func set(_ control: Control, toText text: String) -> String? {
        do throws(SettingError) {
            if case .slider(let slider) = control {
                return set([(slider.moved, text)], among: [slider])
            }
            let plain = try Self.plain(text)
            switch control {
            case .slider: break
            case .gpus:
                guard let count = Int(plain), count <= GPUChoice.most else {
                    return "T is a whole number, \(grouped(GPUChoice.most)) at most"
                }
                try take(count, as: control)
            case .weights where plain == "0": set(control, to: 0)
            case .memory, .weights:
                guard let size = StatedSize(text: text), size.unit != nil, size.bytes >= 1 else {
                    return "a size is written with its unit, as in 80 GB"
                }
                guard !size.mayBeBits else {
                    return "that may be bits or bytes; bytes have a capital B, as in 80 GB"
                }
                set(control, to: size.count.bytes)
            }
            return nil
        } catch {
            return error.description
        }
    }
}

extension Session {
    /// A typed number without blanks and separators.
    fileprivate static func plain(_ text: String) throws(SettingError) -> String {
        guard let plain = NumberText.plain(text) else { throw .misplacedComma(text) }
        return plain.filter { $0 != " " }
    }

    /// Sets what letters and values in turn are about, where it is among what can be moved: all of
    /// it or nothing; what is wrong with that, where something is.
    package mutating func set(_ words: [String], among controls: [Control]) -> String? {
        var changed = self
        var own: [(control: Control, text: String)] = []
        var others: [String] = []
        for index in stride(from: 0, to: words.count, by: 2) {
            let pair = words[index..<min(index + 2, words.count)]
            let control = controls.first {
                if case .slider = $0 { false } else { $0.letter == words[index] }
            }
            if let control, pair.count == 2 {
                own.append((control, words[index + 1]))
            } else {
                others += pair
            }
        }
        let sliders = controls.compactMap {
            if case .slider(let slider) = $0 { slider } else { nil }
        }
        do throws(SettingError) {
            let values = try assignments(of: others)
            if let problem = changed.set(values, among: sliders) { return problem }
        } catch {
            return error.description
        }
        // How many GPUs can share out the heads depends on these.
        for (control, text) in own {
            if let problem = changed.set(control, toText: text) { return problem }
        }
        self = changed
        return nil
    }

    /// Sets some of the sliders to typed values, all of them or none, and moves the last from now
    /// on; what is wrong with that, where something is.
    package mutating func set(
        _ values: [(moved: Movable, text: String)], among sliders: [Slider]
    ) -> String? {
        var changes: [Parameter: Int] = [:]
        var dials = subject.dials
        var named: Set<Movable> = []
        do throws(SettingError) {
            for (moved, text) in values {
                guard named.insert(moved).inserted else { throw .repeated(moved.letter) }
                guard let slider = sliders.first(where: { $0.moved == moved }) else {
                    return "there is no slider here for \(moved.spoken)"
                }
                let plain = try Self.plain(text)
                switch moved {
                case .parameter(let parameter):
                    let value = try CacheSetting.value(of: parameter, text: plain)
                    if let limit = slider.limit(for: value) { return "\(moved.spoken): \(limit)" }
                    changes[parameter] = value
                case .dial(let dial):
                    dials[dial] = try dial.value(text: plain, within: slider.range)
                }
            }
            _ = try setting.setting(changes)
        } catch {
            return error.description
        }
        if !changes.isEmpty { change(changes) }
        position.subject?.dials = dials
        if let last = values.last { focus(on: last.moved) }
        return nil
    }

    /// The dials that the step's sliders move, as they are typed.
    package var dialNames: [String] {
        step.sliders.filter { $0.parameter == nil }.map(\.moved.letter)
    }

    /// What words in turn, letter and value, are to set; the letter that has no value behind it is
    /// told as `SettingError.notAssignment`.
    package func assignments(
        of words: [String]
    ) throws(SettingError) -> [(moved: Movable, text: String)] {
        var values: [(moved: Movable, text: String)] = []
        for index in stride(from: 0, to: words.count, by: 2) {
            let letter = words[index].lowercased()
            guard let moved = Movable(letter: letter) else {
                throw .unknownLetter(letter, dials: dialNames)
            }
            guard index + 1 < words.count else { throw .notAssignment(letter) }
            values.append((moved, words[index + 1]))
        }
        return values
    }

    /// The letters and values of "g=4, s = 8,192" in turn. A comma parts assignments where a letter
    /// follows, and thousands where a digit does.
    package static func assignmentWords(of text: String) -> [String] {
        var joined = ""
        for part in text.split(separator: ",") {
            if part.first?.isNumber != true { joined += "," }
            joined += part
        }
        return joined.split { " ,;=".contains($0) }.map(String.init)
            .filter { $0.lowercased() != "to" }
    }
}

extension Slider {
    /// "here 12 is the most", of a value that the lesson does not allow; nil of any other.
    fileprivate func limit(for value: Int) -> String? {
        guard let range, !allows(value) else { return nil }
        return value < range.lowerBound
            ? "here \(text(range.lowerBound)) is the least"
            : "here \(text(range.upperBound)) is the most"
    }
}

/// A number of K/V heads that was wished for.
struct Wish: Sendable {
    let keyValueHeads: Int
    /// The heads at which it was not to be had; at others it is forgotten.
    let at: AttentionShape
}
