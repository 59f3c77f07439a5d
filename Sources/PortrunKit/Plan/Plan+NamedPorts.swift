import PortrunBase

extension Plan {
    /// Ports that env files name, of all modes, those of what scripts start, and those of a Procfile's processes: nothing of
    /// this project moves there.
    ///
    /// For who asks when something moves. Compose itself has no values that follow, and yet a service of its may move.
    func namedPorts() -> [PortRange] {
        var files = envFiles
        if files == nil, options.isDiscovering, booking.requests.contains(where: { $0.entry != nil }) {
            let words = compose == nil && docker == nil ? invocation?.words : nil
            let uses = words.flatMap { EnvFileUses($0, in: checkout.workingDirectory) }
            files = Self.readEnvFiles(
                project?.directory, options, checkout, Look(limits), uses,
                Self.packages(of: calls, uses, besides: checkout.workingDirectory), mayMove: true)
        }
        let scripted = (scripted?.requests ?? []).compactMap(\.declaredPorts)
        return scripted + portsOfProcfiles() + ((try? files?.variables())?.namedPorts ?? [])
    }
    /// Those of this checkout and of the main one, whose env files may not be tracked.
    private func portsOfProcfiles() -> [PortRange] {
        guard options.isDiscovering else { return [] }
        let look = Look(limits)
        var folders = [checkout.context.path]
        for folder in [checkout.workingDirectory, checkout.folderOfMain()] {
            if let folder, !folders.contains(folder) { folders.append(folder) }
        }
        return folders.flatMap { ProcfileNumbers(in: $0, look).ports }
    }
}
