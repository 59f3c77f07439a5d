/// Arithmetic on the text of paths; nothing here asks the disk.
package enum Path {
    /// `path` itself when it is absolute, else below `directory`; `.`, `..` and doubled slashes folded.
    ///
    /// A `..` takes away the name before it, link or not, as compose and most tools do.
    package static func absolute(_ path: String, in directory: String) -> String {
        var names: [Substring] = []
        for name in (path.hasPrefix("/") ? path : directory + "/" + path).split(separator: "/") {
            switch name {
            case ".": continue
            case "..": _ = names.popLast()
            default: names.append(name)
            }
        }
        return join(names[...])
    }

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
        String(path.split(separator: "/").last ?? "")
    }

    /// The folder that holds `path` (absolute and folded); `/` for `/`.
    package static func parent(_ path: String) -> String {
        join(path.split(separator: "/").dropLast())
    }

    /// `path` seen from `directory` (both absolute and folded): empty for itself, nil when not below it.
    package static func relative(_ path: String, to directory: String) -> String? {
        if path == directory { return "" }
        let prefix = directory == "/" ? "/" : directory + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
    }
}
