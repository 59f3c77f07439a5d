extension ComposeOverride {
    /// Saves the file for the context with `hash` below `folder`, and gives its path.
    ///
    /// Mode 0600, replaced as a whole, and left alone while its content is the same.
    package func save(for hash: String, in folder: String) throws(RemapError) -> String {
        let directory = folder + "/overrides"
        let path = path(for: hash, in: folder)
        if mkdir(directory, 0o700) != 0, errno != EEXIST { throw .unwritable(.failed(path: directory, code: errno)) }
        let content = Array(text.utf8)
        if let present = try? FileSystem.read(path), present == content { return path }
        do throws(FileError) {
            try FileSystem.replace(path, with: content)
        } catch {
            throw .unwritable(error)
        }
        return path
    }

    /// Where `save` writes.
    package func path(for hash: String, in folder: String) -> String { "\(folder)/overrides/\(hash).yaml" }
}
