import PortrunBase

/// `{port}`, `{url}`, `{port:api}` and `{url:api}` in the words of a command, and in what `write` writes.
///
/// `{{port}}` stands for the text `{port}`. A placeholder behind `$`, `%` or `#` is none: `${port}` is a shell's,
/// `%{url}` curl's and `#{port}` ruby's own. A name is that of a service; without one it is the command's own.
package struct Placeholder: Sendable, Equatable {
    package enum Kind: Sendable, Equatable { case port, url }

    package let kind: Kind
    /// nil for the command's own.
    package let service: ServiceName?

    /// The text of the placeholder when `service` has `port`.
    ///
    /// A URL names `localhost`, which reaches a server on 127.0.0.1 as well as one on ::1.
    func text(_ port: Port) -> String {
        switch kind {
        case .port: port.description
        case .url: "http://localhost:\(port)"
        }
    }

    /// The thing at one place of a word.
    enum Token {
        case placeholder(Placeholder)
        /// Two braces, which stand for one.
        case literal
    }

    /// The placeholders in `words`, in order, without repetitions.
    package static func all(in words: [String]) -> [Placeholder] {
        var all: [Placeholder] = []
        for word in words where word.utf8.contains(open) {
            scan(Array(word.utf8)) { token, _ in
                if case .placeholder(let placeholder) = token, !all.contains(placeholder) { all.append(placeholder) }
            }
        }
        return all
    }

    /// `words` with every placeholder that `port` knows replaced; everything else byte for byte.
    package static func filled(_ words: [[UInt8]], _ port: (ServiceName?) -> Port?) -> [[UInt8]] {
        var filled = words
        for (index, word) in words.enumerated() where word.contains(open) {
            var text: [UInt8] = []
            var end = 0
            scan(word) { token, range in
                text += word[end..<range.lowerBound]
                end = range.upperBound
                switch token {
                case .literal: text += word[(range.lowerBound + 1)..<(range.upperBound - 1)]
                case .placeholder(let placeholder):
                    if let port = port(placeholder.service) {
                        text += Array(placeholder.text(port).utf8)
                    } else {
                        text += word[range]
                    }
                }
            }
            text += word[end...]
            filled[index] = text
        }
        return filled
    }

    private static let open = UInt8(ascii: "{")
    private static let close = UInt8(ascii: "}")

    /// Hands over what stands in `word` beside plain bytes, and where, in order.
    static func scan(_ word: [UInt8], _ found: (Token, Range<Int>) -> Void) {
        var position = 0
        while position < word.count {
            guard word[position] == open, let (placeholder, end) = read(word, from: position + 1) else {
                // Two braces on each side of one.
                if word[position] == open, position + 1 < word.count, word[position + 1] == open,
                    let (_, end) = read(word, from: position + 2), end < word.count, word[end] == close
                {
                    found(.literal, position..<(end + 1))
                    position = end + 1
                } else {
                    position += 1
                }
                continue
            }
            if position == 0 || !isSigil(word[position - 1]) { found(.placeholder(placeholder), position..<end) }
            position = end
        }
    }

    private static func isSigil(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "$") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "#")
    }

    /// The placeholder between the braces, and its end, when the first brace is just before `start`.
    private static func read(_ word: [UInt8], from start: Int) -> (Placeholder, end: Int)? {
        let kind: Kind
        var position: Int
        if word[start...].starts(with: "port".utf8) {
            (kind, position) = (.port, start + 4)
        } else if word[start...].starts(with: "url".utf8) {
            (kind, position) = (.url, start + 3)
        } else {
            return nil
        }
        guard position < word.count else { return nil }
        if word[position] == close { return (Placeholder(kind: kind, service: nil), position + 1) }
        guard word[position] == UInt8(ascii: ":") else { return nil }
        position += 1
        let text = word[position...].prefix(ServiceName.byteLimit + 1)
        guard let end = text.firstIndex(where: { $0 == close || $0 == open }), word[end] == close,
            let service = ServiceName(String(decoding: word[position..<end], as: UTF8.self))
        else { return nil }
        return (Placeholder(kind: kind, service: service), end + 1)
    }
}
