import PortrunBase

/// What somebody wants to have leased.
struct PortManagerRequest: Sendable, Equatable {
    let service: ServiceName
    let timeToLive: TimeToLive
    /// PortManager's tags, as the note on a booking keeps them; nil for none.
    let tags: Description?

    /// As long as PortManager leases a port for which nothing is said: five minutes.
    private static let usualSeconds: Int64 = 300

    /// Reads a body as PortManager does: null is as good as missing, and what it does not know is left.
    ///
    /// - Parameter document: nil for what is no JSON.
    /// - Throws: `Problem` 400 for no JSON, 422 for a document that is no such request.
    init(_ document: JSONValue?) throws(Problem) {
        let object = try Self.object(document)
        guard let service = object["service_name"]?.string.flatMap({ ServiceName($0) }) else {
            throw .unfit("`service_name` is no name: 1 to \(ServiceName.byteLimit) bytes without control characters")
        }
        self.service = service
        switch object["ttl_seconds"] {
        case nil, .null?: timeToLive = try Self.timeToLive(Self.usualSeconds)
        case let value?: timeToLive = try Self.timeToLive(value.integer.map { Int64($0) } ?? 0)
        }
        switch object["tags"] {
        case nil, .null?: tags = nil
        case let value?:
            guard let texts = value.elements, texts.allSatisfy({ $0.string != nil }) else {
                throw .unfit("`tags` is no list of texts")
            }
            tags = texts.isEmpty ? nil : Description(value.line)
            guard texts.isEmpty || tags != nil else { throw .unfit("`tags` has more than 1000 bytes") }
        }
    }

    /// The port that a body names; nil for 0, which nobody has.
    ///
    /// - Throws: `Problem`, likewise.
    static func port(in document: JSONValue?) throws(Problem) -> Port? {
        guard let number = try object(document)["port"]?.integer, (0...65535).contains(number) else {
            throw .unfit("`port` is no number from 0 to 65535")
        }
        return Port(number)
    }

    /// The texts that `tags` keeps; none for a note that somebody else has written.
    static func tags(in note: String?) -> [String] {
        note.flatMap { JSONParser.value(of: Array($0.utf8)[...])?.elements?.compactMap(\.string) } ?? []
    }

    private static func timeToLive(_ seconds: Int64) throws(Problem) -> TimeToLive {
        guard let length = TimeToLive(seconds) else {
            throw .unfit("`ttl_seconds` is no whole number of seconds from 1 to 10 years")
        }
        return length
    }

    private static func object(_ document: JSONValue?) throws(Problem) -> JSONValue {
        switch document {
        case nil: throw .malformed("the body is no JSON document")
        case .object?: return document ?? .null
        case .null?, .boolean?, .integer?, .fraction?, .string?, .array?: throw .unfit("the body is no object")
        }
    }
}

extension Problem {
    /// A document that does not have what it is to have.
    fileprivate static func unfit(_ detail: String) -> Problem { Problem(.unprocessableContent, "argument", detail) }
}
