import PortrunBase
import PortrunCompose

extension Plan {
    /// That commands of a shell with this checkout's variables use something of the main worktree's: compose reads no
    /// override file where a command names another file, and a name or number that a file fixes follows no variable.
    ///
    /// - Returns: nil where the variables part all that scripts start.
    package var warningOfScriptsInShell: Warning? {
        guard invocation == nil, checkout.context.isGuest, let scripted else { return nil }
        let known = scripted.namesKnown ? wholeProject : nil
        guard let thing = scripted.firstFixed(besides: known) else { return scripted.warningOfDemanded }
        return Warning(
            file: Path.shortest(thing.file, from: checkout.workingDirectory), line: thing.line,
            "commands of this shell that name this file use the \(thing.text) of the main worktree: put `portrun --` "
                + "before them, as in `portrun -- make up`")
    }
}

extension ScriptedServices {
    /// A name behind `-p` wins over the variable.
    fileprivate var warningOfDemanded: Warning? {
        demanded.map {
            Warning(
                "commands of this shell with `-p \($0)`, as scripts have it, are about the main worktree's containers: put "
                    + "`portrun --` before them, as in `portrun -- make up`")
        }
    }

    /// The first thing that is one in all checkouts without an override file, the worst kind first.
    ///
    /// - Parameter known: the project that compose finds by itself, where a script names a file of it.
    fileprivate func firstFixed(besides known: ComposeProject?) -> (file: String, line: Int, text: String)? {
        let findings = (projects + [known].compactMap { $0 }).flatMap(\.findings)
        let kinds: [(ComposeFinding.Kind, String)] = [
            (.volumeName, "volume"), (.containerName, "container"), (.image, "image"),
        ]
        for (kind, word) in kinds {
            guard let found = findings.first(where: { $0.kind == kind }), let name = found.name else { continue }
            return (found.file, found.line, "\(word) `\(name)`")
        }
        guard let port = (ports + (known?.ports ?? [])).first(where: { $0.variable == nil && $0.published.text != nil })
        else { return nil }
        return (port.file, port.line, "port \(port.published.text ?? "")")
    }
}

extension Preparation {
    /// That a shell's variables move nothing of what stands in the source alone; nil where nothing of it has moved.
    package var noticeOfNumbersInSource: String? {
        guard plan.invocation == nil else { return nil }
        let moved = booked.siblings.filter { $0.source == .learned && $0.isMoved }
        guard let first = moved.first, let declared = first.declared else { return nil }
        let others = moved.dropFirst().prefix(9).compactMap { booking in
            booking.declared.map { ", \($0) (\(booking.port) here)" }
        }
        return "no variable moves a number that stands in source code, as \(declared) (\(first.port) here)"
            + others.joined() + ": put `portrun --` before commands of this shell"
    }
}
