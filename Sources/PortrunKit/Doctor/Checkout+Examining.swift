import PortrunBase
import PortrunRegistry

extension Checkout {
    /// Looks for trouble in the registry, and in the tools that portrun works with. Opens the registry by itself, and
    /// changes nothing, except that it sets a damaged one aside.
    ///
    /// - Throws: `RegistryError`, where the registry can be looked at by nobody.
    package func examine() throws -> [Finding] {
        var examination = RegistryExamination(location)
        var warnings: [Warning] = []
        do {
            let registry = try Registry(at: location, now: system.now) { warnings.append($0) }
            try examination.examine(registry, of: self, beside: runningContainers())
        } catch let error as RegistryError {
            try examination.note(error)
        }
        examination.note(warnings)
        return examination.findings + ToolExamination(self).findings
    }
}
