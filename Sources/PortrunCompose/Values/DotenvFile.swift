import PortrunBase

/// The content of an env file on disk.
struct DotenvFile {
    let values: [String: String]
    /// The variables that values refer to for more than the port of a local host.
    let references: Set<String>

    /// Reads the file at `path`, whose variables are looked up in `environment` first.
    ///
    /// Messages name the file as it is seen from `folder`.
    init(at path: String, seenFrom folder: String, environment: ComposeEnvironment) throws(DiscoveryError) {
        let bytes: [UInt8]
        do {
            bytes = try FileSystem.read(path)
        } catch .failed(_, ENOENT) {
            throw .missingEnvFile(Path.shortest(path, from: folder))
        } catch {
            throw .unreadable(error)
        }
        do throws(DotenvParser.Failure) {
            let parser = try DotenvParser(bytes) { environment[$0] }
            values = parser.values
            references = parser.references
        } catch {
            throw .invalid(file: Path.shortest(path, from: folder), line: error.line, error.problem)
        }
    }
}

extension Path {
    /// `path` as a user in `folder` would name it: relative when it lies below.
    package static func shortest(_ path: String, from folder: String) -> String {
        let relative = relative(path, to: folder) ?? path
        return relative.isEmpty ? "." : relative
    }
}
