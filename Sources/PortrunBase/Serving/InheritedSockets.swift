/// Sockets that a service manager hands over to the process that it starts: sd_listen_fds(3).
package enum InheritedSockets {
    private static let first: Int32 = 3

    /// Each with the name that the manager gives it; none where they are meant for another process.
    ///
    /// None of them reaches a program that this one starts. To be called once.
    package static func take(from environment: Environment, pid: Int32) throws(ServerSocketError) -> [(
        name: String, socket: ServerSocket
    )] {
        guard environment["LISTEN_PID"] == String(pid), let count = environment["LISTEN_FDS"].flatMap(Int32.init),
            count > 0
        else { return [] }
        let names = (environment["LISTEN_FDNAMES"] ?? "").split(separator: ":", omittingEmptySubsequences: false)
        var sockets: [(name: String, socket: ServerSocket)] = []
        for index in 0..<count {
            _ = fcntl(first + index, F_SETFD, FD_CLOEXEC)
            let name = Int(index) < names.count ? String(names[Int(index)]) : ""
            sockets.append((name, try .given(first + index)))
        }
        return sockets
    }
}
