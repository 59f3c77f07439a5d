import PortrunBase

/// `angular.json`: each project has its port in the options of `serve`.
enum AngularWorkspace {
    /// The port of the only project that has one, or of several that have the same.
    static func port(in folder: String, _ look: Look) -> ConfiguredPort? {
        let path = "\(folder)/angular.json"
        guard let (workspace, bytes) = ConfiguredPort.readJSON(path, look),
            case .object(let projects)? = workspace["projects"]
        else { return nil }
        var number: Int?
        for (_, project) in projects.pairs {
            let targets = project["architect"] ?? project["targets"]
            guard case .integer(let port)? = targets?["serve"]?["options"]?["port"] else { continue }
            if let number, number != port { return nil }
            number = port
        }
        guard let number else { return nil }
        return ConfiguredPort(number, path, line: bytes.firstLine(with: Array("\(number)".utf8)))
    }
}
