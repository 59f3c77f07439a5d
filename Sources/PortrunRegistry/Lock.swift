import PortrunBase

/// An exclusive flock(2) on a file made for it beside the registry, held until `release`. It ends with its process.
struct Lock {
    private let descriptor: Int32

    /// - Parameters:
    ///   - longestWait: in milliseconds; nil for the usual time.
    ///   - warn: is told when another process keeps this one waiting.
    init(beside registry: String, _ longestWait: Int64?, _ warn: @escaping (Warning) -> Void) throws(RegistryError) {
        let path = registry + ".lock"
        var folder = stat()
        if stat(Path.parent(path), &folder) == 0, let problem = Trust.problem(ofCompanion: path, of: folder) {
            throw .untrusted(problem)
        }
        descriptor = PortrunBase.open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(errno, registry) }
        FileSystem.giveToOwner(of: Path.parent(path), descriptor)
        let patience = Patience(for: registry, atMost: longestWait, warn: warn)
        var attempt = 0
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            if code == EINTR { continue }
            guard code == EWOULDBLOCK else {
                close(descriptor)
                throw Self.failure(code, registry)
            }
            let file = descriptor
            let look = { LockSighting(holder: LockSighting.holder(ofLockOn: file, from: 0, count: 1)) }
            guard patience.pause(after: attempt, look) else {
                close(descriptor)
                throw patience.failure ?? .busy(path: registry)
            }
            attempt += 1
        }
        tellOthers()
    }

    private static func failure(_ code: Int32, _ registry: String) -> RegistryError {
        .unusable(path: registry, reason: "\(String(cString: strerror(code))) (`\(Path.lastName(registry)).lock`)")
    }

    /// Takes another lock, of fcntl(2), from which those who wait learn this process's number: flock(2) tells nobody.
    private func tellOthers() {
        var note = PortrunBase.flock()
        note.l_type = Int16(F_WRLCK)
        note.l_whence = Int16(SEEK_SET)
        note.l_len = 1
        _ = fcntl(descriptor, F_SETLK, &note)
    }

    func release() { close(descriptor) }
}
