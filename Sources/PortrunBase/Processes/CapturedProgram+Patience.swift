extension CapturedProgram {
    /// How long a program is waited for: until a moment, or a signal that ends portrun.
    struct Patience {
        let deadline: Deadline
        let signals: HeldSignals

        /// How long a signal may go unnoticed, in milliseconds.
        private static let glance: Int32 = 20

        /// What `descriptor` gives until its end; nil when that does not come, or lies behind `limit` bytes.
        func readToEnd(_ descriptor: Int32, limit: Int) -> [UInt8]? {
            var bytes: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 4096)
            while bytes.count <= limit {
                var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                guard poll(&wanted, 1, min(deadline.milliseconds, Self.glance)) > 0 else {
                    if isOver { return nil }
                    continue
                }
                let count = read(descriptor, &chunk, chunk.count)
                if count > 0 { bytes += chunk[..<count] }
                if count == 0 || (count < 0 && errno != EINTR) { return bytes }
                // A program that never ends to print never lets the poll wait.
                if isOver { return nil }
            }
            return nil
        }

        /// The status of waitpid(2) of the child, which has ended then; nil when it does not. That of a killed one when
        /// the system tells nobody, or has told another thread that waits for any child.
        func wait(for child: pid_t) -> Int32? {
            var status: Int32 = 0
            var pause: UInt32 = 100
            while true {
                let ended = waitpid(child, &status, WNOHANG)
                if ended == child { return status }
                guard ended == 0 || errno == EINTR else { return SIGKILL }
                if isOver { return nil }
                // It has closed its output, so that there is next to nothing left for it to do.
                usleep(pause)
                pause = min(pause * 2, UInt32(Self.glance) * 1000)
            }
        }

        private var isOver: Bool { deadline.milliseconds == 0 || signals.haveCome }
    }
}
