import PortrunBase

/// `config/puma.rb`: `port 3000`, `port ENV.fetch("PORT", 3000)`, `port ENV.fetch("PORT") { 3000 }`, or
/// `bind "tcp://0.0.0.0:3000"`.
enum PumaConfiguration {
    static func port(in folder: String, _ look: Look, _ file: String? = nil) -> ConfiguredPort.Finding {
        let path = Path.absolute(file ?? "config/puma.rb", in: folder)
        var found: ConfiguredPort?
        var isAmbiguous = false
        let isWhole = ConfiguredPort.forEachLine(of: path, look) { line, place in
            for statement in line.split(separator: ";") {
                let text = statement.drop { $0 == " " || $0 == "\t" }
                var port: ConfiguredPort?
                if let value = text.rest(afterWord: "port") {
                    // Without a number it is `PORT`'s alone.
                    if value.hasPrefix("ENV"), !value.contains(where: \.isNumber) { continue }
                    port = number(value).flatMap { ConfiguredPort($0, path, line: place) }
                } else if let value = text.rest(afterWord: "bind") {
                    port = address(value).flatMap {
                        ConfiguredPort($0.number, path, line: place, told: .after(flag: "-b", address: $0.before))
                    }
                } else {
                    continue
                }
                if port == nil || found != nil && (found?.port != port?.port || found?.told != port?.told) {
                    isAmbiguous = true
                }
                found = found ?? port
            }
        }
        return isAmbiguous ? .unreadable : isWhole ? found.map { .port($0) } ?? .none : .none
    }

    private static func number(_ value: Substring) -> Int? {
        let text = value.prefix { $0 != "#" }
        let numbers = text.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) }
        guard numbers.count == 1 else { return nil }
        let isPlain = text.allSatisfy { $0 == " " || $0.isNumber }
        return isPlain || text.hasPrefix("ENV.fetch(") || text.hasPrefix("ENV[") || text.hasPrefix("Integer(ENV")
            ? numbers[0] : nil
    }

    /// `"tcp://0.0.0.0:3000"`
    private static func address(_ value: Substring) -> (before: String, number: Int)? {
        guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
        let text = value.dropFirst().prefix { $0 != quote }
        guard text.hasPrefix("tcp://"), let colon = text.lastIndex(of: ":"),
            let number = Int(text[text.index(after: colon)...])
        else { return nil }
        return (String(text[...colon]), number)
    }
}

extension Substring {
    /// What stands behind `word` and its blanks, or in its brackets.
    fileprivate func rest(afterWord word: String) -> Substring? {
        guard hasPrefix(word), let next = dropFirst(word.count).first, " \t(".contains(next) else { return nil }
        return dropFirst(word.count).drop { " \t(".contains($0) }
    }
}
