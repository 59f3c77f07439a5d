import PortrunBase
import PortrunMCP

/// Messages on standard input and output, one a line.
final class ProtocolStream {
    private var lines = MessageLines()
    private var hasEnded = false

    /// The next message; nil at the end of the input. Waits for it.
    func next() -> MessageLines.Line? {
        while true {
            if let line = lines.next() { return line }
            guard !hasEnded else { return nil }
            read()
        }
    }

    /// Waits so many milliseconds, while the request with this id is worked on; what comes meanwhile is kept.
    func pause(_ milliseconds: Int32, _ id: JSONValue) -> PauseEnding {
        let deadline = Deadline(after: .milliseconds(Int(milliseconds)))
        while true {
            if lines.remove({ Message.cancels(id, $0) }) { return .takenBack }
            if hasEnded { return .inputEnded }
            let left = deadline.milliseconds
            guard left > 0 else { return .isOver }
            // What waits is bounded: the rest stays with the client.
            let isFull = lines.waiting > MessageLines.limit
            var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            if poll(&input, isFull ? 0 : 1, left) > 0 { read() }
        }
    }

    /// A client that has gone is told by the end of its input.
    func write(_ line: String) throws(OutputError) {
        try Report.data(Array((line + "\n").utf8), isTerminal: false)
    }

    private func read() {
        let chunk = 65536
        let bytes = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
            var got: Int
            repeat {
                got = PortrunBase.read(STDIN_FILENO, buffer.baseAddress, chunk)
            } while got < 0 && (errno == EINTR || (errno == EAGAIN && Self.waitForInput()))
            count = max(got, 0)
        }
        guard bytes.isEmpty else { return lines.append(bytes) }
        lines.finish()
        hasEnded = true
    }

    /// Whoever made the descriptor non-blocking shares it with us: wait as if it were not.
    private static func waitForInput() -> Bool {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        poll(&input, 1, -1)
        return true
    }
}
