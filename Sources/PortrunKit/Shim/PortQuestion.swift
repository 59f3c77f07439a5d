import PortrunBase

/// What a command line of lsof(8), fuser(1), ss(8) or netstat(8) asks for.
package struct PortQuestion: Sendable, Equatable {
    /// What the tool prints.
    package enum Answer: Sendable, Equatable {
        /// Lines that have the numbers of ports.
        case list
        /// Those of lsof for programs, a field each.
        case fields
        /// The numbers of processes alone, or nothing.
        case processes
        /// Again and again until somebody ends it.
        case stream
        /// Nothing about ports.
        case nothing
    }

    /// A part of a word.
    enum Piece: Sendable, Equatable {
        case text(String)
        /// A number, or in lsof a range of them. Without a transport it stands for either.
        case ports(PortRange, TransportProtocol?)
    }

    package let tool: PortTool
    /// The words behind the tool's name.
    let words: [[Piece]]
    package let answer: Answer
    /// It is asked for ports in a way that is not followed, such as by a comparison.
    package let isUnclear: Bool
    /// What asks for processes by something else than their numbers or files: those of others can be left out.
    package let isOpen: Bool
    /// Ports stand in the list by their services' names.
    let showsNames: Bool
    /// A list without a column for the transport is of UDP.
    let isOfUDP: Bool

    /// - Parameter services: is asked where something else than a number stands for a port.
    package init(_ tool: PortTool, _ arguments: [String], services: () -> ServiceNumbers = { ServiceNumbers("") }) {
        self.tool = tool
        switch tool {
        case .lsof:
            let asked = LsofQuestion(arguments, services)
            (words, answer, isOpen, showsNames) = (asked.words, asked.answer, asked.isOpen, asked.showsNames)
            (isUnclear, isOfUDP) = (false, false)
        case .fuser:
            words = Self.wordsOfFuser(arguments, services)
            (answer, isOpen, showsNames, isUnclear, isOfUDP) = (.processes, false, false, false, false)
        case .ss:
            let asked = SocketQuestion(arguments, services)
            (words, answer, isUnclear) = (asked.words, asked.answer, asked.isUnclear)
            (isOpen, showsNames, isOfUDP) = (false, asked.showsNames, asked.isOfUDP)
        case .netstat:
            words = arguments.map { [.text($0)] }
            let options = ToolOptions(arguments, withValue: "A")
            answer = options.has("c", "continuous") ? .stream : .list
            showsNames = !options.has("n", "numeric") && !options.has(nil, "numeric-ports")
            (isOpen, isUnclear, isOfUDP) = (false, false, false)
        }
    }

    /// The ranges that are asked for, each with its transport.
    package var asked: [(ports: PortRange, transport: TransportProtocol?)] {
        words.flatMap { $0 }.compactMap { piece in
            if case .ports(let range, let transport) = piece { (range, transport) } else { nil }
        }
    }

    /// The single ports that are asked for, and those of short ranges.
    package var ports: [Port] {
        asked.filter { $0.ports.count <= Self.rangeLimit }.flatMap { $0.ports.ports }
    }

    /// The most ports of a range that are named one by one.
    private static let rangeLimit = 64

    /// True for a question that may have to do with another checkout's programs.
    package var concernsPorts: Bool {
        !asked.isEmpty || isOpen || answer == .list || answer == .fields || answer == .stream || isUnclear
    }

    /// The words with this checkout's ports in the place of others.
    ///
    /// - Parameter isLeavingOut: without the processes of other checkouts, where the tool can do that by itself.
    package func arguments(for here: PortsHere, isLeavingOut: Bool = false) -> [String] {
        let others = here.processes.map { "^\($0)" }.joined(separator: ",")
        let prefix = isLeavingOut && isOpen && !others.isEmpty ? ["-p", others] : []
        return prefix
            + words.map { pieces in
                pieces.map { piece in
                    switch piece {
                    case .text(let text): text
                    case .ports(let range, let transport):
                        tool == .lsof
                            ? here.ranges(for: range, transport).map(\.description).joined(separator: ",")
                            : here.port(for: range.first, transport ?? .tcp).description
                    }
                }.joined()
            }
    }

    /// The port that a word of digits spells, with zeros before it or without, or a service's name.
    static func port(
        _ word: Substring, _ transport: TransportProtocol?, _ services: () -> ServiceNumbers
    ) -> Port? {
        if word.isEmpty { return nil }
        if word.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            return Port(word.drop { $0 == "0" })
        }
        return services().port(of: word, transport)
    }

    /// `3000/tcp`, and numbers behind `-n tcp`.
    private static func wordsOfFuser(_ arguments: [String], _ services: () -> ServiceNumbers) -> [[Piece]] {
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
                let local = name.parts(at: ",").before
                if let transport = TransportProtocol(rawValue: space ?? namespace),
                    let port = port(local[...], transport, services)
                {
                    words.append([.ports(PortRange(port), transport), .text(String(argument.dropFirst(local.count)))])
                } else {
                    words.append([.text(argument)])
                }
            }
        }
        return words
    }
}
