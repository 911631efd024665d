import Testing

/// The targets in which nothing that others may use goes without a doc comment.
private let documentedTargets = [
    "AttentionEngine", "AttentionKernels", "AttentionKernelsAVX512", "CourseContent",
    "CourseExport", "CoursePlain", "CourseScreens", "CourseSession", "CursesTerminal",
    "ForeignText", "LanguageModel", "Lessons", "ModelCatalog", "ModelFiles", "RecallKernels",
    "TerminalCanvas",
]

@Suite("What a target shows the others")
struct DocCommentTests {
    @Test("has a doc comment", arguments: documentedTargets)
    func documented(target: String) {
        let files = Repository.sources.filter { $0.target == target }
        #expect(files.contains { !SharedDeclarations($0.text).all.isEmpty })
        let undocumented = files.flatMap { file in
            SharedDeclarations(file.text).undocumented.map { "\(file.path):\($0.line): \($0.text)" }
        }
        #expect(undocumented == [])
    }

    @Test("is found in a text, with a comment or without")
    func found() {
        let text = """
            /// A shape.
            @frozen
            package struct Shape: Hashable {
                package let width: Int
                /// Rows.
                package private(set) var height = 0
                let inside: Int

                // No doc comment.
                package init(width: Int) {
                    self.width = width
                    let package = 1
                    switch width {
                    case 1: break
                    }
                }

                /// The cell at a place.
                @discardableResult
                package mutating func cell(
                    _ place: Int
                ) -> Int { place }

                package static func < (a: Self, b: Self) -> Bool { a.width < b.width }
                package func hash(into hasher: inout Hasher) {}
                package subscript(row: Int) -> Int { row }
            }

            package indirect enum Tree {
                /// Ends of branches.
                case leaf, bud
                case branch(Tree)

                package enum Kind { case small }
                var size: Int {
                    switch self {
                    case .leaf: 1
                    }
                }
            }

            enum Inside {
                case leaf
                package static let shared = 1
            }

            package protocol Plant {
                var age: Int { get }
                /// Waters it.
                func water()
            }

            package extension Plant {
                func grow() {}
                private func wither() {}
            }

            extension Plant {
                package typealias Age = Int
                func stand() {}
            }

            package final class Garden: Plants {
                package override func water() {}
                package class func make() {}
            }
            """
        let found = SharedDeclarations(text)
        #expect(
            found.undocumented.map { "\($0.line) \($0.text)" } == [
                "4 package let width: Int", "10 package init(width: Int) {",
                "26 package subscript(row: Int) -> Int { row }", "29 package indirect enum Tree {",
                "32 case branch(Tree)", "34 package enum Kind { case small }",
                "44 package static let shared = 1", "47 package protocol Plant {",
                "48 var age: Int { get }", "54 func grow() {}", "59 package typealias Age = Int",
                "63 package final class Garden: Plants {", "65 package class func make() {}",
            ])
        #expect(
            found.all.filter(\.isDocumented).map(\.line) == [3, 6, 20, 31, 50])
        #expect(found.all.filter(\.isWitness).map(\.line) == [24, 25, 64])
    }
}
