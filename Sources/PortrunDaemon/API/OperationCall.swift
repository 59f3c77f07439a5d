import PortrunBase
import PortrunKit

/// A request for an operation, whose arguments are what the places want.
struct OperationCall: Sendable {
    let arguments: OperationArguments
    let containers: [Container]
    let core: DaemonCore
    let doors: OpenDoors
    let dashboard: Dashboard

    /// A look from no checkout.
    var machine: Checkout { core.host.machine() }

    func port() throws(Problem) -> Port {
        guard let port = arguments.port() else { throw .malformed("no port is named") }
        return port
    }

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
