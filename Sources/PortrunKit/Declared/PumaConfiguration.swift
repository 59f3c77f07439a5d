import PortrunBase

/// `config/puma.rb`: `port 3000`, or `port ENV.fetch("PORT", 3000)` and `port ENV.fetch("PORT") { 3000 }`.
enum PumaConfiguration {
    static func port(in folder: String, _ look: Look) -> ConfiguredPort? {
        let path = "\(folder)/config/puma.rb"
        var found: ConfiguredPort?
        var isAmbiguous = false
        let isWhole = ConfiguredPort.forEachLine(of: path, look) { line, place in
            let text = line.drop { $0 == " " || $0 == "\t" }
            guard text.hasPrefix("port "), let number = number(text.dropFirst(5)) else { return }
            if let found, Int(found.port.number) != number { isAmbiguous = true }
            found = found ?? ConfiguredPort(number, path, line: place)
        }
        return isWhole && !isAmbiguous ? found : nil
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
