import PortrunBase

/// The container that `compose run` makes, as far as the command line names it and publishes ports.
package struct ComposeRun: Sendable, Equatable {
    let name: CommandWord?
    let published: [PublishedValue]
    /// The service that it is a container of.
    let service: String?

    /// `--name`; nil where compose chooses one.
    package var givenName: String? { name?.text }

    /// The ports that the command publishes itself.
    ///
    /// They are no service's of the project: that has its own.
    package func ports(in project: ComposeProject) -> [DeclaredPort] {
        guard let service, !published.isEmpty else { return [] }
        let image = project.services.first { $0.name == service }?.image
        let name = givenName ?? service
        let isTaken = project.services.contains { $0.name == name }
        return published.flatMap {
            $0.ports(of: isTaken ? name + "-run" : name, ServiceKind(service: service, image: image))
        }
    }

    /// Puts booked ports into the words of the command.
    ///
    /// - Parameter booked: for each of `ports`, nil to keep what is written.
    package func publish(_ booked: ArraySlice<PortRange?>, in arguments: inout [[UInt8]]) {
        PublishedValue.publish(booked, in: published, of: &arguments)
    }

    /// Puts the name that the container has in a checkout into the words of the command.
    ///
    /// - Parameter prefix: the compose project of the checkout.
    package func rename(for prefix: String, in arguments: inout [[UInt8]]) {
        guard let name else { return }
        name.replace(by: OwnName.given(name.text).text(in: prefix), in: &arguments)
    }
}

extension ComposeCommand {
    /// nil for other subcommands than `run`.
    package var run: ComposeRun? {
        guard subcommand == "run" else { return nil }
        var flags = CommandFlags(words, from: flagsEnd + 1) { Self.runFlags.contains($0) }
        var name: CommandWord?
        var published: [PublishedValue] = []
        while let flag = flags.next() {
            guard let value = flag.value else { continue }
            switch flag.name {
            case "--name": name = value
            case "-p", "--publish": published.append(PublishedValue(value))
            default: break
            }
        }
        return ComposeRun(
            name: name, published: published,
            service: flags.position < words.count ? words[flags.position] : nil)
    }

    /// Those with a value (`docker compose run --help`, 2.26).
    private static let runFlags = [
        "--cap-add", "--cap-drop", "--entrypoint", "-e", "--env", "--env-from-file", "-l", "--label", "--name", "-p",
        "--publish", "--pull", "-u", "--user", "-v", "--volume", "-w", "--workdir",
    ]

    /// Puts another project in the place of the one that the command demands by `-p`.
    package func demand(project name: String, in arguments: inout [[UInt8]]) {
        project?.replace(by: name, in: &arguments)
    }
}
