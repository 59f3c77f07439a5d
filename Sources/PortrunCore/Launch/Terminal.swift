/// The controlling terminal of this process.
struct Terminal {
    let descriptor: Int32

    /// The process group that reads the keys; -1 if there is none.
    var foregroundGroup: Int32 { tcgetpgrp(descriptor) }

    /// Calls `body` with the controlling terminal; nil when there is none.
    static func withControlling<Result>(_ body: (Terminal) -> Result) -> Result? {
        let descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return body(Terminal(descriptor: descriptor))
    }
}
