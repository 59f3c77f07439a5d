/// The process that holds a lease, named so that no other process at any time is taken for it.
package struct Holder: Sendable, Equatable {
    package var pid: Int32
    /// When it started, as the system counts: compared for equality only. nil when it could not be read.
    package var start: UInt64?
    /// The number that Linux gives a process from 6.9 on, unique since boot; nil elsewhere.
    package var pidfdID: UInt64?
    package var uid: UInt32
    package var bootID: String
    package var host: String
    package var pidNamespace: String
    package var networkNamespace: String

    package init(
        pid: Int32, start: UInt64?, pidfdID: UInt64? = nil, uid: UInt32, seenFrom vantage: Vantage
    ) {
        self.pid = pid
        self.start = start
        self.pidfdID = pidfdID
        self.uid = uid
        bootID = vantage.bootID
        host = vantage.host
        pidNamespace = vantage.pidNamespace
        networkNamespace = vantage.networkNamespace
    }

    /// The running process `pid`, as `process` sees it, whose user is noted.
    package static func of(pid: Int32, seenBy process: OwnProcess) -> Holder {
        var holder = Holder(pid: pid, start: nil, uid: process.uid, seenFrom: process.vantage)
        if case .present(let start, let pidfdID, _) = ProcessSighting.of(pid) {
            holder.start = start
            holder.pidfdID = pidfdID
        }
        return holder
    }
}
