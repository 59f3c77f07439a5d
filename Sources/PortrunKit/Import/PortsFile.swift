import PortrunBase

/// A list of named ports as text, one `name:port:description` a line, such as `~/.ports`.
///
/// The port may be a block, `10000-10002`, and have its protocol behind it, `5353/udp`; without one it is a TCP port. The
/// description may be missing and may hold colons. A `\` in a name takes the next character as it is, such as a colon.
/// White space around the parts does not count. A line that starts with `#` is a comment, and so is ` #` and what
/// follows behind a port.
package enum PortsFile {
    /// The content of one line.
    package struct Entry: Sendable, Equatable {
        package let name: ServiceName
        package let ports: PortRange
        package let transport: TransportProtocol
        package let description: Description?
    }

    /// Why a line cannot be read.
    package enum Problem: Error, Sendable, Equatable {
        case noPort
        case invalidName(String)
        case invalidPort(String)
        case invalidDescription
        case notUTF8

        package var message: String {
            switch self {
            case .noPort: "not `name:port:description`"
            case .invalidName(let text): "not a name: `\(text)`"
            case .invalidPort(let text): "not a port: `\(text)`"
            case .invalidDescription: "the description is too long, or has control characters"
            case .notUTF8: "not UTF-8"
            }
        }
    }

    /// The entry of each line of `bytes`, with its number counted from 1; comments and blank lines are left out.
    package static func read(_ bytes: [UInt8]) -> [(line: Int, entry: Result<Entry, Problem>)] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
            .compactMap { index, line in
                entry(of: line).map { (line: index + 1, entry: $0) }
            }
    }

    /// A line for a port or a block of them, with its break. What is no plain TCP port says so.
    package static func line(
        name: String, ports: PortRange, transport: TransportProtocol, description: String
    ) -> String {
        let suffix = transport == .tcp ? "" : "/\(transport.rawValue)"
        return "\(escaped(name)):\(ports)\(suffix):\(description)\n"
    }

    /// `name` with a `\` before each character that would be read as something else.
    private static func escaped(_ name: String) -> String {
        let characters = Array(name.unicodeScalars)
        var text = String.UnicodeScalarView()
        for (index, character) in characters.enumerated() {
            let isAtEdge = index == 0 || index == characters.count - 1
            if character == ":" || character == "\\" || (index == 0 && character == "#")
                || (isAtEdge && character.properties.isWhitespace)
            {
                text.append("\\")
            }
            text.append(character)
        }
        return String(text)
    }

    private static func entry(of line: ArraySlice<UInt8>) -> Result<Entry, Problem>? {
        guard let text = String(validating: line, as: UTF8.self) else { return .failure(.notUTF8) }
        let content = trimmed(text[...])
        guard !content.isEmpty, !content.hasPrefix("#") else { return nil }
        do throws(Problem) {
            return .success(try parse(content))
        } catch {
            return .failure(error)
        }
    }

    private static func parse(_ content: Substring) throws(Problem) -> Entry {
        var rest = content.unicodeScalars
        let name = Self.name(at: &rest)
        guard !rest.isEmpty else { throw .noPort }
        guard let service = ServiceName(name) else { throw .invalidName(name) }
        var parts = Substring(rest.dropFirst()).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            .map(trimmed)
        // Behind a comment there is no description.
        if parts[0].contains("#") { parts = [trimmed(Substring(parts[0].unicodeScalars.prefix { $0 != "#" }))] }
        let digits = parts[0]
        let halves = digits.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let ports = halves.first.flatMap({ PortRange($0) }),
            let transport = halves.count == 1 ? .tcp : TransportProtocol(rawValue: String(halves[1]))
        else { throw .invalidPort(String(parts[0])) }
        let words = parts.count == 2 ? String(parts[1]) : ""
        let description = Description(words)
        guard words.isEmpty || description != nil else { throw .invalidDescription }
        return Entry(name: service, ports: ports, transport: transport, description: description)
    }

    /// Takes the name off the front of `text`, up to the colon behind it.
    private static func name(at text: inout Substring.UnicodeScalarView) -> String {
        var name = String.UnicodeScalarView()
        var isEscaped = false
        // White space behind this is not part of it.
        var end = name.endIndex
        while let character = text.first, isEscaped || character != ":" {
            text.removeFirst()
            if !isEscaped, character == "\\" {
                isEscaped = true
                continue
            }
            name.append(character)
            if isEscaped || !character.properties.isWhitespace { end = name.endIndex }
            isEscaped = false
        }
        return String(name[..<end])
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
