import PortrunBase

/// Decides about errors: an error ends the reading, or is noted and the reading goes on.
struct ComposeDiagnostics {
    /// False when every error becomes a warning.
    let isStrict: Bool
    private(set) var warnings: [Warning] = []

    init(isStrict: Bool) { self.isStrict = isStrict }

    /// - Throws: `error` itself, when reading strictly.
    mutating func report(_ error: DiscoveryError) throws(DiscoveryError) {
        if isStrict { throw error }
        note(error.warning)
    }

    /// Keeps `warning` for the end, once.
    mutating func note(_ warning: Warning) {
        if !warnings.contains(warning) { warnings.append(warning) }
    }
}
