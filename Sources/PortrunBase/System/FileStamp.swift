/// By what a file or folder is told to be the same as before, with nothing written to it since.
struct FileStamp: Equatable {
    /// Device, inode, size in bytes, and the times of the last write and of the last change, links followed; the times
    /// in seconds since 1970 and nanoseconds.
    let words: [UInt64]

    static let count = 7

    /// - Parameter words: those of another stamp.
    init(words: [UInt64]) { self.words = words }

    /// - Returns: nil when nothing can be found at `path`.
    init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        let (written, changed) = (FileSystem.modified(status), FileSystem.changed(status))
        words =
            [UInt64(truncatingIfNeeded: status.st_dev), UInt64(truncatingIfNeeded: status.st_ino)]
            + [Int(status.st_size), written.tv_sec, written.tv_nsec, changed.tv_sec, changed.tv_nsec].map {
                UInt64(truncatingIfNeeded: $0)
            }
    }

    /// True when another change would give it other times: file systems count them in steps of up to two seconds.
    ///
    /// - Parameter now: seconds since 1970.
    func isSettled(now: Int64) -> Bool {
        [words[3], words[5]].allSatisfy { Int64(bitPattern: $0) < now - 2 }
    }
}
