/// A list of named ports as text, one `name:port:description` a line, such as `~/.ports`.
///
/// The description may be missing and may hold colons. White space around the parts does not count. A line that starts
/// with `#` is a comment, and so is ` #` and what follows behind a port.
package enum PortsFile {
    /// What stands in a line.
    package struct Entry: Sendable, Equatable {
        package let name: ServiceName
        package let port: Port
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

    /// What each line of `bytes` says, with its number counted from 1; comments and blank lines are left out.
    package static func read(_ bytes: [UInt8]) -> [(line: Int, entry: Result<Entry, Problem>)] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
            .compactMap { index, line in
                entry(of: line).map { (line: index + 1, entry: $0) }
            }
    }

    /// A line for one port, with its break. A name or description that the format cannot hold is changed: `:` in a
    /// name becomes `-`.
    package static func line(name: String, port: Port, description: String) -> String {
        "\(String(name.map { $0 == ":" ? "-" : $0 })):\(port):\(description)\n"
    }

    private static func entry(of line: ArraySlice<UInt8>) -> Result<Entry, Problem>? {
        guard let text = String(validating: line, as: UTF8.self) else { return .failure(.notUTF8) }
        let content = trimmed(text[...])
        guard !content.isEmpty, content.first != "#" else { return nil }
        do throws(Problem) {
            return .success(try parse(content))
        } catch {
            return .failure(error)
        }
    }

    private static func parse(_ content: Substring) throws(Problem) -> Entry {
        let parts = content.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(trimmed)
        guard parts.count > 1 else { throw .noPort }
        guard let name = ServiceName(String(parts[0])) else { throw .invalidName(String(parts[0])) }
        let digits = trimmed(parts.count == 2 ? parts[1].prefix { $0 != "#" } : parts[1])
        guard let port = Port(digits) else { throw .invalidPort(String(parts[1])) }
        let words = parts.count == 3 ? String(parts[2]) : ""
        let description = Description(words)
        guard words.isEmpty || description != nil else { throw .invalidDescription }
        return Entry(name: name, port: port, description: description)
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
