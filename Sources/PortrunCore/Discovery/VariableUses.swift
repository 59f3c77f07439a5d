/// Which variables decide nothing but published ports.
struct VariableUses {
    private var otherwiseUsed: Set<String> = []

    /// - Parameters:
    ///   - uses: every use of a variable in every file.
    ///   - drivers: the entries whose host port is a variable's value.
    init(_ uses: [Interpolation.Use], drivers: [PortEntry]) {
        var allowed: [SourceLocation: String] = [:]
        for entry in drivers where entry.isVariableHostPortOnly { allowed[entry.location] = entry.variable }
        // A scalar uses its variable once for the host port; again in it is another use: `${P}:${P}`.
        var counts: [SourceLocation: Int] = [:]
        for use in uses {
            guard allowed[use.location] == use.name else {
                otherwiseUsed.insert(use.name)
                continue
            }
            counts[use.location, default: 0] += 1
        }
        for (location, count) in counts where count > 1 {
            if let name = allowed[location] { otherwiseUsed.insert(name) }
        }
    }

    func areOnlyHostPorts(_ variable: String) -> Bool { !otherwiseUsed.contains(variable) }
}
