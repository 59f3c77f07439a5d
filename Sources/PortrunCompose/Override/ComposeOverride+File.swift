import PortrunBase

extension ComposeOverride {
    /// Saves the file called `name` below `folder`, and gives its path.
    package func save(as name: String, for owner: FileOwner, in folder: String) throws(RemapError) -> String {
        let path = path(as: name, in: folder)
        try RemapFile.save(text, for: owner, at: path)
        return path
    }

    /// The path that `save` writes to.
    package func path(as name: String, in folder: String) -> String { "\(folder)/overrides/\(name).yaml" }
}
