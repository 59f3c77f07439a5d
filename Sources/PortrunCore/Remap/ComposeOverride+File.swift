extension ComposeOverride {
    /// Saves the file called `name` below `folder`, and gives its path.
    package func save(for name: String, in folder: String) throws(RemapError) -> String {
        let path = path(for: name, in: folder)
        try RemapFile.save(text, at: path)
        return path
    }

    /// Where `save` writes.
    package func path(for name: String, in folder: String) -> String { "\(folder)/overrides/\(name).yaml" }
}
