import PortrunBase

extension ComposeProject {
    /// The volumes and networks that have one name in all checkouts, with what becomes of each beside the main worktree.
    ///
    /// - Parameters:
    ///   - own: the compose project of the checkout.
    ///   - isolated: what it has of its own.
    package func sharedThings(for own: String, isolated: Isolation) -> [ComposeFinding] {
        var findings: [ComposeFinding] = []
        for entry in fixedNames(in: "volumes") where isolated.contains(.volumes) {
            let name = entry.name.scalar?.text ?? ""
            let new = OwnName.entry(entry.key).text(in: own)
            findings.append(
                finding(
                    .volumeName, nil, name, entry.name,
                    "volume `\(name)` is called so in every checkout: here it is `\(new)` instead"))
        }
        for entry in fixedNames(in: "networks") where !isolated.contains(.networks) {
            let name = entry.name.scalar?.text ?? ""
            findings.append(
                finding(
                    .networkName, nil, name, entry.name,
                    "network `\(name)` is one for all checkouts, and containers of all answer to the same names there: "
                        + "`--isolate networks` parts them"))
        }
        for section in ["volumes", "networks"] {
            for pair in document[section]?.pairs ?? [] where pair.value.isExternal {
                let place = pair.value["name"] ?? pair.value["external"]?["name"]
                if place?.followsProject == true { continue }
                let name = place?.string ?? pair.key
                findings.append(
                    finding(
                        section == "volumes" ? .volumeName : .networkName, nil, name, place ?? pair.value,
                        "\(section.dropLast()) `\(name)` is external, and so one for all checkouts: with "
                            + "`name: ${\(Self.variable(for: pair.key)):-\(name)}` each checkout can have its own"))
            }
        }
        return findings
    }

    /// A variable for the name of what files call `key`: `EXT_NAME`.
    private static func variable(for key: String) -> String {
        let letters = key.uppercased().unicodeScalars.map { $0.isASCII && $0.properties.isAlphabetic ? $0 : "_" }
        return String(String.UnicodeScalarView(letters)) + "_NAME"
    }
}
