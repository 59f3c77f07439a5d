import CSQLite
import PortrunBase

/// Waiting for other connections.
extension Database {
    /// Begins a transaction. One that has to wait until others have written does so in the queue.
    func begin(_ statement: String) throws(RegistryError) {
        mayQueue = true
        defer {
            mayQueue = false
            queue = nil
        }
        try run(statement)
    }

    /// Runs `body`, in which a lock of another connection is an error at once.
    func withoutPatience(_ body: () throws -> Void) rethrows {
        sqlite3_busy_handler(handle, nil, nil)
        defer { waitForOthers() }
        try body()
    }

    /// Has SQLite ask here whenever a lock of another connection is in the way.
    func waitForOthers() {
        sqlite3_busy_handler(
            handle,
            { context, attempt in
                guard let context else { return 0 }
                return Unmanaged<Database>.fromOpaque(context).takeUnretainedValue().pause(after: Int(attempt)) ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// A file system by which SQLite pauses in `pauseInOpening`.
    static func makeFileSystem() -> UnsafeMutablePointer<portrun_file_system>? {
        portrun_make_file_system { context, microseconds in
            guard let context else { return }
            Unmanaged<Database>.fromOpaque(context).takeUnretainedValue().pauseInOpening(microseconds: microseconds)
        }
    }

    /// Pauses where SQLite asks nobody, as it does while another process makes the index of the log, and may have been
    /// stopped at that (wal.c, walTryBeginRead).
    ///
    /// SQLite tries about a hundred times, whatever is answered; who does not want to wait any longer does not pause.
    private func pauseInOpening(microseconds: CInt) {
        // The first pauses are that short.
        if microseconds <= 1 { pausesInOpening = 0 }
        let attempt = pausesInOpening
        pausesInOpening += 1
        guard attempt == 0 || patience.failure == nil,
            patience.lasts(after: attempt, { LockSighting(holder: WriteLock.opener(of: file)) })
        else { return }
        usleep(UInt32(max(0, microseconds)))
    }

    /// How often those try at once who come when somebody else is writing, which mostly takes a millisecond.
    private static let attemptsBeforeQueue = 2

    /// Pauses before the next attempt; false when there shall be none.
    private func pause(after attempt: Int) -> Bool {
        let look = { [self] in
            let lock = writeLock ?? WriteLock(of: file)
            writeLock = lock
            return lock.sighting
        }
        if mayQueue, attempt >= Self.attemptsBeforeQueue, queue == nil { queue = WriterQueue(in: Path.parent(file)) }
        guard let queue else { return patience.pause(after: attempt, look) }
        return queue.pause { patience.lasts(after: attempt, look) }
    }

    /// The path as SQLite has it, links followed.
    private var file: String { sqlite3_db_filename(handle, "main").map { String(cString: $0) } ?? path }
}
