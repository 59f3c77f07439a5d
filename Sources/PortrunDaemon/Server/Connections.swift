import PortrunBase

/// The connections that are open, through all sockets of a daemon.
///
/// Whoever may connect to a door may do so very often, and other users of the machine may, too. They get neither the
/// descriptors that the unix socket and the registry need, nor much of anything else.
final class Connections: Sendable {
    /// So many may be open through addresses.
    let most: Int
    /// What many connections needed goes back to the system when most of them are gone.
    private let trim: @Sendable () -> Void
    private let counts = Locked(Counts())

    private struct Counts {
        var (addresses, strangers, all, peak) = (0, 0, 0, 0)
    }

    /// What a connection is to the daemon.
    enum Admission: Sendable {
        case welcome
        /// Is told that it is not served, and then closed.
        case stranger
        /// Is closed at once.
        case tooMany
    }

    /// So many of others are told why they are not served.
    static let mostStrangers = 16
    /// As long as there were no more than so many, nothing is given back.
    private static let burst = 64

    /// - Parameters:
    ///   - descriptors: how many the process may have.
    ///   - trim: is to give memory back, on a thread where that may take its time.
    init(descriptors: Int, trim: @escaping @Sendable () -> Void) {
        most = max(1, descriptors - max(64, descriptors / 4))
        self.trim = trim
    }

    /// Counts a connection, until `leave`.
    func enter(throughAddress isAddress: Bool, isServed: Bool) -> Admission {
        counts.use { counts in
            counts.all += 1
            counts.peak = max(counts.peak, counts.all)
            if isAddress { counts.addresses += 1 }
            if !isServed { counts.strangers += 1 }
            if isAddress, counts.addresses > most { return .tooMany }
            if isServed { return .welcome }
            return counts.strangers > Self.mostStrangers ? .tooMany : .stranger
        }
    }

    func leave(throughAddress isAddress: Bool, isServed: Bool) {
        let isOver = counts.use { counts in
            counts.all -= 1
            if isAddress { counts.addresses -= 1 }
            if !isServed { counts.strangers -= 1 }
            guard counts.peak > Self.burst, counts.all <= counts.peak / 4 else { return false }
            counts.peak = counts.all
            return true
        }
        if isOver { trim() }
    }
}

extension Connections {
    /// Counts a connection, and says how it is to be treated.
    ///
    /// - Parameter unread: how the door tells of what is no request.
    func conduct(
        of peer: Peer, isServed: Bool, unread: @escaping @Sendable (Problem) -> (type: String, text: String)
    ) -> HTTPConduct {
        let isAddress = if case .address = peer.place { true } else { false }
        return HTTPConduct(enter(throughAddress: isAddress, isServed: isServed), unread: unread) { [self] in
            leave(throughAddress: isAddress, isServed: isServed)
        }
    }
}
