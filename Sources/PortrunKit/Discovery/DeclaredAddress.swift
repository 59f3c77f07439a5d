import PortrunBase
import PortrunCompose
import PortrunRegistry

/// An address of this machine in a file of the project that names a port which the project declares, or a place in a script
/// that ends what listens on one.
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
        /// In a launch the tool by which a script asks who listens, to end it, asks for the booked port.
        case tool
        /// Not at all.
        case none
    }
}

/// All of them in a checkout.
package struct DeclaredAddresses: Sendable {
    package private(set) var all: [DeclaredAddress] = []
    /// Why the look through the files was over before its end; nil where it was not.
    package private(set) var end: LookEnd?
    /// True where there are more than in `all`.
    package private(set) var isCutShort = false

    /// More are no list to read.
    package static let limit = 1000
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
        for request in plan.booking.requests + (plan.scripted?.requests ?? []) where request.transport == .tcp {
            if let range = request.declaredPorts { services.add(request.service, range) }
        }
        for booking in bookings where booking.transport == .tcp {
            if let range = booking.declaredPorts { services.add(booking.service, range) }
            if booking.isMoved, !written.isEmpty { services.addWritten(booking.service, booking.ports) }
        }
        guard !services.isEmpty else { return }
        let folders = [plan.wholeProject?.directory, checkout.workingDirectory].compactMap { $0 }
        var variables =
            (try? EnvFileVariables(in: folders, files: [], environment: checkout.userEnvironment, look))
            ?? EnvFileVariables()
        variables.noteWhatOtherModesHave(look)
        // A launch sets no variable that a test's file has, too.
        variables.dropWhatOtherFilesHave(isTranslated: false)
        // foreman, honcho and overmind let it win.
        let ofRunners = folders.filter { FileSystem.kind(of: $0 + "/Procfile") == .file }
        var ways = AddressWays(
            variables.variables, plan.wholeProject?.valuesThatMayFollow(look) ?? [], besidesEnvFilesIn: ofRunners)
        if translates { ways.translate(translation, bookings) }
        for path in ProjectFiles.paths(below: checkout.context.path, look, where: { _ in true }) {
            guard !isCutShort, Self.isSmall(path), let bytes = try? look.read(path),
                !bytes.prefix(1024).contains(0),
                look.goesOn(after: bytes.count / 64, in: path)
            else { continue }
            let isWritten = written.contains { $0.path == path && $0.holds(bytes) }
            add(path, bytes, services, isWritten, ways, look)
            addKills(path, bytes, services)
        }
        end = look.end
    }

    private mutating func add(
        _ path: String, _ bytes: [UInt8], _ services: DeclaredServices, _ isWritten: Bool, _ ways: AddressWays,
        _ look: Look
    ) {
        let file = ExactString(path)
        var (line, counted) = (1, 0)
        for colon in bytes.indices where bytes[colon] == UInt8(ascii: ":") {
            guard look.goesOn(after: 1, in: path) else { return }
            guard let local = LocalPort(in: bytes, colon: colon), !Self.isMapping(bytes, local) else { continue }
            for byte in bytes[counted..<colon] where byte == UInt8(ascii: "\n") { line += 1 }
            counted = colon
            let way: DeclaredAddress.Way
            let service: ServiceName
            if isWritten, let found = services.written(local.port) {
                (service, way) = (found, .written)
            } else if let found = services.declared(local.port) {
                (service, way) = (found, ways.way(of: local.port, in: file, line))
            } else {
                continue
            }
            let address = DeclaredAddress(file: path, line: line, port: local.port, service: service, way: way)
            if all.last == address { continue }
            guard all.count < Self.limit else {
                isCutShort = true
                return
            }
            all.append(address)
        }
    }

    private mutating func addKills(_ path: String, _ bytes: [UInt8], _ services: DeclaredServices) {
        for kill in PortKill.all(in: bytes) {
            guard let service = services.declared(kill.port) else { continue }
            guard all.count < Self.limit else {
                isCutShort = true
                return
            }
            all.append(
                DeclaredAddress(
                    file: path, line: kill.line, port: kill.port, service: service, way: kill.follows ? .tool : .none))
        }
    }

    /// True for `127.0.0.1:5432:5432`, where compose and docker publish a container's port.
    private static func isMapping(_ bytes: [UInt8], _ local: LocalPort) -> Bool {
        let end = local.range.upperBound
        guard end + 1 < bytes.count, bytes[end] == UInt8(ascii: ":") else { return false }
        return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[end + 1])
    }

    private static func isSmall(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_size <= sizeLimit
    }
}
