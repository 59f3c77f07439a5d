import PortrunCore

/// An exclusive flock(2) on a file that is made for it, held until `release`. It ends with its process.
struct Lock {
    private let descriptor: Int32

    init(_ path: String) throws(RegistryError) {
        descriptor = PortrunCore.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unusable(path: path, reason: String(cString: strerror(errno))) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                let reason = String(cString: strerror(errno))
                close(descriptor)
                throw .unusable(path: path, reason: reason)
            }
        }
    }

    func release() { close(descriptor) }
}
