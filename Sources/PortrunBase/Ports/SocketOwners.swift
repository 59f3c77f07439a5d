/// Which process has which socket open, found out by one look at all programs' descriptors for many questions.
package final class SocketOwners {
    private var owners: [UInt64: Int32] = [:]
    /// When they were looked at, in nanoseconds of the monotonic clock; nil for not yet.
    private var looked: Int64?

    /// For so long a look holds, in nanoseconds: what is asked at once, is asked of one state.
    private static let freshness: Int64 = 1_000_000_000

    package init() {}

    /// The process that listens on `port`; nil when there is none or its owner lets nobody look.
    package func process(on port: Port, _ transport: TransportProtocol) -> ListeningProcess? {
        guard let sockets = BoundSocket.all(on: port, transport), !sockets.isEmpty else { return nil }
        let now = MonotonicClock.nanoseconds()
        if looked.map({ now - $0 > Self.freshness }) ?? true {
            owners = ListeningProcess.owners()
            looked = now
        }
        return sockets.lazy.compactMap { self.owners[$0.inode] }.first.map(ListeningProcess.process)
    }
}
