import PortrunBase
import PortrunKit

/// What the configuration of a client says of this server.
package struct ClientConfiguration {
    private let client: MCPClient
    private static let name = "portrun"

    package init(for client: MCPClient) { self.client = client }

    private func server(hasType: Bool) -> JSONValue.KeyValuePairs {
        let type: [(key: String, value: JSONValue)] = hasType ? [("type", .string("stdio"))] : []
        return JSONValue.KeyValuePairs(
            type + [("command", .string("portrun")), ("args", .array([.string("mcp")]))])
    }

    private func table(_ servers: String) -> TOMLTable {
        TOMLTable([servers, Self.name], server(hasType: false).pairs)
    }

    /// A whole file that has nothing else.
    package var text: String {
        switch client.format {
        case .json(let servers, let hasType):
            JSONValue.object(
                JSONValue.KeyValuePairs([
                    (servers, .object(JSONValue.KeyValuePairs([(Self.name, .object(server(hasType: hasType)))])))
                ])
            ).text + "\n"
        case .toml(let servers): table(servers).text
        }
    }

    /// `content` with this server in it; every other byte stays. As it is where the server is there already.
    ///
    /// - Parameter file: the content's, as the user would name it.
    package func added(to content: [UInt8], of file: String) throws(ClientConfigurationError) -> [UInt8] {
        guard content.contains(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else { return Array(text.utf8) }
        switch client.format {
        case .json(let servers, let hasType):
            return try added(server(hasType: hasType), below: servers, to: content, of: file)
        case .toml(let servers):
            do throws(TOMLTable.AddingError) {
                return try table(servers).added(to: content)
            } catch .failure(let failure) {
                throw .syntax(file: file, failure.line, failure.problem)
            } catch {
                throw .taken(file: file, client)
            }
        }
    }

    private func added(
        _ server: JSONValue.KeyValuePairs, below servers: String, to content: [UInt8], of file: String
    ) throws(ClientConfigurationError) -> [UInt8] {
        let pointer = "/\(servers)/\(Self.name)"
        var source: JSONSource
        do throws(JSONSource.Failure) {
            source = try JSONSource(content, allowsComments: true)
        } catch {
            throw .syntax(file: file, error.line, error.problem)
        }
        if let known = source.value(at: pointer) {
            guard known == .object(server) else { throw .taken(file: file, client) }
            return content
        }
        do throws(JSONSource.SettingError) {
            try source.set(pointer, to: Self.onOneLine(.object(server)), isText: false)
        } catch {
            throw .taken(file: file, client)
        }
        guard source.value(at: pointer) == .object(server) else { throw .taken(file: file, client) }
        return source.bytes
    }

    /// The document with blanks between its parts, as people write it; none of its texts has a line break.
    private static func onOneLine(_ document: JSONValue) -> String {
        document.text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: " ")
    }
}

/// Why a client's configuration stays as it is.
package enum ClientConfigurationError: ReportableError, Equatable {
    case syntax(file: String, Int, String)
    /// There is a server of this name that is another, or something stands where servers should.
    case taken(file: String, MCPClient)

    package var message: String {
        switch self {
        case .syntax(let file, let line, let problem): "`\(file)`:\(line): \(problem)"
        case .taken(let file, _): "`\(file)` has another `portrun`, or no place for a server"
        }
    }

    package var hint: String? {
        switch self {
        case .syntax(let file, _, _): "mend `\(file)`, and say it again"
        case .taken(_, let client): "`portrun mcp install --client \(client.rawValue)` prints what to put there"
        }
    }
}
