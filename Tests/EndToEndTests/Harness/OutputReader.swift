import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunLaunch

/// What a program writes, read as it comes.
final class OutputReader {
    private var descriptor: Int32
    private(set) var bytes: [UInt8] = []
    private(set) var hasEnded = false
    /// How much of `bytes` earlier waits have passed over.
    private(set) var consumed = 0

    /// Takes over `descriptor`, which is read without blocking from now on.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    }

    deinit { stop() }

    /// Closes the stream.
    func stop() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
        hasEnded = true
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Takes in what there is, waiting up to `milliseconds` for something.
    func read(milliseconds: Int32 = 20) {
        guard !hasEnded else { return }
        var question = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&question, 1, milliseconds) > 0 else { return }
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = readChunk(&chunk)
        if count > 0 {
            bytes += chunk[..<count]
        } else if count == 0 || errno != EAGAIN && errno != EINTR {
            // The master of a terminal says EIO when nobody has it open any more.
            hasEnded = true
        }
    }

    /// Passes over output up to and including the next occurrence of `text`; false if there is none yet.
    func passes(_ text: String) -> Bool {
        guard let end = Self.end(of: Array(text.utf8), in: bytes[consumed...]) else { return false }
        consumed = end
        return true
    }

    /// Waits until `text` has come after whatever was waited for before.
    func wait(
        for text: String, errors: OutputReader? = nil, patience: Duration = Deadline.patience
    ) throws {
        let deadline = Deadline(patience)
        while !passes(text) {
            if deadline.hasPassed || hasEnded && !passes(text) {
                errors?.read(milliseconds: 0)
                throw HarnessError.missed(
                    text.debugDescription, output: self.text, errors: errors?.text ?? "")
            }
            read()
        }
    }

    /// The number that follows the next `text`, up to the end of the line.
    func number(after text: String, errors: OutputReader? = nil) throws -> Int32 {
        try wait(for: text, errors: errors)
        let start = consumed
        try wait(for: "\n", errors: errors)
        let line = String(decoding: bytes[start..<consumed], as: UTF8.self)
        guard let number = Int32(line.filter(\.isNumber)) else {
            throw HarnessError.missed("a number", output: self.text, errors: "")
        }
        return number
    }

    private func readChunk(_ chunk: inout [UInt8]) -> Int {
        #if os(Linux)
            Glibc.read(descriptor, &chunk, chunk.count)
        #else
            Darwin.read(descriptor, &chunk, chunk.count)
        #endif
    }

    private static func end(of text: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= text.count else { return nil }
        return (bytes.startIndex...(bytes.endIndex - text.count)).first {
            bytes[$0..<($0 + text.count)].elementsEqual(text)
        }.map { $0 + text.count }
    }
}
