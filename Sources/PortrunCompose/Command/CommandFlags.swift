import PortrunBase

/// The flags of a command line, read as docker and its kin read them (github.com/spf13/pflag).
struct CommandFlags {
    /// A flag as it is written: `--name`, `-n`, or several letters of which none takes a value.
    struct Flag {
        let name: String
        /// nil where it has none.
        let value: CommandWord?
    }

    private let words: [String]
    /// The word to read next.
    private(set) var position: Int
    private let takesValue: (_ flag: String) -> Bool
    /// Behind `--`, no word is a flag.
    private var isOver = false

    /// - Parameter takesValue: true of a flag that the next word belongs to, where nothing is attached to it.
    init(_ words: [String], from position: Int, takesValue: @escaping (_ flag: String) -> Bool) {
        self.words = words
        self.position = position
        self.takesValue = takesValue
    }

    /// The flag at the position; nil at a word that is none, behind `--`, and at the end.
    mutating func next() -> Flag? {
        guard !isOver, position < words.count, words[position].hasPrefix("-"), words[position] != "-" else {
            return nil
        }
        let place = position
        position += 1
        if words[place] == "--" {
            isOver = true
            return nil
        }
        let (name, attached) = split(words[place], at: place)
        guard attached == nil, takesValue(name), position < words.count else {
            return Flag(name: name, value: attached)
        }
        position += 1
        return Flag(name: name, value: CommandWord(words[position - 1], word: position - 1))
    }

    /// Reads to the end, flags between the operands too.
    ///
    /// - Returns: the operands.
    mutating func readAll(_ take: (Flag) -> Void) -> [CommandWord] {
        var operands: [CommandWord] = []
        while position < words.count {
            if let flag = next() {
                take(flag)
            } else if position < words.count {
                operands.append(CommandWord(words[position], word: position))
                position += 1
            }
        }
        return operands
    }

    /// `--name=value`, `-nvalue`, `-n=value`, or several letters in one of which the last may take a value.
    private func split(_ argument: String, at place: Int) -> (name: String, value: CommandWord?) {
        let bytes = argument.utf8
        func value(from start: String.Index) -> CommandWord {
            CommandWord(
                String(argument[start...]), word: place, offset: bytes.distance(from: bytes.startIndex, to: start))
        }
        if argument.hasPrefix("--") {
            guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else { return (argument, nil) }
            return (String(argument[..<equals]), value(from: bytes.index(after: equals)))
        }
        var letters = argument.unicodeScalars.dropFirst()
        while let letter = letters.popFirst() {
            let name = "-\(letter)"
            guard takesValue(name) else { continue }
            if letters.first == "=" { letters.removeFirst() }
            return (name, letters.isEmpty ? nil : value(from: letters.startIndex))
        }
        return (argument, nil)
    }
}

/// A text in a command line, and where it stands.
struct CommandWord: Sendable, Equatable {
    let text: String
    /// The place of its word among those of the command line.
    let word: Int
    /// Where it starts in its word, in bytes.
    let offset: Int

    init(_ text: String, word: Int, offset: Int = 0) {
        self.text = text
        self.word = word
        self.offset = offset
    }

    /// A part of it; the range is in bytes.
    func part(_ range: Range<Int>) -> CommandWord {
        CommandWord(
            String(decoding: Array(text.utf8)[range], as: UTF8.self), word: word, offset: offset + range.lowerBound)
    }

    /// What stands before the first `separator`; all of it where there is none.
    func prefix(to separator: Unicode.Scalar) -> CommandWord {
        let bytes = text.utf8
        let end = bytes.firstIndex(of: UInt8(ascii: separator)) ?? bytes.endIndex
        return part(0..<bytes.distance(from: bytes.startIndex, to: end))
    }

    /// What stands behind `start`; nil where it does not start so.
    func dropping(_ start: String) -> CommandWord? {
        text.hasPrefix(start) ? part(start.utf8.count..<text.utf8.count) : nil
    }

    /// The values of `key=value,key=value` by their keys; one without `=` is a key alone.
    var fields: [(key: String, value: CommandWord)] {
        var fields: [(key: String, value: CommandWord)] = []
        var start = 0
        for field in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let equals = field.firstIndex(of: UInt8(ascii: "="))
            let key = String(decoding: field[..<(equals ?? field.endIndex)], as: UTF8.self)
            let end = start + field.count
            fields.append((key, part((equals == nil ? end : start + key.utf8.count + 1)..<end)))
            start = end + 1
        }
        return fields
    }
}
