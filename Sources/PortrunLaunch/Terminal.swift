import PortrunBase

/// The controlling terminal of this process.
package struct Terminal {
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

    /// The columns of the terminal that `descriptor` is; nil for what is none, and for one that has not been told.
    package static func width(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
