import PortrunBase

/// A variable whose value follows ports that have moved.
package struct ValueChange: Sendable, Equatable {
    /// A valid shell identifier.
    package let name: String
    package let old: [UInt8]
    package let new: [UInt8]
    package let origin: Origin
    /// Never empty.
    package let edits: [PortEdit]

    /// Where the old value stands.
    package enum Origin: Sendable, Equatable {
        /// The environment that portrun was started with.
        case environment
        /// An env file, absolute, and its line, counted from 1.
        case file(String, line: Int)
    }
}

/// A port number that was replaced in a value.
package struct PortEdit: Sendable, Equatable {
    /// Where the new number starts, in bytes.
    package let offset: Int
    package let declared: Port
    package let booked: Port
    /// Whose port it is.
    package let service: ServiceName
}
