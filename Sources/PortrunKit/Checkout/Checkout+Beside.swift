import PortrunBase
import PortrunRegistry

extension Checkout {
    /// The folder of the other checkout of the repository that a process is of: it runs there, or a command there has started
    /// it. nil for one of this checkout, a container's, a tool of the machine, and any other.
    func folder(besideThisOneOf process: ListeningProcess, in registry: Registry) -> String? {
        guard !isNamed, let repository = context.repository, !process.isContainerEngine,
            !ServersBeside.ofMachine.contains(process.name), !isOwn(process)
        else { return nil }
        let folders = ServersBeside.folders(beside: self, of: repository)
        if let folder = DaemonNotes(in: state).all()[process.pid] {
            return folders.contains { $0 == folder } ? folder : nil
        }
        if let folder = folders.first(where: process.runs) { return folder }
        let relatives = (try? look(in: registry) { reader, record in try record.map(reader.relatives) ?? [] }) ?? []
        return relatives.first {
            process.wasStarted(in: $0.path, having: "\(Overlay.contextVariable)=\($0.hash)")
        }?.path
    }
}
