import PortrunBase

/// What a real variable would take away from programs: dotenv libraries do not override one.
extension EnvFileVariables {
    /// Notes what files of other modes, such as `.env.production`, give as well.
    ///
    /// - Parameter always: also where no file of this mode gives anything, since other modes' ports count.
    package mutating func noteWhatOtherModesHave(_ look: Look, always: Bool = false) {
        guard always || !variables.isEmpty else { return }
        for folder in folders {
            for name in look.names(in: folder, for: folder) ?? []
            where name.hasPrefix(".env.") && !names.contains(name) {
                let isSample = ["example", "sample", "template", "dist"].contains { name.hasSuffix($0) }
                guard !isSample, let bytes = try? look.read("\(folder)/\(name)") else { continue }
                for variable in DotenvReader(bytes, path: "\(folder)/\(name)", look).variables {
                    namesOfOtherModes.insert(variable.name)
                    variable.addPorts(to: &portsOfOtherModes)
                }
            }
        }
    }

    /// Leaves out what was noted of other modes.
    ///
    /// A real variable would hide theirs: a build in a shell with these would ship the ports of development.
    package mutating func dropWhatOtherModesHave() {
        let names = namesOfOtherModes
        drop { names.contains($0.name) }
    }

    /// Leaves out what a command with a localhost of its own finds as the file has it, and what a real variable could do
    /// harm to: a test run would hit the database of development.
    ///
    /// The addresses of web servers stay, since pages take them to a browser, which has no such localhost, and so does
    /// what is in files that the user named.
    mutating func dropWhatTranslationReaches() {
        let (namedFiles, names) = (namedFiles, namesOfOtherModes)
        drop { variable in
            guard !namedFiles.contains(variable.path), !variable.isForPages else { return false }
            return variable.isURL || names.contains(variable.name)
        }
    }
}

extension EnvFileVariable {
    /// What build tools put into pages by the name, and what a page can connect to.
    fileprivate var isForPages: Bool {
        let prefixes = [
            "VITE_", "NEXT_PUBLIC_", "NUXT_PUBLIC_", "REACT_APP_", "VUE_APP_", "PUBLIC_", "EXPO_PUBLIC_", "GATSBY_",
        ]
        if prefixes.contains(where: name.hasPrefix) { return true }
        let text = String(decoding: value, as: UTF8.self)
        return ["http://", "https://", "ws://", "wss://"].contains { text.contains($0) }
    }

    /// `postgres://…`, `jdbc:mysql://…`
    fileprivate var isURL: Bool {
        let scheme = value.prefix { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: ":"):
                true
            default: false
            }
        }
        return scheme.count > 1 && scheme.last == UInt8(ascii: ":")
            && value.dropFirst(scheme.count).starts(with: "//".utf8)
    }
}
