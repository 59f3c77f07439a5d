import PortrunBase

extension DockerCommand {
    /// The name under which the ports are booked: the container's, else the last part of the image's.
    package var service: String? { givenName ?? image.map(ImageName.lastPart) }

    /// The ports that the command publishes, as compose would have them of a service.
    package func ports(of service: String) -> [DeclaredPort] {
        let kind = ServiceKind(service: service, image: image)
        return published.flatMap { $0.ports(of: service, kind) }
    }

    /// Puts booked ports into the words of the command.
    ///
    /// - Parameter booked: for each of `ports(of:)`, nil to keep what is written.
    package func publish(_ booked: [PortRange?], in arguments: inout [[UInt8]]) {
        PublishedValue.publish(booked[...], in: published, of: &arguments)
    }
}
