/// The YAML between two lines of `---` that a lesson begins with.
struct FrontMatter {
    let attributes: Attributes
    /// The index of the first line behind it.
    let end: Int

    init(_ lines: [SourceLine], findings: inout FindingList) {
        let top = lines[0].place(0)
        guard Self.isFence(lines[0]) else {
            findings.add(.frontMatterMissing(at: top))
            (attributes, end) = (Attributes(), 0)
            return
        }
        let body: ArraySlice<SourceLine>
        if let close = lines.dropFirst().firstIndex(where: Self.isFence) {
            body = lines[1..<close]
            end = close + 1
        } else {
            findings.add(.frontMatterUnterminated(at: top))
            // It most likely ends where a person would see it end.
            body = lines.dropFirst().prefix { !$0.isBlank && $0.scalars.first != "#" }
            end = body.endIndex
        }
        let yaml = YAMLText(
            lines: body.map { YAMLText.Line(scalars: $0.scalars, source: $0, shift: 0) }, start: top
        )
        guard let attributes = yaml.mapping(findings: &findings) else {
            self.attributes = Attributes()
            return
        }
        self.attributes = attributes
        for key in ["title", "summary"] where Self.text(attributes[key]) == nil {
            findings.add(.frontMatterLacks(key, at: attributes[key]?.place ?? top))
        }
    }

    var title: String? { Self.text(attributes["title"]) }

    private static func text(_ attribute: Attribute?) -> String? {
        guard case .scalar(let text) = attribute?.content, !text.isEmpty else { return nil }
        return text
    }

    private static func isFence(_ line: SourceLine) -> Bool {
        line.scalars.starts(with: ["-", "-", "-"])
            && line.scalars.dropFirst(3).allSatisfy(\.isSpaceOrTab)
    }
}
