import PortrunBase

extension CommandReader {
    /// A call of a package manager, taken apart.
    private struct PackageCall {
        var isNPM = false
        var folder: String
        /// The packages that it is to run in, by name or folder.
        var selectors: [String] = []
        var isEverywhere = false
        /// The words after the flags: a subcommand or a script, with its arguments.
        var words: ArraySlice<ScriptWord>
    }

    /// Reads what `npm`, `yarn`, `pnpm`, `bun` and their kin run.
    ///
    /// A word that is no script's name is a program's where the manager runs those too: `yarn vite`.
    mutating func readPackages(
        _ manager: String, _ arguments: ArraySlice<ScriptWord>, in folder: String, by way: Way, _ assigned: Port?
    ) {
        switch manager {
        case "npx", "pnpx", "bunx":
            let command = arguments.skippingFlags(valued: ["-p", "--package", "-c", "--call"])
            return read(command, in: folder, by: way, assigned)
        default: break
        }
        var call = PackageCall(isNPM: manager == "npm", folder: folder, words: arguments)
        Self.skipFlags(&call, of: manager)
        guard let first = call.words.first?.text else { return }
        var name = first
        var rest = call.words.dropFirst()
        switch (manager, first) {
        case (_, "run"), ("npm", "run-script"), ("npm", "rum"), ("npm", "urn"), ("pnpm", "run-script"):
            call.words = rest
            Self.skipFlags(&call, of: manager)
            guard let script = call.words.first else { return }
            (name, rest) = (script.text, call.words.dropFirst())
        case ("npm", "exec"), ("npm", "x"), ("pnpm", "exec"), ("pnpm", "dlx"), ("yarn", "dlx"), ("yarn", "exec"),
            ("yarnpkg", "exec"), ("bun", "x"):
            return readProgram(rest, call, by: way, assigned)
        case ("yarn", "workspace"), ("yarnpkg", "workspace"):
            guard let selector = rest.first, let script = rest.dropFirst().first else { return }
            call.selectors = [selector.text]
            (name, rest) = (script.text, rest.dropFirst(2))
        case ("npm", "start"), ("npm", "test"), ("npm", "stop"), ("npm", "restart"), ("npm", "t"): break
        case ("npm", _): return
        default: break
        }
        let (passed, outward) = Self.passing(rest, &call, by: way)
        guard let manifest = packages.nearest(to: call.folder) else {
            return readProgram(call.words, call, by: way, assigned)
        }
        var manifests = [manifest]
        if call.isEverywhere {
            manifests = packages.members(of: manifest)
        } else if !call.selectors.isEmpty {
            manifests = call.selectors.compactMap { packages.member($0, of: manifest) }
        }
        for manifest in manifests {
            let isOnly = manifests.count == 1
            if !readScript(name == "t" ? "test" : name, of: manifest, adding: passed, by: isOnly ? outward : .closed),
                !call.isNPM
            {
                let program = ScriptWord(text: name)
                var words = call.words
                if words.first?.text == "run" { words = words.dropFirst() }
                if words.first?.text == program.text { read(words, in: manifest.folder, by: way, assigned) }
            }
        }
    }

    /// The command behind `exec`, with the flags of the manager before it.
    private mutating func readProgram(
        _ words: ArraySlice<ScriptWord>, _ call: PackageCall, by way: Way, _ assigned: Port?
    ) {
        let command = words.skippingFlags(valued: ["-p", "--package", "-c", "--call"])
        guard call.isNPM, words.startIndex == command.startIndex || words[command.startIndex - 1].text != "--" else {
            return read(command, in: call.folder, by: way, assigned)
        }
        // npm takes flags for its own until a `--`.
        let hasTerminator = command.contains { $0.text == "--" }
        let plain = Array(command.filter { $0.text != "--" })
        read(
            plain[...], in: call.folder,
            by: Self.appending(way, end: command.endIndex, behind: hasTerminator ? [] : ["--"]), assigned)
    }

    /// The words that a manager hands on to a script, and how further ones get there.
    ///
    /// npm hands on what is behind a `--` and takes other flags for its own; the others hand on all that is behind the
    /// script's name.
    private static func passing(
        _ words: ArraySlice<ScriptWord>, _ call: inout PackageCall, by way: Way
    ) -> ([ScriptWord], Way) {
        guard call.isNPM else { return (Array(words), appending(way, end: words.endIndex, behind: [])) }
        let terminator = words.firstIndex { $0.text == "--" }
        var own = call
        own.words = words[..<(terminator ?? words.endIndex)]
        var passed: [ScriptWord] = []
        while !own.words.isEmpty {
            skipFlags(&own, of: "npm")
            if let word = own.words.first { passed.append(word) }
            own.words = own.words.dropFirst()
        }
        call.folder = own.folder
        call.selectors = own.selectors
        call.isEverywhere = own.isEverywhere
        if let terminator { passed += words[(terminator + 1)...] }
        return (passed, appending(way, end: words.endIndex, behind: terminator == nil ? ["--"] : []))
    }

    static func appending(_ way: Way, end: Int, behind: [String] = []) -> Way {
        switch way {
        case .typed: .appended(at: end, behind: behind)
        case .appended(let end, let before): .appended(at: end, behind: before + behind)
        case .inserted(let word, let end, let before): .inserted(word: word, at: end, behind: before + behind)
        case .line(let end, let before): .line(at: end, behind: before + behind)
        case .closed: .closed
        }
    }

    /// Takes the manager's own flags away that are next, as far as they say where it runs.
    private static func skipFlags(_ call: inout PackageCall, of manager: String) {
        while let word = call.words.first?.text, word.hasPrefix("-"), word != "--" {
            call.words = call.words.dropFirst()
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            var value = parts.count > 1 ? parts[1] : nil
            let takesValue: Bool
            switch (manager, parts[0]) {
            case (_, "--prefix"), (_, "-C"), (_, "--cwd"), ("pnpm", "--dir"), ("npm", "-w"), (_, "--workspace"),
                (_, "--filter"), ("pnpm", "-F"), ("bun", "-F"):
                takesValue = true
            default: takesValue = false
            }
            if takesValue, value == nil {
                value = call.words.first?.text
                call.words = call.words.dropFirst()
            }
            switch (manager, parts[0]) {
            case ("pnpm", "-r"), ("pnpm", "--recursive"), ("npm", "--workspaces"), ("npm", "-ws"):
                call.isEverywhere = true
            case (_, "--prefix"), (_, "-C"), (_, "--cwd"), (_, "--dir"):
                if let value { call.folder = Path.absolute(value, in: call.folder) }
            case ("npm", "-w"), (_, "--workspace"), (_, "--filter"), (_, "-F"):
                if let value { call.selectors.append(value) }
            default: break
            }
        }
    }
}
