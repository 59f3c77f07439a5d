import PortrunBase
import Testing

/// A request, and what a door answers, word for word.
struct Exchange {
    let method: String
    let path: String
    let body: String?
    let status: Int
    let answer: String

    /// - Parameters:
    ///   - request: `GET /path`.
    ///   - answer: the body; `WHEN` stands for a moment as RFC 3339 has it.
    init(_ request: String, _ body: String?, _ status: Int, _ answer: String) {
        let parts = request.split(separator: " ", maxSplits: 1).map(String.init)
        (method, path) = (parts[0], parts[1])
        (self.body, self.status, self.answer) = (body, status, answer)
    }

    /// Likewise, without a body.
    init(_ request: String, _ status: Int, _ answer: String) { self.init(request, nil, status, answer) }

    /// Asks, and compares.
    func check(at address: LoopbackAddress, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let fields = body == nil ? [:] : ["Content-Type": "application/json"]
        let reply = try HTTPConnection(address).ask(method, path, host: address.description, fields, body: body)
        let said = reply.body.replacing(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/, with: "\"WHEN\"")
        let request = "\(method) \(path) \(body ?? "")"
        #expect(reply.status == status, "\(request): \(reply.body)", sourceLocation: sourceLocation)
        #expect(said == answer, "\(request)", sourceLocation: sourceLocation)
    }
}

extension TestDaemon {
    /// One with a further door, on a port that the system has chosen.
    convenience init(door: String, in project: Project? = nil) throws {
        try self.init(in: project ?? Project(), ["--door", "\(door)=127.0.0.1:0"])
    }

    /// Where a door is open.
    func address(of door: String) throws -> LoopbackAddress {
        let doors = try ask("GET", "/api/v1/daemon").json["doors"]?.elements ?? []
        let open = doors.filter { $0["name"]?.string == door }
        let addresses = open.compactMap { $0["address"]?.string.flatMap { LoopbackAddress($0) } }
        return try #require(addresses.first)
    }
}
