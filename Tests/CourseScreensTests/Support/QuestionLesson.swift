import CourseContent
import TerminalCanvas

@testable import CourseScreens
@testable import CourseSession

/// A small lesson with a question of each kind, so that tests of questions do not follow the
/// shipped text.
enum QuestionLesson {
    static let text = """
        ---
        title: Questions
        summary: One of each kind.
        setting: l=96,b=1,n=96,g=8,h=128,s=1024,bytes=2
        ---

        ## A number

        How large is it? It takes [403 MB (384 MiB)](cache:).

        ```{ask}
        id: size
        question: How large is the cache?
        answer: "cache:"
        hint: Multiply everything.
        because: Eight factors make it.
        ```

        ```{memory}
        ```

        ## A choice

        ```{ask}
        id: pick
        question: Which letter counts layers?
        choices:
          - text: b
            because: That is the batch.
          - text: l
            right: true
          - text: s
        because: Layers begin with it.
        hint: It begins the word.
        ```

        ## Own words

        ```{ask}
        id: words
        question: What do you propose?
        free: true
        hint: Think of less.
        because: Keep it in mind.
        ```

        ## Mistakes

        ```{find}
        id: mistakes
        question: Which cells are wrong?
        rows:
          - [1 + 1, "3"]
          - [2 + 2, "4"]
          - [3 + 3, "7"]
        mistakes:
          - cell: [1, 2]
            because: It is two.
          - cell: [3, 2]
            because: It is six.
        because: Sums can be checked.
        ```

        ## The end

        Nothing is asked here.
        """

    static let course = Course(files: [("1-questions.md", text)])

    enum Step: Int { case number, choice, free, find, end }

    static func app(
        _ step: Step, size: Size = .usual, progress: CourseProgress = CourseProgress()
    ) -> CourseApp {
        CourseApp(course: course, size: size, progress: progress, lesson: 0, step: step.rawValue)
    }
}
