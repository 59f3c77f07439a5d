import PortrunBase

/// The machine's bookings that running containers hold.
///
/// A booking's port is nobody else's, so a container of its context that publishes the port holds it. A container
/// belongs to the context whose recorded compose project it is in, or, where no context has that project on record
/// (the main worktree, a project that the user named), to every context whose folder it was started in or below: more
/// than one when a branch was switched or a worktree lies in another, and then the port tells which.
///
/// A container without a compose project, which `docker run` made, holds a booking under its name or its image's.
///
/// A container that waits for a restart publishes nothing for a while. It holds what is booked for its service, if its
/// project is the context's recorded one.
struct ContainerClaims {
    let containers: [Container]
    /// The compose projects that contexts have on record.
    let projects: Set<ExactString>

    /// The container that holds `booking`, nil for none.
    func holder(of booking: Booking, in context: ContextRecord) -> Container? {
        containers.first { container in
            guard let project = container.project else {
                return container.publishes(booking) && container.isCalled(booking.service, in: context)
            }
            if project == context.project {
                return container.published.isEmpty ? container.serves(booking) : container.publishes(booking)
            }
            return container.publishes(booking) && !projects.contains(project)
                && container.wasStarted(in: context.path)
        }
    }
}

extension Reader {
    /// The bookings that this machine's containers hold; reads nothing when there are no containers.
    func containerClaims() throws(RegistryError) -> ContainerClaims {
        guard !facts.containers.isEmpty else { return ContainerClaims(containers: [], projects: []) }
        let projects = try database.rows("SELECT project FROM contexts WHERE project IS NOT NULL") { $0.text(0) }
        return ContainerClaims(containers: facts.containers, projects: Set(of: projects))
    }
}

extension Container {
    fileprivate func publishes(_ booking: Booking) -> Bool {
        published.contains { $0.transport == booking.transport && booking.ports.contains($0.port) }
    }

    /// A further port of a service is booked as `service-target`.
    fileprivate func serves(_ booking: Booking) -> Bool {
        guard let service, let target = booking.target else { return false }
        let name = booking.service.description
        return name == service || name == "\(service)-\(target)"
    }

    /// True when the container has the name under which its ports are booked, or that with the project's in front of it,
    /// or an image of the name.
    fileprivate func isCalled(_ service: ServiceName, in context: ContextRecord) -> Bool {
        let service = service.description
        if name == service || context.project.map({ name == "\($0)-\(service)" }) ?? false { return true }
        guard let image, case let last = ImageName.lastPart(of: image), !last.isEmpty else { return false }
        return service == last || service.hasPrefix(last + "-")
    }

    fileprivate func wasStarted(in folder: String) -> Bool {
        workingDirectory.map { FileSystem.isPlace($0, ofCheckout: folder) } ?? false
    }
}
