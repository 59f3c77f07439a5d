import PortrunBase
import PortrunCompose
import PortrunRegistry

/// An address of this machine in a file of the project that names a port which the project declares.
package struct DeclaredAddress: Sendable, Equatable {
    /// Absolute.
    package let file: String
    /// Counted from 1.
    package let line: Int
    package let port: Port
    package let service: ServiceName
    package let way: Way

    /// It is in a text for people, which no program reads.
    package var isInDocumentation: Bool {
        [".md", ".mdx", ".markdown", ".rst", ".adoc", ".txt"].contains {
            Path.lastName(file).lowercased().hasSuffix($0)
        }
    }

    /// How it follows the port when that moves.
    package enum Way: String, Sendable {
        /// A launch changes the variable that holds it.
        case value
        /// `portrun write` has put the booked port there.
        case written
        /// A compose command gets the booked port for a container's value, by the override file.
        case override
        /// A launch answers the program's call with the booked port.
        case translation
        /// Not at all.
        case none
    }
}

/// All of them in a checkout.
package struct DeclaredAddresses: Sendable {
    package private(set) var all: [DeclaredAddress] = []
    /// Why the look through the files was over before its end; nil where it was not.
    package private(set) var end: LookEnd?

    /// More are no list to read.
    private static let limit = 1000
    private static let sizeLimit = 512 << 10

    /// - Parameters:
    ///   - plan: what declares the ports.
    ///   - bookings: the checkout's: what launches have declared.
    ///   - translation: of launches here; nil where nothing has moved.
    ///   - translates: launches here have one as soon as something has.
    package init(
        _ plan: Plan, _ bookings: [Booking], in checkout: Checkout, _ translation: TranslationPlan? = nil,
        translates: Bool = false, _ look: Look = Look()
    ) {
        let written = WrittenFile.all(of: checkout.context, in: checkout.state)
        var services = DeclaredServices()
        for request in plan.booking.requests where request.transport == .tcp {
            if let first = request.declared, let range = PortRange(first, count: request.count) {
                services.add(request.service, range)
            }
        }
        for booking in bookings where booking.transport == .tcp {
            if let range = booking.declaredPorts { services.add(booking.service, range) }
            if booking.isMoved, !written.isEmpty { services.addWritten(booking.service, booking.ports) }
        }
        guard !services.isEmpty else { return }
        let folders = [plan.wholeProject?.directory, checkout.workingDirectory].compactMap { $0 }
        let variables =
            (try? EnvFileVariables(in: folders, files: [], environment: checkout.userEnvironment, look))
            ?? EnvFileVariables()
        let following = plan.wholeProject?.valuesThatMayFollow(look) ?? []
        for path in ProjectFiles.paths(below: checkout.context.path, look, where: { _ in true }) {
            guard all.count < Self.limit, Self.isSmall(path), let bytes = try? look.read(path),
                !bytes.prefix(1024).contains(0),
                look.goesOn(after: bytes.count / 64, in: path)
            else { continue }
            let isWritten = written.contains { $0.path == path && $0.holds(bytes) }
            add(path, bytes, services, isWritten) { line, port in
                if following.contains(where: { $0.says(port, in: path, line) }) { return .override }
                return variables.variables.contains { $0.path == path && $0.line == line && $0.follows } ? .value : nil
            } otherwise: { port in
                // Of one that has moved and leads nowhere two services have the number.
                let hasMoved = bookings.contains { $0.isMoved && $0.declaredPorts?.contains(port) == true }
                return translates && (!hasMoved || translation?.leadsElsewhere(port) == true) ? .translation : .none
            }
        }
        end = look.end
    }

    private mutating func add(
        _ path: String, _ bytes: [UInt8], _ services: DeclaredServices, _ isWritten: Bool,
        _ value: (_ line: Int, _ port: Port) -> DeclaredAddress.Way?, otherwise: (Port) -> DeclaredAddress.Way
    ) {
        var (line, counted) = (1, 0)
        for colon in bytes.indices where bytes[colon] == UInt8(ascii: ":") {
            guard let local = LocalPort(in: bytes, colon: colon) else { continue }
            for byte in bytes[counted..<colon] where byte == UInt8(ascii: "\n") { line += 1 }
            counted = colon
            let way: DeclaredAddress.Way
            let service: ServiceName
            if isWritten, let found = services.written(local.port) {
                (service, way) = (found, .written)
            } else if let found = services.declared(local.port) {
                (service, way) = (found, value(line, local.port) ?? otherwise(local.port))
            } else {
                continue
            }
            let address = DeclaredAddress(file: path, line: line, port: local.port, service: service, way: way)
            if all.last != address { all.append(address) }
        }
    }

    private static func isSmall(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_size <= sizeLimit
    }
}

/// Whose the ports are that addresses may name.
private struct DeclaredServices {
    private var ranges: [(service: ServiceName, ports: PortRange)] = []
    private var writtenRanges: [(service: ServiceName, ports: PortRange)] = []

    var isEmpty: Bool { ranges.isEmpty }

    mutating func add(_ service: ServiceName, _ ports: PortRange) { ranges.append((service, ports)) }

    mutating func addWritten(_ service: ServiceName, _ ports: PortRange) { writtenRanges.append((service, ports)) }

    func declared(_ port: Port) -> ServiceName? { ranges.first { $0.ports.contains(port) }?.service }

    func written(_ port: Port) -> ServiceName? { writtenRanges.first { $0.ports.contains(port) }?.service }
}

extension EnvFileVariable {
    /// A launch may set it.
    fileprivate var follows: Bool { !isDisputed && VariableGate.admits(name, fromFile: value) }
}

extension FollowingValue {
    fileprivate func says(_ port: Port, in path: String, _ line: Int) -> Bool {
        self.line == line && file == path && ports.contains { $0.from == port }
    }
}
