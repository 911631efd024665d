extension Lesson { public static func parse(_ t: String, file: String) -> Lesson { Lesson(id: file, file: file, frontMatter: Attributes(), title: "t", steps: [], findings: []) } }
public func nearest(_ word: String, in names: some Sequence<String>) -> String? { nil }
