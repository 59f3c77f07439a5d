import PortrunBase

/// What a command line of ss(8) asks for.
struct SocketQuestion {
    private(set) var words: [[PortQuestion.Piece]] = []
    /// A port is compared by another operator than equality.
    private(set) var isUnclear = false
    let answer: PortQuestion.Answer
    let showsNames: Bool
    let isOfUDP: Bool

    private static let subjects: [Substring] = ["sport", "dport", "src", "dst"]
    private static let equalities: [Substring] = ["=", "==", "eq", "!=", "ne", "neq"]
    private static let comparisons: [Substring] = ["<", "lt", "<=", "le", "leq", ">", "gt", ">=", "ge", "geq"]

    init(_ arguments: [String], _ services: () -> ServiceNumbers) {
        let options = ToolOptions(
            arguments, withValue: "AfDFN",
            namesWithValue: ["family", "query", "socket", "diag", "filter", "net"])
        answer = options.has("E", "events") ? .stream : .list
        showsNames = !options.has("n", "numeric")
        isOfUDP = options.has("u", "udp") && !options.has("t", "tcp")
        words = arguments.map { [.text($0)] }
        var filter = Filter(transport: isOfUDP ? .udp : .tcp)
        for index in options.rest { words[index] = filter.pieces(of: arguments[index], services) }
        isUnclear = filter.isUnclear || options.has("F", "filter")
    }

    /// Reads an expression word by word: what stands between spaces is one of its own.
    private struct Filter {
        let transport: TransportProtocol
        var isUnclear = false
        /// What a value is to be compared with.
        private var subject: Substring?
        private var isCompared = false

        init(transport: TransportProtocol) { self.transport = transport }

        mutating func pieces(of word: String, _ services: () -> ServiceNumbers) -> [PortQuestion.Piece] {
            var pieces: [PortQuestion.Piece] = []
            for (index, token) in word.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { pieces.append(.text(" ")) }
                pieces += self.pieces(ofToken: token, services)
            }
            return pieces
        }

        private mutating func pieces(
            ofToken token: Substring, _ services: () -> ServiceNumbers
        ) -> [PortQuestion.Piece] {
            let text = PortQuestion.Piece.text(String(token))
            if SocketQuestion.subjects.contains(token) {
                (subject, isCompared) = (token, false)
                return [text]
            }
            if let place = token.firstIndex(of: "="), SocketQuestion.subjects.contains(token[..<place]) {
                subject = token[..<place]
                let start = token.index(after: place)
                return [.text(String(token[..<start]))] + value(token[start...], services)
            }
            if SocketQuestion.equalities.contains(token) || token.isEmpty { return [text] }
            if SocketQuestion.comparisons.contains(token) {
                isCompared = true
                return [text]
            }
            return value(token, services)
        }

        private mutating func value(_ token: Substring, _ services: () -> ServiceNumbers) -> [PortQuestion.Piece] {
            let whole = PortQuestion.Piece.text(String(token))
            guard let subject else { return [whole] }
            self.subject = nil
            let colon = token.lastIndex(of: ":")
            let start = colon.map { token.index(after: $0) } ?? token.startIndex
            // Without a colon behind `src` it is a host.
            guard colon != nil || subject.hasSuffix("port"),
                let port = PortQuestion.port(token[start...], transport, services)
            else { return [whole] }
            let host = colon.map { token[..<$0] } ?? ""
            if subject == "dst" || subject == "dport", !Self.isLocal(host) { return [whole] }
            if isCompared {
                isUnclear = true
                return [whole]
            }
            return [.text(String(token[..<start])), .ports(PortRange(port), transport)]
        }

        private static func isLocal(_ host: Substring) -> Bool {
            ["", "*", "localhost", "[::1]", "[::]"].contains(host) || host.hasPrefix("127.")
        }
    }
}
