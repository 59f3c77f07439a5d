import PortrunBase

extension ComposeOverride {
    /// Saves the file called `name`, and gives its path.
    package func save(as name: String, for owner: FileOwner, in state: StateFolder) throws(RemapError) -> String {
        let path = path(as: name, in: state)
        try RemapFile.save(text, for: owner, at: path)
        return path
    }

    /// Where `save` writes.
    package func path(as name: String, in state: StateFolder) -> String { state.file(name + ".yaml", of: .overrides) }
}
