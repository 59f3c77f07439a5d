import PortrunBase

/// Changes to one command line, each to bytes that no other one changes.
struct LineEdits {
    private(set) var edits: [(range: Range<Int>, text: String)] = []
    /// Its `PORT` is another one.
    private(set) var isTold = false
    private let line: String
    private let bytes: [UInt8]

    init(_ line: String) {
        self.line = line
        bytes = Array(line.utf8)
    }

    /// A line with a number replaced, in bytes.
    static func replaced(_ own: Port, _ port: Port, in line: [UInt8]) -> [UInt8] {
        guard let text = String(validating: line, as: UTF8.self) else { return line }
        var edits = LineEdits(text)
        edits.replace(own, by: port)
        var result = line
        for edit in edits.edits.reversed() { result.replaceSubrange(edit.range, with: edit.text.utf8) }
        return result
    }

    mutating func insert(_ text: String, at place: Int) { change(place..<place, to: text) }

    /// Puts another number in the place of one that stands by itself.
    mutating func replace(_ own: Port, by port: Port) {
        let digits = Array(own.description.utf8)
        for start in bytes.indices where bytes[start...].starts(with: digits) {
            let end = start + digits.count
            guard start == 0 || Self.endsWord(bytes[start - 1]), end == bytes.count || Self.endsWord(bytes[end])
            else { continue }
            change(start..<end, to: port.description)
        }
    }

    /// Gives the command another `PORT`, and puts it where the line names that: foreman does so before any shell.
    mutating func tell(_ port: Port) {
        isTold = true
        for use in line.uses(of: "PORT") { change(use, to: port.description) }
        let script = ShellScript(line)
        let isOne = script.commands.count == 1 && !script.isParallel && script.endsWithCommand
        let isPlain = isOne && script.commands[0].first.map { !$0.opensCommand } ?? false
        // Before one command an assignment lets the shell become it, as it does without.
        change(0..<0, to: isPlain ? "PORT=\(port) " : "export PORT=\(port); ")
    }

    /// Changes addresses of this machine that name a port.
    mutating func follow(_ own: Port, _ port: Port) {
        for colon in bytes.indices where bytes[colon] == UInt8(ascii: ":") {
            guard let local = LocalPort(in: bytes, colon: colon), local.port == own else { continue }
            change(local.range, to: port.description)
        }
    }

    private mutating func change(_ range: Range<Int>, to text: String) {
        guard !edits.contains(where: { !range.isEmpty && $0.range.overlaps(range) }) else { return }
        edits.append((range, text))
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        !Environment.isPart(byte) && byte != UInt8(ascii: ".")
    }
}

extension String {
    /// Where it names a variable: `$NAME`, `${NAME}`, `${NAME:-word}`, in bytes.
    func uses(of name: String) -> [Range<Int>] {
        let (bytes, name) = (Array(utf8), Array(name.utf8))
        var uses: [Range<Int>] = []
        var index = 0
        while index < bytes.count {
            let start = index
            index += 1
            guard bytes[start] == UInt8(ascii: "$"), index < bytes.count else { continue }
            let isBraced = bytes[index] == UInt8(ascii: "{")
            let first = isBraced ? index + 1 : index
            guard bytes[first...].starts(with: name) else { continue }
            var end = first + name.count
            if end < bytes.count, Environment.isPart(bytes[end]) { continue }
            if isBraced {
                guard let close = bytes[end...].firstIndex(of: UInt8(ascii: "}")) else { continue }
                end = close + 1
            }
            uses.append(start..<end)
            index = end
        }
        return uses
    }
}
