import PortrunBase

/// `server.port` in `application.properties`, `.yml` or `.yaml` of a Spring project.
///
/// A profile's file or document may say another number, and which profiles are active is not known: files of profiles
/// are not read, and a file that says two numbers is ambiguous.
enum SpringApplication {
    static func port(in folder: String, _ look: Look) -> ConfiguredPort? {
        // Of two files in one place `.properties` wins, and `config/` wins over the place itself.
        for place in ["config", "src/main/resources/config", "src/main/resources"] {
            for ending in ["properties", "yml", "yaml"] {
                let path = "\(folder)/\(place)/application.\(ending)"
                let finding = ending == "properties" ? ofProperties(path, look) : ofYAML(path, look)
                guard let found = finding, found.isAmbiguous || found.number != nil else { continue }
                return found.number.flatMap { ConfiguredPort($0, path, line: found.line) }
            }
        }
        return nil
    }

    private struct Finding {
        var number: Int?
        var line = 0
        var isAmbiguous = false

        mutating func add(_ value: Substring, line: Int) {
            let number = SpringApplication.number(value)
            if number == nil || (self.number != nil && self.number != number) { isAmbiguous = true }
            if isAmbiguous {
                self.number = nil
            } else if self.number == nil {
                (self.number, self.line) = (number, line)
            }
        }
    }

    private static func ofProperties(_ path: String, _ look: Look) -> Finding? {
        var finding = Finding()
        let isWhole = ConfiguredPort.forEachLine(of: path, look) { line, number in
            let text = line.drop { $0 == " " || $0 == "\t" }
            guard text.hasPrefix("server.port") else { return }
            let rest = text.dropFirst("server.port".count).drop { $0 == " " || $0 == "\t" }
            guard rest.first == "=" || rest.first == ":" else { return }
            finding.add(rest.dropFirst(), line: number)
        }
        return isWhole ? finding : nil
    }

    private static func ofYAML(_ path: String, _ look: Look) -> Finding? {
        var finding = Finding()
        /// The spaces before the keys of `server:`; -1 behind its line, before they are known; nil outside.
        var indent: Int?
        let isWhole = ConfiguredPort.forEachLine(of: path, look) { line, number in
            let depth = line.prefix { $0 == " " }.count
            let text = line.dropFirst(depth)
            guard let first = text.first, first != "#" else { return }
            if depth == 0 {
                indent = nil
                if let value = value(of: "server.port", in: text) { finding.add(value, line: number) }
                if value(of: "server", in: text)?.allSatisfy({ $0 == " " }) == true { indent = -1 }
                return
            }
            if indent == -1 { indent = depth }
            if depth == indent, let value = value(of: "port", in: text) { finding.add(value, line: number) }
        }
        return isWhole ? finding : nil
    }

    /// What stands behind `key:`, without a comment.
    private static func value(of key: String, in text: Substring) -> Substring? {
        guard text.hasPrefix(key), text.dropFirst(key.count).first == ":" else { return nil }
        let value = text.dropFirst(key.count + 1)
        var last: Character = " "
        for index in value.indices {
            if value[index] == "#", last == " " { return value[..<index] }
            last = value[index]
        }
        return value
    }

    /// `8080`, `"8080"`, `${PORT:8080}`.
    private static func number(_ value: Substring) -> Int? {
        var text = value.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        if let quote = text.first, quote == "\"" || quote == "'", text.count > 1, text.last == quote {
            text = text.dropFirst().dropLast()
        }
        if text.hasPrefix("${"), text.last == "}", let colon = text.firstIndex(of: ":") {
            text = text[text.index(after: colon)...].dropLast()
        }
        return Int(text)
    }
}
