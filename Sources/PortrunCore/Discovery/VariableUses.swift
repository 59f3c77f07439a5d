/// Which variables decide nothing but published ports.
struct VariableUses {
    private var otherwiseUsed: Set<String> = []

    /// - Parameters:
    ///   - uses: the variables in each scalar of the merged document.
    ///   - drivers: the entries whose host port is a variable's value.
    ///   - services: the services, which may pass variables on by name alone.
    ///   - envFiles: the variables that values in env files refer to.
    init(
        _ uses: [SourceLocation: [String]], drivers: [PortEntry], services: [YAMLNode], envFiles: Set<String>
    ) {
        otherwiseUsed = envFiles
        var driving: [SourceLocation: String] = [:]
        for entry in drivers where entry.isVariableHostPortOnly { driving[entry.location] = entry.variable }
        for (location, names) in uses {
            // A scalar uses its variable once for the host port; again in it is another use: `${P}:${P}`.
            var others = names
            if let index = driving[location].flatMap(names.firstIndex) { others.remove(at: index) }
            otherwiseUsed.formUnion(others)
        }
        for service in services {
            otherwiseUsed.formUnion(Self.passed(service["environment"]))
            otherwiseUsed.formUnion(Self.passed(service["build"]?["args"]))
        }
    }

    func areOnlyHostPorts(_ variable: String) -> Bool { !otherwiseUsed.contains(variable) }

    /// The names without a value in `environment` or `args`, which take the outer variable's.
    private static func passed(_ node: YAMLNode?) -> [String] {
        node?.elements?.compactMap(\.string).filter { !$0.utf8.contains(UInt8(ascii: "=")) }
            ?? (node?.pairs ?? []).filter(\.value.isNull).map(\.key)
    }
}
