import PortrunBase

/// The ports that a command line of lsof(8), fuser(1) or ss(8) asks for.
package struct PortQuestion: Sendable, Equatable {
    /// The words behind the tool's name, each with the ports in it, as pieces of text around numbers.
    private let words: [[Piece]]

    private enum Piece: Sendable, Equatable {
        case text(String)
        case port(Port)
    }

    package init(_ tool: PortTool, _ arguments: [String]) {
        switch tool {
        case .lsof: words = Self.wordsOfLsof(arguments)
        case .fuser: words = Self.wordsOfFuser(arguments)
        case .ss: words = arguments.map { $0.hasPrefix("-") ? [.text($0)] : Self.filter($0) }
        case .netstat: words = arguments.map { [.text($0)] }
        }
    }

    /// Those that are asked for.
    package var ports: [Port] {
        words.flatMap { $0 }.compactMap { piece in
            if case .port(let port) = piece { port } else { nil }
        }
    }

    /// The words with other ports in the place of some.
    package func arguments(replacing numbers: [Port: Port]) -> [String] {
        words.map { pieces in
            pieces.map { piece in
                switch piece {
                case .text(let text): text
                case .port(let port): "\(numbers[port] ?? port)"
                }
            }.joined()
        }
    }

    /// `-i [46][protocol][@host][:ports]`, in a word of its own or at the end of a cluster of flags.
    private static func wordsOfLsof(_ arguments: [String]) -> [[Piece]] {
        var words: [[Piece]] = []
        var isAddress = false
        for argument in arguments {
            if isAddress, !argument.hasPrefix("-") {
                words.append(ports(behindColonOf: argument))
                isAddress = false
                continue
            }
            isAddress = false
            guard argument.hasPrefix("-"), !argument.hasPrefix("--"), let place = addressPlace(in: argument) else {
                words.append([.text(argument)])
                continue
            }
            isAddress = place == argument.endIndex
            words.append([.text(String(argument[..<place]))] + ports(behindColonOf: String(argument[place...])))
        }
        return words
    }

    /// True for a call of lsof that prints more than the numbers of processes, and not about a file.
    package static func isListing(ofLsof arguments: [String]) -> Bool {
        for argument in arguments {
            if argument.hasPrefix("/") || argument.hasPrefix("+") || argument.hasPrefix(".") { return false }
            guard argument.hasPrefix("-") else { continue }
            let flags = addressPlace(in: argument).map { argument[..<$0] } ?? argument[...]
            if flags.contains("t") { return false }
        }
        return true
    }

    /// Where the address begins in a cluster of flags with an `i`; nil where there is none. What stands behind a flag that
    /// takes a value is that.
    private static func addressPlace(in cluster: String) -> String.Index? {
        for index in cluster.indices.dropFirst() {
            if cluster[index] == "i" { return cluster.index(after: index) }
            if "AcdDefFgkmopsSTuxzZ+".contains(cluster[index]) { return nil }
        }
        return nil
    }

    /// The most ports of a range that are told apart.
    private static let rangeLimit = 64

    /// `tcp@host:3000,3005-3007`, of which a range becomes a list.
    private static func ports(behindColonOf address: String) -> [Piece] {
        guard let colon = address.lastIndex(of: ":") else { return [.text(address)] }
        var pieces: [Piece] = [.text(String(address[...colon]))]
        for (index, item) in address[address.index(after: colon)...].split(
            separator: ",", omittingEmptySubsequences: false
        ).enumerated() {
            if index > 0 { pieces.append(.text(",")) }
            let ends = item.split(separator: "-", omittingEmptySubsequences: false).map { Port(String($0)) }
            if ends.count == 1, let port = ends[0] {
                pieces.append(.port(port))
            } else if ends.count == 2, let first = ends[0], let last = ends[1],
                let range = PortRange(first, last), range.count <= rangeLimit
            {
                for (index, port) in range.ports.enumerated() {
                    pieces += (index > 0 ? [.text(",")] : []) + [.port(port)]
                }
            } else {
                pieces.append(.text(String(item)))
            }
        }
        return pieces
    }

    /// `3000/tcp`, and numbers behind `-n tcp`.
    private static func wordsOfFuser(_ arguments: [String]) -> [[Piece]] {
        var words: [[Piece]] = []
        var isNamespace = false
        var namespace = ""
        for argument in arguments {
            if isNamespace {
                (namespace, isNamespace) = (argument, false)
                words.append([.text(argument)])
            } else if argument.hasPrefix("-") {
                isNamespace = argument == "--namespace" || (!argument.hasPrefix("--") && argument.hasSuffix("n"))
                words.append([.text(argument)])
            } else {
                let (name, space) = argument.parts(at: "/")
                let number = name.parts(at: ",").before
                if space ?? namespace == "tcp", let port = Port(number) {
                    words.append([.port(port), .text(String(argument.dropFirst(number.count)))])
                } else {
                    words.append([.text(argument)])
                }
            }
        }
        return words
    }

    /// `sport = :3000`: the numbers behind a colon that no address stands before.
    private static func filter(_ text: String) -> [Piece] {
        var pieces: [Piece] = []
        var done = ""
        var rest = Substring(text)
        while let colon = rest.firstIndex(of: ":") {
            done += rest[..<colon]
            let isFree = done.last.map { " =*(".contains($0) } ?? true
            done.append(":")
            rest = rest[rest.index(after: colon)...]
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard isFree, let port = Port(String(digits)) else { continue }
            pieces += [.text(done), .port(port)]
            (done, rest) = ("", rest.dropFirst(digits.count))
        }
        return pieces + [.text(done + rest)]
    }
}
