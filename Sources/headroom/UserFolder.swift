import Foundation

/// Where the program's own files lie between two starts.
enum UserFolder {
    /// What is kept: `$XDG_STATE_HOME/headroom`, or under `~/.local/state` where that is not set;
    /// nil without both.
    static func state(_ environment: [String: String]) -> URL? {
        folder("XDG_STATE_HOME", or: ".local/state", environment)
    }

    /// What can be made again: `$XDG_CACHE_HOME/headroom`, or under `~/.cache` where that is not
    /// set; nil without both.
    static func cache(_ environment: [String: String]) -> URL? {
        folder("XDG_CACHE_HOME", or: ".cache", environment)
    }

    private static func folder(
        _ name: String, or usual: String, _ environment: [String: String]
    ) -> URL? {
        if let folder = environment[name], folder.hasPrefix("/") {
            return URL(fileURLWithPath: folder).appending(path: "headroom")
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return URL(fileURLWithPath: home).appending(path: "\(usual)/headroom")
    }
}
