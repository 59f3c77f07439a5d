import PortrunBase

/// A place where a program's text names `PORT`: `process.env.PORT || 3000`, `os.environ.get("PORT", 8000)`.
struct PortMention {
    /// Where the name begins in the text.
    let start: Int
    private let text: [UInt8]

    private static let name = "PORT"

    /// Where `PORT` stands as a name of its own.
    static func all(in text: [UInt8]) -> [PortMention] {
        var mentions: [PortMention] = []
        var index = 0
        while let start = text[index...].firstIndex(of: UInt8(ascii: "P")) {
            index = start + 1
            guard text[start...].starts(with: name.utf8), start == 0 || !Environment.isPart(text[start - 1])
            else { continue }
            let mention = PortMention(start: start, text: text)
            if mention.rest.first.map(Environment.isPart) != true { mentions.append(mention) }
        }
        return mentions
    }

    /// The number that `text` has for `PORT` where it names that once.
    static func onlyNumber(in text: [UInt8]) -> Int? {
        let mentions = all(in: text)
        return mentions.count == 1 ? mentions[0].alternative : nil
    }

    /// What stands behind the name.
    private var rest: ArraySlice<UInt8> { text[(start + Self.name.utf8.count)...] }

    /// `env.PORT`, `environ["PORT"]`, `ENV['PORT']`, `{ PORT } = process.env`
    var isOfEnvironment: Bool {
        let signs = "\"'[(.{, "
        var end = start
        while end > 0, signs.utf8.contains(text[end - 1]) { end -= 1 }
        let line = rest.prefix { $0 != UInt8(ascii: "\n") }
        if line.first(where: { $0 != UInt8(ascii: " ") }).map({ ",}".utf8.contains($0) }) == true,
            String(decoding: line, as: UTF8.self).contains("process.env")
        {
            return true
        }
        var first = end
        while first > 0, Environment.isPart(text[first - 1]) { first -= 1 }
        guard end < start else { return false }
        switch String(decoding: text[first..<end], as: UTF8.self).lowercased() {
        case "env", "environ", "getenv", "get", "fetch", "lookupenv": return true
        default: return false
        }
    }

    /// The number behind what closes the variable's name and `||`, `??`, `?:`, `or`, or a comma of `get("PORT", 8000)`.
    ///
    /// Any other comma ends an argument: `listen(process.env.PORT, "127.0.0.1")`.
    var alternative: Int? {
        var rest = rest
        let isKeyOfCall = rest.first.map { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") } ?? false
        func skip(_ characters: String) {
            while let byte = rest.first, characters.utf8.contains(byte) { rest = rest.dropFirst() }
        }
        let closing = rest.prefix { "\"')] ".utf8.contains($0) }
        let hasDefault = isKeyOfCall && closing.dropFirst().allSatisfy { $0 == UInt8(ascii: " ") }
        skip("\"')] ")
        // `parseInt(process.env.PORT, 10) || 3000`
        for radix in [", 10)", ",10)"] where rest.starts(with: radix.utf8) {
            rest = rest.dropFirst(radix.utf8.count)
            skip(") ")
        }
        for sign in ["||", "??", "?:", "or ", ","] where rest.starts(with: sign.utf8) {
            if sign == ",", !hasDefault { return nil }
            rest = rest.dropFirst(sign.utf8.count)
            skip(" \"'")
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            let next = rest.dropFirst(digits.count).first
            if let next, Environment.isPart(next) || next == UInt8(ascii: ".") { return nil }
            return Int(String(decoding: digits, as: UTF8.self))
        }
        return nil
    }
}
