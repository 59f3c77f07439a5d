import PortrunBase

/// Something about ports that the supervisor of a command has seen; told once for each port.
package enum TranslationEvent: Sendable, Equatable {
    /// A process of the command listens on a port that is in no entry and not ephemeral.
    case listening(Port, TransportProtocol)
    /// A process of the command has connected to `declared`, and nobody listened on `booked`, at any address; nil where
    /// there is none.
    case refused(declared: Port, booked: Port?, TransportProtocol)
    /// A process of the command has connected to one of the translation's `others`.
    case ofOther(Port)
    /// A process of the command could not listen on `declared`: another, outside of the command, listens on `booked`.
    /// Both are the same for a port that is in no entry.
    case taken(declared: Port, booked: Port, TransportProtocol, by: ListeningProcess?)
    /// A process of the command would have ended the one with this pid, which is outside of it and not to be ended.
    case spared(Int32)
    /// A process of the command, of this pid, binds or connects untranslated, since its memory cannot be read.
    case unreadable(Int32)
}
