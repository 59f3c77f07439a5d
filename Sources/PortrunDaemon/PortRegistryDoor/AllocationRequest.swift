import PortrunBase

/// What somebody wants to have allocated.
struct AllocationRequest: Sendable, Equatable {
    let app: String
    let instance: String
    let service: ServiceName
    /// nil for any.
    let port: Port?

    /// Reads a body as port-registry does.
    ///
    /// - Parameter document: nil for what is no JSON.
    /// - Throws: `AllocationRefusal`.
    init(_ document: JSONValue?) throws(AllocationRefusal) {
        let fields = try AllocationFields(document)
        app = fields.app.withoutBlanksAround
        instance = fields.instance.withoutBlanksAround
        let name = fields.service.withoutBlanksAround
        guard !app.isEmpty, !instance.isEmpty, !name.isEmpty else { throw .names }
        port = Port(fields.port)
        guard port != nil || fields.port == 0 else { throw .portNumber }
        guard let service = ServiceName(name) else {
            throw .unusable("the name of a service has 1 to \(ServiceName.byteLimit) bytes and no control characters")
        }
        self.service = service
    }
}

/// Which rows are meant: those that agree with everything that is set.
struct AllocationFilter: Sendable, Equatable {
    /// Empty for any, as all of them.
    private(set) var app = ""
    private(set) var instance = ""
    private(set) var service = ""
    /// 0 for any.
    private(set) var port = 0

    /// - Throws: `Problem` 400 for a broken escape.
    init(query call: DoorCall) throws(Problem) {
        app = try call.queried("app") ?? ""
        instance = try call.queried("instance") ?? ""
        service = try call.queried("service") ?? ""
    }

    /// - Parameter document: nil for what is no JSON.
    /// - Throws: `AllocationRefusal`, also where nothing is set.
    init(body document: JSONValue?) throws(AllocationRefusal) {
        let fields = try AllocationFields(document)
        (app, instance, service, port) = (fields.app, fields.instance, fields.service, fields.port)
        guard !(app.isEmpty && instance.isEmpty && service.isEmpty && port == 0) else { throw .filter }
    }
}

/// The members of a body, as Go's `encoding/json` decodes them: of any case, of which null and missing ones are empty.
private struct AllocationFields {
    private(set) var app = ""
    private(set) var instance = ""
    private(set) var service = ""
    private(set) var port = 0

    init(_ document: JSONValue?) throws(AllocationRefusal) {
        switch document {
        case .null?: return
        case .object(let object)?:
            for (key, value) in object.pairs {
                switch (key.lowercased(), value) {
                case (_, .null): break
                case ("app", .string(let text)): app = text
                case ("instance", .string(let text)): instance = text
                case ("service", .string(let text)): service = text
                case ("port", .integer(let number)): port = number
                case ("app", _), ("instance", _), ("service", _), ("port", _): throw .json
                default: break
                }
            }
        case .boolean?, .integer?, .fraction?, .string?, .array?, nil: throw .json
        }
    }
}

extension String {
    /// The text without the white space at its ends, as Go's `strings.TrimSpace` takes it away.
    fileprivate var withoutBlanksAround: String {
        let scalars = unicodeScalars
        let start = scalars.drop { $0.properties.isWhitespace }
        let end = start.lastIndex { !$0.properties.isWhitespace }
        return end.map { String(start[...$0]) } ?? ""
    }
}
