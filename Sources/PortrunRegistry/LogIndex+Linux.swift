import PortrunBase

#if os(Linux)
    /// The index of the log, which the first process to open the file makes anew from the whole log.
    ///
    /// It does so since the index may be from before a crash of the system. One that was made in this boot is right,
    /// whatever became of the processes that wrote to it: SQLite's own are killed beside others, too. So whoever finds such
    /// a one has SQLite believe that somebody else has it open, and nothing is made anew.
    ///
    /// Source: os_unix.c of SQLite, `unixLockSharedMemory`; sqlite.org/walformat.html, «The WAL-Index File Format».
    struct LogIndex {
        private let path: String
        private let stamp: String
        private let boot: String

        /// F_OFD_SETLK of linux/fcntl.h, which is not in the Glibc module.
        private static let setOpenFileLock: Int32 = 37

        /// - Parameters:
        ///   - file: of the registry, without links.
        ///   - boot: tells this run of the system from all others; not empty.
        init(of file: String, boot: String) {
            path = file + "-shm"
            stamp = file + "-boot"
            self.boot = boot
        }

        /// Has SQLite, which is about to open the file, use the index as it is, if it was made in this boot.
        ///
        /// The descriptor stays open for the rest of this process: to close it would drop the locks that SQLite has on
        /// the index by then (fcntl(2)).
        ///
        /// - Returns: false where `note` is to be called.
        func keep() -> Bool {
            let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard descriptor >= 0 else { return false }
            var status = stat()
            guard fstat(descriptor, &status) == 0, isNoted(status) else {
                close(descriptor)
                return false
            }
            var lock = flock()
            lock.l_type = Int16(F_RDLCK)
            lock.l_whence = Int16(SEEK_SET)
            // UNIX_SHM_DMS: who has it for reading has the index open.
            lock.l_start = 128
            lock.l_len = 1
            // Where somebody makes the index anew just now, SQLite waits for that.
            if fcntl(descriptor, Self.setOpenFileLock, &lock) != 0 { close(descriptor) }
            return true
        }

        /// Notes that the index, which SQLite has open, is of this boot.
        func note() {
            var status = stat()
            guard lstat(path, &status) == 0 else { return }
            let descriptor = open(stamp, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { return }
            defer { close(descriptor) }
            FileSystem.giveToOwner(of: Path.parent(stamp), descriptor)
            // Whoever reads less than all of it makes the index anew.
            let text = text(status)
            _ = text.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        }

        private func isNoted(_ status: stat) -> Bool {
            let descriptor = open(stamp, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            guard descriptor >= 0 else { return false }
            defer { close(descriptor) }
            let expected = text(status)
            var found = [UInt8](repeating: 0, count: expected.count + 1)
            return read(descriptor, &found, found.count) == expected.count && found.starts(with: expected)
        }

        /// Which file it is, and of which boot.
        private func text(_ status: stat) -> [UInt8] { Array("\(boot) \(status.st_dev) \(status.st_ino)\n".utf8) }
    }
#endif
