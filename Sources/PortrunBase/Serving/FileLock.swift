/// An exclusive flock(2) on a file of its own, until the process ends.
package struct FileLock: Sendable {
    private let descriptor: Int32

    /// - Returns: nil when another process has it.
    /// - Throws: `FileError` when the file cannot be made or opened.
    package init?(_ path: String) throws(FileError) {
        descriptor = PortrunBase.open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .failed(path: path, code: errno) }
        var result: Int32
        repeat { result = flock(descriptor, LOCK_EX | LOCK_NB) } while result != 0 && errno == EINTR
        guard result == 0 else {
            let code = errno
            close(descriptor)
            if code == EWOULDBLOCK { return nil }
            throw .failed(path: path, code: code)
        }
    }

    /// Gives it back before the process ends.
    package func release() { close(descriptor) }
}
