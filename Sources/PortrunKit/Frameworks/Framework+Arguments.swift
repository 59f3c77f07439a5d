import PortrunBase

extension Framework {
    /// The number of `arguments` that lead to the server, such as 1 in `run app.py`; nil when they lead elsewhere.
    ///
    /// Before the first word that is no flag there may be flags, and whatever follows one of those may be its value.
    func commandSize(in arguments: ArraySlice<ScriptWord>) -> Int? {
        switch command {
        case .words(let words):
            return Self.firstWord(of: arguments, expecting: words).flatMap { $0.isExpected ? $0.size : nil }
        case .allBut(let words):
            guard let first = Self.firstWord(of: arguments, expecting: words) else { return 0 }
            return first.isExpected ? nil : 0
        case .flags(let flags):
            let isThere = arguments.contains { word in
                flags.contains { word.text == $0 || word.text.hasPrefix($0 + "=") }
            }
            return isThere ? 0 : nil
        }
    }

    private static func firstWord(
        of arguments: ArraySlice<ScriptWord>, expecting words: [String]
    ) -> (size: Int, isExpected: Bool)? {
        var mayBeValue = false
        for (offset, argument) in arguments.enumerated() {
            if argument.text == "--" { return nil }
            if argument.text.hasPrefix("-") {
                mayBeValue = !argument.text.utf8.contains(UInt8(ascii: "="))
            } else if words.contains(argument.text) {
                return (offset + 1, true)
            } else if mayBeValue {
                mayBeValue = false
            } else {
                return (offset + 1, false)
            }
        }
        return nil
    }

    /// A port that a command line gives.
    struct Given: Sendable, Equatable {
        /// nil where it is no number.
        let port: Port?
        let word: ScriptWord
    }

    /// The last port in `arguments`, those behind the words that lead to the server.
    func given(in arguments: ArraySlice<ScriptWord>) -> Given? {
        var given: Given?
        var index = arguments.startIndex
        while index < arguments.endIndex {
            let word = arguments[index]
            index += 1
            if word.text == "--" {
                if case .url = injection { continue }
                break
            }
            if case .positional = injection {
                if valuedFlags.contains(word.text) {
                    index += 1
                } else if !word.text.hasPrefix("-") {
                    return Given(port: Self.port(in: word.text), word: word)
                }
                continue
            }
            for spelling in spellings {
                if word.text == spelling {
                    // `esbuild --serve` alone is a flag without a value.
                    if case .joined = injection, case .flags = command { continue }
                    guard index < arguments.endIndex, !arguments[index].text.hasPrefix("-") else { continue }
                    given = Given(port: Self.port(in: arguments[index].text), word: arguments[index])
                    index += 1
                    break
                }
                guard let value = Self.value(in: word.text, of: spelling) else { continue }
                given = Given(port: Self.port(in: value), word: word)
                break
            }
        }
        return given
    }

    /// The value attached to a flag: `--port=80`, `-p80`, `-p=80`; nil when `word` is another flag.
    private static func value(in word: String, of spelling: String) -> String? {
        guard let rest = word.rest(after: spelling) else { return nil }
        if let value = rest.rest(after: "=") { return value }
        let isAttached = !spelling.hasPrefix("--") && rest.first.map { $0.isNumber || $0 == "$" || $0 == ":" } == true
        return isAttached ? rest : nil
    }

    /// True where `arguments` make the server listen on something that is no port.
    func isRefused(by arguments: ArraySlice<ScriptWord>) -> Bool {
        guard !refusals.isEmpty else { return false }
        for argument in arguments {
            if argument.text == "--" { return false }
            for refusal in refusals where argument.text == refusal || argument.text.hasPrefix(refusal + "=") {
                return true
            }
        }
        return false
    }

    /// `80`, `:80`, `localhost:80`, `http://localhost:80/`, and what stands in `${PORT:-80}`.
    static func port(in text: String) -> Port? {
        var digits: [UInt8] = []
        // The last run of digits behind a colon, or all of the text.
        for byte in text.utf8.reversed() {
            if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                digits.append(byte)
            } else if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-") {
                break
            } else if digits.isEmpty, byte == UInt8(ascii: "/") || byte == UInt8(ascii: "}") {
                continue
            } else {
                return nil
            }
        }
        return Port(String(decoding: digits.reversed(), as: UTF8.self))
    }
}

extension Framework {
    /// Tells the port in the way of a configuration file.
    mutating func tell(as told: ConfiguredPort.Told?) {
        switch told {
        case .variable:
            (injection, readsPort) = (.variable(nil), true)
        // The framework's own command says no more than a port.
        case .after where name == "rails": break
        case .after(let flag, let address): injection = .after(flag: flag, address: address)
        case nil: break
        }
    }
}

extension ArraySlice<ScriptWord> {
    /// The value of the last of `flags`: `-c FILE`, `--config=FILE`.
    func literal(behind flags: [String]) -> String? {
        var value: String?
        for index in indices {
            for flag in flags {
                if self[index].text == flag, index + 1 < endIndex, self[index + 1].isLiteral {
                    value = self[index + 1].text
                } else if flag.hasPrefix("--"), let rest = self[index].text.rest(after: flag + "=") {
                    value = rest
                }
            }
        }
        return value
    }
}
