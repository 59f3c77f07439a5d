import Foundation

/// A hundred ports that no other test has while this one lives, in this process and in the user's others: tests that run at the
/// same time may listen on theirs.
final class PortBlock: Sendable {
    /// The lowest of the ports.
    let first: Int
    private let lock: Int32

    /// Takes the next free one. A lock on a file keeps it, which ends with this or with the process.
    init() throws {
        for _ in 0..<Self.count {
            let number = Self.next()
            let descriptor = try Self.open(number)
            guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else {
                (first, lock) = ((200 + number) * 100, descriptor)
                return
            }
            close(descriptor)
        }
        throw POSIXError(.EAGAIN)
    }

    /// Takes the one with these ports, and waits for it.
    init(from first: Int) throws {
        self.first = first
        lock = try Self.open(first / 100 - 200)
        while flock(lock, LOCK_EX) != 0, errno == EINTR { continue }
    }

    deinit { close(lock) }

    private static func open(_ number: Int) throws -> Int32 {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("portrun-test-ports-\(getuid())-\(number)").path
        let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        return descriptor
    }

    /// How many there are, from 20000 on: below what Linux gives to clients.
    private static let count = 119
    private static let turns = NSLock()
    private nonisolated(unsafe) static var turn = Int.random(in: 0..<count)

    private static func next() -> Int {
        turns.withLock {
            turn = (turn + 1) % count
            return turn
        }
    }
}
