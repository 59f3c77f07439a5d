import PortrunBase

/// `gunicorn.conf.py`: `bind = "127.0.0.1:8000"`, or with `os.environ.get("PORT", 8000)` in it.
enum GunicornConfiguration {
    static func port(in folder: String, _ look: Look, _ file: String? = nil) -> ConfiguredPort.Finding {
        // `python:module`
        if file?.hasPrefix("python:") == true { return .unreadable }
        let name = file?.hasPrefix("file:") == true ? file.map { String($0.dropFirst(5)) } : file
        let path = Path.absolute(name ?? "gunicorn.conf.py", in: folder)
        var found: ConfiguredPort?
        var isUnreadable = false
        let isWhole = ConfiguredPort.forEachLine(of: path, look) { line, place in
            let text = line.drop { $0 == " " || $0 == "\t" }
            guard text.hasPrefix("bind"), let sign = text.firstIndex(where: { $0 != " " && !$0.isLetter }),
                text[..<sign].filter({ $0 != " " }) == "bind", "=:+".contains(text[sign])
            else { return }
            // One in a branch counts sometimes.
            let isPlain = text.startIndex == line.startIndex && text[sign] == "="
            let value = text[text.index(after: sign)...].drop { $0 == " " || $0 == "=" }
            guard isPlain, found == nil, let port = port(value, path, place) else {
                isUnreadable = true
                return
            }
            found = port
        }
        return isUnreadable ? .unreadable : isWhole ? found.map { .port($0) } ?? .none : .none
    }

    private static func port(_ value: Substring, _ path: String, _ place: Int) -> ConfiguredPort? {
        if let number = PortMention.onlyNumber(in: Array(value.utf8)) {
            return ConfiguredPort(number, path, line: place, told: .variable)
        }
        var text = value.prefix { $0 != "#" }
        while let last = text.last, last == " " { text.removeLast() }
        if text.first == "[", text.last == "]" { text = text.dropFirst().dropLast() }
        guard let quote = text.first, quote == "\"" || quote == "'", text.count > 2, text.last == quote
        else { return nil }
        text = text.dropFirst().dropLast()
        guard !text.contains(quote), !text.contains("{"), !text.contains(","), let colon = text.lastIndex(of: ":"),
            let number = Int(text[text.index(after: colon)...])
        else { return nil }
        return ConfiguredPort(number, path, line: place, told: .after(flag: "--bind", address: String(text[...colon])))
    }
}
