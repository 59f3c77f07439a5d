import PortrunBase

/// A place in a script that ends whatever listens on a port.
package struct PortKill: Sendable, Equatable {
    /// Counted from 1.
    package let line: Int
    package let port: Port
    /// The program as it is called there, `sudo fuser`.
    package let program: String
    /// In a launch the program finds portrun where it asks who listens, and so this checkout's own.
    package let follows: Bool

    /// Programs that ask one of the tools in `PATH`.
    private static let asking: Set = ["kill-port", "fkill", "kill-port-process"]
    /// Those that look themselves.
    private static let looking: Set = ["killport"]
    private static let userChanges = ["sudo", "doas"]

    /// All in a text of lines for a shell, as scripts, recipes and package.json have them.
    static func all(in text: [UInt8]) -> [PortKill] {
        var kills: [PortKill] = []
        var number = 0
        for bytes in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            // Nearly no line has one: their names have these letters.
            guard bytes.count < lineLimit, isWorthReading(bytes) else { continue }
            for kill in Self.kills(in: String(decoding: bytes, as: UTF8.self), number) where !kills.contains(kill) {
                kills.append(kill)
            }
        }
        return kills
    }

    private static let lineLimit = 16 << 10

    private static func isWorthReading(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.first(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) != UInt8(ascii: "#") else {
            return false
        }
        return ["kill", "fuser", "lsof"].contains { name in
            let name = Array(name.utf8)
            var rest = line
            while let place = rest.firstIndex(of: name[0]) {
                rest = rest[place...]
                if rest.starts(with: name) { return true }
                rest = rest.dropFirst()
            }
            return false
        }
    }

    private static func kills(in line: String, _ number: Int) -> [PortKill] {
        let isKilling = line.contains("kill")
        var kills: [PortKill] = []
        let commands = line.split(whereSeparator: { "|;&()`\n".contains($0) })
        for command in commands {
            let words = command.split(whereSeparator: { " \t\"'\\".contains($0) })
                .map(String.init)
            for (index, typed) in words.enumerated() {
                // A recipe's line may begin so.
                let word = String(typed.drop { "@-+".contains($0) })
                let name = Path.lastName(word)
                let rest = Array(words[(index + 1)...])
                var ports: [Port] = []
                if let tool = PortTool(named: name) {
                    let question = PortQuestion(tool, rest)
                    let isEnding = tool == .fuser ? rest.contains { $0.hasPrefix("-") && $0.contains("k") } : isKilling
                    if isEnding || tool == .lsof && question.answer == .processes { ports = question.ports }
                } else if asking.contains(name) || looking.contains(name) {
                    ports = rest.compactMap { Port($0.rest(after: ":") ?? $0) }
                } else {
                    continue
                }
                let isOther = index > 0 && words[..<index].contains { userChanges.contains(Path.lastName($0)) }
                let change = isOther ? "sudo " : ""
                kills += ports.map { port in
                    PortKill(
                        line: number, port: port, program: change + word,
                        follows: !isOther && !word.hasPrefix("/") && !looking.contains(name))
                }
                break
            }
        }
        return kills
    }
}
