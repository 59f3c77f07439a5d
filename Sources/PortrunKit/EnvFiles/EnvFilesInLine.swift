import PortrunBase
import PortrunRegistry

/// The ignored env files of a checkout, brought in line with its ports, and back.
///
/// For tools that read such a file by themselves, so that no variable of a launch reaches them.
package struct EnvFilesInLine {
    private let checkout: Checkout
    private let written: [WrittenFile]
    /// Each with what it holds and what it is to hold.
    package private(set) var changes: [Change] = []
    /// What has been left as it is, and why.
    package private(set) var warnings: [Warning] = []

    package struct Change {
        package let path: String
        package let old: [UInt8]
        package let new: [UInt8]
        /// What it held before any ports were put into it is kept already.
        let hasBackup: Bool
    }

    private init(_ checkout: Checkout) {
        self.checkout = checkout
        written = WrittenFile.all(of: checkout.context, in: checkout.state)
    }

    /// Books what the checkout needs, and finds the values that name ports which have moved.
    ///
    /// What stands in a file has to stay, as with `Plan.book(_:in:)`: no launch may move it.
    /// - Parameter isDryRun: book nothing in the end.
    package static func following(
        _ checkout: Checkout, in registry: Registry, isDryRun: Bool = false
    ) throws -> (EnvFilesInLine, [Move]) {
        var result = EnvFilesInLine(checkout)
        let look = Look()
        let root = checkout.context.path
        let paths = ProjectFiles.paths(below: root, look, where: EnvFileUse.canBeInLine)
        if let end = look.end { result.warnings.append(end.warning(relativeTo: checkout.workingDirectory)) }
        guard let ignored = IgnoredFiles.among(paths, in: root, environment: checkout.userEnvironment) else {
            throw WriteError.noRepository(path: root)
        }
        let plan = Plan(nil, LaunchOptions(), in: checkout)
        result.warnings += plan.warnings
        var bookings: [Booking] = []
        let outcome = try plan.book(plan.booking.requests, in: registry, isDryRun: isDryRun) { _, transaction, record in
            bookings = try transaction.bookings(of: record)
        }
        if let notice = outcome.leftOutNotice { result.warnings.append(Warning(notice)) }
        let moves = outcome.moves
        let rules = PortRules(
            bookings.compactMap { booking in
                booking.declaredPorts.map {
                    PortRule(
                        service: booking.service, transport: booking.transport, declared: $0, booked: booking.port)
                }
            })
        guard let rules else { return (result, moves) }
        var services: [ServiceName] = []
        for path in ignored.sorted() {
            do throws(FileError) {
                services += try result.add(path, try look.read(path), rules, look)
            } catch {
                guard let end = look.end else {
                    result.warnings.append(Warning("cannot read \(error.message)"))
                    continue
                }
                // The look of the plan may have ended there too.
                let warning = end.warning(relativeTo: checkout.workingDirectory)
                if !result.warnings.contains(warning) { result.warnings.append(warning) }
                break
            }
        }
        let demands = bookings.filter { services.contains($0.service) && $0.source != .demand }.map { booking in
            var request = ServiceRequest(booking.service)
            (request.transport, request.count) = (booking.transport, booking.count)
            (request.target, request.variable, request.declared) = (booking.target, booking.variable, booking.declared)
            request.demand = booking.port
            return request
        }
        if !demands.isEmpty, !isDryRun { _ = try plan.book(demands, in: registry) }
        return (result, moves)
    }

    /// - Returns: the services whose ports are in it.
    private mutating func add(
        _ path: String, _ content: [UInt8], _ rules: PortRules, _ look: Look
    ) throws(FileError) -> [ServiceName] {
        let note = written.first { $0.path == path && $0.holds(content) }
        let original = note.flatMap { try? FileSystem.read($0.backup) }
        guard let (new, services) = DotenvSource.following(rules, in: original ?? content, of: path, look) else {
            throw .leftOut(path: path)
        }
        if new != content { changes.append(Change(path: path, old: content, new: new, hasBackup: original != nil)) }
        return services
    }

    /// Finds the files that were brought in line, and what they held before.
    package static func undoing(_ checkout: Checkout) -> EnvFilesInLine {
        var result = EnvFilesInLine(checkout)
        for file in result.written {
            let name = Path.shortest(file.path, from: checkout.workingDirectory)
            guard let content = try? FileSystem.read(file.path) else {
                file.forget(in: checkout.state)
                continue
            }
            guard file.holds(content), let old = try? FileSystem.read(file.backup) else {
                result.warnings.append(
                    Warning(file: name, "stays: somebody has changed it, or its `.bak`, since portrun wrote it"))
                continue
            }
            result.changes.append(Change(path: file.path, old: content, new: old, hasBackup: true))
        }
        return result
    }

    /// Writes the files, and notes what is in them.
    ///
    /// - Parameter isUndoing: put the old ones back.
    package func write(isUndoing: Bool = false) throws(WriteError) {
        for change in changes {
            let file = WrittenFile(path: change.path, content: change.new)
            if !isUndoing {
                do { try file.note(for: checkout.context.fileOwner, in: checkout.state) } catch { throw .file(error) }
            }
            try FileReplacement(change.path).write(
                change.new, isKeepingBackup: !change.hasBackup, state: checkout.state, now: checkout.system.now)
            if isUndoing {
                unlink(file.backup)
                file.forget(in: checkout.state)
            }
        }
    }
}
