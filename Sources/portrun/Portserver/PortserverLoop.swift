import PortrunBase
import PortrunKit

/// The connections of a portserver: each has one request and gets one answer, and none keeps another waiting.
struct PortserverLoop {
    private let listener: LocalListener
    private let server: Portserver
    private let signals: PortserverSignals
    /// A descriptor whose end ends the server, too; nil for none.
    private let lifeline: Int32?
    private let isVerbose: Bool
    private var clients: [Client] = []
    /// When it is to be seen next who has ended.
    private var nextLook = Deadline(after: .zero)

    /// A port is free again so long after its process has ended, at most.
    private static let pause = Duration.milliseconds(250)
    /// Who connects and says nothing for so long has to connect again.
    private static let patience = Duration.seconds(5)
    /// Others wait in the socket's queue.
    private static let mostClients = 512

    private struct Client {
        let descriptor: Int32
        let deadline: Deadline
    }

    init(
        _ server: Portserver, on listener: LocalListener, _ signals: PortserverSignals, lifeline: Int32?,
        isVerbose: Bool
    ) {
        self.server = server
        self.listener = listener
        self.signals = signals
        self.lifeline = lifeline
        self.isVerbose = isVerbose
    }

    /// Serves until a signal or the lifeline ends it.
    mutating func run() {
        defer {
            clients.forEach { close($0.descriptor) }
            try? server.releaseEnded()
        }
        while true {
            let isFull = clients.count >= Self.mostClients
            var polled = [
                pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: lifeline ?? -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isFull ? -1 : listener.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            polled += clients.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
            let count = poll(&polled, nfds_t(polled.count), patience)
            guard count >= 0 || errno == EINTR else { return }
            if count > 0 {
                for number in signals.taken() {
                    guard number == SIGUSR1 else { return }
                    tellStatistics()
                }
                if polled[1].revents != 0 { return }
            }
            serve(polled[3...].map { count > 0 && $0.revents != 0 })
            if count > 0, polled[2].revents != 0 { accept() }
            if nextLook.milliseconds <= 0 {
                // The next look, or the next one who is given a port, does what could not be done.
                try? server.releaseEnded()
                nextLook = Deadline(after: Self.pause)
            }
        }
    }

    /// For how long nothing is to be done, in milliseconds; -1 for ever.
    private var patience: Int32 {
        let waits = clients.map(\.deadline.milliseconds) + (server.isHolding ? [max(1, nextLook.milliseconds)] : [])
        return waits.min() ?? -1
    }

    func tellStatistics() { server.statistics.lines.forEach(Report.notice) }

    private mutating func accept() {
        let descriptor = PortrunBase.accept(listener.descriptor, nil, nil)
        guard descriptor >= 0 else {
            // Out of descriptors: the queue stays ready, and some client has to end first.
            if errno == EMFILE || errno == ENFILE { poll(nil, 0, 10) }
            return
        }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        clients.append(Client(descriptor: descriptor, deadline: Deadline(after: Self.patience)))
    }

    /// Answers those that are ready, and drops those whose time is over.
    private mutating func serve(_ isReady: [Bool]) {
        var waiting: [Client] = []
        for (client, isReady) in zip(clients, isReady) {
            if isReady {
                answer(client.descriptor)
            } else if client.deadline.milliseconds > 0 {
                waiting.append(client)
                continue
            }
            close(client.descriptor)
        }
        clients = waiting
    }

    private func answer(_ descriptor: Int32) {
        // One byte more than the longest request.
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = read(descriptor, &bytes, bytes.count)
        let request = Array(bytes.prefix(max(count, 0)))
        do {
            let answer = try server.answer(to: request, from: PeerCredentials.uid(of: descriptor))
            // The client has gone otherwise: its port is free again when its process ends.
            if !answer.isEmpty { SocketExchange.sendAtOnce(answer, to: descriptor) }
            if isVerbose { tell(request, answer) }
        } catch {
            server.noteFailure()
            if let error = error as? any ReportableError { Report.error(error) }
        }
    }

    private func tell(_ request: [UInt8], _ answer: [UInt8]) {
        let process = TerminalText.onOneLine(String(decoding: request, as: UTF8.self).filter { $0 != "\n" })
        let port = String(decoding: answer.dropLast(), as: UTF8.self)
        Report.notice(port.isEmpty ? "denied a port to process \(process)" : "gave \(port) to process \(process)")
    }
}
