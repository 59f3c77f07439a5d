import PortrunBase
import PortrunCompose

/// The ports that the files of a project say it binds, each once.
///
/// Each has the name that a launch gives to the same thing, so that a launch finds it booked.
package struct Adoption: Sendable {
    package private(set) var ports: [FoundPort] = []
    /// Files that could not be read.
    package private(set) var warnings: [Warning] = []
    let checkout: Checkout

    /// Looks into `package.json`, `.env` and `.env.…`, Procfiles and makefiles, behind what compose declares: that has
    /// the best names.
    ///
    /// As a launch does, it looks in the working directory and beside the compose file, and for the nearest
    /// `package.json` upward, though not outside the checkout.
    /// - Parameter look: the one that the plan was made by.
    /// - Throws: `DiscoveryError` when that is over before all files are read: half of a project is not adopted.
    package init(of plan: Plan, _ look: Look = Look()) throws(DiscoveryError) {
        checkout = plan.checkout
        let (context, workingDirectory) = (checkout.context, checkout.workingDirectory)
        let declared = plan.wholeProject?.ports ?? []
        let projectFolder = plan.wholeProject?.directory
        let environment = checkout.userEnvironment
        var launched = LaunchedPorts(declared, context, in: workingDirectory, look)
        let active = Self.fixed(declared.filter(\.isActive), relativeTo: workingDirectory)
        let inactive = Self.fixed(declared.filter { !$0.isActive }, relativeTo: workingDirectory)
        var folders = [workingDirectory]
        if let projectFolder, projectFolder != workingDirectory { folders.append(projectFolder) }
        // This throws only for files named by the user, and none are named here.
        let variables =
            (try? EnvFileVariables(in: folders.reversed(), files: [], environment: environment, look))
            ?? EnvFileVariables()
        let wish = variables.port("PORT", in: environment)
        launched.wish = wish
        var paths = folders.flatMap { folder in
            (look.names(in: folder, for: folder) ?? []).sorted().map { folder + "/" + $0 }
        }
        if let manifest = Self.nearestManifest(to: workingDirectory, below: context.path), !paths.contains(manifest) {
            paths.append(manifest)
        }
        var found: [FoundPort] = []
        for path in paths where look.end == nil {
            found += read(path, as: Path.shortest(path, from: workingDirectory), variables, &launched, look)
        }
        if let end = look.end {
            throw .leftOut(file: end.file(relativeTo: workingDirectory), end)
        }
        // Where no server has the name that a command has here, one that nobody knows as a server may read it.
        if let wish, !active.contains(where: { $0.ports.contains(wish) }) { launched.add(launched.own, wish) }
        // A port that a command binds is often a service too, in a profile for people who do not run that command.
        let isStandIn = { (port: FoundPort) in launched.service(on: port.ports.first) != nil }
        (active + inactive.filter { !isStandIn($0) } + Self.scripted(plan.scripted, relativeTo: workingDirectory))
            .forEach { add($0) }
        found.forEach { add(named($0, launched)) }
        inactive.filter(isStandIn).forEach { add($0) }
    }

    /// What compose files fix, whether or not its profile is active. What they name inside containers only is none.
    private static func fixed(_ declared: [DeclaredPort], relativeTo folder: String) -> [FoundPort] {
        var declared = declared
        for index in declared.indices { declared[index].isActive = true }
        let plan = BookingPlan(
            BookingPlan.Wishes(), folder: "", declared: declared, hasPrimary: false, environment: Environment())
        return plan.requests.compactMap { request in
            request.entry.flatMap {
                FoundPort(request, Path.shortest(declared[$0].file, from: folder), line: declared[$0].line)
            }
        }
    }

    /// What compose files declare that scripts name.
    private static func scripted(_ services: ScriptedServices?, relativeTo folder: String) -> [FoundPort] {
        guard let services else { return [] }
        return zip(services.requests, services.ports).compactMap { request, port in
            FoundPort(request, Path.shortest(port.file, from: folder), line: port.line)
        }
    }

    /// The ports that the file at `path` names; none for a file of another kind.
    ///
    /// - Parameter file: the path as the user would name it.
    private mutating func read(
        _ path: String, as file: String, _ variables: EnvFileVariables, _ launched: inout LaunchedPorts, _ look: Look
    ) -> [FoundPort] {
        let name = Path.lastName(path)
        let isPackage = name == "package.json"
        let isMakefile = ["Makefile", "makefile", "GNUmakefile"].contains(name)
        let isProcfile = name == "Procfile" || name.hasPrefix("Procfile.")
        guard isPackage || isMakefile || isProcfile || name == ".env" || name.hasPrefix(".env.") else { return [] }
        do throws(FileError) {
            let bytes = try look.read(path)
            // A recipe or a Procfile is run in the folder of its file.
            let own = isPackage ? launched.own : launched.own(in: Path.parent(path))
            if isMakefile { return MakefilePorts.read(bytes, at: path, file: file, own: own, look) }
            if isProcfile { return ProcfilePorts.read(bytes, at: path, file: file, own: own, look) }
            if !isPackage {
                let isRead = variables.reads(name)
                return DotenvPorts.read(bytes, at: path, file: file, look) {
                    isRead ? own : own.appending(Int($0.number))
                }
            }
            guard let package = try PackageScripts(at: path, look) else {
                if look.end == nil {
                    warnings.append(Warning(file: file, "no valid JSON, so its scripts are not read"))
                }
                return []
            }
            var started: [FoundPort] = []
            for script in package.mostUsualFirst where look.end == nil {
                started += launched.add(script: script.name, in: Path.parent(path)).map {
                    FoundPort($0.service, $0.port, file, line: script.line, isServer: true)
                }
            }
            return started + package.ports(in: file, own: own, look)
        } catch .notAFile, .leftOut {
            // A folder called `.env` is somebody's virtual environment.
            return []
        } catch {
            warnings.append(Warning("cannot read \(error.message)"))
            return []
        }
    }

    private static func nearestManifest(to folder: String, below root: String) -> String? {
        var folder = folder
        while Path.relative(folder, to: root) != nil {
            let path = folder + "/package.json"
            if FileSystem.kind(of: path) == .file { return path }
            if folder == root { return nil }
            folder = Path.parent(folder)
        }
        return nil
    }

    /// The name that a launch gives, else its own; with the port behind it where that is another port's.
    private func named(_ found: FoundPort, _ launched: LaunchedPorts) -> FoundPort {
        let port = found.ports.first
        var found = found
        found.service = launched.service(on: port) ?? found.service
        let isTaken = ports.contains { $0.service == found.service && $0.transport == found.transport }
        let isAnothers = launched.ports.contains { $0.service == found.service && $0.port != port }
        if isTaken || isAnothers { found.service = found.service.appending(Int(port.number)) }
        return found
    }

    /// A port that is known gets one more place.
    private mutating func add(_ found: FoundPort) {
        let known = ports.firstIndex { $0.transport == found.transport && $0.ports.overlaps(found.ports) }
        guard let known else { return ports.append(found) }
        ports[known].places += found.places.filter { !ports[known].places.contains($0) }
    }
}
