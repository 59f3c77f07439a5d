/// Which file a path leads to, links followed.
package struct FileIdentity: Equatable {
    private let device: dev_t
    private let inode: ino_t

    /// - Parameter path: byte for byte.
    /// - Returns: nil when nothing can be found there.
    package init?(of path: [UInt8]) {
        var status = stat()
        guard path.withCString({ stat($0, &status) }) == 0 else { return nil }
        device = status.st_dev
        inode = status.st_ino
    }
}

extension [UInt8] {
    /// Runs `body` with the bytes as a C string.
    package func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        (self + [0]).withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { body($0.baseAddress!) }
        }
    }
}
