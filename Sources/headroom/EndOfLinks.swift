import Foundation
import ModelFiles

/// Where a name's links end, whether there is a file or not: what is written there leaves the links
/// as they are. Throws where they go in a ring.
func endOfLinks(of name: String) throws(FileProblem) -> String {
    var path = name
    for _ in 0..<40 {
        guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
        else { return path }
        path = next.hasPrefix("/") ? next : joined(parent(of: path), next)
    }
    throw .system(ELOOP)
}
