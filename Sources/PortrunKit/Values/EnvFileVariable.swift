import PortrunBase
import PortrunCompose
import PortrunLaunch
import PortrunRegistry

/// A variable that an env file sets.
package struct EnvFileVariable: Sendable, Equatable {
    package let name: String
    /// Without quotes, before variables in it are expanded.
    package var value: [UInt8]
    /// Absolute.
    package let path: String
    /// Counted from 1.
    package let line: Int
    /// True when dotenv libraries do not agree on what the line means.
    package var isDisputed = false
}
