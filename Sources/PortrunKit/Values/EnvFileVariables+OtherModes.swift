import PortrunBase

/// What a real variable would take away from programs: dotenv libraries do not override one.
extension EnvFileVariables {
    /// Notes what files of other modes, such as `.env.production`, give as well.
    ///
    /// - Parameters:
    ///   - always: also where no file of this mode gives anything, since other modes' ports count.
    ///   - uses: the files that the command reads by itself.
    package mutating func noteWhatOtherModesHave(_ look: Look, always: Bool = false) {
        noteWhatOtherModesHave(look, always: always, uses: [])
    }

    mutating func noteWhatOtherModesHave(_ look: Look, always: Bool, uses: [EnvFileUse]) {
        guard always || !variables.isEmpty else { return }
        for folder in folders {
            for name in look.names(in: folder, for: folder) ?? [] where isOfOtherMode(name) {
                note("\(folder)/\(name)", isLeft: name.contains("test"), look)
            }
        }
        for use in uses {
            let isOwn = reads(Path.lastName(use.path)) && folders.contains(Path.parent(use.path))
            if use.isOverriding { overridingFiles.append(use.path) }
            if !isOwn {
                note(use.path, isLeft: true, look)
            } else if use.isOverriding, let bytes = try? look.read(use.path) {
                readElsewhere += DotenvReader(bytes, path: use.path, look).variables
            }
        }
    }

    private func isOfOtherMode(_ name: String) -> Bool {
        guard !names.contains(name), EnvFileUse.isName(name) else { return false }
        return name.hasPrefix(".env.") || name.contains("test")
    }

    private mutating func note(_ path: String, isLeft: Bool, _ look: Look) {
        guard let bytes = try? look.read(path) else { return }
        let isKnown = readElsewhere.contains { $0.path == path }
        for variable in DotenvReader(bytes, path: path, look).variables {
            namesOfOtherModes.insert(variable.name)
            if isLeft { namesToLeave.insert(variable.name) }
            if isKnown { continue }
            variable.addPorts(to: &portsOfOtherModes)
            readElsewhere.append(variable)
        }
    }

    /// Leaves out what was noted of other modes.
    ///
    /// A real variable would hide theirs: a build in a shell with these would ship the ports of development.
    package mutating func dropWhatOtherModesHave() {
        let names = namesOfOtherModes
        drop { names.contains($0.name) }
    }

    /// Leaves out what a command finds as another file has it, when that is the one it reads: a real variable would win
    /// over `.env.test`, and a test run would hit the database of development.
    ///
    /// The addresses of web servers stay, since pages take them to a browser; beside a test's file only what build tools
    /// put into pages. So does what is in files that the user named.
    /// - Parameter isTranslated: the command has a localhost of its own, and so finds what URLs name as they are.
    mutating func dropWhatOtherFilesHave(isTranslated: Bool) {
        let (namedFiles, names, left) = (namedFiles, namesOfOtherModes, namesToLeave)
        drop { variable in
            guard !namedFiles.contains(variable.path) else { return false }
            if variable.isForPages(left.contains(variable.name)) { return false }
            return names.contains(variable.name) || (isTranslated && variable.isURL)
        }
    }
}

extension EnvFileVariable {
    /// What build tools put into pages by the name, and what a page can connect to.
    ///
    /// - Parameter isOfTests: a test has another value, so that the name alone counts.
    fileprivate func isForPages(_ isOfTests: Bool) -> Bool {
        let prefixes = [
            "VITE_", "NEXT_PUBLIC_", "NUXT_PUBLIC_", "REACT_APP_", "VUE_APP_", "PUBLIC_", "EXPO_PUBLIC_", "GATSBY_",
        ]
        if prefixes.contains(where: name.hasPrefix) { return true }
        if isOfTests { return false }
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
