import PortrunCore

/// What portrun says on standard error; each call is one write, so that lines of several processes do not mix.
enum Report {
    static func error(_ error: any ReportableError) {
        var text = "portrun: error: \(error.message)\n"
        if let hint = error.hint { text += "portrun: hint: \(hint)\n" }
        write(text, to: STDERR_FILENO)
    }

    static func warning(_ warning: Warning) { write("portrun: warning: \(warning.text)\n", to: STDERR_FILENO) }

    static func notice(_ text: String) { write("portrun: \(text)\n", to: STDERR_FILENO) }

    /// A question on a terminal, which the answer follows on the same line.
    static func prompt(_ text: String) { write(text, to: STDERR_FILENO) }

    /// Data, on standard output.
    ///
    /// A reader that has gone (EPIPE) is not an error of ours: SIGPIPE ends the process if nobody ignores it.
    static func output(_ text: String) { write(text, to: STDOUT_FILENO) }

    /// Likewise, byte for byte.
    static func output(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

    private static func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { PortrunCore.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                guard errno == EINTR else { return }
                continue
            }
            rest = rest.dropFirst(count)
        }
    }
}
