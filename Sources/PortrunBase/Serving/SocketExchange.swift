/// One request and its answer over a unix socket.
package enum SocketExchange {
    /// All that the listener at `path` sends until it closes the connection.
    ///
    /// - Returns: nil when nobody listens, when the answer is longer than `limit` bytes, and when it has not ended by
    ///   the deadline. Never waits longer, and raises no SIGPIPE.
    package static func answer(
        to request: [UInt8], at path: String, until deadline: Deadline, limit: Int
    ) -> [UInt8]? {
        let descriptor = socket(AF_UNIX, streamType, 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        // With a full queue a connect fails at once then (EAGAIN) and never waits: unix(7).
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        preventSIGPIPE(descriptor)
        guard RawAddress.unix(path, { connect(descriptor, $0, $1) }) == 0,
            send(request, to: descriptor, until: deadline)
        else { return nil }
        return receive(from: descriptor, until: deadline, limit: limit)
    }

    /// Sends what fits into the socket's buffer to a client, which may have gone: that is no matter, and raises no SIGPIPE.
    package static func sendAtOnce(_ bytes: [UInt8], to descriptor: Int32) {
        preventSIGPIPE(descriptor)
        _ = bytes.withUnsafeBytes { portableSend(descriptor, $0.baseAddress, $0.count) }
    }

    private static func send(_ request: [UInt8], to descriptor: Int32, until deadline: Deadline) -> Bool {
        var rest = request[...]
        while !rest.isEmpty {
            guard wait(for: POLLOUT, descriptor, until: deadline) else { return false }
            let count = rest.withUnsafeBytes { portableSend(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno != EINTR && errno != EAGAIN { return false }
            rest = rest.dropFirst(max(count, 0))
        }
        return true
    }

    private static func receive(from descriptor: Int32, until deadline: Deadline, limit: Int) -> [UInt8]? {
        var answer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while wait(for: POLLIN, descriptor, until: deadline) {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count == 0 { return answer }
            if count < 0 {
                guard errno == EINTR || errno == EAGAIN else { return nil }
                continue
            }
            answer += chunk[..<count]
            guard answer.count <= limit else { return nil }
        }
        return nil
    }

    /// True when `descriptor` is ready for `event`, or has ended; false at the deadline.
    private static func wait(for event: Int32, _ descriptor: Int32, until deadline: Deadline) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(event), revents: 0)
        while true {
            let left = deadline.milliseconds
            guard left > 0 else { return false }
            let count = poll(&entry, 1, left)
            if count > 0 { return true }
            guard count == 0 || errno == EINTR else { return false }
        }
    }
}
