import PortrunBase

extension ComposeProject {
    /// The services that the files say to share: `x-portrun: {share: [db]}`, with the places that say so.
    var mainServicesOfFiles: [(name: String, place: SourceLocation)] {
        (document["x-portrun"]?["share"]?.elements ?? []).compactMap { node in
            node.string.map { ($0, node.location) }
        }
    }

    /// Their names.
    package var sharedServices: [String] { mainServicesOfFiles.map(\.name) }

    /// Nobody reads more.
    private static var warningLimit: Int { 3 }

    /// Which of the services that `names` and the files ask for are services of the project, which of `names` are none,
    /// and a warning for each in the files that is none.
    ///
    /// - Parameter folder: the folder that warnings name files relative to.
    package func mainServices(
        _ names: [String], relativeTo folder: String
    ) -> (names: [String], unknown: [String], warnings: [Warning]) {
        if names.isEmpty, document["x-portrun"] == nil { return ([], [], []) }
        let known = services.map(\.name)
        let ofFiles = mainServicesOfFiles
        let wanted = Set(names + ofFiles.map(\.name))
        var warnings: [Warning] = []
        let services = Set(known)
        for (name, place) in ofFiles where !services.contains(name) && warnings.count < Self.warningLimit {
            warnings.append(
                Warning(
                    file: Path.shortest(file(of: place), from: folder), line: Int(place.line),
                    "there is no service `\(name)` to share"))
        }
        return (known.filter(wanted.contains), names.filter { !known.contains($0) }, warnings)
    }

    /// Takes the ports of these services for inactive: nothing here publishes them.
    package mutating func deactivatePorts(of names: [String]) {
        for index in ports.indices where names.contains(ports[index].service) { ports[index].isActive = false }
    }
}
