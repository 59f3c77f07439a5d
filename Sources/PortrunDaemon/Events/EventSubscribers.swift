import PortrunBase

/// Those who want to be told.
final class EventSubscribers: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    // Read and changed under `mutex`.
    private var streams: [Int: AsyncStream<String>.Continuation] = [:]
    private var newcomers: [AsyncStream<String>.Continuation] = []
    private var last = 0

    /// Who has not taken so many events is too slow, and is let go.
    private static let patience = 4096

    init() {
        mutex = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
    }

    private func alone<Result>(_ body: () -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }

    var isEmpty: Bool { alone { streams.isEmpty } }

    /// Adds one, who gets all frames from now on until it is of no more use.
    func add() -> AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: String.self, bufferingPolicy: .bufferingOldest(Self.patience))
        let number = alone {
            last += 1
            streams[last] = continuation
            newcomers.append(continuation)
            return last
        }
        continuation.onTermination = { [weak self] _ in self?.remove(number) }
        return stream
    }

    /// Sends the first frame to those who have come since the last call.
    func greet(_ frame: String) {
        let newcomers = alone {
            defer { self.newcomers = [] }
            return self.newcomers
        }
        for stream in newcomers { stream.yield(frame) }
    }

    private func remove(_ number: Int) { _ = alone { streams.removeValue(forKey: number) } }

    /// Lets all of them go.
    func end() {
        for (number, stream) in alone({ streams }) {
            remove(number)
            stream.finish()
        }
    }

    func send(_ frame: String) {
        // Outside of the lock: to end a stream is to remove it.
        for (number, stream) in alone({ streams }) {
            if case .enqueued = stream.yield(frame) { continue }
            remove(number)
            stream.finish()
        }
    }
}
