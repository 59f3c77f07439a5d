import PortrunBase

/// All that portrun prints.
///
/// Nothing that a terminal obeys gets through, but in data for programs, which have it exactly. On standard error each
/// call is one write, so that lines of several processes do not mix.
enum Report {
    static func error(_ error: any ReportableError) {
        var text = line("error: \(cut(error.message))")
        if let hint = error.hint { text += line("hint: \(hint)") }
        say(text)
    }

    static func warning(_ warning: Warning) { say(line("warning: \(cut(warning.text))")) }

    /// A project may have names of any length.
    private static func cut(_ text: String) -> String { TerminalText.cut(text, to: 8192) }

    static func notice(_ text: String) { say("portrun: \(TerminalText.row(text))\n") }

    /// A question on a terminal, which the answer follows on the same line.
    static func prompt(_ text: String) { say(TerminalText.lines(text)) }

    /// A line on a terminal over the last one. A control sequence clears what that had more: ECMA-48, EL.
    static func progress(_ text: String) { say("\r\(TerminalText.onOneLine(text))\u{1B}[K") }

    /// Answers, on standard output. Names in them stand on one line each: see `TerminalText.onOneLine`.
    static func output(_ text: String) throws(OutputError) { try put(Array(TerminalText.lines(text).utf8)) }

    /// An array of JSON on standard output, part by part: as a whole, with very many elements, it takes much memory.
    static func array<Element>(_ elements: [Element], _ value: (Element) -> JSONValue) throws(OutputError) {
        var text = "["
        for (index, element) in elements.enumerated() {
            text += (index == 0 ? "" : ",") + inner(.array([value(element)]))
            if text.utf8.count > partSize {
                try output(text)
                text = ""
            }
        }
        try output(text + (elements.isEmpty ? "]\n" : "\n]\n"))
    }

    /// An object of JSON on standard output, likewise; its arrays are printed part by part.
    static func object(_ members: [(key: String, value: JSONMember)]) throws(OutputError) {
        var text = "{"
        for (place, member) in members.enumerated() {
            let (count, element): (Int, (Int) -> JSONValue)
            switch member.value {
            case .value(let value):
                text += (place == 0 ? "" : ",") + inner(.object(JSONValue.KeyValuePairs([(member.key, value)])))
                continue
            case .elements(let number, let value): (count, element) = (number, value)
            }
            text += (place == 0 ? "" : ",") + inner(.object(JSONValue.KeyValuePairs([(member.key, .array([]))])))
            text.removeLast()
            for index in 0..<count {
                // Without the brackets of two arrays of one, each on a line of its own.
                let lines = JSONValue.array([.array([element(index)])]).text.utf8.dropFirst(5).dropLast(6)
                text += (index == 0 ? "" : ",") + String(decoding: lines, as: UTF8.self)
                if text.utf8.count > partSize {
                    try output(text)
                    text = ""
                }
            }
            text += count == 0 ? "]" : "\n  ]"
        }
        try output(text + (members.isEmpty ? "}\n" : "\n}\n"))
    }

    /// The lines in an array or object, each behind a line break.
    private static func inner(_ value: JSONValue) -> String {
        String(decoding: value.text.utf8.dropFirst().dropLast(2), as: UTF8.self)
    }

    /// Data for a program, on standard output: byte for byte, unless it is a terminal that gets it.
    static func data(_ bytes: [UInt8], isTerminal: Bool) throws(OutputError) {
        guard isTerminal else { return try put(bytes) }
        // In parts, of whole lines, so that little of it is held more than once.
        var rest = bytes[...]
        while !rest.isEmpty {
            let isLong = rest.count > partSize
            let end = isLong ? rest.dropFirst(partSize).firstIndex(of: UInt8(ascii: "\n")) : nil
            let part = rest[..<(end.map { $0 + 1 } ?? rest.endIndex)]
            try output(String(decoding: part, as: UTF8.self))
            rest = rest[part.endIndex...]
        }
    }

    private static let partSize = 1 << 16

    /// A reader that has gone (EPIPE) is not an error of ours: SIGPIPE ends the process if nobody ignores it.
    private static func put(_ bytes: [UInt8]) throws(OutputError) {
        let code = write(bytes, to: STDOUT_FILENO)
        guard code == 0 || code == EPIPE else { throw OutputError(code: code) }
    }

    /// Names in it may hold anything, but no line more.
    private static func line(_ text: String) -> String { "portrun: \(TerminalText.onOneLine(text))\n" }

    /// A text that standard error does not take is lost: there is nowhere else to say it.
    private static func say(_ text: String) { _ = write(Array(text.utf8), to: STDERR_FILENO) }

    /// - Returns: 0, or the errno value of what went wrong.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { PortrunBase.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                switch errno {
                case EINTR: break
                case EAGAIN:
                    // Whoever made the descriptor non-blocking shares it with us: wait as if it were not.
                    var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&wanted, 1, -1)
                case let code: return code
                }
                continue
            }
            rest = rest.dropFirst(count)
        }
        return 0
    }
}

/// Standard output does not take what was to be printed.
struct OutputError: ReportableError, Equatable {
    /// The errno value.
    let code: Int32

    var message: String { "cannot write to standard output: \(String(cString: strerror(code)))" }
}
