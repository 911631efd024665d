import Foundation
import Lessons
import Testing

@testable import CourseContent

@Suite("The reference of blocks and keys")
struct ReferenceTests {
    private static let blocks = DirectiveReader.readers.map(\.about)

    /// What a block with this body is read as, and what is found in it.
    private static func read(
        _ block: BlockDescription, _ body: String
    ) -> (part: StepPart?, findings: [Finding]) {
        let text = "---\ntitle: T\nsummary: S\n---\n\n## Step\n\n```{\(block.name)}\n\(body)\n```\n"
        let lesson = Lesson.parse(text, file: "1-t.md")
        guard case .directive(let directive) = lesson.steps.first?.blocks.first else {
            return (nil, lesson.findings)
        }
        let findings = Findings()
        let part = DirectiveReader.read(directive, findings: findings)
        return (part, lesson.findings + findings.all)
    }

    @Test("has an example of every block that is read without a finding", arguments: blocks)
    func examples(block: BlockDescription) {
        let (part, findings) = Self.read(block, block.example)
        #expect(part != nil)
        #expect(findings == [])
    }

    @Test("gives as a key's default what is read where the key is left out", arguments: blocks)
    func defaults(block: BlockDescription) {
        for key in block.keys {
            guard key.fallback.hasPrefix("`") else { continue }
            let fallback = key.fallback.dropFirst().dropLast()
            for name in key.names {
                let others = block.example.split(separator: "\n").filter {
                    !$0.hasPrefix("\(name):")
                }.joined(separator: "\n")
                let without = Self.read(block, others)
                let with = Self.read(block, others + "\n\(name): \(fallback)")
                #expect(with.findings == [], "\(name)")
                #expect(Self.shown(with.part) == Self.shown(without.part), "\(name)")
            }
        }
    }

    /// A part as it is drawn: variants that are named are those that come by themselves.
    private static func shown(_ part: StepPart?) -> StepPart? {
        guard case .widget(.memory(var spec))? = part else { return part }
        if spec.named == nil { spec.named = [.mha, .gqa, .mqa] }
        return .widget(.memory(spec))
    }

    @Test("says of every needed key that it is needed", arguments: blocks)
    func needed(block: BlockDescription) {
        for key in block.keys where key.fallback == KeyDescription.needed {
            let others = block.example.split(separator: "\n").filter {
                !$0.hasPrefix("\(key.names[0]):")
            }
            #expect(others.count < block.example.split(separator: "\n").count, "\(key.names)")
            let findings = Self.read(block, others.joined(separator: "\n")).findings
            #expect(!findings.isEmpty, "\(key.names)")
        }
    }

    @Test(
        "names only keys that are read: each is found wrong where its value is", arguments: blocks)
    func keysAreRead(block: BlockDescription) {
        for name in block.keys.flatMap(\.names) {
            var lines = block.example.split(separator: "\n").map(String.init)
            lines.removeAll { $0.hasPrefix("\(name):") }
            // Choices and words exclude an answer.
            if ["choices", "free"].contains(name) { lines.removeAll { $0.hasPrefix("answer:") } }
            // Only the sliders shown are read.
            if block.name == "sliders", !["show", "new"].contains(name) {
                lines = ["show: [\(name)]"]
            }
            let body = (lines + ["\(name): [[{wrong: [1]}]]"]).joined(separator: "\n")
            // Seven lines and the block's first come before its body.
            let places = Self.read(block, body).findings.map(\.place.line)
            #expect(places.contains(8 + lines.count + 1), "\(block.name) \(name)")
        }
    }

    @Test("has every block, key and figure")
    func complete() {
        let page = lessonReference()
        for block in Self.blocks {
            #expect(page.contains("### `{\(block.name)}`"))
            let keys = block.keys + block.inner.flatMap(\.value)
            for key in keys { #expect(page.contains("| " + key.rowStart), "\(key.names)") }
        }
        for key in KeyDescription.frontMatter { #expect(page.contains("| " + key.rowStart)) }
        for quantity in FigureExpression.Quantity.allCases {
            #expect(page.contains("`\(quantity.rawValue):"))
        }
    }

    @Test("is a page of Markdown that our own parser takes")
    func isMarkdown() throws {
        let text =
            "---\ntitle: T\nsummary: S\n---\n\n" + lessonReference().dropFirst("# ".count - 2)
        let lesson = Lesson.parse(
            text.replacing("# What a lesson may contain\n", with: "", maxReplacements: 1),
            file: "1-t.md")
        let tables = lesson.steps.flatMap(\.blocks).filter {
            if case .table = $0 { true } else { false }
        }
        #expect(tables.count >= Self.blocks.filter { !$0.keys.isEmpty }.count + 4)
        #expect(!lesson.findings.contains { $0.rule == "table" })
    }

    @Test("knows nothing that the author's guide leaves out")
    func guideMentionsAll() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../lessons/README.md").standardizedFileURL
        let guide = try String(contentsOf: file, encoding: .utf8)
        for block in Self.blocks {
            let start = try #require(
                guide.range(of: "### `{\(block.name)}`"), "the guide lacks {\(block.name)}")
            let rest = guide[start.upperBound...]
            let section = rest[..<(rest.range(of: "\n##")?.lowerBound ?? rest.endIndex)]
            let words = Set(section.split { !$0.isLetter }.map(String.init))
            let keys = (block.keys + block.inner.flatMap(\.value)).flatMap {
                $0.names.count > 1 ? ["letter"] : $0.names
            }
            for key in keys { #expect(words.contains(key), "{\(block.name)} \(key)") }
        }
        for key in KeyDescription.frontMatter.flatMap(\.names) {
            #expect(guide.contains("`\(key)`"), "\(key)")
        }
        for quantity in FigureExpression.Quantity.allCases {
            #expect(guide.contains("`\(quantity.rawValue):"), "\(quantity)")
        }
    }
}

extension BlockDescription: CustomTestStringConvertible {
    public var testDescription: String { "{\(name)}" }
}

extension KeyDescription {
    fileprivate var rowStart: String {
        names.map { "`\($0)`" }.joined(separator: " ") + " | \(type) | "
    }
}
