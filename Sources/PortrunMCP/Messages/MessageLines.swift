import PortrunBase

/// Splits what comes in into messages, one a line, however it comes in pieces.
package struct MessageLines {
    /// The most bytes of a line; a longer one is left out and answered with an error.
    package static let limit = 1 << 20

    package enum Line: Sendable, Equatable {
        case message([UInt8])
        case tooLong
    }

    /// The whole lines that have come, behind those that were given out.
    private var lines: [Line] = []
    private var given = 0
    /// The start of a line whose end has not come.
    private var start: [UInt8] = []
    private var isTooLong = false
    /// How many bytes wait to be given out.
    package private(set) var waiting = 0

    package init() {}

    package mutating func append(_ bytes: some Sequence<UInt8>) {
        for part in Array(bytes).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            if part.offset > 0 { endLine() }
            guard !isTooLong else { continue }
            start += part.element
            if start.count > Self.limit {
                isTooLong = true
                start = []
            }
        }
    }

    /// Takes what has come so far for the last line.
    package mutating func finish() { endLine() }

    private mutating func endLine() {
        if isTooLong {
            lines.append(.tooLong)
        } else if start.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) {
            waiting += start.count
            lines.append(.message(start))
        }
        start = []
        isTooLong = false
    }

    /// The next line that is not blank; nil when none is whole.
    package mutating func next() -> Line? {
        guard given < lines.count else { return nil }
        let line = lines[given]
        given += 1
        if case .message(let bytes) = line { waiting -= bytes.count }
        if given == lines.count { (lines, given) = ([], 0) }
        return line
    }

    /// Takes the first message that `isWanted` out of those that wait.
    ///
    /// - Returns: true when there was one.
    package mutating func remove(_ isWanted: ([UInt8]) -> Bool) -> Bool {
        for index in lines.indices.dropFirst(given) {
            guard case .message(let bytes) = lines[index], isWanted(bytes) else { continue }
            waiting -= bytes.count
            lines.remove(at: index)
            return true
        }
        return false
    }
}
