import PortrunBase

extension CommandReader {
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
        call.skipFlags(of: manager)
        guard let first = call.words.first?.text else { return }
        var name = first
        var rest = call.words.dropFirst()
        switch (manager, first) {
        case (_, "run"), ("npm", "run-script"), ("npm", "rum"), ("npm", "urn"), ("pnpm", "run-script"):
            call.words = rest
            call.skipFlags(of: manager)
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
            manifests = packages.members(of: manifest, chosen: call.selectors)
        }
        var isFirst = true
        for manifest in manifests {
            let isOnly = manifests.count == 1
            let known = calls.count
            if readScript(name == "t" ? "test" : name, of: manifest, adding: passed, by: isOnly ? outward : .closed) {
                // npm waits for the end of each.
                if call.isNPM, !isFirst { for index in calls.indices.dropFirst(known) { calls[index].isLater = true } }
                isFirst = false
            } else if !call.isNPM {
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
            own.skipFlags(of: "npm")
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
}
