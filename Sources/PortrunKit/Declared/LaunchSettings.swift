import PortrunBase

/// `Properties/launchSettings.json` of a .NET project: `dotnet run` takes the first profile that runs the project.
enum LaunchSettings {
    /// The port of the profile's first `http` address.
    static func port(in folder: String, _ look: Look) -> ConfiguredPort? {
        let path = "\(folder)/Properties/launchSettings.json"
        guard let (settings, bytes) = ConfiguredPort.readJSON(path, look),
            case .object(let profiles)? = settings["profiles"],
            let profile = profiles.pairs.first(where: { $0.value["commandName"]?.string == "Project" })?.value,
            let addresses = profile["applicationUrl"]?.string
        else { return nil }
        for address in addresses.utf8.split(separator: UInt8(ascii: ";")) {
            guard let text = String(address), text.hasPrefix("http://"),
                let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")),
                let number = Int(text.utf8[text.utf8.index(after: colon)...].prefix { $0 != UInt8(ascii: "/") })
            else { continue }
            return ConfiguredPort(number, path, line: bytes.firstLine(with: Array(address)))
        }
        return nil
    }
}

extension Int {
    fileprivate init?(_ digits: Substring.UTF8View) { self.init(String(decoding: digits, as: UTF8.self)) }
}
