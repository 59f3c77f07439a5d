import PortrunBase

extension ConfiguredPort {
    /// How the configuration files of one framework are found and read.
    enum Source: Sendable, Equatable {
        /// An object in a JavaScript or TypeScript module: files with one of `names`, and the keys down to the port.
        case module(names: [String], keys: [String])
        case angularWorkspace
        case springApplication
        case launchSettings
        case pumaConfiguration
        case gunicornConfiguration
        case flaskEnvironment

        /// The flags by which the user names the file.
        var flags: [String] {
            switch self {
            case .pumaConfiguration: ["-C", "--config"]
            case .gunicornConfiguration: ["-c", "--config"]
            case .module, .angularWorkspace, .springApplication, .launchSettings, .flaskEnvironment: []
            }
        }
    }

    /// What the files of `source` in `folder` say.
    ///
    /// - Parameter file: the one that the user names.
    static func look(
        for source: Source, in folder: String, file: String? = nil, _ look: Look
    ) -> Finding {
        switch source {
        case .pumaConfiguration: PumaConfiguration.port(in: folder, look, file)
        case .gunicornConfiguration: GunicornConfiguration.port(in: folder, look, file)
        case .flaskEnvironment: FlaskEnvironment.port(in: folder, look)
        case .module, .angularWorkspace, .springApplication, .launchSettings:
            find(source, in: folder, look).map { .port($0) } ?? .none
        }
    }

    /// The port that the files of `source` in `folder` give; nil for none, and where they are ambiguous.
    static func find(_ source: Source, in folder: String, _ look: Look) -> ConfiguredPort? {
        switch source {
        case .module(let names, let keys):
            for name in names {
                for ending in ["ts", "mts", "cts", "js", "mjs", "cjs"] {
                    let path = "\(folder)/\(name).\(ending)"
                    guard let bytes = read(path, look) else { continue }
                    // The tool takes the first file that is there, whatever it says.
                    return ModuleObjectReader.number(at: keys, in: bytes).flatMap {
                        ConfiguredPort($0.number, path, line: $0.line)
                    }
                }
            }
            return nil
        case .angularWorkspace: return AngularWorkspace.port(in: folder, look)
        case .springApplication: return SpringApplication.port(in: folder, look)
        case .launchSettings: return LaunchSettings.port(in: folder, look)
        case .pumaConfiguration, .gunicornConfiguration, .flaskEnvironment:
            guard case .port(let port) = Self.look(for: source, in: folder, look) else { return nil }
            return port
        }
    }
}
