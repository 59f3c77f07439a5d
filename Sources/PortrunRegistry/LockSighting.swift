import PortrunBase

/// A look at a lock: two equal ones, after each other, mean that nothing has moved meanwhile.
struct LockSighting: Equatable {
    /// The process that holds the lock; 0 for one that has no number here, as in another pid namespace, and nil when
    /// nobody holds it.
    var holder: Int32?
    /// Another number after each change of what the lock protects.
    var change: UInt64 = 0

    /// The process that has an exclusive lock of fcntl(2) on bytes of a file.
    ///
    /// - Parameter descriptor: one of this process's own. To open the file for this would not do: closing it again
    ///   would drop the locks that this process has on it.
    static func holder(ofLockOn descriptor: Int32, from start: Int, count: Int) -> Int32? {
        var question = flock()
        // Who asks to read is only told of writers.
        question.l_type = Int16(F_RDLCK)
        question.l_whence = Int16(SEEK_SET)
        question.l_start = off_t(start)
        question.l_len = off_t(count)
        guard fcntl(descriptor, F_GETLK, &question) == 0, question.l_type != Int16(F_UNLCK) else { return nil }
        // Below 0 for locks of open files, and of other machines.
        return max(0, question.l_pid)
    }
}
