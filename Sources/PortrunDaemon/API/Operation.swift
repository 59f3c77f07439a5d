import HTTPTypes
import PortrunBase
import PortrunKit
import PortrunRegistry

/// One row of the API: what it takes, gives and does. The routes and the OpenAPI document are both made from it.
struct Operation: Sendable {
    let method: HTTPRequest.Method
    /// Behind `/api/v1`.
    let path: String
    /// What programs that are made from the document call it.
    let id: String
    let summary: String
    /// Those that the path names are in it, all others in the query.
    var parameters: [Parameter] = []
    /// The members of the JSON object in the body; nil where it takes none.
    var body: [Parameter]?
    /// What the members of the body have to do with each other, as parts of its schema.
    var bodyRules: [(key: String, value: JSONValue)] = []
    /// The statuses of problems that are its own, beside those that any request may have.
    var problems: [HTTPResponse.Status] = []
    /// The shape of what it gives.
    let output: JSONValue
    let run: @Sendable (OperationCall, Registry) throws -> JSONValue
    /// Whether it asks which containers run.
    var usesContainers = false

    /// The names in the path's braces.
    var pathNames: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    /// The one that everybody asks for, again and again: as a whole, it is written once for many.
    static let list = "listBookings"

    /// What a door does for it.
    var route: Route {
        Route(method, APIDocument.base + path) { call in
            let arguments = try await OperationArguments(self, call)
            if id == Self.list, arguments.isEmpty {
                if let line = await call.core.desk.recentList() { return .json(line: line) }
                return .json(line: try await call.core.desk.list(beside: call.core.containers.current()))
            }
            let containers = usesContainers ? await call.core.containers.current() : []
            let core = call.core
            return try await core.desk.use { registry in
                .json(try run(OperationCall(arguments: arguments, core: core, containers: containers), registry))
            }
        }
    }
}

/// A request for an operation, whose arguments are what the places want.
struct OperationCall: Sendable {
    let arguments: OperationArguments
    let core: DaemonCore
    let containers: [Container]

    /// A look from no checkout.
    var machine: Checkout { core.host.machine() }

    /// The checkout that the arguments name.
    func checkout() throws -> Checkout {
        guard arguments["checkout"] != nil || arguments["context"] != nil else {
            throw Problem.malformed(
                "nothing says which checkout is meant", hint: "give `checkout`, a folder, or `context`, a name")
        }
        return try core.host.checkout(
            in: arguments.text("checkout"), name: arguments.text("context"))
    }

    /// The checkout that the arguments name, or no place in particular.
    func checkoutOrMachine() throws -> Checkout {
        arguments["checkout"] == nil && arguments["context"] == nil ? machine : try checkout()
    }
}
