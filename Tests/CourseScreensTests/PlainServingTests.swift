import CourseContent
import Testing

@testable import CoursePlain
@testable import CourseScreens
@testable import CourseSession

@Suite("GPUs and other tools' figures in plain text")
struct PlainServingTests {
    private func course(model: String) -> PlainCourse {
        var course = PlainCourse(ShippedCourse.app("gqa", "from-end-to-end").session, width: 1_000)
        _ = course.take("model \(model)")
        _ = course.take("explore")
        _ = course.take("set s 8192")
        return course
    }

    private func said(_ course: inout PlainCourse, _ line: String) -> String {
        course.take(line).lines.joined(separator: " ")
    }

    @Test("are told by one command, and set like sliders")
    func gpus() {
        var course = course(model: "llama3.1-70b")
        let told = said(&course, "gpus 8 96 GB")
        #expect(told.contains("On 8 GPUs of 96.0 GB, Llama-3.1-70B, weights"))
        #expect(told.contains("336 MB (320 MiB) of cache"))
        #expect(told.contains("1 of 8 K/V heads on each."))
        #expect(said(&course, "set t 16").contains("every head is kept twice."))
        #expect(said(&course, "set memory 1 GB").contains("which do not fit"))
        #expect(said(&course, "set weights 1").contains("written with its unit"))
        #expect(said(&course, "set t").contains("t needs a value, as in set t 8."))
        #expect(said(&course, "gpus 3").contains("3 GPUs can neither split 8 K/V heads"))
    }

    @Test("leave their names to the dials of a step that has such ones")
    func dial() {
        var course = PlainCourse.at("real", "the-curve")
        #expect(course.words("set memory bits").hasPrefix("Memory in numbers → bits."))
        #expect(course.session.subject.dials.text == "memory=bits")
    }

    @Test("are pointed to where a key that opens them on the screen is a letter here")
    func pointedTo() {
        var course = course(model: "llama3.1-70b")
        #expect(said(&course, "g").contains("gpus shows the setting on GPUs."))
    }

    @Test("are answered by the mistake that leads to them")
    func compare() {
        var course = course(model: "deepseek-v3")
        #expect(
            said(&course, "compare 13.34 GiB").contains(
                "It counted MLA as K/V heads over the hidden width"))
        #expect(said(&course, "compare").contains("as in compare 13.34 GiB"))
        #expect(said(&course, "compare much").contains("That is not a size."))
        #expect(said(&course, "compare 24Gb").contains("That may be bits or bytes."))
    }

    @Test("are refused where there is no size")
    func noSize() {
        var course = PlainCourse(ShippedCourse.app("start", "move-a-slider").session, width: 1_000)
        #expect(said(&course, "gpus 8").contains("shows no whole size"))
        #expect(said(&course, "compare 1 GB").contains("shows no whole size"))
    }

    @Test("unfold a model's layers kind by kind, with where it was read")
    func why() {
        var course = course(model: "gpt-oss-20b")
        let told = said(&course, "why")
        #expect(told.contains("12 window layers: catalogue."))
        #expect(told.contains("the smaller of 128 (catalogue) and 8,192 tokens"))
        #expect(told.contains("Read in"))
    }
}
