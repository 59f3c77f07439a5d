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
        tellOthers()
    }

    /// Takes another lock, of fcntl(2), from which others learn this process's number: flock(2) tells nobody.
    private func tellOthers() {
        var note = PortrunBase.flock()
        note.l_type = Int16(F_WRLCK)
        note.l_whence = Int16(SEEK_SET)
        note.l_len = 1
        _ = fcntl(descriptor, F_SETLK, &note)
    }

    /// The process that has the lock at `path`, which is not this one; 0 for one that has no number here, as in another pid
    /// namespace, and nil when nobody has it. Makes no file, and takes no lock.
    package static func holder(at path: String) -> Int32? {
        let descriptor = PortrunBase.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var question = PortrunBase.flock()
        // Who asks to read is told of a writer.
        question.l_type = Int16(F_RDLCK)
        question.l_whence = Int16(SEEK_SET)
        question.l_len = 1
        guard fcntl(descriptor, F_GETLK, &question) == 0, question.l_type != Int16(F_UNLCK) else { return nil }
        return max(0, question.l_pid)
    }

    /// Gives it back before the process ends.
    package func release() { close(descriptor) }
}
