import PortrunBase

/// Decides about errors: an error ends the reading, or is noted and the reading goes on.
struct ComposeDiagnostics {
    /// False when every error becomes a warning.
    let isStrict: Bool
    /// What the files are read by.
    let look: Look
    /// The folder that messages name files from.
    private let folder: String
    private(set) var warnings: [Warning] = []

    /// Nobody reads more.
    private static let warningLimit = 10

    init(isStrict: Bool, _ look: Look, relativeTo folder: String) {
        self.isStrict = isStrict
        self.look = look
        self.folder = folder
    }

    /// - Throws: `error` itself, when reading strictly.
    mutating func report(_ error: DiscoveryError) throws(DiscoveryError) {
        // What is wrong with half a project says nothing of all of it.
        try checkLook()
        guard look.end == nil else { return }
        if isStrict { throw error }
        note(error.warning)
    }

    /// - Throws: when the look is over, reading strictly. Otherwise whoever looks tells of it.
    func checkLook() throws(DiscoveryError) {
        if isStrict, let end = look.end { throw .leftOut(file: end.file(relativeTo: folder), end) }
    }

    /// Keeps `warning` for the end, once.
    mutating func note(_ warning: Warning) {
        guard look.end == nil, warnings.count < Self.warningLimit, !warnings.contains(warning) else { return }
        warnings.append(warning)
    }
}
