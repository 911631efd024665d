@main
enum Headroom {
    static func main() { print(EmbeddedCourse.files.count) }
}
