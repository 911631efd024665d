/// An attention that somebody computed: what went in and what came out, to be checked. The tensors
/// of a file under the names people save them by; numbers stay there until a check reads them.
package struct AttentionRecord {
    /// A tensor that a check may read.
    package struct Tensor: Sendable {
        let shape: [Int]
        let format: FloatFormat

        /// Extents outermost first, and what its numbers are written in.
        package init(shape: [Int], format: FloatFormat) {
            (self.shape, self.format) = (shape, format)
        }

        var count: Int { shape.reduce(1, *) }
    }

    /// What a tensor is, by the first of its names.
    enum Part: String, CaseIterable {
        case queries = "q"
        case keys = "k"
        case values = "v"
        case outputs = "out"
        case nopeQueries = "q_nope"
        case rotaryQueries = "q_rope"
        case latent = "latent"
        case rotaryKey = "k_rope"
        case keyWeights = "w_uk"
        case valueWeights = "w_uv"
        case input = "x"
        case queryProjection = "q_proj"
        case queryDown = "q_a_proj"
        case queryNorm = "q_a_layernorm"
        case queryUp = "q_b_proj"
        case latentProjection = "kv_a_proj_with_mqa"
        case latentNorm = "kv_a_layernorm"
        case keyValueProjection = "kv_b_proj"
        case outputProjection = "o_proj"
        /// [b, s_k]: 1 for a token, 0 for padding.
        case padding = "attention_mask"
        case cachedKeys = "cache.k"
        case cachedValues = "cache.v"
        case cachedLatent = "cache.latent"
        case cachedRotaryKey = "cache.k_rope"

        /// Other names for it, in small letters.
        fileprivate var others: [String] {
            switch self {
            case .queries: ["query", "queries", "query_states", "query_layer", "q_states", "xq"]
            case .keys: ["key", "keys", "key_states", "key_layer", "k_states", "xk", "k_proj"]
            case .values:
                ["value", "values", "value_states", "value_layer", "v_states", "xv", "v_proj"]
            case .outputs:
                ["output", "outputs", "o", "attn_output", "attn_out", "context", "result", "y"]
            case .input: ["hidden_states"]
            case .nopeQueries: ["q_pass"]
            case .rotaryQueries: ["q_rot", "q_pe"]
            case .rotaryKey: ["k_rot", "k_pe"]
            case .latent: ["c_kv", "kv_c", "compressed_kv"]
            case .cachedKeys: ["k_cache", "cache_k"]
            case .cachedValues: ["v_cache", "cache_v"]
            default: []
            }
        }

        /// Those of a cache.
        static let caches: [Part] = [.cachedKeys, .cachedValues, .cachedLatent, .cachedRotaryKey]

        /// Those that no token adds to.
        static let weights: Set<Part> = [
            .keyWeights, .valueWeights, .queryProjection, .queryDown, .queryUp, .latentProjection,
            .keyValueProjection, .outputProjection,
        ]

        static let byName: [String: Part] = Dictionary(
            allCases.flatMap { part in ([part.rawValue] + part.others).map { ($0, part) } },
            uniquingKeysWith: { first, _ in first })
    }

    private let found: [Part: (name: String, tensor: Tensor)]
    private let names: [String]
    private let read: (String, Range<Int>) throws(VerificationProblem) -> [Double]

    /// The name that a check knows a tensor by; nil where it would not read it. ".weight" may
    /// stand behind, and what module it is of before.
    package static func knownName(_ name: String) -> String? { part(name)?.rawValue }

    /// Whether a tensor says which tokens are padding, which is written in any type.
    package static func isPadding(_ name: String) -> Bool { part(name) == .padding }

    private static func part(_ name: String) -> Part? {
        guard name.utf8.count <= 200 else { return nil }
        var name = name.lowercased()
        if name.hasSuffix(".weight") { name.removeLast(7) }
        if let part = Part.byName[name] { return part }
        let parts = name.split(separator: ".")
        let two = parts.suffix(2).joined(separator: ".")
        return Part.byName[two] ?? parts.last.flatMap { Part.byName[String($0)] }
    }

    /// `read` gives a range of a tensor's numbers in row-major order, by its name. Of two tensors
    /// with names for the same the documented one is taken, else the shorter. Cost: O(tensors).
    package init(
        _ tensors: [String: Tensor],
        read: @escaping (String, Range<Int>) throws(VerificationProblem) -> [Double]
    ) {
        var found: [Part: (name: String, tensor: Tensor)] = [:]
        // The documented name before all others.
        func rank(_ name: String) -> (Int, Int, String) {
            (Part(rawValue: name) == nil ? 1 : 0, name.utf8.count, name)
        }
        let order = tensors.sorted { rank($0.key) < rank($1.key) }
        for (name, tensor) in order {
            guard let part = Self.part(name), found[part] == nil else { continue }
            found[part] = (name, tensor)
        }
        // A projection's output is a layer's query where nothing else is one.
        if found[.queries] == nil, found[.latentProjection] == nil, found[.keys] != nil {
            found[.queries] = found[.queryProjection]
        }
        self.found = found
        self.read = read
        names = order.map(\.key)
    }

    func has(_ part: Part) -> Bool { found[part] != nil }

    func shape(_ part: Part) -> [Int] { found[part]?.tensor.shape ?? [] }

    /// What a tensor is called in the file.
    func name(_ part: Part) -> String { found[part]?.name ?? part.rawValue }

    func format(_ part: Part) -> FloatFormat { found[part]?.tensor.format ?? .float64 }

    /// All of a tensor's numbers. Throws the first that is none, except in what is checked.
    func numbers(_ part: Part) throws(VerificationProblem) -> [Double] {
        guard let (name, tensor) = found[part] else { return [] }
        let numbers = try read(name, 0..<tensor.count)
        let isChecked = part == .outputs || Part.caches.contains(part)
        if !isChecked, let index = numbers.firstIndex(where: { !$0.isFinite }) {
            let value = numbers[index]
            throw VerificationProblem(
                "holds \(Self.word(value)) in \(part.rawValue) at "
                    + Self.text(Self.place(of: index, in: tensor.shape)))
        }
        return numbers
    }

    static func word(_ value: Double) -> String {
        value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf"
    }

    static func place(of index: Int, in shape: [Int]) -> [Int] {
        var (rest, place) = (index, [Int]())
        for extent in shape.reversed() {
            place.insert(rest % extent, at: 0)
            rest /= extent
        }
        return place
    }

    /// Throws where some parts are missing, and says what is there, the likest names first; where
    /// they hold more than is read, or nothing.
    func require(_ parts: [Part]) throws(VerificationProblem) {
        let missing = parts.filter { !has($0) }.map(\.rawValue)
        guard missing.isEmpty else {
            let taken = Set(parts.compactMap { found[$0]?.name })
            let others = names.filter { !taken.contains($0) }.map { name in
                (name: name, likeness: missing.map { Self.likeness(name, $0) }.max() ?? 0)
            }.sorted { ($1.likeness, $0.name) < ($0.likeness, $1.name) }
            let shown = others.prefix(6).map { "'\(shortened($0.name))'" }.joined(separator: ", ")
            let more = others.count > 6 ? " and \(grouped(others.count - 6)) more" : ""
            throw VerificationProblem(
                "has no " + missing.map { "'\($0)'" }.joined(separator: ", ")
                    + (others.isEmpty ? "" : "; it has \(shown)\(more)"))
        }
        if parts.contains(where: { shape($0).contains { $0 < 1 } }) {
            throw VerificationProblem("has a dimension of 0: \(list(parts))")
        }
        func count(_ part: Part) -> Double { shape(part).reduce(1.0) { $0 * Double($1) } }
        guard parts.reduce(0.0, { $0 + count($1) }) <= Self.mostNumbers else {
            let largest = parts.max { count($0) < count($1) } ?? .outputs
            throw VerificationProblem(
                "is too large to check: \(grouped(Int(Self.mostNumbers))) numbers are the limit, "
                    + "and the most are in \(list([largest])); "
                    + (Part.weights.contains(largest)
                        ? "a layer of fewer and narrower heads shows every mistake"
                        : "a few hundred tokens show every mistake"))
        }
    }

    /// "q [4, 3, 8], k [2, 3, 8]".
    func list(_ parts: [Part]) -> String {
        parts.map { "\($0.rawValue) \(Self.text(shape($0)))" }.joined(separator: ", ")
    }

    /// "[2, 8, 64]", and not all of it where it is long.
    static func text(_ shape: [Int]) -> String {
        "[" + shape.prefix(6).map(String.init).joined(separator: ", ")
            + (shape.count > 6 ? ", ...]" : "]")
    }

    /// How many letters two names begin with in common.
    private static func likeness(_ name: String, _ other: String) -> Int {
        zip(name.lowercased(), other.lowercased()).prefix { $0 == $1 }.count
    }

    /// Of all tensors, which are in memory at once.
    static let mostNumbers = 0x1p24
    /// Some seconds for the check itself, in multiplications. A double, since no file bounds the
    /// product of its sizes.
    static let mostWork = 0x1p32
    /// The search for mistakes ends behind as much: half a minute in a debug build on two busy
    /// processors, for 32 heads of 512 tokens of width 128.
    package static let mostSearchWork = 0x1p32
}

/// Why an attention cannot be checked, as the rest of a sentence that begins with its name.
package struct VerificationProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// The rest of the sentence, without a full stop.
    package init(_ description: String) { self.description = description }
}
