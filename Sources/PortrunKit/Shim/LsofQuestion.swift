import PortrunBase

/// What a command line of lsof(8) asks for.
struct LsofQuestion {
    private(set) var words: [[PortQuestion.Piece]]
    private(set) var answer = PortQuestion.Answer.list
    private(set) var isOpen = false
    private(set) var showsNames = true

    /// Letters behind which a value may stand, as the rest of the word or the next one.
    private static let withValue = "AcdDeFfgiKkLmoprsSTuxzZ"
    /// How the value of some begins: else there is none.
    private static let beginnings: [Character: String] = [
        "L": "0123456789", "o": "0123456789", "r": "0123456789", "S": "0123456789", "g": "0123456789^", "K": "i",
        "x": "fl", "T": "fqs", "f": "cCfFgGnN",
    ]

    init(_ arguments: [String], _ services: () -> ServiceNumbers) {
        words = arguments.map { [.text($0)] }
        var isOfNetwork = false
        var isNamed = false
        var repeats = false
        var index = 0
        while index < arguments.count, let sign = arguments[index].first, sign == "-" || sign == "+" {
            let word = arguments[index]
            if word == "--" { break }
            var place = word.index(after: word.startIndex)
            while place < word.endIndex {
                let letter = word[place]
                place = word.index(after: place)
                var value: Substring = ""
                if Self.withValue.contains(letter), let found = Self.value(letter, word[place...], arguments, index) {
                    value = found.text
                    if letter == "i", sign == "-" {
                        let before = found.word == index ? String(word[..<place]) : ""
                        words[found.word] = [.text(before)] + Self.pieces(of: value, services)
                    }
                    (index, place) = (found.word, word.endIndex)
                }
                switch (sign, letter) {
                case ("-", "i"): isOfNetwork = true
                case ("-", "t"): answer = .processes
                case ("-", "F"): answer = .fields
                case ("-", "P"): showsNames = false
                case (_, "r"): repeats = true
                case (_, "D"), ("+", "d"): isNamed = true
                // `^1` leaves one out.
                case ("-", "p"), ("-", "g"):
                    isNamed = isNamed || value.split(separator: ",").contains { $0.first != "^" }
                default: break
                }
            }
            index += 1
        }
        isNamed = isNamed || index < arguments.count
        isOpen = !isNamed
        if repeats {
            answer = .stream
        } else if isNamed, !isOfNetwork {
            answer = .nothing
        }
    }

    /// The value of an option whose letter stands before `rest`, and the word that has it.
    private static func value(
        _ letter: Character, _ rest: Substring, _ arguments: [String], _ index: Int
    ) -> (text: Substring, word: Int)? {
        var (text, word) = (rest, index)
        if rest.isEmpty {
            guard index + 1 < arguments.count, !arguments[index + 1].hasPrefix("-"),
                !arguments[index + 1].hasPrefix("+")
            else { return nil }
            (text, word) = (arguments[index + 1][...], index + 1)
        }
        if let beginnings = beginnings[letter], let first = text.first, !beginnings.contains(first) { return nil }
        return (text, word)
    }

    /// `[46][protocol][@host][:ports]`, with ranges and names of services amongst the ports.
    private static func pieces(of address: Substring, _ services: () -> ServiceNumbers) -> [PortQuestion.Piece] {
        guard let colon = address.lastIndex(of: ":"), !address[colon...].contains("]") else {
            return [.text(String(address))]
        }
        let name = address[..<colon].drop { $0 == "4" || $0 == "6" }.prefix { $0 != "@" && $0 != ":" }.lowercased()
        let transport = TransportProtocol(rawValue: name)
        var pieces: [PortQuestion.Piece] = [.text(String(address[...colon]))]
        for (index, item) in address[address.index(after: colon)...].split(
            separator: ",", omittingEmptySubsequences: false
        ).enumerated() {
            if index > 0 { pieces.append(.text(",")) }
            if let port = PortQuestion.port(item, transport, services) {
                pieces.append(.ports(PortRange(port), transport))
            } else if let range = PortRange(item) {
                pieces.append(.ports(range, transport))
            } else {
                pieces.append(.text(String(item)))
            }
        }
        return pieces
    }
}
