import PortrunBase

/// The signals that a portserver obeys, as something that poll(2) waits for.
struct PortserverSignals {
    /// Readable when a signal has come.
    let descriptor: Int32

    /// What a signal handler writes to.
    nonisolated(unsafe) private static var end: Int32 = -1

    private static let numbers = [SIGUSR1, SIGINT, SIGTERM, SIGHUP]

    /// Takes the signals over, for the rest of this process. One that came ignored stays ignored: nohup(1).
    ///
    /// - Returns: nil where there are no descriptors left.
    init?() {
        guard let pipe = Pipe() else { return nil }
        for end in [pipe.input, pipe.output] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        descriptor = pipe.output
        Self.end = pipe.input
        for number in Self.numbers {
            let former = signal(number) { number in
                let code = errno
                var byte = UInt8(truncatingIfNeeded: number)
                _ = write(PortserverSignals.end, &byte, 1)
                errno = code
            }
            if Self.isIgnoring(former), number != SIGUSR1 { signal(number, SIG_IGN) }
        }
    }

    /// Those that have come, in their order.
    func taken() -> [Int32] {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(descriptor, &bytes, bytes.count)
        return bytes.prefix(max(count, 0)).map(Int32.init)
    }

    /// Handlers cannot be compared in Swift.
    private static func isIgnoring(_ handler: (@convention(c) (Int32) -> Void)?) -> Bool {
        unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
