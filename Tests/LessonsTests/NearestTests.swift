import Lessons
import Testing

@Suite struct NearestTests {
    private let names = ["setting", "sliders", "heads", "cache", "memory", "ask", "find"]

    @Test(
        "A misspelt word is near the name it is meant for",
        arguments: [
            ("slider", "sliders"), ("sildres", "sliders"), ("Heads", "heads"), ("head", "heads"),
            ("memroy", "memory"), ("aks", "ask"), ("settings", "setting"), ("cash", "cache"),
        ])
    func near(word: String, name: String) {
        #expect(nearest(word, in: names) == name)
    }

    @Test(
        "Nothing is near a word that is like none",
        arguments: ["", "x", "zebra", "picture", String(repeating: "heads", count: 1_000)])
    func far(word: String) {
        #expect(nearest(word, in: names) == nil)
        #expect(nearest("g", in: ["n", "s"]) == nil)
    }

    @Test("Of equally near names the first is taken")
    func ties() {
        #expect(nearest("gqa", in: ["mqa", "gka"]) == "mqa")
        #expect(nearest("gqa", in: ["mqa", "gqa"]) == "gqa")
    }
}
