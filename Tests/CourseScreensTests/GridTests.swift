import AttentionEngine
import CourseContent
import TestSupport
import Testing

@testable import CourseScreens
@testable import CourseSession

@Suite("A grid")
struct GridTests {
    private static let block = """
        ```{grid}
        title: A window of 2
        columns: [The, cat, sat]
        rows:
          - [The, 1, 0, 0]
          - [cat, 1, 1, 0]
          - [sat, 0, 1, 1]
        words: Each query reads itself and the token before it.
        ```
        """

    @Test("is drawn as cells, and told in the author's words and row by row")
    func shown() throws {
        let lesson = MarkedLesson(step: Self.block)
        lesson.expect()
        let app = CourseApp(
            course: Course(files: [(name: "1-a.md", text: lesson.text)]), size: .usual, lesson: 0,
            step: 0)
        #expect(app.rows.contains { $0.contains("A window of 2") })
        #expect(app.rows.contains { $0.hasPrefix("  cat  ██   ██") })
        let told = app.step.widgets.flatMap { $0.words(app.scene) }.map(\.text)
        #expect(
            told == [
                "Grid: A window of 2. Each query reads itself and the token before it.",
                "The: The.", "cat: The, cat.", "sat: cat, sat.",
            ])
    }

    @Test("needs words, and rows as long as its columns")
    func wrong() {
        func rules(_ body: String) -> [String] {
            MarkedLesson(step: "```{grid}\n\(body)\n```").findings.map(\.rule)
        }
        #expect(rules("title: A\ncolumns: [a]\nrows: [[b, 1]]") == ["missing-key"])
        #expect(rules("title: A\ncolumns: [a]\nrows: [[b, 1, 0]]\nwords: c") == ["wrong-value"])
        let many = (1...17).map(String.init).joined(separator: ", ")
        #expect(
            rules("title: A\ncolumns: [\(many)]\nrows: [[b, \(many)]]\nwords: c") == ["wrong-value"]
        )
    }
}

@Suite("Two figures compared")
struct ComparedFigureTests {
    @Test("are how many times as much one is, or by how much more, of any two settings")
    func computed() {
        MarkedLesson(step: "[12](cache:g=96,over) [12](cache:g=96,over,g=8)").expect()
        MarkedLesson(step: "[0.08](cache:over,g=96) [11](value:g,g=12,minus,g=1)").expect()
        MarkedLesson(step: "[4.43 GB](cache:g=96,minus,as=decimal)").expect()
        MarkedLesson(step: "It is ^^[1](cache:minus,g=96).").expect(
            (
                "figure",
                "'cache:minus,g=96' cannot be computed at this step's setting (does g divide n, "
                    + "are c and r set for MLA?)"
            ))
        #expect(
            MarkedLesson(step: "[1](cache:over,g=8,over,g=4)").findings.map(\.rule) == ["figure"])
    }

    @Test("tell what windows save")
    func windows() {
        let setting = "l=4,b=1,n=8,g=8,h=16,s=64,bytes=2,wl=2,w=16"
        MarkedLesson(step: "[1.60](cache:windows=none,over)", setting: setting).expect()
        MarkedLesson(
            step:
                "```{ask}\nid: a\nquestion: How many times?\nanswer: cache:windows=none,over\n```",
            setting: setting
        ).expect()
    }
}
