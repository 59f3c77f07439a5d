#if canImport(Darwin)
    /// Waits for what happens to a file and to processes: kqueue(2) on the file, its log and its folder, and on each
    /// process.
    ///
    /// One thread uses it; any thread may `wake` that. It lasts as long as the process.
    package final class ChangeWatch: @unchecked Sendable {
        private let wakePipe: WakePipe
        private let queue: Int32
        private let paths: [String]
        /// Those of `paths` that are open.
        private var files: [Int32] = []
        private var processes: Set<Int32> = []

        /// - Parameter file: may be made anew, and has others beside it, such as the log of a database.
        /// - Throws: `FileError`.
        package init(of file: String) throws(FileError) {
            // A folder tells of new names alone, and not of what is written to a file.
            paths = [Path.parent(file), file, file + "-wal"]
            queue = kqueue()
            guard queue >= 0, let wakePipe = WakePipe() else { throw .failed(path: file, code: errno) }
            self.wakePipe = wakePipe
            _ = fcntl(queue, F_SETFD, FD_CLOEXEC)
            add(UInt(wakePipe.reading), EVFILT_READ, 0, 0)
            openFiles()
        }

        package func wake() { wakePipe.wake() }

        /// Watches these processes from now on, and no others.
        package func follow(_ pids: Set<Int32>) {
            for pid in pids.subtracting(processes) {
                add(UInt(pid), EVFILT_PROC, UInt16(EV_ONESHOT), UInt32(NOTE_EXIT))
            }
            processes = pids
        }

        /// - Parameter milliseconds: negative for any time.
        package func wait(milliseconds: Int32) -> ChangeCauses {
            var events = Array(repeating: Darwin.kevent(), count: 64)
            let count = take(&events, milliseconds < 0 ? nil : Self.time(milliseconds))
            var causes = ChangeCauses()
            for event in events.prefix(max(0, Int(count))) {
                switch Int32(event.filter) {
                case EVFILT_READ: wakePipe.drain()
                case EVFILT_PROC:
                    processes.remove(Int32(event.ident))
                    causes.hasProcessEnded = true
                default: causes.hasFileChanged = true
                }
            }
            if causes.hasFileChanged { openFiles() }
            return causes
        }

        private static func time(_ milliseconds: Int32) -> timespec {
            timespec(tv_sec: Int(milliseconds) / 1000, tv_nsec: Int(milliseconds) % 1000 * 1_000_000)
        }

        private func take(_ events: inout [Darwin.kevent], _ time: timespec?) -> Int32 {
            let capacity = Int32(events.count)
            guard var time else { return kevent(queue, nil, 0, &events, capacity, nil) }
            return kevent(queue, nil, 0, &events, capacity, &time)
        }

        /// Follows the files that stand at the paths now.
        private func openFiles() {
            for file in files { close(file) }
            files = paths.compactMap { path in
                let file = PortrunBase.open(path, O_EVTONLY | O_CLOEXEC)
                guard file >= 0 else { return nil }
                let notes = NOTE_WRITE | NOTE_EXTEND | NOTE_DELETE | NOTE_RENAME
                add(UInt(file), EVFILT_VNODE, UInt16(EV_CLEAR), UInt32(notes))
                return file
            }
        }

        private func add(_ identifier: UInt, _ filter: Int32, _ flags: UInt16, _ notes: UInt32) {
            var change = Darwin.kevent(
                ident: identifier, filter: Int16(filter), flags: UInt16(EV_ADD) | flags, fflags: notes, data: 0,
                udata: nil)
            _ = kevent(queue, &change, 1, nil, 0, nil)
        }
    }
#endif
