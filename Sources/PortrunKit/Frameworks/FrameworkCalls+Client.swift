import PortrunBase

extension FrameworkCalls {
    /// The one script that takes a port, as far as is known, has nothing that listens.
    func mayBeClient(_ look: Look) -> Bool {
        guard calls.count == 1, let script = calls[0].script else { return false }
        return !ScriptFlag.mayServe(script, look)
    }
}
