import PortrunBase

/// Tells the open pages what happens, and remembers the last of it for those that are opened later.
///
/// It listens to the daemon's events while at least one page does: for nobody, nothing is looked at.
actor DashboardFeed {
    private let events: EventWatch
    private var pages: [Int: AsyncStream<String>.Continuation] = [:]
    private var last = 0
    private var listening: Task<Void, Never>?
    /// The events of this listening are told by now.
    private var isReady = false
    /// The newest first.
    private(set) var recent: [RecentEvent] = []

    /// So many events are remembered.
    private static let limit = 30
    /// A page that has not taken so many frames is let go.
    private static let patience = 1024
    /// From now on everything is told: the page looks once more then.
    private static let ready = "event: ready\ndata:\n\n"

    init(_ events: EventWatch) { self.events = events }

    /// The frames for one more page.
    ///
    /// - Throws: `FileError` where the system has no watches left.
    func join() throws(FileError) -> AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: String.self, bufferingPolicy: .bufferingOldest(Self.patience))
        if listening == nil {
            let frames = try events.frames()
            listening = Task { await listen(to: frames) }
        }
        last += 1
        let number = last
        pages[number] = continuation
        continuation.onTermination = { [weak self] _ in Task { await self?.leave(number) } }
        if isReady { continuation.yield(Self.ready) }
        return stream
    }

    private func leave(_ number: Int) {
        pages[number] = nil
        guard pages.isEmpty else { return }
        listening?.cancel()
        (listening, isReady) = (nil, false)
    }

    private func listen(to frames: AsyncStream<String>) async {
        for await frame in frames {
            guard !Task.isCancelled else { return }
            if let event = RecentEvent(frame, at: Int64(time(nil))) {
                recent = Array(([event] + recent).prefix(Self.limit))
                send(event.frame)
            } else if isReady {
                // Something to find out who has gone.
                send(frame)
            } else {
                isReady = true
                send(Self.ready)
            }
        }
        guard !Task.isCancelled else { return }
        // It was too slow: the pages come again.
        for page in pages.values { page.finish() }
        pages = [:]
        (listening, isReady) = (nil, false)
    }

    private func send(_ frame: String) {
        for (number, page) in pages {
            if case .enqueued = page.yield(frame) { continue }
            pages[number] = nil
            page.finish()
        }
    }
}
