import PortrunBase
import PortrunCompose
import PortrunRegistry

/// A look at what a project declares, and what came of it; nothing is booked.
package struct ProjectLook {
    package let report: DiscoveryReport
    package let warnings: [Warning]

    /// - Parameters:
    ///   - request: the compose project; nil for the one that compose finds by itself.
    ///   - registry: opened when the files have been read.
    /// - Throws: what keeps the compose files from being read; `RegistryError`.
    package init(
        at request: ComposeRequest? = nil, in checkout: Checkout, _ registry: () throws -> Registry
    ) throws {
        let plan = try Plan(declaredBy: request ?? checkout.composeRequest(), in: checkout)
        var warnings = (plan.wholeProject?.warnings ?? []) + plan.mainServiceWarnings
        if let warning = plan.scripted?.warning { warnings.append(warning) }
        let registry = try registry()
        let booked = plan.booking.requests.isEmpty ? [] : try plan.lookUpDeclared(in: registry)
        let (bookings, translation, translates) = try checkout.look(in: registry) { reader, record in
            (
                try record.map(reader.bookings) ?? [],
                try checkout.translation(reader, record) { plan.wholeProject },
                try checkout.translates(reader, project: plan.wholeProject)
            )
        }
        let addresses = DeclaredAddresses(plan, bookings, in: checkout, translation, translates: translates)
        if let end = addresses.end {
            let file = end.file(relativeTo: checkout.workingDirectory)
            warnings.append(Warning(file: file, "\(end.message): addresses in what comes after it are left out"))
        }
        if addresses.isCutShort {
            warnings.append(
                Warning("more than \(DeclaredAddresses.limit) addresses name these ports: the rest is left out"))
        }
        report = DiscoveryReport(plan, booked: booked, addresses.all, bookings)
        self.warnings = warnings
    }
}
