import PortrunBase
import PortrunRegistry

extension RegistryExamination {
    /// Finds what keeps a launch from writing the registry, which it does a few times each.
    ///
    /// SQLite tells only once it writes, so a file is written beside it, as large as what a launch needs, and removed.
    mutating func findReadOnly(_ location: RegistryLocation) {
        for suffix in ["", "-wal", "-shm", ".lock"] {
            let file = location.path + suffix
            // Where there is none, the folder decides.
            if access(file, W_OK) != 0, errno != ENOENT, errno != ENOTDIR { return note(errno, file) }
        }
        if let code = Self.writingFailure(in: location.folder) { note(code, location.folder) }
    }

    private mutating func note(_ code: Int32, _ path: String) {
        let step =
            switch code {
            case ENOSPC, EDQUOT: "free some space"
            case EACCES: "chmod u+w '\(path)', or name a file of your own with `PORTRUN_REGISTRY`"
            case _: "name a file on another disk with `PORTRUN_REGISTRY`"
            }
        add(.readOnly, "nothing can be written to `\(path)`: \(String(cString: strerror(code)))", step: step)
    }

    /// - Returns: an errno value; nil when all is well, or the folder is not there.
    private static func writingFailure(in folder: String) -> Int32? {
        let path = FileSystem.draft(of: "doctor", in: folder)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return errno == ENOENT ? nil : errno }
        defer { close(descriptor) }
        unlink(path)
        return FileSystem.writeAll([UInt8](repeating: 0, count: 1 << 17), to: descriptor) ? nil : errno
    }
}
