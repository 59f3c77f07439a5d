import PortrunBase
import PortrunRegistry

/// The bookings that a file asks for, and the places in it that cannot be understood.
package struct ImportList {
    /// The file, as the user named it.
    package let file: String
    /// The unit that places in the file are counted in: a line, or a row of a table.
    package let unit: String
    package private(set) var claims: [(place: Int, claim: Claim)] = []
    package private(set) var refusals: [Refusal] = []

    /// A part of the file that is not booked.
    package struct Refusal: Sendable, Equatable {
        package let place: Int
        package let reason: String

        package init(place: Int, reason: String) {
            self.place = place
            self.reason = reason
        }
    }

    /// Named ports of this machine, from the content of a text file.
    package init(text bytes: [UInt8], of file: String) {
        self.file = file
        unit = "line"
        for (line, entry) in PortsFile.read(bytes) {
            switch entry {
            case .success(let entry):
                var claim = Claim(
                    context: .machine, service: entry.name, port: entry.ports.first, description: entry.description)
                claim.count = entry.ports.count
                claim.transport = entry.transport
                claims.append((line, claim))
            case .failure(let problem): refusals.append(Refusal(place: line, reason: problem.message))
            }
        }
    }

    /// The registry of another tool.
    package init(_ tool: ForeignRegistry.Tool, at path: String, _ system: System) throws {
        file = path
        unit = "allocation"
        let registry: ForeignRegistry
        do throws(RegistryError) {
            registry = try ForeignRegistry(tool, at: path)
        } catch {
            throw ImportError.foreign(file: path, tool: tool, error)
        }
        for row in registry.rows {
            do throws(RowProblem) {
                claims.append((row.number, try row.claim(system)))
            } catch {
                refusals.append(Refusal(place: row.number, reason: error.message))
            }
        }
    }
}

/// Why nothing was imported.
package enum ImportError: ReportableError {
    case unreadable(FileError)
    /// The file is not what `tool` would have made.
    case foreign(file: String, tool: ForeignRegistry.Tool, RegistryError)
    /// `--strict`, and parts of the file are refused.
    case refused(file: String, count: Int)

    package var message: String {
        switch self {
        case .unreadable(let error): "cannot read \(error.message)"
        case .foreign(let file, let tool, let error):
            switch error {
            case .unusable(_, let reason): "cannot open `\(file)`: \(reason)"
            case .corrupt: "`\(file)` is no SQLite database"
            case .failed(_, _, let text), .foreign(_, let text): "`\(file)` is no registry of \(tool.rawValue): \(text)"
            case .noHome, .folder, .untrusted, .busy, .interrupted, .readOnly, .full, .nested, .newer: error.message
            }
        case .refused(let file, let count): "nothing imported: \(count) refused in `\(file)`"
        }
    }

    package var hint: String? {
        switch self {
        case .unreadable, .foreign: nil
        case .refused: "without `--strict` the others are booked"
        }
    }

    package var exitStatus: Int32 {
        switch self {
        case .unreadable, .foreign: 125
        case .refused: 1
        }
    }
}

/// Why a row of another tool cannot be taken over.
enum RowProblem: Error, Equatable {
    case service(String)
    case port(String)
    case context(ContextError)
    /// The folder at the path is no checkout with this label and hash.
    case noCheckout(label: String, hash: String, path: String)
    case noFolder(label: String, path: String)

    var message: String {
        switch self {
        case .service(let name): "not a service: `\(name)`"
        case .port(let text): "not a port: `\(text)`"
        case .context(let error): error.message
        case .noCheckout(let label, let hash, let path): "`\(path)` is no checkout of `\(label)` with the hash \(hash)"
        case .noFolder(let label, let path): "`\(path)` of `\(label)` is gone"
        }
    }
}

extension ForeignRegistry.Row {
    fileprivate func claim(_ system: System) throws(RowProblem) -> Claim {
        guard let name = ServiceName(service) else { throw .service(service) }
        guard let number = Port(port) else { throw .port(port) }
        // One that no shell can set would never be exported.
        let variable = variable.flatMap { Environment.isIdentifier($0) ? $0 : nil }
        return Claim(
            context: try owner.context(system), service: name, port: number, target: target, variable: variable)
    }
}

extension ForeignRegistry.Owner {
    /// A context given by name belongs to no folder until it is asked for in one.
    fileprivate func context(_ system: System) throws(RowProblem) -> Context {
        switch self {
        case .checkout(let hash, let path, let label):
            let context = ContextResolver.context(
                at: path, label: label, hash: hash, home: system.home, environment: system.environment)
            if let context { return context }
            guard FileSystem.kind(of: path) != nil else { throw .noFolder(label: label, path: path) }
            throw .noCheckout(label: label, hash: hash, path: path)
        case .named(let app, let instance):
            let request = ContextRequest(
                workingDirectory: "/", home: nil, environment: Environment(), app: app,
                instance: instance.isEmpty ? nil : instance)
            do throws(ContextError) {
                return try ContextResolver.resolve(request)
            } catch {
                throw .context(error)
            }
        }
    }
}
