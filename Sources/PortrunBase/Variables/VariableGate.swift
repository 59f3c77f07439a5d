/// The gate for every variable whose name comes from a project's text: a compose file, the name of a service, an env
/// file.
///
/// A project may call a port `LD_LIBRARY_PATH`, and have a folder of the port's number beside it. So a variable is set
/// only where its name or value says that it carries a port or an address, and never where a loader, a shell, an
/// interpreter or another tool obeys it, whatever it says. Names are compared without regard to case, since zsh's
/// `path` is its `PATH`. What portrun sets by itself, such as `PORT` and `PATH`, does not come this way.
package enum VariableGate {
    /// Whether a variable that a compose file or a service gives may be set to the number of a port.
    package static func admitsPort(_ name: String) -> Bool { reasonNotToSetPort(name) == nil }

    /// Why a variable is not set to a port.
    package enum Reason: Sendable {
        /// A loader, a shell or another tool may take it for something of its own.
        case obeyed
        /// Its words say nothing of a port.
        case noPort
    }

    /// Why a variable that a compose file or a service gives is not set to the number of a port; nil where it is.
    package static func reasonNotToSetPort(_ name: String) -> Reason? {
        guard let name = VariableName(name) else { return .obeyed }
        switch name.standing {
        case .obeyed: return .obeyed
        case .port: return nil
        case .address, .other: return name.mayBePort ? nil : .noPort
        }
    }

    /// Whether a variable that only an env file has may be set to `value`, which names a port.
    package static func admits(_ name: String, fromFile value: [UInt8]) -> Bool {
        guard let name = VariableName(name) else { return false }
        switch name.standing {
        case .obeyed: return name.isPartOfURL && AddressList.isURL(value)
        case .port: return AddressList.isNumbers(value) || AddressList.leadsNowhereElse(value)
        case .address:
            return AddressList.leadsNowhereElse(value, besides: name.mayNameOthers, withPath: name.mayHavePath)
        case .other: return name.mayBeAddress && AddressList.isAll(of: value)
        }
    }

    /// Whether a port may change in `value`, which the user's environment has for a variable.
    package static func admits(_ name: String, fromUser value: [UInt8]) -> Bool {
        guard let name = VariableName(name) else { return false }
        return name.standing != .obeyed || (name.isPartOfURL && AddressList.isURL(value))
    }
}
