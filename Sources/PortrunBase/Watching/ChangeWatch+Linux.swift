#if os(Linux)
    import CProcess

    /// Waits for what happens to a file and to processes: inotify(7) on the file's folder, and a pidfd for each process.
    ///
    /// One thread uses it; any thread may `wake` that. It lasts as long as the process.
    package final class ChangeWatch: @unchecked Sendable {
        private let wakePipe: WakePipe
        private let notices: Int32
        private let name: [UInt8]
        /// By pid. Those that could not be opened have ended, or cannot be seen from here.
        private var processes: [Int32: Int32] = [:]

        /// - Parameter file: may be made anew, and has others beside it, such as the log of a database.
        /// - Throws: `FileError` when there is no such folder, and when the system has no watches left.
        package init(of file: String) throws(FileError) {
            name = Array(Path.lastName(file).utf8)
            notices = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
            let mask = IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO
            guard notices >= 0, inotify_add_watch(notices, Path.parent(file), UInt32(mask)) >= 0,
                let wakePipe = WakePipe()
            else { throw .failed(path: file, code: errno) }
            self.wakePipe = wakePipe
        }

        package func wake() { wakePipe.wake() }

        /// Watches these processes from now on, and no others.
        package func follow(_ pids: Set<Int32>) {
            for (pid, descriptor) in processes where !pids.contains(pid) {
                close(descriptor)
                processes[pid] = nil
            }
            for pid in pids where processes[pid] == nil {
                let descriptor = portrun_follow_process(pid)
                if descriptor >= 0 { processes[pid] = descriptor }
            }
        }

        /// - Parameter milliseconds: negative for any time.
        package func wait(milliseconds: Int32) -> ChangeCauses {
            let pids = Array(processes)
            var entries = [wakePipe.reading, notices].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            entries += pids.map { pollfd(fd: $0.value, events: Int16(POLLIN), revents: 0) }
            guard poll(&entries, nfds_t(entries.count), milliseconds) > 0 else { return ChangeCauses() }
            if entries[0].revents != 0 { wakePipe.drain() }
            var causes = ChangeCauses()
            if entries[1].revents != 0 { causes.hasFileChanged = readNotices() }
            for (process, entry) in zip(pids, entries.dropFirst(2)) where entry.revents != 0 {
                causes.hasProcessEnded = true
                close(process.value)
                processes[process.key] = nil
            }
            return causes
        }

        /// Reads all notices that have come; true when one of them is about the file or its kin.
        private func readNotices() -> Bool {
            var isConcerned = false
            var buffer = [UInt8](repeating: 0, count: 16384)
            while true {
                let count = read(notices, &buffer, buffer.count)
                guard count > 0 else { return isConcerned }
                buffer[..<count].withUnsafeBytes { bytes in
                    // inotify_event: the watch, a mask, a cookie, the length of the name, the name and zeros.
                    var offset = 0
                    while offset + 16 <= count {
                        let mask = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
                        let length = Int(bytes.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
                        let name = bytes[(offset + 16)...].prefix(length)
                        // Some may be lost.
                        if mask & UInt32(IN_Q_OVERFLOW) != 0 || name.starts(with: self.name) { isConcerned = true }
                        offset += 16 + length
                    }
                }
            }
        }
    }
#endif
