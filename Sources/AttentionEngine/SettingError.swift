/// Why a setting cannot exist; the wording is `description`, the facts are in the case.
package enum SettingError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A quantity that must be at least one (or, for the rotary width, at least zero).
    case tooSmall(Parameter, Int)
    /// More query heads than `AttentionShape.maximumQueryHeads`.
    case tooManyQueryHeads(Int)
    /// K/V heads that do not divide the query heads; `legal` are those that do.
    case doesNotDivide(keyValueHeads: Int, queryHeads: Int, legal: [Int])
    /// The cache would hold more bits than 64 bits can count.
    case tooLarge
    /// Only one of two parameters that go together.
    case incomplete(has: Parameter, lacks: Parameter)
    /// More window layers than layers.
    case tooManyWindowLayers(Int, layers: Int)
    /// A width of number that no cache here is kept in.
    case unknownWidth(String)
    /// A part of a setting's text that is not `letter=number`.
    case notAssignment(String)
    /// A letter that is no parameter; where dials may be named, too, with those there are.
    case unknownLetter(String, dials: [String] = [])
    /// A letter, or a dial's name, given twice.
    case repeated(String)
    /// A value that is not a whole number.
    case notNumber(Parameter, String)
    /// A number with a comma that does not part thousands.
    case misplacedComma(String)
    /// A value that is none of those there are, which are told in words.
    case notAmong(values: String, of: String, given: String)
    /// The name of something that no picture of a step has to move.
    case noPicture(of: String)
    /// A letter that a whole setting needs.
    case missing(Parameter)
    /// A format whose blocks of numbers do not divide a row of the cache.
    case blocksDoNotFit(CacheFormat, block: Int, width: Int)
    /// A format that only latents are kept in.
    case formatIsForLatent(CacheFormat)
    /// No GPU at all.
    case tooFewGPUs(Int)
    /// A count of GPUs that is not a whole number below 2^20.
    case notNumberOfGPUs(String)
    /// GPUs that neither divide the K/V heads nor are divided by them.
    case gpusDoNotSplit(gpus: Int, keyValueHeads: Int)

    /// Something that cannot be set of an engine.
    case unknownEngineOption(String, engine: String, options: [String])
    /// A value for a flag of an engine.
    case engineFlag(String, given: String)
    /// No number for an option of an engine that needs one.
    case engineNumber(String, given: String, usual: Int)
    /// A number for an option of an engine that is no multiple of what it must be.
    case engineMultiple(String, given: Int, of: Int)
    /// A format in which an engine keeps no cache: one that was named, or of a width of number.
    case formatIsNotOfEngine(CacheFormat, isNamed: Bool, engine: String, formats: [CacheFormat])
    /// A memory for the cache in which not one request fits, and what would.
    case budgetTooSmall(ByteCount, request: ByteCount, tokens: Int, fitting: Int)

    package var description: String {
        switch self {
        case .tooSmall(let parameter, let value):
            return "\(parameter.letter)=\(value): \(parameter.name) must be "
                + (parameter == .rotaryDimension ? "0 or more" : "1 or more")
        case .doesNotDivide(let keyValueHeads, let queryHeads, let legal):
            let start = "g=\(keyValueHeads): K/V heads must divide the \(queryHeads) query heads"
            return "\(start) (\(Self.shortList(legal, around: keyValueHeads)))"
        case .tooManyQueryHeads(let value):
            return "n=\(value): query heads must be "
                + "\(grouped(AttentionShape.maximumQueryHeads)) or fewer"
        case .tooLarge:
            return "these numbers multiply to a cache of more than 1,152 petabytes"
        case .incomplete(let has, let lacks):
            return "\(has.letter) (\(has.name)) needs \(lacks.letter) (\(lacks.name)) as well"
        case .tooManyWindowLayers(let windowLayers, let layers):
            return "wl=\(windowLayers): there are only \(layers) layers"
        case .unknownWidth(let text):
            return "bytes=\(shortened(text)): bytes per number must be 4, 2, 1 or 0.5"
        case .notAssignment(let text):
            return "'\(shortened(text))' is not of the form letter=number, as in g=8"
        case .unknownLetter(let text, let dials):
            let what = dials.isEmpty ? "parameter" : "parameter or dial"
            return "'\(shortened(text))' is not a \(what); they are "
                + (Parameter.allCases.map(\.letter) + dials).joined(separator: ", ")
        case .repeated(let letter):
            return "\(letter) is given twice"
        case .notNumber(let parameter, let text):
            return "\(parameter.letter)=\(shortened(text)): \(parameter.name) must be a whole "
                + "number"
        case .misplacedComma(let text):
            return "'\(shortened(text))': " + NumberText.advice(shortened(text))
        case .notAmong(let values, let name, let text):
            return "\(name)=\(shortened(text)): must be \(values)"
        case .noPicture(let name):
            return "no picture of this step has '\(name)' to move"
        case .missing(let parameter):
            return "\(parameter.letter) (\(parameter.name)) is missing"
        case .blocksDoNotFit(let format, let block, let width):
            return "\(format.rawValue) packs \(block) numbers at a time, which do not divide a "
                + "row of \(grouped(width))"
        case .formatIsForLatent(let format):
            return "\(format.rawValue) is a format for latents (MLA); this cache holds heads"
        case .notNumberOfGPUs(let text):
            return "gpus=\(shortened(text)): GPUs must be a whole number below 1,048,576"
        case .unknownEngineOption(let name, let engine, let options):
            return "'\(shortened(name))' is not an option of \(engine) here; they are "
                + options.joined(separator: ", ")
        case .engineFlag(let name, let text):
            return "\(name)=\(shortened(text)): \(name) takes no value"
        case .engineNumber(let name, let text, let usual):
            return "\(name)=\(shortened(text)): must be a whole number from 1 to 1,048,576, as "
                + "in \(name)=\(usual)"
        case .engineMultiple(let name, let number, let step):
            return "\(name)=\(number): must be a multiple of \(step), as in \(name)="
                + "\(number.padded(to: step))"
        case .formatIsNotOfEngine(let format, let isNamed, let engine, let formats):
            let width = format.bytesText == "1" ? "1 byte" : "\(format.bytesText) bytes"
            return "\(engine) keeps no cache "
                + (isNamed ? "in \(format.rawValue)" : "of \(width) a number") + "; it has "
                + formats.map(\.rawValue).joined(separator: ", ")
        case .budgetTooSmall(let budget, let request, let tokens, let fitting):
            return
                "a budget of \(budget.binary) holds no request of \(counted(tokens, "token")), which takes "
                + "\(request.binary); "
                + (fitting == 0 ? "not even one token fits" : "\(counted(fitting, "token")) fit")
        case .tooFewGPUs(let gpus):
            return "\(gpus) GPUs: there must be 1 or more"
        case .gpusDoNotSplit(let gpus, let heads):
            return "\(grouped(gpus)) GPUs can neither split \(grouped(heads)) K/V heads "
                + "evenly nor keep whole copies of each; a number that divides "
                + "\(grouped(heads)) or is a multiple of it can"
        }
    }

    /// The legal numbers, or where those are many the two on either side.
    private static func shortList(_ legal: [Int], around value: Int) -> String {
        if legal.count <= 16 { return legal.map(String.init).joined(separator: ", ") }
        let sides = [legal.last { $0 < value }, legal.first { $0 > value }].compactMap { $0 }
        return "nearest: " + sides.map(String.init).joined(separator: ", ")
    }
}
