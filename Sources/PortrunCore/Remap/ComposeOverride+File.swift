extension ComposeOverride {
    /// Saves the file for the context with `hash` below `folder`, and gives its path.
    ///
    /// Mode 0600, replaced as a whole, and left alone while its content is the same.
    package func save(for hash: String, in folder: String) throws(RemapError) -> String {
        let directory = folder + "/overrides"
        let path = path(for: hash, in: folder)
        if mkdir(directory, 0o700) != 0, errno != EEXIST { throw Self.failure(directory) }
        let content = Array(text.utf8)
        if let present = try? FileSystem.read(path), present == content { return path }
        let temporary = "\(path).\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(temporary) }
        let isWritten = write(descriptor, content, content.count) == content.count
        guard close(descriptor) == 0, isWritten, rename(temporary, path) == 0 else {
            let failure = Self.failure(path)
            unlink(temporary)
            throw failure
        }
        return path
    }

    /// Where `save` writes.
    package func path(for hash: String, in folder: String) -> String { "\(folder)/overrides/\(hash).yaml" }

    /// With the errno value of the call that has just failed.
    private static func failure(_ path: String) -> RemapError { .unwritable(.failed(path: path, code: errno)) }
}
