import CProcess

/// The signals that this process ignores, as SIGHUP under nohup(1).
package enum IgnoredSignals {
    package static func read() -> sigset_t {
        var ignored = sigset_t()
        portrun_read_ignored(&ignored)
        return ignored
    }
}
