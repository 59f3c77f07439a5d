import PortrunBase

/// The content of an env file on disk.
struct DotenvFile {
    let values: [ExactString: String]
    /// The variables that values refer to for more than the port of a local host.
    let references: Set<ExactString>

    /// Reads the file at `path`, whose variables `outer` answers for first.
    ///
    /// Messages name the file relative to `folder`.
    init(
        at path: String, relativeTo folder: String, _ look: Look, outer: @escaping (String) -> String?
    ) throws(DiscoveryError) {
        let bytes: [UInt8]
        do {
            bytes = try look.read(path)
        } catch .failed(_, ENOENT) {
            throw .missingEnvFile(Path.shortest(path, from: folder))
        } catch {
            throw .unreadable(error)
        }
        do throws(ComposeFailure) {
            let parser = try DotenvParser(bytes, look, path, outer: outer)
            values = parser.values
            references = parser.references
        } catch {
            throw .invalid(file: Path.shortest(path, from: folder), line: error.line, error.problem)
        }
    }
}
