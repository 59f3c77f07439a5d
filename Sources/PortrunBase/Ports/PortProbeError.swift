/// The system does not tell whether a port is taken: no socket can be opened to ask by.
package struct PortProbeError: ReportableError, Equatable {
    package let port: Port
    /// The errno value of socket(2), or of a call that lacked memory.
    package let code: Int32

    package init(port: Port, code: Int32) {
        self.port = port
        self.code = code
    }

    package var message: String {
        let reason = String(cString: strerror(code))
        return "cannot tell whether port \(port) is free: \(reason.prefix(1).lowercased())\(reason.dropFirst())"
    }

    package var hint: String? {
        switch code {
        case EMFILE: "raise the limit of open files (`ulimit -n`)"
        case EACCES, EPERM: "a sandbox may keep programs from opening sockets"
        case _: nil
        }
    }
}
