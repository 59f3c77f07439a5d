import PortrunBase

extension ComposeLoader {
    private static let topLevel: Set = [
        "name", "version", "services", "networks", "volumes", "secrets", "configs", "include", "models",
    ]

    /// Checks the shape of what has been merged so far, as far as ports depend on it.
    mutating func validate(_ project: YAMLNode) throws(DiscoveryError) {
        guard diagnostics.isStrict else { return }
        for pair in project.pairs ?? [] where !Self.topLevel.contains(pair.key) && !pair.key.hasPrefix("x-") {
            try report(.unknownProperty(pair.key, path: ""), at: pair.value.location)
        }
        for key in ["name", "version"] {
            if let node = project[key], node.string == nil {
                try report(.notA("a string", path: key), at: node.location)
            }
        }
        for key in ["networks", "volumes", "secrets", "configs"] {
            if let node = project[key], node.pairs == nil {
                try report(.notA("a mapping", path: key), at: node.location)
            }
        }
        for pair in project["services"]?.pairs ?? [] {
            guard pair.key.utf8.allSatisfy(isServiceNameByte), !pair.key.isEmpty else {
                try report(.unknownProperty(pair.key, path: "services"), at: pair.value.location)
                continue
            }
            guard pair.value.pairs != nil else {
                try report(.notA("a mapping", path: "services.\(pair.key)"), at: pair.value.location)
                continue
            }
            for key in ["ports", "profiles"] {
                guard let list = pair.value[key], list.elements == nil else { continue }
                try report(.notA("a list", path: "services.\(pair.key).\(key)"), at: list.location)
            }
        }
    }
}

private func isServiceNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
    default: false
    }
}
