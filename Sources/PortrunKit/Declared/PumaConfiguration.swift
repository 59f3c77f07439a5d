import PortrunBase

/// `config/puma.rb`: `port 3000`, or `port ENV.fetch("PORT", 3000)` and `port ENV.fetch("PORT") { 3000 }`.
enum PumaConfiguration {
    static func port(in folder: String, _ look: Look) -> ConfiguredPort? {
        let path = "\(folder)/config/puma.rb"
        guard let bytes = ConfiguredPort.read(path, look) else { return nil }
        var found: ConfiguredPort?
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let text = String(decoding: line, as: UTF8.self).drop { $0 == " " || $0 == "\t" }
            guard text.hasPrefix("port "), let number = number(text.dropFirst(5)) else { continue }
            if let found, Int(found.port.number) != number { return nil }
            found = found ?? ConfiguredPort(number, path, line: index + 1)
        }
        return found
    }

    private static func number(_ value: Substring) -> Int? {
        let text = value.drop { $0 == " " }.prefix { $0 != "#" }
        let numbers = text.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) }
        guard numbers.count == 1 else { return nil }
        let isPlain = text.allSatisfy { $0 == " " || $0.isNumber }
        return isPlain || text.hasPrefix("ENV.fetch(") || text.hasPrefix("ENV[") || text.hasPrefix("Integer(ENV")
            ? numbers[0] : nil
    }
}
