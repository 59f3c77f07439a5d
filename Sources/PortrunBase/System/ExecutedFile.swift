import CProcess

/// The file that this process was executed from.
package enum ExecutedFile {
    /// The last name of the path it was executed by, links not followed: for a link, the link's own.
    package static var calledName: String? {
        guard let path = portrun_executed_path() else { return nil }
        return String(cString: strrchr(path, CInt(UInt8(ascii: "/"))).map { UnsafePointer($0 + 1) } ?? path)
    }

    /// Its absolute path with every link resolved; nil when it is not known or the file is gone.
    package static var path: String? {
        // The link has no other link in it: proc_pid_exe(5).
        if let path = FileSystem.link(at: "/proc/self/exe") { return FileSystem.kind(of: path) == .file ? path : nil }
        // Where there is no /proc the path that it was executed by still leads to it.
        return portrun_executed_path().flatMap { FileSystem.resolved(String(cString: $0)) }
    }

    /// Which file it is, whatever its names are.
    package static var identity: FileIdentity? {
        FileIdentity(of: Array("/proc/self/exe".utf8))
            ?? portrun_executed_path().flatMap { path in
                FileIdentity(of: Array(UnsafeRawBufferPointer(start: path, count: strlen(path))))
            }
    }
}
