import PortrunBase

/// A name of a container, volume, network or image in a command line of docker.
package struct DockerName: Sendable, Equatable {
    package let kind: Kind
    let place: CommandWord
    package var isGiven = false
    /// `--link NAME` calls the other container by that name, so a new name needs the old one behind it.
    var isBareLink = false
    /// Any name with this text in it: a filter is a regular expression, and may say only a part of the name.
    package var isPart = false
    /// A volume that the command mounts.
    package var isMounted = false
    /// Mounted to be read only.
    package var isReadOnly = false

    /// As written.
    package var text: String { place.text }

    package enum Kind: String, Sendable {
        case container, volume, network, image
        /// A project of compose's.
        case project
        /// In a filter: a service of compose's, a port of the machine's, a port of containers. The project's label parts
        /// what such a filter finds.
        case service, published, exposed
        /// What `docker inspect` finds first: it knows no kind.
        case any
    }

    init(_ kind: Kind, _ place: CommandWord) {
        self.kind = kind
        self.place = place
    }

    /// A container is called `/db` as well, which is what `docker inspect` prints.
    var withoutSlash: DockerName {
        guard [.container, .any].contains(kind), let rest = place.dropping("/"), !rest.text.isEmpty else { return self }
        var result = DockerName(kind, rest)
        (result.isGiven, result.isBareLink, result.isPart) = (isGiven, isBareLink, isPart)
        return result
    }

    /// A name that no command line has: what an engine calls something of this kind.
    package init(_ kind: Kind, called text: String) { self.init(kind, CommandWord(text, word: 0)) }

    /// A name that the command gives, so that it is the project's own from then on.
    static func given(_ kind: Kind, _ place: CommandWord) -> DockerName {
        var name = DockerName(kind, place)
        name.isGiven = true
        return name
    }
}
