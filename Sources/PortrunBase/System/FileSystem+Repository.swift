extension FileSystem {
    /// True where `place` is in another git repository inside of `folder`; a submodule has no `.git` folder of its own.
    package static func hasRepository(between place: String, and folder: String) -> Bool {
        var inside = place
        while inside != folder, inside != "/" {
            if kind(of: inside + "/.git") == .directory { return true }
            inside = Path.parent(inside)
        }
        return false
    }
}
