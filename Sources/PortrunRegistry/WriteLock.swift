import PortrunBase

/// SQLite's lock on writing to a file, looked at from outside.
///
/// SQLite hands out neither its locks nor its descriptors, so that this one goes by the layout of its files.
struct WriteLock {
    /// SQLite's own descriptors of the file and of the index of its log; nil where there is none.
    private let file: Int32?
    private let index: Int32?

    /// How many descriptors are looked through.
    private static let descriptorLimit: Int32 = 4096

    /// - Parameter path: of the file, as SQLite has opened it.
    init(of path: String) {
        file = Self.descriptor(of: path)
        index = Self.descriptor(of: path + "-shm")
    }

    /// Who holds the lock now, and where the log or the file is: the layouts are those of sqlite.org/walformat.html,
    /// lockingv3.html and fileformat2.html.
    var sighting: LockSighting {
        var sighting = LockSighting()
        if let index {
            // WAL_WRITE_LOCK, then the locks of a checkpoint and of a recovery.
            sighting.holder =
                LockSighting.holder(ofLockOn: index, from: 120, count: 1)
                ?? LockSighting.holder(ofLockOn: index, from: 121, count: 2)
            sighting.change = Self.number(in: index, at: 8)
        }
        if let file, sighting.holder == nil {
            // From the pending byte on, over the reserved to the last of the shared ones.
            sighting.holder = LockSighting.holder(ofLockOn: file, from: 0x4000_0000, count: 512)
        }
        if let file, index == nil { sighting.change = Self.number(in: file, at: 24) }
        return sighting
    }

    /// Who makes the index of the log of the file at `path`, which keeps all others from opening it; nil for nobody.
    static func opener(of path: String) -> Int32? {
        let path = path + "-shm"
        let own = descriptor(of: path)
        // SQLite has closed its own. To close one while it has one would drop its locks.
        let descriptor = own ?? open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { if own == nil { close(descriptor) } }
        // UNIX_SHM_DMS of os_unix.c, behind the locks of sqlite.org/walformat.html.
        return LockSighting.holder(ofLockOn: descriptor, from: 128, count: 1)
    }

    private static func number(in descriptor: Int32, at offset: off_t) -> UInt64 {
        var number: UInt32 = 0
        return pread(descriptor, &number, MemoryLayout.size(ofValue: number), offset) < 0 ? 0 : UInt64(number)
    }

    /// The first descriptor of this process of the file at `path`.
    private static func descriptor(of path: String) -> Int32? {
        var wanted = stat()
        guard stat(path, &wanted) == 0 else { return nil }
        return (0..<descriptorLimit).first { descriptor in
            var status = stat()
            return fstat(descriptor, &status) == 0 && status.st_dev == wanted.st_dev && status.st_ino == wanted.st_ino
        }
    }
}
