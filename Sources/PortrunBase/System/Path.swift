/// Arithmetic on the text of paths; nothing here asks the disk.
package enum Path {
    /// `path` itself when it is absolute, else below `directory`; `.`, `..` and doubled slashes folded.
    ///
    /// A `..` takes away the name before it, link or not, as compose and most tools do.
    package static func absolute(_ path: String, in directory: String) -> String {
        let path = path.hasPrefix("/") ? path : directory + "/" + path
        if isFolded(path) { return path }
        var names: [Substring] = []
        for name in path.split(separator: "/") {
            switch name {
            case ".": continue
            case "..": _ = names.popLast()
            default: names.append(name)
            }
        }
        return join(names[...])
    }

    /// True when an absolute path has nothing to fold.
    private static func isFolded(_ path: String) -> Bool {
        // Of the name that is being read: its length, and whether all of it is dots.
        var length = 1
        var isDots = false
        for byte in path.utf8 {
            if byte == slash {
                if length == 0 || isDots && length <= 2 { return false }
                length = 0
                isDots = true
            } else {
                length += 1
                isDots = isDots && byte == UInt8(ascii: ".")
            }
        }
        return length > 0 && !(isDots && length <= 2)
    }

    private static var slash: UInt8 { UInt8(ascii: "/") }

    /// The absolute path of `names`.
    ///
    /// Neither `joined(separator:)` nor appending a Substring: the first use of such generic code in a process makes
    /// the runtime search every conformance in the executable, which a launch would feel.
    private static func join(_ names: ArraySlice<Substring>) -> String {
        var path = ""
        for name in names {
            path += "/"
            path += String(name)
        }
        return path.isEmpty ? "/" : path
    }

    /// The last name of `path`; empty for `/`.
    package static func lastName(_ path: String) -> String {
        let bytes = path.utf8
        guard let last = bytes.lastIndex(where: { $0 != slash }) else { return "" }
        let name = bytes[...last]
        return String(path[(name.lastIndex(of: slash).map { bytes.index(after: $0) } ?? bytes.startIndex)...last])
    }

    /// The folder that holds `path` (absolute and folded); `/` for `/`.
    package static func parent(_ path: String) -> String {
        guard let end = path.utf8.lastIndex(of: slash), end > path.startIndex else { return "/" }
        return String(path[..<end])
    }

    /// `path` relative to `directory` (both absolute and folded): empty for itself, nil when not below it.
    package static func relative(_ path: String, to directory: String) -> String? {
        if path == directory { return "" }
        return path.rest(after: directory == "/" ? "/" : directory + "/")
    }

    /// The deepest of `folders` that `path` is, or lies in: worktrees may lie in one another. nil for none.
    package static func innermost(of folders: [String], around path: String) -> String? {
        folders.filter { relative(path, to: $0) != nil }.max { $0.utf8.count < $1.utf8.count }
    }

    /// `path` as a user in `folder` would name it: relative when it lies below.
    package static func shortest(_ path: String, from folder: String) -> String {
        let relative = relative(path, to: folder) ?? path
        return relative.isEmpty ? "." : relative
    }
}
