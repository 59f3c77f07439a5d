import PortrunBase

/// A line for `sh`, taken apart as far as its commands can be told from one another (POSIX, «Shell Command Language»).
struct ShellScript: Sendable, Equatable {
    /// In order; a command without words is left out.
    private(set) var commands: [[ScriptWord]] = []
    /// The end of each command's last word in the line, in bytes.
    private(set) var ends: [Int] = []
    /// More words behind the line are the last command's.
    private(set) var endsWithCommand = true
    /// The files that a loop or `read` takes its lines from: `done < .env`.
    private(set) var inputs: [ScriptWord] = []
    /// Two of the commands run at the same time.
    private(set) var isParallel = false

    private var words: [ScriptWord] = []
    private var text: [UInt8] = []
    private var hasWord = false
    private var isLiteral = true
    /// The next word is the file of a redirection.
    private var isRedirecting = false
    /// That file is one of `inputs`.
    private var isInput = false
    /// Where the last word has ended.
    private var end = 0

    init(_ line: String) {
        let bytes = Array(line.utf8)
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "'"):
                hasWord = true
                while position < bytes.count, bytes[position] != byte { take(bytes, &position) }
                position += 1
            case UInt8(ascii: "\""):
                hasWord = true
                while position < bytes.count, bytes[position] != byte {
                    if bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count,
                        [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$")].contains(bytes[position + 1])
                    {
                        position += 1
                    } else if bytes[position] == UInt8(ascii: "$") || bytes[position] == UInt8(ascii: "`") {
                        isLiteral = false
                    }
                    take(bytes, &position)
                }
                position += 1
            case UInt8(ascii: "\\"):
                hasWord = true
                if position < bytes.count { take(bytes, &position) }
            case UInt8(ascii: "$"), UInt8(ascii: "`"): substitute(bytes, &position, byte)
            case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "~"):
                isLiteral = false
                add(byte)
            case UInt8(ascii: " "), UInt8(ascii: "\t"): endWord(at: position - 1)
            case UInt8(ascii: "#") where !hasWord:
                while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
            case UInt8(ascii: ">"), UInt8(ascii: "<"):
                if !hasWord, position < bytes.count, bytes[position] == UInt8(ascii: "(") {
                    substitute(bytes, &position, byte)
                } else {
                    redirect(bytes, &position, byte)
                }
            case UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: ";"), UInt8(ascii: "\n"):
                operate(bytes, &position, byte)
            case UInt8(ascii: "("), UInt8(ascii: ")"):
                endCommand(at: position - 1)
                endsWithCommand = byte == UInt8(ascii: "(")
            default: add(byte)
            }
        }
        let hasCommand = endCommand(at: bytes.count)
        if hasCommand { endsWithCommand = true }
    }

    private mutating func add(_ byte: UInt8) {
        text.append(byte)
        hasWord = true
    }

    private mutating func take(_ bytes: [UInt8], _ position: inout Int) {
        add(bytes[position])
        position += 1
    }

    /// `$NAME`, `${NAME:-word}`, `$(command)`, `<(command)` or a command in backquotes, kept as written.
    private mutating func substitute(_ bytes: [UInt8], _ position: inout Int, _ first: UInt8) {
        isLiteral = false
        add(first)
        guard position < bytes.count else { return }
        let end: UInt8
        switch (first, bytes[position]) {
        case (UInt8(ascii: "`"), _): end = first
        case (_, UInt8(ascii: "{")): end = UInt8(ascii: "}")
        case (_, UInt8(ascii: "(")): end = UInt8(ascii: ")")
        default: return
        }
        while position < bytes.count, bytes[position] != end { take(bytes, &position) }
        if position < bytes.count { take(bytes, &position) }
    }

    private mutating func endWord(at position: Int) {
        defer {
            text = []
            hasWord = false
            isLiteral = true
        }
        guard hasWord else { return }
        let word = ScriptWord(text: String(decoding: text, as: UTF8.self), isLiteral: isLiteral)
        if isRedirecting {
            if isInput { inputs.append(word) }
            isRedirecting = false
        } else {
            words.append(word)
            end = position
        }
    }

    /// Returns true if it had words.
    @discardableResult
    private mutating func endCommand(at position: Int) -> Bool {
        endWord(at: position)
        guard !words.isEmpty else { return false }
        commands.append(words)
        ends.append(end)
        words = []
        return true
    }

    /// `>file`, `2>&1`: what is in front is the number of a descriptor, what follows a file.
    private mutating func redirect(_ bytes: [UInt8], _ position: inout Int, _ sign: UInt8) {
        if text.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            text = []
            hasWord = false
        }
        endWord(at: position - 1)
        let start = position
        while position < bytes.count,
            [UInt8(ascii: ">"), UInt8(ascii: "<"), UInt8(ascii: "&")].contains(bytes[position])
        {
            position += 1
        }
        isRedirecting = true
        isInput =
            sign == UInt8(ascii: "<") && position == start
            && words.contains { ["done", "read", "mapfile", "readarray"].contains($0.text) }
    }

    private mutating func operate(_ bytes: [UInt8], _ position: inout Int, _ byte: UInt8) {
        endCommand(at: position - 1)
        let isDouble = position < bytes.count && bytes[position] == byte
        if isDouble { position += 1 }
        switch (byte, isDouble) {
        case (UInt8(ascii: "&"), false):
            isParallel = true
            endsWithCommand = false
        default: endsWithCommand = false
        }
    }
}
