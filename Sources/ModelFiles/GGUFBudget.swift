/// What may still be taken of a GGUF file's header, so that a file of any size, of holes too, takes
/// little memory and little time.
struct GGUFBudget {
    /// Bytes of keys, values and names that are kept: a hundred times what models have.
    private static let mostBytes = 32 << 20
    /// Texts and lists that are passed over one by one: four times the largest vocabulary with its
    /// merges.
    private static let mostItems = 1 << 22
    /// What an entry takes besides its texts, about.
    private static let entry = 128

    private var bytes = Self.mostBytes
    private var items = Self.mostItems

    /// Takes an entry with so many bytes of text; throws where too many are kept.
    mutating func keepEntry(of count: Int) throws(FileProblem) {
        try keep(Self.entry + count)
    }

    /// Takes the numbers of a list; throws where too many are kept.
    mutating func keepNumbers(_ count: Int) throws(FileProblem) {
        try keep(count * MemoryLayout<JSONValue>.stride)
    }

    private mutating func keep(_ count: Int) throws(FileProblem) {
        bytes -= count
        guard bytes >= 0 else {
            throw FileProblem(
                "has a header of more than \(Self.mostBytes >> 20) MiB of keys, values and names"
            )
        }
    }

    /// Takes the items of a list; throws where there are too many in the file's lists.
    mutating func passItems(_ count: Int) throws(FileProblem) {
        items -= count
        guard items >= 0 else {
            throw FileProblem(
                "has lists of more than \(Self.mostItems) texts and lists together, which no "
                    + "vocabulary has")
        }
    }
}
