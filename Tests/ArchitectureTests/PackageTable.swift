import Testing

/// The dependencies of each target, read from the text of Package.swift.
struct PackageTable {
    /// Targets with what they use, siblings and products alike.
    let dependencies: [String: Set<String>]

    /// Reads the array behind `targets:`: every entry is a call whose first string is the target's
    /// name and whose strings in `uses:` or `dependencies:` are what it uses.
    init(_ text: String) throws {
        let parts = text.split(separator: "    targets: [\n", maxSplits: 1)
        try #require(parts.count == 2)
        var entries: [String] = []
        for line in parts[1].split(separator: "\n") {
            // Entries of the array start at eight spaces; what they hold is indented deeper.
            if line.hasPrefix("        "), !line.dropFirst(8).hasPrefix(" "), !line.contains(" ])")
            {
                entries.append("")
            }
            if !entries.isEmpty { entries[entries.count - 1] += line + "\n" }
        }
        var table: [String: Set<String>] = [:]
        for entry in entries where !entry.contains("tests(") && !entry.contains("testTarget(") {
            guard let name = Self.strings(in: entry[...]).first else { continue }
            table[name] = Set(Self.uses(of: entry).flatMap(Self.strings))
            // `kernels` gives every target it makes the same dependency.
            if entry.contains("kernels(") { table[name] = ["CAttentionKernels"] }
        }
        dependencies = table
    }

    /// The text between the brackets behind `uses:` or `dependencies:`.
    private static func uses(of entry: String) -> [Substring] {
        ["uses: [", "dependencies: ["].compactMap { start in
            guard let open = entry.firstRange(of: start) else { return nil }
            return entry[open.upperBound...].prefix { $0 != "]" }
        }
    }

    private static func strings(in text: Substring) -> [String] {
        text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
}
